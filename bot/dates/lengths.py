"""Lengths of time: counted from now, or before and after a day that follows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.almanac import add_months
from bot.dates.atoms import NO_DATE, Atom, Days, Delta, Hit, Limit, Moment, Setting, after
from bot.dates.matcher import Make
from bot.dates.value import ZONE, Precision

_HERE: Final = ZoneInfo(ZONE)
UNITS: Final = ("UMIN", "UHOUR", "UDAY", "UWEEK", "UFORT", "UMONTH", "UYEAR", "UHALF", "UHHOUR")


def single(day: date, part: str | None = None) -> Days:
    """One day."""
    return Days(day, day, Precision.DAY, part=part)


def count(hit: Hit) -> int:
    """How many units; "ett par" is two."""
    return 2 if "PAIRW" in hit.values or "couple" in hit.words else hit.number("N2", "NUMW")


def unit(hit: Hit) -> str:
    """The tag of the unit."""
    return next(tag for tag in UNITS if tag in hit.values)


def shift(setting: Setting, count: int, unit: str, base: date | None = None) -> date | datetime:
    """So many units from now, or from a day; months keep the day of the month where they can."""
    day = base or setting.today
    if unit in ("UMIN", "UHOUR", "UHHOUR"):
        minutes = {"UMIN": 1, "UHOUR": 60, "UHHOUR": 30}[unit] * count
        return later(setting, minutes)
    if unit in ("UDAY", "UWEEK", "UFORT"):
        return after(day, count * {"UDAY": 1, "UWEEK": 7, "UFORT": 14}[unit])
    return add_months(day, count * {"UMONTH": 1, "UYEAR": 12, "UHALF": 6}[unit])


def later(setting: Setting, minutes: int) -> datetime:
    """Elapsed time, so an hour over the change to summer time is still an hour."""
    there = setting.now.replace(tzinfo=_HERE, second=0, microsecond=0).astimezone(UTC)
    return (there + timedelta(minutes=minutes)).astimezone(_HERE).replace(tzinfo=None)


def _point(when: date | datetime) -> Atom:
    return Moment(when) if isinstance(when, datetime) else single(when)


def offset(sign: int) -> Make:
    """Om två veckor, three days ago."""

    def make(hit: Hit) -> Atom | None:
        if sign > 0 and hit.words[0] in ("in", "om", "i") and not _counts(hit):
            return None
        return _point(shift(hit.setting, sign * count(hit), unit(hit)))

    return make


def _counts(hit: Hit) -> bool:
    """False for "in 6 week 7" and "lägg in 2 timmar"; a one-letter unit must follow a digit."""
    said = next(t.text for t in hit.tokens[hit.at : hit.stop] if t.tags.keys() & {*UNITS})
    if hit.words[0] == "in" and (said in _SWEDISH or hit.before in _PUT):
        return False
    return said not in ("v", "h", "mån") or "N2" in hit.values


_SWEDISH: Final = frozenset(
    "minut minuter timme timma timmar tim dag dagar dygn vecka veckor månad månader år halvår".split()
)
_PUT: Final = frozenset("lägg lägga lägger lade lagt boka bokar sätt för skriv kläm klämma".split())


def within(hit: Hit) -> Atom:
    """Inom två veckor."""
    return Limit(shift(hit.setting, count(hit), unit(hit)))


def minutes_on(minutes: int) -> Make:
    """Om en kvart."""
    return lambda hit: Moment(later(hit.setting, minutes))


def months_on(months: int) -> Make:
    """Om ett halvår."""
    return lambda hit: single(add_months(hit.setting.today, months))


def span_ahead(sign: int) -> Make:
    """De närmaste två veckorna; the last two weeks."""

    def make(hit: Hit) -> Atom | None:
        count = hit.get("N2") or hit.get("NUMW") or 1
        end = shift(hit.setting, sign * count, unit(hit))
        if isinstance(end, datetime):
            return None
        first, last = sorted((hit.setting.today, end))
        return Days(first, last, Precision.DAY)

    return make


def delta(hit: Hit) -> Atom | None:
    """Två veckor före; what follows must be a day, else the words are refused."""
    sign = -1 if "BEFOREW" in hit.values else 1
    many, kind = count(hit), unit(hit)
    if kind in ("UMIN", "UHOUR", "UHHOUR"):
        return NO_DATE
    if kind in ("UDAY", "UWEEK", "UFORT"):
        return Delta(days=sign * many * {"UDAY": 1, "UWEEK": 7, "UFORT": 14}[kind])
    return Delta(months=sign * many * {"UMONTH": 1, "UYEAR": 12, "UHALF": 6}[kind])


def day_delta(hit: Hit) -> Atom:
    """Dagen före, veckan efter."""
    sign = -1 if "BEFOREW" in hit.values else 1
    if "WEEKDEF" in hit.values:
        return Delta(days=sign * 7, whole_week=True)
    return Delta(days=sign)


def same_week(hit: Hit) -> Atom:
    """The week of 18 January."""
    del hit
    return Delta(whole_week=True)
