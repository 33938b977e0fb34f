"""Arithmetic of the calendar: months, ISO weeks, seasons, terms and moving holidays."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

Span = tuple[date, date]
Rule = Callable[[int], Span]
DAY: Final = timedelta(days=1)


@lru_cache(512)
def month_span(year: int, month: int) -> Span:
    """First and last day of the month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the 31st becomes the month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def monday(day: date) -> date:
    """The Monday of the ISO week."""
    return day - day.weekday() * DAY


def iso_week(year: int, week: int) -> Span | None:
    """Monday and Sunday, or None: most years have no week 53."""
    try:
        first = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return first, first + 6 * DAY


def season_span(year: int, season: int) -> Span:
    """1 spring (March-May) to 4 winter (December to February of the next year)."""
    first = season * 3
    last_year, last = (year + 1, 2) if first == 12 else (year, first + 2)
    return date(year, first, 1), month_span(last_year, last)[1]


def term_span(year: int, term: int) -> Span:
    """1 vårtermin: January to June; 2 hösttermin: July to December."""
    return (
        (date(year, 1, 1), date(year, 6, 30))
        if term == 1
        else (date(year, 7, 1), date(year, 12, 31))
    )


def quarter_span(year: int, quarter: int) -> Span:
    """Three whole months."""
    return date(year, quarter * 3 - 2, 1), month_span(year, quarter * 3)[1]


def year_span(year: int) -> Span:
    """The calendar year."""
    return date(year, 1, 1), date(year, 12, 31)


def school_year_span(year: int) -> Span:
    """From 1 July to 30 June."""
    return date(year, 7, 1), date(year + 1, 6, 30)


@cache
def easter(year: int) -> date:
    """Easter Day by the Gregorian rule (the anonymous algorithm)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
