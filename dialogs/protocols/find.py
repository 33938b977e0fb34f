"""Have the minutes of a meeting in the chat, with who approved them and when."""

from __future__ import annotations

from collections.abc import Sequence

from bot import dates
from bot.dialog import BUTTONS, Talk, dialog
from bot.reply import Button, Text
from bot.rules.roles import Action, Grade
from dialogs.meetings.card import bodies as names
from dialogs.meetings.pick import borders, span, which_bodies
from dialogs.protocols import card, rules, telling
from storage import bodies, meetings, protocols
from storage.meetings import Meeting
from storage.protocols import Protocol, Verdict

EXAMPLES = {
    "sv": (
        "Visa protokollet från oktober",
        "kan jag få senaste protokollet",
        "var finns protokollet",
    ),
    "en": ("show the minutes from October", "where can I find the minutes"),
}
NEAR_MISSES = ("här kommer protokollet", "vilka protokoll saknas", "vad beslutade vi om validering")
TALKS = """
# Bo Fiktivsson · teams
> visa protokollet från oktober
< Protokollet från torsdag 15 oktober 2026 (Nätverket Vuxenutbildning Skaraborg) är justerat och skickat till brevlådan. Justerat torsdag 22 oktober 2026 av Asta Fiktberg. … protokoll-2026-10-15.docx …

# Bo Fiktivsson · slack
> kan jag få senaste protokollet
< Protokollet från torsdag 12 november 2026 (Nätverket Vuxenutbildning Skaraborg) är inte justerat ännu. Du kan läsa det när det är klart. [Protokollet från torsdag 15 oktober 2026]
> [Protokollet från torsdag 15 oktober 2026]
< Protokollet från torsdag 15 oktober 2026 …

# Asta Fiktberg · teams
> visa protokollet från den 12 november
< Protokollet från torsdag 12 november 2026 … väntar på justering av Asta Fiktberg … [Justera] [Anmärk] …

# Nora Provén · slack
> visa kvalitetsgruppens protokoll från oktober
< Arbetsgrupp Kvalitet hade inget möte i oktober 2026.

# Bo Fiktivsson · web
> show the minutes from October
< The minutes of Thursday 15 October 2026 … are approved and sent to the mailbox. …
"""
TEXTS = {
    "sv": """
        find-protocol-one = Protokollet från { $day } ({ $body }) { $state }.
        find-protocol-by = Justerat { $day } av { $who }.
        find-protocol-hidden = Protokollet från { $day } ({ $body }) är inte justerat ännu. Du kan läsa det när det är klart.
        find-protocol-missing = Protokollet från { $day } ({ $body }) har inte kommit in ännu. Sekreterare: { $who }.
        find-protocol-missing-nobody = Protokollet från { $day } ({ $body }) har inte kommit in, och ingen är utsedd till sekreterare.
        find-protocol-no-meeting = { $body } hade inget möte { $when }.
        find-protocol-none = { $body } har inte haft något möte som jag känner till.
        find-protocol-several = Protokoll { $when }:
        find-protocol-of = Protokollet från { $day }
        find-protocol-record = Hämta justeringsuppgifter
        find-protocol-package = Hämta allt från mötet
    """,
    "en": """
        find-protocol-one = The minutes of { $day } ({ $body }) { $state }.
        find-protocol-by = Approved on { $day } by { $who }.
        find-protocol-hidden = The minutes of { $day } ({ $body }) are not approved yet. You can read them when they are ready.
        find-protocol-missing = The minutes of { $day } ({ $body }) have not come in yet. Secretary: { $who }.
        find-protocol-missing-nobody = The minutes of { $day } ({ $body }) have not come in, and nobody is appointed secretary.
        find-protocol-no-meeting = { $body } had no meeting { $when }.
        find-protocol-none = { $body } has had no meeting that I know of.
        find-protocol-several = Minutes { $when }:
        find-protocol-of = The minutes of { $day }
        find-protocol-record = Get the approval record
        find-protocol-package = Get everything of the meeting
    """,
}


@dialog(
    "find-protocol", intents=("find_minutes",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS,
)  # fmt: skip
async def find_protocol(talk: Talk) -> None:
    number = talk.heard.value.get("meeting")
    if number is not None:
        found = await talk.look(meetings.meeting_by_id, talk.person, int(number))
        if found is None:
            talk.refuse("no-such-protocol")
        return await _show(talk, found)
    when = talk.heard.when
    dated = when is not None and bool(when.first_day or when.last_day)
    mine = await talk.look(bodies.of_person, talk.person)
    anywhere = dated and mine and not talk.heard.first("group")
    ids = [each.id for each in (mine if anywhere else await which_bodies(talk, one=True))]
    if dated:
        return await _dated(talk, ids)
    last = await talk.look(meetings.previous_meeting, ids, talk.wall)
    if last is None:
        return await talk.say("find-protocol-none", body=await _body(talk, ids))
    return await _show(talk, last)


async def _dated(talk: Talk, ids: Sequence[int]) -> None:
    when = talk.heard.when
    assert when is not None
    start, end = borders(span(when))
    found = await talk.look(meetings.meetings_between, ids, start, min(end, talk.wall))
    shown = dates.show(when, talk.lang)
    if not found:
        return await talk.say("find-protocol-no-meeting", body=await _body(talk, ids), when=shown)
    if len(found) == 1:
        return await _show(talk, found[0])
    buttons = tuple(_button(talk, each) for each in found[-BUTTONS:])
    return await talk.say(Text(talk.text("find-protocol-several", when=shown), buttons))


async def _body(talk: Talk, ids: Sequence[int]) -> str:
    found = await talk.look(bodies.visible, talk.person)
    return " / ".join(each.name for each in found if each.id in ids)


def _button(talk: Talk, of: Meeting) -> Button:
    label = talk.text("find-protocol-of", day=card.day(of, talk.lang))
    return Button(label, "find-protocol", {"meeting": of.id})


async def _show(talk: Talk, of: Meeting) -> None:
    one = await talk.look(protocols.protocol_of, talk.person, of.id)
    if one is None:
        return await _without(talk, of)
    draft = one.state not in protocols.STANDING
    said = await talk.look(protocols.verdicts, talk.person, one.id)
    text = talk.text("find-protocol-one", day=card.day(of, talk.lang), body=names(of),
                     state=card.state(one, talk))  # fmt: skip
    text = " ".join([text, *_approved(talk, said)])
    if draft and talk.in_channel:
        return await talk.say(Text(text, seen_by="person"))
    buttons = list(telling.verdict_buttons(one, talk)) if _asked(talk, one) else []
    if protocols.graded(talk.person, Action.SEE_DRAFT_PROTOCOL, of) is Grade.YES:
        buttons.append(talk.button("find-protocol-record", "protocol-record", protocol=one.id))
        buttons.append(talk.button("find-protocol-package", "meeting-package", protocol=one.id))
    buttons += rules.button(talk, of)
    return await talk.say(card.file(one, await card.content(talk, one), text, buttons))


def _asked(talk: Talk, one: Protocol) -> bool:
    return telling.waits(one) and protocols.may_approve(talk.person, one)


def _approved(talk: Talk, said: Sequence[Verdict]) -> list[str]:
    return [
        talk.text("find-protocol-by", day=card.moment(each.at, talk.lang), who=each.by)
        for each in said
        if each.verdict == "approved" and each.voided_at is None
    ]


async def _without(talk: Talk, of: Meeting) -> None:
    """Nothing to show of this meeting: why, and the newest that can be shown."""
    owed = await talk.look(protocols.missing, talk.person, of.body_ids, talk.wall, of.starts)
    state = next((each.state for each in owed if each.meeting.id == of.id), None)
    day, body = card.day(of, talk.lang), names(of)
    if state != "missing":
        text = talk.text("find-protocol-hidden", day=day, body=body)
    elif of.secretary:
        text = talk.text("find-protocol-missing", day=day, body=body, who=of.secretary)
    else:
        text = talk.text("find-protocol-missing-nobody", day=day, body=body)
    newest = await talk.look(protocols.newest, talk.person, of.body_ids, talk.wall)
    await talk.say(Text(text, (_button(talk, newest.meeting),) if newest else ()))
