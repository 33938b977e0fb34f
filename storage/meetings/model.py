"""A meeting as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Day = tuple[datetime, datetime]  # wall times of its beginning and its end


@dataclass(frozen=True, slots=True)
class Meeting:
    """Times are wall times in the region's zone."""

    id: int
    region: int
    bodies: tuple[tuple[int, str], ...]
    theme: str
    format: str  # place | digital | hybrid
    place: str
    link: str
    host_id: int | None
    host: str
    secretary_id: int | None  # who was named, else somebody of the host's in these bodies
    secretary: str
    days: tuple[Day, ...]
    cancelled: bool
    uid: str
    sequence: int
    changed_at: datetime  # aware, UTC

    @property
    def starts(self) -> datetime:
        return self.days[0][0]

    @property
    def ends(self) -> datetime:
        return self.days[-1][1]

    @property
    def body_ids(self) -> tuple[int, ...]:
        return tuple(number for number, _ in self.bodies)


@dataclass(frozen=True, slots=True)
class Attendee:
    id: int
    name: str
    municipality: str
    answer: str | None  # yes | no


@dataclass(frozen=True, slots=True)
class Extras:
    """What the card of a meeting shows one person besides it."""

    own: str | None  # yes | no
    agenda: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HostTurn:
    """One line of the year's host rota."""

    meeting: int
    day: date
    host: str
    secretary: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting to be made. Times are wall times; the first body's region is the meeting's."""

    bodies: tuple[int, ...]
    days: tuple[Day, ...]
    format: str
    place: str = ""
    link: str = ""
    theme: str = ""
    host_id: int | None = None
