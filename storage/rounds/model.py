"""A question round as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.rules.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Question:
    id: int
    position: int  # from 1
    text: str


@dataclass(frozen=True, slots=True)
class Round:
    id: int
    region: int
    title: str
    deadline: Deadline
    last_day: date | None
    made_by: int
    maker: str
    open: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """Names of municipalities, in order of the alphabet."""

    done: tuple[str, ...]
    begun: tuple[str, ...]
    missing: tuple[str, ...]  # not begun

    @property
    def count(self) -> int:
        return len(self.done) + len(self.begun) + len(self.missing)


@dataclass(frozen=True, slots=True)
class Answered:
    """One municipality's answer to one question."""

    position: int
    municipality: str
    text: str
    person: str
