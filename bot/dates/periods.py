"""Months, seasons, terms, quarters and years."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.dates.almanac import (
    Span,
    monday,
    month_span,
    quarter_span,
    school_year_span,
    season_span,
    term_span,
    year_span,
)
from bot.dates.atoms import (
    NO_DATE,
    Atom,
    Days,
    Hit,
    after,
    closed,
)
from bot.dates.matcher import Make
from bot.dates.resolve import edge
from bot.dates.said import modifier
from bot.dates.value import Precision
from bot.dates.weak import PREPS
from bot.dates.years import shifted


def _season_alternatives(season: int, span: Span) -> tuple[Span, ...]:
    year = span[0].year
    if season == 1:
        return ((date(year, 1, 1), date(year, 6, 30)),)
    if season == 3:
        return ((date(year, 8, 1), date(year, 12, 31)), (date(year, 7, 1), date(year, 12, 31)))
    return ()


_SEASON_TAGS: Final = {"SEASON", "SEASONB", "SEASONP"}
_TITLES: Final = frozenset(
    "agenda vision prop prop. sfs nr rum room skr sou dir lgy gy lag windows office mål : / - ring "
    "nummer läroplan strategi .".split()
)  # a year after these is part of a name


def season(hit: Hit) -> Atom | None:
    """Våren 2027, i höst, next spring, i somras."""
    number = hit.number("SEASON", "SEASONB", "SEASONP")
    word = next(t for t in hit.tokens[hit.at :] if t.tags.keys() & _SEASON_TAGS)
    company = "YEAR" in hit.values or "YY" in hit.values or modifier(hit) or hit.setting.whole
    if (
        not company
        and word.text in ("spring", "fall", "summer", "winter", "autumn")
        and hit.stop - hit.at == 1
    ) and (
        hit.before not in PREPS
        or (word.text in ("spring", "fall") and hit.before in ("i", "to", "and"))
    ):
        return None
    if not company and "SEASONB" in hit.values and not closed(hit.setting, hit.tokens, hit.stop):
        return None
    past = "SEASONP" in hit.values
    coming = "till" in hit.words or (hit.at > 0 and hit.before in ("till", "inför"))
    span = shifted(
        hit.setting, lambda year: season_span(year, number), _years(hit),
        "past" if past else "coming" if coming else modifier(hit),
    )  # fmt: skip
    if span is None:
        return None
    return Days(*span, Precision.SEASON, _season_alternatives(number, span), ("season",))


def _years(hit: Hit) -> int | None:
    year = hit.get("YEAR") or hit.get("YY")
    if year is None and "YEARDEF" in hit.values:
        year = hit.setting.today.year + {"next": 1, "last": -1}.get(modifier(hit), 0)
    return year


def term(hit: Hit) -> Atom | None:
    """Vårterminen, vt 27."""
    number = hit.number("TERM")
    word = next(t.text for t in hit.tokens[hit.at :] if "TERM" in t.tags)
    short = word.rstrip(".") in ("vt", "ht") and _years(hit) is None
    if short and not hit.setting.whole and hit.before not in PREPS:
        return None
    span = shifted(hit.setting, lambda year: term_span(year, number), _years(hit), modifier(hit))
    if span is None:
        return None
    other = date(span[0].year, 1, 7) if number == 1 else date(span[0].year, 8, 1)
    return Days(*span, Precision.SEASON, ((other, span[1]),))


def english_term(number: int) -> Make:
    """The spring term, the autumn term."""

    def make(hit: Hit) -> Atom:
        rule = shifted(hit.setting, lambda year: term_span(year, number), hit.get("YEAR"), "")
        return Days(*rule, Precision.SEASON)

    return make


def edge_now(which: int) -> Make:
    """The end of the year, of the month or of the week that is."""
    return lambda hit: edge(_present(hit), which)


def edge_of_now(hit: Hit) -> Atom | None:
    """Månadens slut; "när veckan är slut" only as a border."""
    words = set(hit.words)
    if words & {"är", "is", "tar"}:
        return edge(_present(hit), 3) if hit.setting.whole or hit.before in _BORDERS else None
    which = 1 if words & {"början", "start"} else 2 if "mitt" in words else 3
    return edge(_present(hit), which)


_BORDERS: Final = frozenset("före innan before efter after när when tills until senast by".split())


def later_this(hit: Hit) -> Atom:
    """Senare i veckan, later this month: from tomorrow to its end."""
    period = _present(hit)
    first = after(hit.setting.today, 1)
    return Days(first, period.last, period.precision) if first <= period.last else NO_DATE


def _present(hit: Hit) -> Days:
    """The week, month or year that is."""
    today, words = hit.setting.today, set(hit.words)
    if words & {"år", "årets", "året", "year", "year's"}:
        return Days(*year_span(today.year), Precision.SEASON)
    if words & {"månaden", "månadens", "month", "month's"}:
        return Days(*month_span(today.year, today.month), Precision.MONTH)
    first = monday(today)
    return Days(first, after(first, 6), Precision.WEEK)


def term_mod(hit: Hit) -> Atom:
    """Nästa termin."""
    today = hit.setting.today
    steps = {"next": 1, "last": -1, "this": 1 if "NEXT" in hit.values else 0, "": 0}[modifier(hit)]
    half = today.year * 2 + (today.month > 6) + steps
    return Days(*term_span(half // 2, half % 2 + 1), Precision.SEASON)


def quarter(hit: Hit) -> Atom | None:
    """Q1, första kvartalet 2027."""
    number = hit.number("N2", "ORDW", "ORD", "NUMW")
    if not 1 <= number <= 4:
        return NO_DATE
    span = shifted(hit.setting, lambda year: quarter_span(year, number), _years(hit), "")
    return Days(*span, Precision.SEASON) if span else None


def quarter_last(hit: Hit) -> Atom | None:
    """Sista kvartalet."""
    span = shifted(hit.setting, lambda year: quarter_span(year, 4), _years(hit), "")
    return Days(*span, Precision.SEASON) if span else None


def quarter_mod(hit: Hit) -> Atom:
    """Nästa kvartal."""
    steps = {"next": 1, "last": -1, "this": 1 if "NEXT" in hit.values else 0, "": 0}[modifier(hit)]
    today = hit.setting.today
    count = today.year * 4 + (today.month - 1) // 3 + steps
    return Days(*quarter_span(count // 4, count % 4 + 1), Precision.SEASON)


def half_year(hit: Hit) -> Atom | None:
    """Första halvåret 2027."""
    number = hit.number("ORDW", "ORD")
    if number > 2:
        return NO_DATE
    span = shifted(hit.setting, lambda year: term_span(year, number), _years(hit), "")
    return Days(*span, Precision.SEASON) if span else None


def school_year(hit: Hit) -> Atom | None:
    """Läsåret 27/28."""
    text = "".join(hit.words[1:])
    if any(char.isdigit() for char in text):
        begin, end = (
            int(part[-2:]) for part in text.replace("-", "/").replace("–", "/").split("/")
        )
        if end != begin + 1:
            return NO_DATE
        return Days(*school_year_span(2000 + begin), Precision.SEASON)
    today = hit.setting.today
    steps = {"next": 1, "last": -1}.get(modifier(hit), 0)
    year = today.year - (today.month < 7) + steps
    return Days(*school_year_span(year), Precision.SEASON)


def year(hit: Hit) -> Atom | None:
    """2027; in running text only near our own time and not as part of a name."""
    number = hit.number("YEAR")
    if not hit.setting.whole:
        if abs(number - hit.setting.today.year) > 12:
            return None
        following = hit.following
        if following is not None and following.text in (
            "/",
            ":",
            "-",
            "%",
            "kr",
            "kronor",
            "personer",
        ):
            return None
        if following is not None and following.kind == "num":
            return None
        if hit.stop - hit.at == 1 and hit.before in _TITLES:
            return None
    return Days(*year_span(number), Precision.SEASON)


def year_mod(hit: Hit) -> Atom:
    """Nästa år, i år, årets."""
    steps = {"next": 1, "last": -1, "last2": -2, "this": 1 if "NEXT" in hit.values else 0, "": 0}[
        modifier(hit)
    ]
    return Days(*year_span(hit.setting.today.year + steps), Precision.SEASON)


def year_from_now(years: int) -> Make:
    """I fjol."""

    def make(hit: Hit) -> Atom:
        return Days(*year_span(hit.setting.today.year + years), Precision.SEASON)

    return make
