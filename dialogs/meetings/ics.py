"""Meetings as entries of a calendar, in one person's language."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk, Teller
from bot.rules.calendar import Entry, calendar
from dialogs.meetings import card
from storage.meetings import Meeting

TEXTS = {
    "sv": """
        ics-name = Mina nätverksmöten
    """,
    "en": """
        ics-name = My network meetings
    """,
}


def ics(found: Sequence[Meeting], to: Talk | Teller, name: str = "") -> bytes:
    """A calendar file, called as the person's own unless a body's name is given."""
    return calendar(name or to.text("ics-name"), [_entry(each, to) for each in found])


def _entry(found: Meeting, to: Talk | Teller) -> Entry:
    facts = "\n".join(f"{fact.label}: {fact.value}" for fact in card.facts(found, to))
    return Entry(
        uid=found.uid, title=card.bodies(found), days=found.days, location=card.place(found, to),
        description=facts, link=found.link, sequence=found.sequence, cancelled=found.cancelled,
        changed_at=found.changed_at, hybrid=found.format == "hybrid",
    )  # fmt: skip
