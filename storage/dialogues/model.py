"""A dialogue day as it is read, and what is wanted of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

PARTS = ("fm", "em", "day", "digital")
FIELDS = ("diet", "access", "dinner", "lodging")  # what a coordinator may have registration ask
POINTS = ("planning", "invitation", "content", "arrangement")


@dataclass(frozen=True, slots=True)
class Session:
    """One part of a dialogue day. Times are wall times in the region's zone."""

    id: int
    part: str  # fm | em | day | digital
    title: str
    starts: datetime
    ends: datetime
    capacity: int | None  # None: as many as come
    audience: str
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    @property
    def full(self) -> bool:
        return self.free == 0 or self.waiting > 0


@dataclass(frozen=True, slots=True)
class Dialogue:
    id: int
    region: int
    region_name: str
    title: str
    format: str  # place | digital | hybrid
    place: str
    link: str
    last_day: date
    state: str  # draft | open | closed | held | cancelled
    fields: tuple[dict[str, Any], ...]
    summary_due: str
    code: str
    uid: str
    sequence: int
    changed_at: datetime  # aware, UTC
    sessions: tuple[Session, ...]

    @property
    def starts(self) -> datetime:
        return self.sessions[0].starts

    @property
    def ends(self) -> datetime:
        return max(each.ends for each in self.sessions)

    def session(self, number: int) -> Session:
        return next(each for each in self.sessions if each.id == number)


@dataclass(frozen=True, slots=True)
class Held:
    """What one person has of one session: a seat, a place in the queue, or neither any more."""

    session: int
    state: str
    number: int  # in the queue, from 1; else 0
    offer_until: datetime | None  # aware, UTC


@dataclass(frozen=True, slots=True)
class Registration:
    id: int
    dialogue: int
    person: int
    person_name: str
    made_by: int
    role: str
    together: bool
    substitute: int | None  # asked to come instead
    sequence: int
    held: tuple[Held, ...]

    def sessions(self, *states: str) -> tuple[int, ...]:
        return tuple(each.session for each in self.held if each.state in states)

    @property
    def standing(self) -> bool:
        """Whether anything of it still counts."""
        return bool(self.sessions("registered", "offered", "waiting", "late", "present"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for when registering."""

    sessions: tuple[int, ...]
    role: str = ""
    together: bool = False
    diet: str = ""
    access: str = ""
    dinner: bool | None = None
    lodging: bool | None = None
    topic: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class NewSession:
    part: str
    starts: datetime  # wall time
    ends: datetime
    capacity: int | None = None
    audience: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A dialogue to be made. Times are wall times."""

    region: int
    title: str
    sessions: tuple[NewSession, ...]
    last_day: date
    format: str = "place"
    place: str = ""
    link: str = ""
    fields: tuple[dict[str, Any], ...] = field(default_factory=lambda: ({"name": "diet"},))
    copied_from: int | None = None
