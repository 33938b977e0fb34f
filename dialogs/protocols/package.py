"""Everything of a meeting as one archive, for the records office: call, agenda, minutes, approval, decisions."""

from __future__ import annotations

import io
import zipfile

from bot.dialog import Talk, dialog
from bot.reply import File
from bot.rules.roles import Action, Grade
from dialogs.meetings import card as meeting_card
from dialogs.protocols import card, record
from storage import decisions, meetings, protocols
from storage.protocols import Protocol

TEXTS = {
    "sv": """
        package-text = Allt från mötet { $day }: kallelse, dagordning, protokoll, justeringsuppgifter och beslut. Protokollet ligger som det lämnades, { $kind }.
        package-file = möte
        package-call = kallelse
        package-minutes = protokoll
        package-record = justering
        package-decided = beslut
    """,
    "en": """
        package-text = Everything of the meeting on { $day }: call, agenda, minutes, approval record and decisions. The minutes are as they were handed in, { $kind }.
        package-file = meeting
        package-call = call
        package-minutes = minutes
        package-record = approval
        package-decided = decisions
    """,
}
_MADE = (1980, 1, 1, 0, 0, 0)  # the same content gives the same archive


@dialog("meeting-package", personal=True)
async def meeting_package(talk: Talk) -> None:
    one = await talk.look(protocols.protocol_by_id, talk.person, int(talk.heard.value["protocol"]))
    if one is None or not _may(talk, one):
        talk.refuse("no-such-protocol")
    kept = one.version.file
    parts = {
        f"1-{talk.text('package-call')}.txt": (await _call(talk, one)).encode(),
        f"2-{talk.text('package-minutes')}.{kept.kind}": await card.content(talk, one),
        f"3-{talk.text('package-record')}.txt": (await record.text_of(talk, one)).encode(),
    }
    decided = await _decided(talk, one)
    if decided:
        parts[f"4-{talk.text('package-decided')}.txt"] = decided.encode()
    day = card.day(one.meeting, talk.lang)
    text = talk.text("package-text", day=day, kind=card.kind(kept.kind))
    name = f"{talk.text('package-file')}-{one.meeting.starts:%Y-%m-%d}.zip"
    await talk.say(File(name, _packed(parts), "application/zip", text))


def _may(talk: Talk, one: Protocol) -> bool:
    right = protocols.graded(talk.person, Action.SEE_DRAFT_PROTOCOL, one.meeting)
    return right is Grade.YES


async def _call(talk: Talk, one: Protocol) -> str:
    of = one.meeting
    lines = [meeting_card.bodies(of)]
    lines += [f"{fact.label}: {fact.value}" for fact in meeting_card.facts(of, talk)]
    items = await talk.look(meetings.agenda, of.id)
    lines += ["", *(f"{number}. {item}" for number, item in enumerate(items, 1))]
    return "\n".join([*lines, ""])


async def _decided(talk: Talk, one: Protocol) -> str:
    decided, tasks = await talk.look(decisions.of_meeting, talk.person, one.meeting.id)
    lines = [f"{each.paragraph} {each.text}".strip() for each in decided]
    lines += [f"{each.text} ({each.who})" if each.who else each.text for each in tasks]
    return "\n".join([*lines, ""]) if lines else ""


def _packed(parts: dict[str, bytes]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return found.getvalue()
