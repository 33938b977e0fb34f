"""How the demo's facts are written down, region by region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

FIRST_DAY = date(2026, 11, 23)  # of the demo: what was told before it is not told again
SINCE = date(2025, 1, 1)  # the first day of every role that names no other


def towns(names: str) -> tuple[str, ...]:
    """Municipalities, divided by spaces; "_" stands for a space in a name."""
    return tuple(name.replace("_", " ") for name in names.split())


@dataclass(frozen=True, slots=True)
class Body:
    key: str  # within the region
    name: str
    short: str
    aliases: tuple[str, ...]
    kind: str
    parent: str | None = None
    per_year: int | None = None
    per_half_year: int | None = None
    towns: tuple[str, ...] = ()
    mailbox: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """`roles` are "chair:vux", "coordinator" or, with dates, "chair:vux/2023-01-01/2024-12-31".

    `accounts` has a letter per account: T Teams, S Slack; small letters await confirmation.
    """

    name: str
    town: str | None
    title: str
    accounts: str = ""
    roles: str = ""
    left: date | None = None
    blocked: bool = False  # has blocked the bot
    email: str | None = None  # else made from the name


@dataclass(frozen=True, slots=True)
class Invented:
    """One person with an invented name for each of these municipalities."""

    title: str
    towns: tuple[str, ...]
    roles: str = ""
    accounts: str = "T"


@dataclass(frozen=True, slots=True)
class Meeting:
    """Wall times. People are given by name, with the municipality behind it where two share one."""

    bodies: tuple[str, ...]
    days: tuple[tuple[datetime, datetime], ...]
    format: str = "digital"
    place: str = ""
    host: str = ""
    secretary: str = ""
    theme: str = ""
    agenda: tuple[str, ...] = ()
    proposed: Mapping[str, str] = field(default_factory=dict)  # item: who proposes it
    answers: Mapping[str, str] = field(default_factory=dict)  # name: yes | no


@dataclass(frozen=True, slots=True)
class Swap:
    """Two meetings of one body whose hosts would change places; `awaits` has not answered."""

    body: str
    first: date
    second: date
    proposed_by: str
    awaits: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """Owners are "vux", "utbud/Huddinge" or, for a person, "@Ida Skenlund".

    Reports are "interim: maj 2027"; what `told` has been said of a report that is late.
    """

    title: str
    short: str
    giver: str
    contact: str
    owners: tuple[str, ...]
    reports: tuple[str, ...]
    goals: tuple[int, ...] = ()
    text: str = ""
    items: tuple[str, ...] = ()
    given: date = date(2026, 9, 1)
    told: tuple[str, ...] = ()  # rungs, with their days: "last 2026-10-30"


@dataclass(frozen=True, slots=True)
class Feedback:
    sender: str  # a body
    receiver: str
    person: str
    text: str
    at: datetime
    meeting: date | None = None  # of the receiving body, where it is taken up
    reach: str = "chair"


@dataclass(frozen=True, slots=True)
class Protocol:
    body: str
    held: date  # the first day of its meeting
    file: str
    text: str
    uploader: str
    state: str  # bot.rules.protocol.State
    approver: str
    sent: date  # for approval
    approved: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    body: str
    day: date
    text: str
    paragraph: str = ""
    meeting: date | None = None  # the first day of the meeting that is in the demo


@dataclass(frozen=True, slots=True)
class Point:
    """Something to be done, by a person or by a municipality; `words` say by when."""

    body: str
    text: str
    person: str = ""
    town: str = ""
    words: str = ""
    due: date | None = None
    meeting: date | None = None


@dataclass(frozen=True, slots=True)
class Region:
    key: str
    name: str
    sportlov_week: int
    towns: tuple[str, ...]
    bodies: tuple[Body, ...]
    people: tuple[Person, ...]
    invented: tuple[Invented, ...]
    meetings: tuple[Meeting, ...]
    swaps: tuple[Swap, ...] = ()
    goals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of a body, in order
    mandates: tuple[Mandate, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    protocols: tuple[Protocol, ...] = ()
    decisions: tuple[Decision, ...] = ()
    points: tuple[Point, ...] = ()


def hours(span: str, *days: str) -> tuple[tuple[datetime, datetime], ...]:
    """ "09.00-12.00" on each of these days."""
    starts, ends = (time.fromisoformat(part.replace(".", ":")) for part in span.split("-"))
    return tuple(
        (datetime.combine(each, starts), datetime.combine(each, ends))
        for each in map(date.fromisoformat, days)
    )


def series(body: str, span: str, days: str, **more: str) -> tuple[Meeting, ...]:
    """Meetings of one day each, alike but for the day."""
    return tuple(Meeting((body,), hours(span, day), **more) for day in days.split())  # type: ignore[arg-type]
