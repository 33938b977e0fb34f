"""When a report is due: as it was said, and the last working day beside it, never instead of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot import dates
from bot.dates import DateValue, Operator, Precision
from bot.rules.workdays import is_working_day, working_day_before

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """`watch` is the first day of the month that somebody named for loose words."""

    said: DateValue
    watch: date | None = None

    @property
    def loose(self) -> bool:
        """No day can be told, and no month to watch has been named."""
        return self.span is None

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and last day of what was said, or of the month that is watched."""
        if self.watch is not None:
            return self.watch, month_end(self.watch)
        if self.said.precision is Precision.LOOSE or self.said.last_day is None:
            return None
        last = self.said.last_day
        return self.said.first_day or _first(self.said.precision, last), last

    @property
    def last(self) -> date | None:
        """The last working day; None for loose words without a month to watch."""
        if self.span is None:
            return None
        last = self.span[1]
        return last if is_working_day(last) else working_day_before(last)

    def watched(self, month: DateValue) -> Deadline:
        """The same words, with the month of this date to watch."""
        day = month.last_day or month.first_day
        return Deadline(self.said, day.replace(day=1) if day else None)

    def to_json(self) -> dict[str, Any]:
        return {
            "said": self.said.to_json(), "watch": self.watch.isoformat() if self.watch else None,
        }  # fmt: skip

    @staticmethod
    def from_json(raw: Mapping[str, Any]) -> Deadline:
        watch = raw.get("watch")
        return Deadline(
            DateValue.from_json(raw["said"]), date.fromisoformat(watch) if watch else None
        )


def month(year: int, number: int) -> Deadline:
    """ "maj 2027"."""
    first = date(year, number, 1)
    words = dates.show(
        DateValue(Precision.MONTH, first, month_end(first), ""), "sv"
    ).removeprefix("i ")  # fmt: skip
    return Deadline(DateValue(Precision.MONTH, first, month_end(first), words))


def shown(deadline: Deadline, lang: str) -> str:
    """ "maj 2027", "vår 2027", "fredag 28 maj 2027", "efter sommaren"."""
    said = deadline.said
    if said.precision is Precision.MONTH and _whole_month(said) and said.last_day is not None:
        whole = DateValue(
            Precision.MONTH, said.last_day.replace(day=1), said.last_day, said.words
        )  # fmt: skip
        return dates.show(whole, lang).removeprefix("i ").removeprefix("in ")
    if said.precision is Precision.LOOSE:
        return f"”{said.words}”" if lang == "sv" else f"“{said.words}”"
    if said.precision is Precision.DAY and said.last_day is not None:
        return dates.show(said.last_day, lang, week=False)
    text = dates.show(said, lang)
    year = str(said.last_day.year) if said.last_day else ""
    return text if year in text else f"{text} {year}"


def phrase(deadline: Deadline, lang: str) -> str:
    """As part of a sentence: "i maj 2027"; everything but a month as `shown`."""
    text = shown(deadline, lang)
    said = deadline.said
    if said.precision is Precision.MONTH and _whole_month(said):
        return f"i {text}" if lang == "sv" else f"in {text}"
    return text


def is_late(last: date | None, state: str, today: date) -> bool:
    """Computed, never kept: the last day is over and the report is not with those who asked."""
    return last is not None and last < today and state in {"coming", "returned"}


def month_end(day: date) -> date:
    return (day.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY


def _whole_month(said: DateValue) -> bool:
    last = said.last_day
    if last is None or last != month_end(last):
        return False
    return said.first_day in {None, last.replace(day=1)} and said.operator is not Operator.BEFORE


def _first(precision: Precision, last: date) -> date:
    """The first day of a period of which only the end was said: "senast i maj"."""
    return last.replace(day=1) if precision is Precision.MONTH else last
