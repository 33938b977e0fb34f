"""Who is told about a report that is due, and when: a ladder of rungs, each used once.

Pure: what has been told is handed in, what is to be told comes out. Days are Swedish working days.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.rules.workdays import is_working_day, working_day_before, working_day_from

WEEK = timedelta(days=7)
_BEFORE_A_DAY = 4 * WEEK  # a deadline that is one day has no month of its own to begin


class Rung(StrEnum):
    """From the first to the last."""

    SEASON = "season"  # the first day of a period longer than three months
    DIGEST = "digest"  # three months before, among other news of the week
    START = "start"  # the first day of the month
    WEEK = "week"  # a week before
    LAST = "last"  # on the last day
    PRESIDIUM = "presidium"  # a week late; the presidium is told, too
    DIRECTOR = "director"  # two weeks late; the director is told, too


ORDER = tuple(Rung)
UPWARDS = {Rung.PRESIDIUM: Rung.LAST, Rung.DIRECTOR: Rung.PRESIDIUM}  # and what announces it


@dataclass(frozen=True, slots=True)
class Step:
    rung: Rung
    day: date


def ladder(first: date, last: date, given: date, returned: date | None = None) -> tuple[Step, ...]:
    """The rungs of a report that is due from `first` to `last`, its last working day.

    A rung on or before the day on which the deadline was given (or moved) does not exist. After a
    return the steps upwards count from then.
    """
    late = working_day_from(max(last, returned or last) + WEEK)
    month = last.replace(day=1)
    start = working_day_from(month if first <= month else last - _BEFORE_A_DAY)
    days = {
        Rung.SEASON: working_day_from(first), Rung.DIGEST: _monday(three_months_before(last)),
        Rung.START: start, Rung.WEEK: _earlier(last - WEEK), Rung.LAST: last,
        Rung.PRESIDIUM: late, Rung.DIRECTOR: working_day_from(late + WEEK),
    }  # fmt: skip
    steps: list[Step] = []
    for rung in ORDER:
        if days[rung] <= given:
            continue
        while steps and steps[-1].day >= days[rung]:
            steps.pop()
        steps.append(Step(rung, days[rung]))
    return tuple(steps)


def due(
    steps: Sequence[Step], told: Mapping[Rung, date], today: date, returned: date | None = None
) -> Rung | None:
    """The one rung to use today, or None.

    Of several that were missed only the highest counts, and nobody is told over the chair's head:
    a step upwards waits until the chair has known of it for a week.
    """
    used = max((ORDER.index(rung) for rung in told), default=-1)
    missed = [s.rung for s in steps if s.day <= today and ORDER.index(s.rung) > used]
    rungs = {step.rung for step in steps}
    for rung in reversed(missed):
        if UPWARDS.get(rung) not in rungs:  # no step upwards, or one that giving it announced
            return rung
        announced = _announced(rung, told, returned)
        if announced is not None and announced + WEEK <= today:
            return rung
    return None


def look_again(
    steps: Sequence[Step], told: Mapping[Rung, date], today: date, returned: date | None = None
) -> date | None:
    """The next day on which `due` may name a rung, given that today's has been told."""
    used = max((ORDER.index(rung) for rung in told), default=-1)
    days = []
    for step in steps:
        if ORDER.index(step.rung) <= used:
            continue
        day = step.day
        if step.rung in UPWARDS:
            announced = _announced(step.rung, told, returned)
            day = max(day, working_day_from(announced + WEEK)) if announced else day
        if day > today:
            days.append(day)
    return min(days, default=None)


def announces(steps: Sequence[Step], rung: Rung, today: date) -> Step | None:
    """The step upwards that the chair is told of together with this rung."""
    for step in steps:
        if UPWARDS.get(step.rung) is rung:
            return Step(step.rung, max(step.day, working_day_from(today + WEEK)))
    return None


def three_months_before(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - 3, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _announced(rung: Rung, told: Mapping[Rung, date], returned: date | None) -> date | None:
    """When the chair last heard that this step would come: at its announcing rung or at a return."""
    heard = [day for day in (told.get(UPWARDS[rung]), returned) if day] if rung in UPWARDS else []
    return max(heard, default=None)


def _monday(day: date) -> date:
    """The Monday whose digest comes next."""
    return working_day_from(day + timedelta(days=-day.weekday() % 7))


def _earlier(day: date) -> date:
    return day if is_working_day(day) else working_day_before(day)
