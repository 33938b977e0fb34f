"""How a protocol is shown, the same wherever one is the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot import dates
from bot.dialog import Talk, Teller
from bot.reply import Button, File
from bot.rules.protocol import State
from dialogs.meetings import card
from storage import protocols
from storage.meetings import Meeting
from storage.protocols import KINDS, Protocol

TEXTS = {
    "sv": """
        protocol-state-missing = har inte kommit in ännu
        protocol-state-draft = är ett utkast
        protocol-state-for_approval = väntar på justering av { $who }, senast { $day }
        protocol-state-remarked = har fått en anmärkning av { $who } och väntar på en ny version
        protocol-state-approved = är justerat, men ännu inte mottaget av brevlådan
        protocol-state-dispatched = är justerat och skickat till brevlådan
        protocol-state-not_sent = är justerat, men gick inte att skicka till brevlådan
        protocol-facts = { $name }, { $size }, { $kind }
        protocol-version = Version { $version }, { $day }, av { $who }
        protocol-sum = SHA-256 { $sum }
    """,
    "en": """
        protocol-state-missing = have not come in yet
        protocol-state-draft = are a draft
        protocol-state-for_approval = wait for approval by { $who }, by { $day }
        protocol-state-remarked = have got a remark from { $who } and wait for a new version
        protocol-state-approved = are approved, but the mailbox has not received them yet
        protocol-state-dispatched = are approved and sent to the mailbox
        protocol-state-not_sent = are approved, but could not be sent to the mailbox
        protocol-facts = { $name }, { $size }, { $kind }
        protocol-version = Version { $version }, { $day }, by { $who }
        protocol-sum = SHA-256 { $sum }
    """,
}
_HOME = ZoneInfo("Europe/Stockholm")
_KINDS = {"pdf": "PDF", "docx": "Word (DOCX)", "odt": "ODT"}


def day(of: Meeting, lang: str) -> str:
    """ "torsdag 10 december 2026"."""
    return card.short_day(of.starts, lang)


def short(when: date, lang: str) -> str:
    return dates.show(when, lang, week=False)


def moment(at: datetime, lang: str) -> str:
    """The Swedish day of an aware moment."""
    return short(at.astimezone(_HOME).date(), lang)


def clock(at: datetime, lang: str) -> str:
    return card.clock(at.astimezone(_HOME), lang)


def size(count: int, lang: str) -> str:
    """ "214 kB", "2,5 MB"."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    shown = f"{count / 1_000_000:.1f} MB"
    return shown.replace(".", ",") if lang == "sv" else shown


def kind(name: str) -> str:
    return _KINDS.get(name, name.upper())


def state(one: Protocol, to: Talk | Teller) -> str:
    """How far it has come, as the end of a sentence about the protocol."""
    if one.state in {State.FOR_APPROVAL, State.REMARKED}:
        until = short(one.approve_by, to.lang) if one.approve_by else ""
        return to.text(f"protocol-state-{one.state.value}", **_needed(one, until))
    return to.text(f"protocol-state-{one.state.value}")


def _needed(one: Protocol, until: str) -> dict[str, object]:
    who = one.approver or one.meeting.bodies[0][1]
    return {"who": who, "day": until} if one.state is State.FOR_APPROVAL else {"who": who}


async def content(talk: Talk, one: Protocol) -> bytes:
    return await talk.look(protocols.content, talk.person, one.id)


def file(one: Protocol, data: bytes, text: str, buttons: Sequence[Button] = ()) -> File:
    kept = one.version.file
    return File(kept.name, data, KINDS[kept.kind], text, tuple(buttons))
