"""Months: one, two that meet, from one to another."""

from __future__ import annotations

from datetime import timedelta

from bot.dates.almanac import Span, add_months, month_span
from bot.dates.atoms import NO_DATE, Atom, Days, Hit, after
from bot.dates.said import modifier
from bot.dates.value import Precision
from bot.dates.weak import means_month
from bot.dates.years import pick, surely


def month(hit: Hit) -> Atom | None:
    """I maj, maj 2027, februari nästa år. Words that are also names or verbs need company."""
    token = next(t for t in hit.tokens[hit.at : hit.stop] if t.tags.keys() & {"MON", "MONC"})
    number = hit.number("MON", "MONC")
    span = _modified_month(hit, number)
    if span is None:
        return None
    if hit.setting.whole or "YEAR" in hit.values or modifier(hit):
        return Days(*span, Precision.MONTH)
    return Days(*span, Precision.MONTH) if means_month(hit, token) else None


def _modified_month(hit: Hit, number: int) -> Span | None:
    today, year = hit.setting.today, hit.get("YEAR")
    if year is None and "YEARDEF" in hit.values:
        year = today.year + {"next": 1, "last": -1, "this": 0}.get(modifier(hit), 0)
    if year is not None:
        return month_span(year, number)
    spans = [month_span(today.year + k, number) for k in (-2, -1, 0, 1, 2)]
    mod = modifier(hit)
    if mod in ("next", "this"):
        return next(s for s in spans if s[0] > today or (mod == "this" and s[1] >= today))
    if mod == "last":
        return next(s for s in reversed(spans) if s[1] < today)
    return pick(hit.setting, spans)


def month_short_year(hit: Hit) -> Atom | None:
    """Maj 27 is a year only after an apostrophe or dash."""
    year = hit.number("YY")
    if not 2024 <= year <= 2040:
        return None
    return Days(*month_span(year, hit.number("MON")), Precision.MONTH)


def month_range(hit: Hit) -> Atom | None:
    """Januari–april."""
    first, last = hit.values["MON"][:2]
    words = set(hit.words)
    listed = words & {"och", "and", "/"} and not words & {"mellan", "between"}
    if listed and last != first % 12 + 1:
        return None
    year = hit.get("YEAR")
    begin = year - (last < first) if year is not None else _modified_month_year(hit, first, last)
    end = month_span(begin + (last < first), last)[1]
    return Days(month_span(begin, first)[0], end, Precision.MONTH)


def _modified_month_year(hit: Hit, first: int, last: int) -> int:
    today = hit.setting.today
    spans = [
        (month_span(y, first)[0], month_span(y + (last < first), last)[1])
        for y in range(today.year - 2, today.year + 3)
    ]
    return surely(hit.setting, spans)[0].year


def turn_of_month(hit: Hit) -> Atom:
    """Three days on each side."""
    first, second = hit.values["MON"]
    today = hit.setting.today
    year = hit.get("YEAR")
    years = [year] if year else range(today.year - 1, today.year + 3)
    spans = [month_span(y, second) for y in years]
    start = surely(hit.setting, spans)[0]
    if first % 12 + 1 != second:
        return NO_DATE
    return Days(start - timedelta(days=3), after(start, 2), Precision.MONTH,
                ((start - timedelta(days=1), start),))  # fmt: skip


def month_mod(hit: Hit) -> Atom:
    """Nästa månad, den här månaden."""
    months = {"next": 1, "last": -1, "last2": -2, "this": 1 if "NEXT" in hit.values else 0}[
        modifier(hit)
    ]
    day = add_months(hit.setting.today.replace(day=1), months)
    return Days(*month_span(day.year, day.month), Precision.MONTH)


def this_month(hit: Hit) -> Atom:
    """Den här månaden."""
    today = hit.setting.today
    return Days(*month_span(today.year, today.month), Precision.MONTH)


def iso_month(hit: Hit) -> Atom:
    """2027-02."""
    year, number = hit.words[0].split("-")
    return Days(*month_span(int(year), int(number)), Precision.MONTH)
