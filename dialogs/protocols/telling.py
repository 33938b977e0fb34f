"""Whom a protocol concerns next, and what they are told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk, Teller
from bot.reply import Button, Reply, Text
from bot.rules.protocol import State
from dialogs.meetings.card import bodies
from dialogs.protocols import card
from storage.protocols import Protocol

TEXTS = {
    "sv": """
        telling-for-approval = { $name } har lämnat protokollet från { $day } ({ $body }) för justering, senast { $until }. Läs det och justera, eller säg vad som ska ändras.
        telling-new-version = Det har kommit en ny version av protokollet från { $day } ({ $body }): version { $version }, lämnad av { $name }. Justera senast { $until }, eller säg vad som ska ändras.
        telling-approve = Justera
        telling-remark = Anmärk
        telling-approved = Protokollet från { $day } är justerat av { $name }.
        telling-found = Jag hittade { $decisions ->
            [0] inga beslut
            [one] ett beslut
           *[other] { $decisions } beslut
        } och { $tasks ->
            [0] inga åtgärdspunkter
            [one] en åtgärdspunkt
           *[other] { $tasks } åtgärdspunkter
        } i texten. Stämmer det?
        telling-confirm = Gå igenom
        telling-sending = Jag skickar det till { $mailbox } och säger till när e-postservern har tagit emot det.
        telling-no-mailbox = { $body } har ingen brevlåda, så jag kan inte skicka det vidare. Be administratören lägga in en.
    """,
    "en": """
        telling-for-approval = { $name } has handed in the minutes of { $day } ({ $body }) for approval, by { $until }. Read them and approve, or say what should change.
        telling-new-version = There is a new version of the minutes of { $day } ({ $body }): version { $version }, handed in by { $name }. Approve by { $until }, or say what should change.
        telling-approve = Approve
        telling-remark = Remark
        telling-approved = The minutes of { $day } have been approved by { $name }.
        telling-found = I found { $decisions ->
            [0] no decisions
            [one] one decision
           *[other] { $decisions } decisions
        } and { $tasks ->
            [0] no action points
            [one] one action point
           *[other] { $tasks } action points
        } in the text. Is that right?
        telling-confirm = Go through them
        telling-sending = I am sending them to { $mailbox } and will tell you when the mail server has taken them.
        telling-no-mailbox = { $body } has no mailbox, so I cannot send them on. Ask the administrator to add one.
    """,
}


def verdict_buttons(one: Protocol, to: Talk | Teller) -> tuple[Button, ...]:
    """Each tied to the very version that is shown."""
    return tuple(
        to.button(f"telling-{word}", "approve-protocol", protocol=one.id, verdict=word,
                  sha256=one.version.file.sha256)
        for word in ("approve", "remark")
    )  # fmt: skip


async def for_approval(talk: Talk, one: Protocol, data: bytes) -> int:
    """The approver gets the document with the buttons below it."""
    assert one.approver_id is not None

    def letter(to: Teller) -> Sequence[Reply]:
        name = "telling-new-version" if one.version.number > 1 else "telling-for-approval"
        more = {"version": one.version.number} if one.version.number > 1 else {}
        until = card.short(one.approve_by, to.lang) if one.approve_by else ""
        text = to.text(name, day=card.day(one.meeting, to.lang), body=bodies(one.meeting),
                       name=one.version.by, until=until, **more)  # fmt: skip
        return [card.file(one, data, text, verdict_buttons(one, to))]

    return await talk.tell([one.approver_id], letter)


async def approved(talk: Talk, one: Protocol, decisions: int, tasks: int) -> None:
    """The secretary hears of it, and is asked about what the text seems to say."""
    people = [one.meeting.secretary_id or one.version.by_id]
    name = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text("telling-approved", day=card.day(one.meeting, to.lang), name=name)
        if not decisions + tasks:
            return [Text(text)]
        found = to.text("telling-found", decisions=decisions, tasks=tasks)
        button = to.button("telling-confirm", "confirm-decisions", meeting=one.meeting.id)
        return [Text(f"{text} {found}", (button,))]

    await talk.tell([each for each in people if each != talk.person.id], letter)


def sending(talk: Talk, one: Protocol, mailbox: str) -> str:
    """What is said of the next step to whoever has approved it."""
    if not mailbox:
        return talk.text("telling-no-mailbox", body=bodies(one.meeting))
    return talk.text("telling-sending", mailbox=mailbox)


def waits(one: Protocol) -> bool:
    return one.state in {State.FOR_APPROVAL, State.REMARKED}
