"""From the parts of an expression to the days they mean."""

from __future__ import annotations

from datetime import date, timedelta

from bot.dates.almanac import Span, add_months, monday, month_span
from bot.dates.atoms import (
    ANY_DAY,
    WEEK,
    WEEKEND,
    WORKING_DAY,
    DayOf,
    Days,
    Delta,
    Nth,
    Setting,
    Weekday,
    after,
)
from bot.dates.feasts import is_working_day
from bot.dates.tokens import real_day
from bot.dates.value import Precision
from bot.dates.years import pick

_WEEK = 7
SATURDAY = 5
_CLOSE = timedelta(days=60)  # so near, the weekday may choose the year
_LONG = (Precision.MONTH, Precision.SEASON)


def weekday(setting: Setting, said: Weekday) -> Days:
    """The weekday that was meant, with the other reading where there is one."""
    day, alternatives, notes = _weekday(setting, said)
    last = day if said.last is None else after(day, (said.last - said.day) % _WEEK)
    return Days(day, last, Precision.DAY, alternatives if last == day else (), notes)


def _weekday(setting: Setting, said: Weekday) -> tuple[date, tuple[date, ...], tuple[str, ...]]:
    today = setting.today
    ahead = (said.day - today.weekday()) % _WEEK
    back = after(today, -((today.weekday() - said.day) % _WEEK or _WEEK))
    in_week = after(monday(today), said.day)
    match said.mod:
        case "last" | "past" | "last2":
            return back, (after(back, -_WEEK),) if said.mod == "last" else (), ()
        case "next" if said.weeks:
            day = after(today, (ahead or _WEEK) + said.weeks * _WEEK)
            return day, (after(day, _WEEK),), ("ambiguous_next",)
        case "next":
            return _next_weekday(today, after(in_week, _WEEK), ahead)
        case "nextweek":
            return after(in_week, _WEEK), (), ()
        case "thisweek" | "this":
            day = in_week if said.mod == "thisweek" and in_week >= today else after(today, ahead)
            return day, (in_week,) if in_week != day else (), ()
    if said.weeks:
        day = after(today, (ahead or _WEEK) + said.weeks * _WEEK)
        other = after(monday(after(today, said.weeks * _WEEK)), said.day)
        return day, (other,) if other != day else (), ()
    if setting.prefer == "past" or (setting.prefer == "nearest" and ahead > _WEEK // 2):
        return back, (), ()
    if ahead == 0:
        return after(today, _WEEK), (today,), ("ambiguous_next",)
    return after(today, ahead), (), ()


def _next_weekday(
    today: date, in_next_week: date, ahead: int
) -> tuple[date, tuple[date, ...], tuple[str, ...]]:
    """ "Nästa torsdag" is next week's; the other reading is the first one, or the one after."""
    first = after(today, ahead or _WEEK)
    other = first if first != in_next_week else after(first, _WEEK)
    return in_next_week, (other,), ("ambiguous_next",)


def day_of(setting: Setting, said: DayOf) -> Days | None:
    """A day of a month in the year or month that fits; None where no calendar has it."""
    spans = [span for span in _candidates(setting, said) if span]
    span = pick(setting, spans) if said.year is None else (spans[0] if spans else None)
    if span is None:
        return None
    notes: tuple[str, ...] = ()
    if said.year is not None and span[1] < setting.today and setting.prefer == "future":
        notes = ("in_past",)
    others: tuple[date, ...] = ()
    if said.more is not None:
        second = real_day(span[0].year, span[0].month, said.more)
        others, notes = ((second,) if second else ()), (*notes, "several")
    return Days(*span, Precision.DAY, others, notes)


def _candidates(setting: Setting, said: DayOf) -> list[Span | None]:
    today = setting.today
    if said.month is None:
        firsts = [add_months(today.replace(day=1), step) for step in range(-4, 5)]
        return [_span(said, first.year, first.month) for first in firsts]
    if said.year is not None:
        return [_span(said, said.year, said.month)]
    return [_span(said, year, said.month) for year in range(today.year - 8, today.year + 9)]


def _span(said: DayOf, year: int, month: int) -> Span | None:
    first = real_day(year, month, said.day)
    last = real_day(year, month, said.last) if said.last else first
    return (first, last) if first and last else None


def weekday_with_day(setting: Setting, name: Weekday, said: DayOf) -> Days | None:
    """ "Torsdag den 12 mars": where the two disagree the number is kept and a question raised."""
    days = day_of(setting, said)
    if days is None:
        return None
    if days.first.weekday() == name.day:
        return days
    if said.year is None and said.month is not None:
        for year in (setting.today.year - 1, setting.today.year, setting.today.year + 1):
            other = real_day(year, said.month, said.day)
            close = other and abs(other - setting.today) < _CLOSE
            if other and close and other.weekday() == name.day:
                past = other < setting.today and setting.prefer == "future"
                return Days(
                    other, other, Precision.DAY, (days.first,), ("in_past",) if past else ()
                )
    shift = (name.day - days.first.weekday() + 3) % _WEEK - 3
    return Days(
        days.first, days.last, Precision.DAY, (after(days.first, shift),), ("weekday_mismatch",)
    )


def weekday_in_week(week: Days, name: Weekday) -> Days:
    """ "Torsdag vecka 6"."""
    first = after(week.first, name.day)
    last = first if name.last is None else after(week.first, name.last)
    return Days(first, max(first, last), Precision.DAY)


def moved(days: Days, by: Delta) -> Days:
    """So long before the first day, or after the last."""
    back = by.days < 0 or by.months < 0
    if by.whole_week:
        short = (days.last - days.first).days < _WEEK - 2
        start = after(monday(days.first if back or short else days.last), by.days)
        return Days(start, after(start, _WEEK - 1), Precision.WEEK)
    base = days.first if back else days.last
    day = add_months(after(base, by.days), by.months)
    return Days(day, day, Precision.DAY, notes=tuple(n for n in days.notes if n != "season"))


def edge(days: Days, which: int) -> Days | None:
    """The beginning, middle, end, first or second half of a week, a month or something longer."""
    first, last = days.first, days.last
    notes = ("end",) if which in (3, 5) else ()
    if days.precision is Precision.WEEK:
        begin, end = ((0, 1), (1, 3), (3, 4), (0, 2), (2, 4))[which - 1]
        return Days(after(first, begin), after(first, end), Precision.DAY, notes=notes)
    if days.precision not in _LONG:
        return None
    if (last - first).days < 32:
        rest = (last - first).days
        begin, end = ((0, 9), (10, 19), (20, rest), (0, 14), (15, rest))[which - 1]
        return Days(after(first, begin), after(first, end), Precision.MONTH, notes=notes)
    if which == 1:
        return Days(first, month_span(first.year, first.month)[1], Precision.MONTH)
    if which == 3:
        return Days(month_span(last.year, last.month)[0], last, Precision.MONTH, notes=notes)
    middle = first + (last - first) / 2
    if which == 4:
        return Days(first, middle, Precision.SEASON)
    if which == 5:
        return Days(after(middle, 1), last, Precision.SEASON, notes=notes)
    return Days(*month_span(middle.year, middle.month), Precision.MONTH)


def nth(days: Days, said: Nth) -> Days | None:
    """The nth weekday, week, day or weekend of a month or longer; None where there is none."""
    if days.precision not in _LONG:
        return None
    first, last = days.first, days.last
    if said.what == WEEK:
        return _nth_week(first, last, said.count)
    length = 1
    if said.what == WEEKEND:
        length = 2
        every = [day for day in _each(first, last) if day.weekday() == SATURDAY]
    elif said.what == ANY_DAY:
        every = _each(first, last)
    elif said.what == WORKING_DAY:
        every = [day for day in _each(first, last) if is_working_day(day)]
    else:
        every = [day for day in _each(first, last) if day.weekday() == said.what]
    index = said.count if said.count < 0 else said.count - 1
    if index >= len(every):
        return None
    return Days(every[index], after(every[index], length - 1), Precision.DAY)


def _each(first: date, last: date) -> list[date]:
    return [after(first, step) for step in range((last - first).days + 1)]


def _nth_week(first: date, last: date, count: int) -> Days | None:
    """The last week holds the last day; the first is the one with at least four of its days."""
    if count < 0:
        start = monday(last)
        other: tuple[Span, ...] = ((start, last), (after(last, -6), last))
    else:
        start = after(monday(after(first, 3)), _WEEK * (count - 1))
        other = ()
    if start > last:
        return None
    return Days(start, after(start, 6), Precision.WEEK, other)
