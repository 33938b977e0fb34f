"""Decisions, action points, and what a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Decision:
    id: int
    body: int
    body_name: str
    meeting: int | None
    decided_on: date
    paragraph: str  # "§ 4", or empty
    text: str
    state: str  # proposed | confirmed


@dataclass(frozen=True, slots=True)
class ActionPoint:
    id: int
    body: int
    body_name: str
    meeting: int | None
    text: str
    person: int | None  # who does it: a person
    municipality: int | None  # or a municipality
    who: str  # the name of either; empty when nobody is named
    due_words: str  # as it was said
    due_on: date | None  # the last day that the words leave
    state: str  # proposed | open | done

    def late(self, today: date) -> bool:
        return self.state == "open" and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where something is said."""

    passage: int
    decision: bool  # a decision, else a paragraph of a protocol
    body_name: str
    meeting: int | None
    held_on: date
    paragraph: str
    heading: str
    text: str
    snippet: str
    whole: bool  # everything that was asked for stands there
