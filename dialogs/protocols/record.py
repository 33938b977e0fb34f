"""The record of an approval: every version with its checksum, and who said what of it when."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.reply import File
from bot.rules.roles import Action, Grade
from dialogs.meetings.card import bodies
from dialogs.protocols import card
from storage import protocols

TEXTS = {
    "sv": """
        record-text = Justeringsuppgifter för protokollet från { $day }.
        record-file = justering
        record-title = Justeringsuppgifter
        record-version = Version { $number }: { $file }, { $size }, lämnad { $day } kl. { $time } av { $by }
        record-approved = Justerad { $day } kl. { $time } av { $by }
        record-voided = Gäller inte längre sedan { $day } kl. { $time }, då en ny version kom
        record-remarked = Anmärkning { $day } kl. { $time } av { $by }: { $words }
        record-sent = Skickad { $day } kl. { $time } till { $address }. Svar: { $answer }
        record-waiting = Lagd till { $address }, ännu utan svar
        record-failed = Inte mottagen av { $address }. Svar: { $answer }
    """,
    "en": """
        record-text = The approval record of the minutes of { $day }.
        record-file = approval
        record-title = Approval record
        record-version = Version { $number }: { $file }, { $size }, handed in on { $day } at { $time } by { $by }
        record-approved = Approved on { $day } at { $time } by { $by }
        record-voided = No longer valid since { $day } at { $time }, when a new version came
        record-remarked = Remark on { $day } at { $time } by { $by }: { $words }
        record-sent = Sent on { $day } at { $time } to { $address }. Answer: { $answer }
        record-waiting = Put out to { $address }, no answer yet
        record-failed = Not taken by { $address }. Answer: { $answer }
    """,
}


@dialog("protocol-record", personal=True)
async def protocol_record(talk: Talk) -> None:
    one = await talk.look(protocols.protocol_by_id, talk.person, int(talk.heard.value["protocol"]))
    if one is None or not _may(talk, one):
        talk.refuse("no-such-protocol")
    name = f"{talk.text('record-file')}-{one.meeting.starts:%Y-%m-%d}.txt"
    text = talk.text("record-text", day=card.day(one.meeting, talk.lang))
    await talk.say(File(name, (await text_of(talk, one)).encode(), "text/plain", text))


async def text_of(talk: Talk, one: protocols.Protocol) -> str:
    """Every version with its checksum, what was said of it, and where it was sent."""
    lines = [
        talk.text("record-title"),
        f"{bodies(one.meeting)}, {card.day(one.meeting, talk.lang)}",
    ]
    said = await talk.look(protocols.verdicts, talk.person, one.id)
    for version in await talk.look(protocols.versions, talk.person, one.id):
        lines += ["", _version(talk, version), f"SHA-256: {version.file.sha256}"]
        for each in said:
            if each.number == version.number:
                lines += _verdict(talk, each)
    for sent in await talk.look(protocols.dispatches, talk.person, one.id):
        lines += ["", _sent(talk, sent), f"SHA-256: {sent.sha256}"]
    return "\n".join([*lines, ""])


def _may(talk: Talk, one: protocols.Protocol) -> bool:
    right = protocols.graded(talk.person, Action.SEE_DRAFT_PROTOCOL, one.meeting)
    return right is Grade.YES


def _version(talk: Talk, each: protocols.Version) -> str:
    return talk.text(
        "record-version", number=each.number, file=each.file.name, by=each.by,
        size=card.size(each.file.size, talk.lang), day=card.moment(each.at, talk.lang),
        time=card.clock(each.at, talk.lang),
    )  # fmt: skip


def _verdict(talk: Talk, each: protocols.Verdict) -> list[str]:
    when = {"day": card.moment(each.at, talk.lang), "time": card.clock(each.at, talk.lang)}
    if each.verdict == "remarked":
        return [talk.text("record-remarked", by=each.by, words=each.remark, **when)]
    found = [talk.text("record-approved", by=each.by, **when)]
    if each.voided_at is not None:
        void = {"day": card.moment(each.voided_at, talk.lang), "time": card.clock(each.voided_at, talk.lang)}  # fmt: skip
        found.append(talk.text("record-voided", **void))
    return found


def _sent(talk: Talk, each: protocols.Dispatch) -> str:
    if each.answered_at is None:
        return talk.text("record-waiting", address=each.address)
    if each.state == "failed":
        return talk.text("record-failed", address=each.address, answer=each.answer)
    return talk.text(
        "record-sent", address=each.address, answer=each.answer,
        day=card.moment(each.answered_at, talk.lang), time=card.clock(each.answered_at, talk.lang),
    )  # fmt: skip
