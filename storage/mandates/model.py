"""A mandate as it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.files import FileHandle
from bot.rules.deadline import Deadline, is_late

Kind = Literal["interim", "final", "next"]


@dataclass(frozen=True, slots=True)
class Goal:
    number: int
    title: str
    priority: int = 0  # of the mandate among those of the goal


@dataclass(frozen=True, slots=True)
class Owner:
    """A body, a person, or one municipality within a body."""

    id: int
    body_id: int | None
    body: str
    municipality_id: int | None
    municipality: str
    person_id: int | None
    person: str

    @property
    def name(self) -> str:
        return self.municipality or self.body or self.person


@dataclass(frozen=True, slots=True)
class Report:
    id: int
    owner: Owner
    kind: Kind
    deadline: Deadline
    last_day: date | None
    given_on: date
    state: str  # coming | handed_in | returned | acknowledged
    returned_on: date | None

    @property
    def open(self) -> bool:
        """Nothing has been handed in, or it came back."""
        return self.state in {"coming", "returned"}

    def late(self, today: date) -> bool:
        return is_late(self.last_day, self.state, today)


@dataclass(frozen=True, slots=True)
class Mandate:
    id: int
    region: int
    title: str
    short: str
    text: str
    items: tuple[str, ...]
    giver_id: int
    giver: str
    contact_id: int | None
    contact: str
    given_on: date
    goals: tuple[Goal, ...]
    owners: tuple[Owner, ...]
    reports: tuple[Report, ...]  # by owner, in order of their last days

    @property
    def owner(self) -> str:
        """Everybody who owns it: "Arbetsgrupp Utbud: Huddinge, Stockholm, Täby"."""
        bodies = {each.body for each in self.owners if each.municipality}
        names = ", ".join(each.name for each in self.owners)
        return f"{', '.join(sorted(bodies))}: {names}" if bodies else names

    @property
    def next_report(self) -> Report | None:
        return next((each for each in self.reports if each.open), None)


@dataclass(frozen=True, slots=True)
class Open:
    """A report together with its mandate."""

    mandate: Mandate
    report: Report


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a report's history."""

    step: str  # handed_in | returned | acknowledged
    words: str
    person: str
    day: date


@dataclass(frozen=True, slots=True)
class Change:
    """More time: asked for, granted or declined."""

    id: int
    report: int
    old: Deadline
    new: Deadline
    reason: str
    state: str  # asked | granted | declined
    asked_by: int
    asker: str
    decider: str


@dataclass(frozen=True, slots=True)
class History:
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    files: tuple[FileHandle, ...]


@dataclass(frozen=True, slots=True)
class OwnerPlan:
    body: int | None = None
    municipality: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A mandate to be given. Each owner gets every report."""

    title: str
    short: str
    giver: int
    owners: Sequence[OwnerPlan]
    reports: Sequence[tuple[Kind, Deadline]]
    goals: Sequence[int] = ()
    text: str = ""
    items: Sequence[str] = ()
