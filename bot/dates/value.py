"""What a date expression means: a value with a precision, never more exact than what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

ZONE = "Europe/Stockholm"

Point = date | datetime | time


class Precision(StrEnum):
    """How exact the words were."""

    EXACT = "exact"  # has a clock time
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"  # also terms, quarters, years and school years
    LOOSE = "loose"  # no fixed border; ask for a month


class Operator(StrEnum):
    """The word in front. FROM and TO are only told: the intent decides what they mean."""

    ON = "on"
    BEFORE = "before"  # före, innan: the end is already the last day that is early enough
    BY = "by"  # senast, t.o.m.: the end is included
    WITHIN = "within"
    AFTER = "after"  # efter: the start is already the first day that is late enough
    SINCE = "since"  # fr.o.m., sedan: the start is included
    FROM = "from"
    TO = "to"

    @property
    def is_latest(self) -> bool:
        """True when only the end is known."""
        return self in (Operator.BEFORE, Operator.BY, Operator.WITHIN)

    @property
    def is_earliest(self) -> bool:
        """True when only the start is known."""
        return self in (Operator.AFTER, Operator.SINCE)


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as it was said.

    Both ends are inclusive. A datetime is naive wall time in `zone`; a time alone means that no
    day was said. `alternatives` holds other readings as plain points or (first, last) pairs.
    """

    precision: Precision
    start: Point | None
    end: Point | None
    words: str
    operator: Operator = Operator.ON
    daypart: str | None = None  # morning, fm, noon, em, evening, night
    alternatives: tuple[Point | tuple[Point, Point], ...] = ()
    notes: tuple[str, ...] = ()
    zone: str = ZONE

    @property
    def first_day(self) -> date | None:
        """The first day that counts; None when there is no lower border or no day at all."""
        return _day(self.start)

    @property
    def last_day(self) -> date | None:
        """The last day that counts; a single day's is the day itself, None when open."""
        if self.end is not None or self.operator.is_earliest:
            return _day(self.end)
        return _day(self.start)

    def covers(self, day: date) -> bool:
        """True when the day lies within what was said; an open end covers all days beyond it."""
        first, last = self.first_day, self.last_day
        if first is None and last is None:
            return False
        return (first is None or first <= day) and (last is None or day <= last)

    def to_json(self) -> dict[str, Any]:
        """The value as plain JSON, for the journal; `from_json` gives an equal value back."""
        return {
            "precision": self.precision.value,
            "start": _write(self.start),
            "end": _write(self.end),
            "words": self.words,
            "operator": self.operator.value,
            "daypart": self.daypart,
            "alternatives": [
                [_write(p) for p in a] if isinstance(a, tuple) else _write(a)
                for a in self.alternatives
            ],
            "notes": list(self.notes),
            "zone": self.zone,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> DateValue:
        """Read what `to_json` wrote. Raises KeyError or ValueError on anything else."""
        return cls(
            precision=Precision(raw["precision"]),
            start=_point(raw["start"]),
            end=_point(raw["end"]),
            words=str(raw["words"]),
            operator=Operator(raw["operator"]),
            daypart=raw["daypart"],
            alternatives=tuple(_alternative(a) for a in raw["alternatives"]),
            notes=tuple(raw["notes"]),
            zone=str(raw.get("zone", ZONE)),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """A date expression in running text: text[start:end] are its words."""

    start: int
    end: int
    value: DateValue


def _day(point: Point | None) -> date | None:
    if isinstance(point, datetime):
        return point.date()
    return point if isinstance(point, date) else None


def _write(point: Point | None) -> str | None:
    return None if point is None else point.isoformat()


def _point(raw: str | None) -> Point | None:
    if raw is None:
        return None
    if "T" in raw:
        return datetime.fromisoformat(raw)
    return time.fromisoformat(raw) if ":" in raw else date.fromisoformat(raw)


def _alternative(raw: str | list[str]) -> Point | tuple[Point, Point]:
    points = [_point(part) for part in ([raw] if isinstance(raw, str) else raw)]
    first, last = points[0], points[-1]
    if first is None or last is None:
        msg = "an alternative needs a date"
        raise ValueError(msg)
    return first if isinstance(raw, str) else (first, last)
