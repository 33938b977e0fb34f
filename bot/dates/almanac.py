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


def _weekday_from(month: int, day: int, weekday: int) -> Rule:
    def span(year: int) -> Span:
        first = date(year, month, day)
        found = first + ((weekday - first.weekday()) % 7) * DAY
        return found, found

    return span


def _fixed(month: int, day: int, length: int = 1) -> Rule:
    return lambda year: (date(year, month, day), date(year, month, day) + (length - 1) * DAY)


def _easter(first: int, last: int | None = None) -> Rule:
    return lambda year: (
        easter(year) + first * DAY,
        easter(year) + (first if last is None else last) * DAY,
    )


def _advent(number: int) -> Rule:
    return _weekday_from(11, 27, 6) if number == 1 else _later(_weekday_from(11, 27, 6), number - 1)


def _later(rule: Rule, weeks: int) -> Rule:
    return lambda year: (rule(year)[0] + weeks * 7 * DAY, rule(year)[1] + weeks * 7 * DAY)


def _midsummer(year: int) -> Span:
    eve = _weekday_from(6, 19, 4)(year)[0]
    return eve, eve + DAY


_SAINTS: Final = _weekday_from(10, 31, 5)
_RULES: Final[tuple[tuple[str, Rule], ...]] = (
    ("nyår|nyåret|new year|the new year|nyar", _fixed(1, 1)),
    ("nyårsdagen|nyårsdag|new year's day|new years day", _fixed(1, 1)),
    ("nyårsafton|new year's eve|new years eve|nyårsaftonen", _fixed(12, 31)),
    ("trettondagen|trettondag jul|trettondedag jul|trettonhelgen|epiphany|trettondedagen", _fixed(1, 6)),
    ("trettondagsafton", _fixed(1, 5)),
    ("tjugondag knut|tjugondag|tjugondedag knut|tjugondagen", _fixed(1, 13)),
    ("alla hjärtans dag|valentine's day|valentines day", _fixed(2, 14)),
    ("fettisdagen|shrove tuesday", _easter(-47)),
    ("askonsdagen|ash wednesday", _easter(-46)),
    ("våffeldagen", _fixed(3, 25)),
    ("palmsöndagen|palm sunday", _easter(-7)),
    ("stilla veckan|holy week", _easter(-6, -1)),
    ("skärtorsdagen|skärtorsdag|maundy thursday", _easter(-3)),
    ("långfredagen|långfredag|good friday|långfredan", _easter(-2)),
    ("påskafton|påskaftonen|easter eve|easter saturday", _easter(-1)),
    ("påskdagen|påskdag|easter sunday|easter day", _easter(0)),
    ("annandag påsk|annandagen påsk|easter monday", _easter(1)),
    ("påsk|påsken|påskhelgen|easter|påskhelg|the easter weekend|easter weekend", _easter(-2, 1)),
    ("valborg|valborgsmässoafton|siste april|sista april|walpurgis night|walpurgis", _fixed(4, 30)),
    ("may day|arbetarrörelsens dag", _fixed(5, 1)),
    ("kristi himmelsfärd|kristi himmelsfärdsdag|kristi himmelfärdsdag|kristi himmelfärd|"
     "ascension|ascension day|kristi flygare", _easter(39)),
    ("pingst|pingstdagen|pingsten|whitsun|pentecost|whit sunday", _easter(49)),
    ("pingstafton", _easter(48)),
    ("annandag pingst|whit monday", _easter(50)),
    ("mors dag", lambda y: (max(_weekday_from(5, 25, 6)(y)), max(_weekday_from(5, 25, 6)(y)))),
    ("nationaldagen|sveriges nationaldag|national day|svenska flaggans dag|the national day", _fixed(6, 6)),
    ("midsommar|midsommaren|midsommarhelgen|midsummer", _midsummer),
    ("midsommarafton|midsommarsafton|midsummer eve|midsummer's eve", _weekday_from(6, 19, 4)),
    ("midsommardagen|midsummer day|midsummer's day", _weekday_from(6, 20, 5)),
    ("halloween", _fixed(10, 31)),
    ("alla helgons dag|all saints day|all saints' day|all saint's day", _SAINTS),
    ("allhelgonahelgen|alla helgon|allhelgona", lambda y: (_SAINTS(y)[0], _SAINTS(y)[0] + DAY)),
    ("fars dag", _weekday_from(11, 8, 6)),
    ("första advent|1:a advent|1 advent|advent sunday|the first sunday of advent|"
     "first sunday of advent|first sunday in advent|first advent|the first advent", _advent(1)),
    ("andra advent|2:a advent|2 advent|second advent|the second sunday of advent|"
     "second sunday of advent", _advent(2)),
    ("tredje advent|3:e advent|3 advent|third advent|third sunday of advent", _advent(3)),
    ("fjärde advent|4:e advent|4 advent|fourth advent|fourth sunday of advent", _advent(4)),
    ("lucia|luciadagen|luciamorgonen|st lucia|saint lucia|lucia day", _fixed(12, 13)),
    ("julafton|julaftonen|christmas eve|dopparedan|dopparedagen", _fixed(12, 24)),
    ("juldagen|juldag|christmas day|xmas day", _fixed(12, 25)),
    ("annandag jul|annandagen|annandagen jul|boxing day", _fixed(12, 26)),
    ("jul|julen|julhelgen|jula", _fixed(12, 24, 3)),
    ("christmas|xmas", _fixed(12, 25, 2)),
    ("mellandagarna", _fixed(12, 27, 4)),
    ("årsskiftet|nyårshelgen|the turn of the year", lambda y: (date(y - 1, 12, 31), date(y, 1, 1))),
)  # fmt: skip
# Also names and ordinary words: a date only with a preposition or all alone.
WEAK_FEASTS: Final = frozenset({"lucia", "alla helgon", "ascension", "annandagen", "stilla veckan"})


@cache
def feasts() -> dict[str, Rule]:
    """All the names, in lower case."""
    return {name: rule for names, rule in _RULES for name in names.split("|")}


@cache
def feast_heads() -> dict[str, tuple[tuple[str, ...], ...]]:
    """First word to all names that begin with it, the longest first."""
    heads: dict[str, list[tuple[str, ...]]] = {}
    for name in feasts():
        parts = tuple(_split(name))
        heads.setdefault(parts[0], []).append(parts)
    return {head: tuple(sorted(names, key=len, reverse=True)) for head, names in heads.items()}


def _split(name: str) -> list[str]:
    return name.split()
