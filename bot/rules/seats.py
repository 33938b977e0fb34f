"""Seats and queues of an event's sessions: who gets what is free, and until when an offer holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SEASON = range(1, 5)  # the months in which dialogues are usually held
TOO_LATE = timedelta(hours=24)  # before the start: no offers any more, the coordinator is asked
NEEDS_KEPT = timedelta(days=14)  # after the event: then diet and access needs are deleted

# Whoever has one of these holds a seat.
HOLDING = frozenset({"registered", "offered", "present", "absent"})
# What these hold counts as coming; an offer or a place in a queue never does.
COMING = frozenset({"registered", "present", "absent"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One entry of the queue: everything that must be given at once, or not at all."""

    registration: int
    place: int  # counted over all sessions and platforms; smaller is earlier
    sessions: tuple[int, ...]


def allot(free: Mapping[int, int | None], queue: Iterable[Waiting]) -> list[Waiting]:
    """The entries that get what is free, in strict order of their places.

    `free` holds the free seats by session, None for as many as come. An entry that needs several
    sessions gets all of them or waits on; whoever is behind it is passed on only what it cannot use.
    """
    left = dict(free)
    given = []
    for entry in sorted(queue, key=lambda each: each.place):
        if all(has_room(left.get(each, 0)) for each in entry.sessions):
            given.append(entry)
            for each in entry.sessions:
                room = left[each]
                left[each] = None if room is None else room - 1
    return given


def has_room(free: int | None) -> bool:
    return free is None or free > 0


def position(place: int, places: Collection[int]) -> int:
    """Which one in the queue, from 1."""
    return 1 + sum(1 for each in places if each < place)


def offer_until(at: datetime, hours: int, starts: datetime) -> datetime | None:
    """Until when an offer made at `at` holds; None when it is too late for any.

    All are aware. The offer ends at the latest 24 hours before the session, when it cannot be
    passed on any more.
    """
    last = starts - TOO_LATE
    return None if at >= last else min(at + timedelta(hours=hours), last)


def in_season(day: date) -> bool:
    """Dialogues run from January to April; another day is asked about and never refused."""
    return day.month in SEASON


def late(last_day: date, today: date) -> bool:
    """The last day itself is still in time."""
    return today > last_day


@dataclass(frozen=True, slots=True)
class Municipality:
    """How one municipality stands to an event."""

    id: int
    name: str
    coming: int
    waiting: int
    declined: bool

    @property
    def standing(self) -> str:
        """The strongest that is true of coming, waiting, declined and missing."""
        if self.coming:
            return "coming"
        if self.waiting:
            return "waiting"
        return "declined" if self.declined else "missing"


def standing(towns: Sequence[Municipality], wanted: str) -> list[Municipality]:
    return [each for each in towns if each.standing == wanted]


def wanted_fields(fields: Sequence[Mapping[str, object]], role: str) -> list[str]:
    """What registration asks somebody of this role: fields may be for some roles only."""
    found = []
    for each in fields:
        only = each.get("only_for")
        if not isinstance(only, list) or not only or role in only:
            found.append(str(each["name"]))
    return found


_FORMULA = frozenset("=+-@|%")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; a harmless one is unchanged."""
    risky = text[:1] in set("\t\r\n") or text.lstrip()[:1] in _FORMULA
    return f"'{text}" if text and risky else text
