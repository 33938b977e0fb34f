"""Days of a month, in words and figures."""

from __future__ import annotations

from typing import Final

from bot.dates.almanac import (
    month_span,
)
from bot.dates.atoms import (
    NO_DATE,
    Atom,
    DayOf,
    Days,
    Hit,
    closed,
)
from bot.dates.matcher import Make
from bot.dates.tokens import real_day
from bot.dates.value import Precision
from bot.dates.words import MONTHS_EN, MONTHS_SV
from bot.dates.years import pick


def day_month(hit: Hit) -> Atom | None:
    """12 mars, den 5:e december 2027, March 3rd."""
    days = [value for tag in ("N2", "ORD", "ORDW") for value in hit.values.get(tag, ())]
    year = hit.get("YEAR")
    return day_of(days[0], hit.number("MON"), year)


_SWEDISH_MONTHS: Final = frozenset(MONTHS_SV) - frozenset(MONTHS_EN)
_MINUTES: Final = frozenset({"minutes", "notes", "is", "was"})


def month_day(hit: Hit) -> Atom | None:
    """March 3, but not "i maj 12 personer" nor "in May 12 people"."""
    word = next(t.text for t in hit.tokens[hit.at :] if "MON" in t.tags)
    if word in _SWEDISH_MONTHS or word in ("okt", "okt."):
        return None
    following = hit.following
    if following is not None and "N2" in hit.values and "YEAR" not in hit.values:
        many = following.text.endswith("s") and following.text not in _MINUTES
        if following.text in (":", "-", "%", "people", "personer", "platser") or many:
            return None
    return day_of(hit.number("N2", "ORD"), hit.number("MON"), hit.get("YEAR"))


def day_of(day: int, month: int, year: int | None, last: int | None = None) -> Atom:
    if real_day(year or 2028, month, day) is None:
        return NO_DATE
    if last is not None and (real_day(year or 2028, month, last) is None or last <= day):
        return NO_DATE
    return DayOf(day, month, year, last)


def day_month_in(years: int) -> Make:
    """12 mars i år, 12 mars nästa år."""

    def make(hit: Hit) -> Atom:
        year = hit.setting.today.year + years
        return day_of(hit.number("N2", "ORD", "ORDW"), hit.number("MON"), year)

    return make


def month_den_day(hit: Hit) -> Atom | None:
    """Februari den 10:e."""
    return day_of(hit.number("ORD", "N2"), hit.number("MON"), hit.get("YEAR"))


def last_of_month(hit: Hit) -> Atom | None:
    """Den sista januari."""
    number, said = hit.number("MON"), hit.get("YEAR")
    years = [said] if said else range(hit.setting.today.year - 1, hit.setting.today.year + 3)
    span = pick(hit.setting, [(month_span(y, number)[1],) * 2 for y in years]) if not said else None
    last = span[1] if span else month_span(said or 0, number)[1]
    return Days(last, last, Precision.DAY)


def day_month_short_year(hit: Hit) -> Atom | None:
    """12 mars -27."""
    year = hit.values["YY"][-1]
    following = hit.tokens[hit.stop].text if hit.stop < len(hit.tokens) else ""
    if not 2025 <= year <= 2040 or following in ("-", "–", ":", "."):
        return None
    days = hit.values.get("N2") or hit.values.get("ORD") or hit.values["ORDW"]
    return day_of(days[0], hit.number("MON"), year)


def day_range(hit: Hit) -> Atom | None:
    """12–13 oktober, mellan 1 och 15 april, October 12-13."""
    days = [t.tags.get("N2", t.tags.get("ORD", t.tags.get("ORDW", 0)))
            for t in hit.tokens[hit.at : hit.stop]
            if t.tags.keys() & {"N2", "ORD", "ORDW"} and t.text not in ("en", "ett", "a")]  # fmt: skip
    first, last = days[0], days[1]
    apart = {"och", "and", "eller", "or", "&"} & set(hit.words) and not {"mellan", "between"} & set(
        hit.words
    )
    if apart and last != first + 1:
        made = day_of(first, hit.number("MON"), hit.get("YEAR"))
        return DayOf(first, made.month, made.year, more=last) if isinstance(made, DayOf) else made
    return day_of(first, hit.number("MON"), hit.get("YEAR"), last)


def lone_day(hit: Hit) -> Atom | None:
    """Den 5:e, when no noun follows."""
    day = hit.number("N2", "ORD", "ORDW")
    if not closed(hit.setting, hit.tokens, hit.stop) or not 0 < day < 32:
        return None
    if "ORDW" in hit.values and (not hit.setting.whole or day < 4):
        return None
    following = hit.tokens[hit.stop].text if hit.stop < len(hit.tokens) else ""
    if following in ("/", "-", ":", "§") or ("N2" in hit.values and following in ("och", "and")):
        return None
    return DayOf(day)


_NUMBERED: Final = frozenset(
    "nr dnr kod id nummer number code ring kr - ärende case +".split()
)  # six figures after these are no date


def slash(hit: Hit) -> Atom | None:
    """12/3, 12/3 2027."""
    said = next(token.text for token in hit.tokens[hit.at :] if "SLASH" in token.tags)
    day, month = (int(part) for part in said.split("/"))
    before = hit.before
    if before in ("mål", "punkt", "nr", "§", "goal", "item", "prop", "dir", "skr", "sou", "/"):
        return None
    if hit.following is not None and hit.following.text in ("av", "of", "tjänst", "delar"):
        return None
    if month > 12 and hit.setting.lang == "en":
        day, month = month, day
    if not (0 < month < 13 and 0 < day < 32):
        return NO_DATE if not hit.setting.whole else None
    if (
        not hit.setting.whole
        and (day, month) == (1, 2)
        and not closed(hit.setting, hit.tokens, hit.stop)
    ):
        return None
    return day_of(day, month, hit.get("YEAR"))


def slash_range(hit: Hit) -> Atom | None:
    """12–13/10."""
    last, month = (int(part) for part in hit.words[-1].split("/"))
    return day_of(hit.number("N2"), month, None, last) if month < 13 else NO_DATE


def numeric(hit: Hit) -> Atom | None:
    """2027-03-04, 4.3.2027, 12/3-27, 20270304, 270304."""
    token = next(t for t in hit.tokens[hit.at : hit.stop] if t.text[0].isdigit())
    text = token.text
    if token.kind == "six":
        parts = ["20" + text[:2], text[2:4], text[4:]]
    elif token.kind == "eight":
        parts = [text[:4], text[4:6], text[6:]]
    elif token.kind == "iso":
        parts = text.split("-")
    else:
        day, month, year = text.replace(".", "/").replace("-", "/").split("/")
        parts = ["20" + year if len(year) == 2 else year, month, day]
    found = real_day(int(parts[0]), int(parts[1]), int(parts[2]))
    if found is None:
        return NO_DATE
    bare = token.kind in ("six", "eight")
    if bare and not 2000 <= found.year <= 2039:
        return None
    if bare and hit.before in _NUMBERED:
        return None
    return DayOf(found.day, found.month, found.year)
