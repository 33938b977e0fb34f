"""The Swedish and English layer: small patterns, tried in order, the longest from the left wins.

Each pattern is a regular expression over lower-case text and a function that makes a DateValue of
the match, or None where the words only look like a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache

from bot.dates import almanac
from bot.dates.value import DateValue, Operator, Point, Precision

DAY = timedelta(days=1)
LONGEST = 2000  # characters looked at

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("januari january jan", "februari february febr feb", "mars march mar mas", "april apr",
         "maj may", "juni june jun", "juli july jul", "augusti august aug",
         "september sept sep", "oktober october okt oct", "november nov",
         "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_DAYS = {
    name: number
    for number, names in enumerate(
        ("måndag måndagen mandag mån monday mon", "tisdag tisdagen tis tuesday tue tues",
         "onsdag onsdagen ons wednesday wed", "torsdag torsdagen tosdag toorsdag tors tor thursday thu thurs",
         "fredag fredagen fre friday fri", "lördag lördagen lordag lör saturday sat",
         "söndag söndagen sondag sön sunday sun"))
    for name in names.split()
}  # fmt: skip
_NUMBERS = {
    name: number
    for number, names in {
        1: "en ett one a an", 2: "två tva two", 3: "tre three", 4: "fyra four", 5: "fem five",
        6: "sex six", 7: "sju seven", 8: "åtta eight", 9: "nio nine", 10: "tio ten",
        11: "elva eleven", 12: "tolv twelve", 13: "tretton", 14: "fjorton fourteen",
        15: "femton fifteen", 16: "sexton", 17: "sjutton", 18: "arton", 19: "nitton",
        20: "tjugo twenty",
    }.items()
    for name in names.split()
}  # fmt: skip
_ORDINALS = {
    name: number
    for number, names in {
        1: "första first", 2: "andra second", 3: "tredje third", 4: "fjärde fourth",
        5: "femte fifth", 6: "sjätte", 7: "sjunde", 8: "åttonde", 9: "nionde", 10: "tionde",
        11: "elfte", 12: "tolfte", 13: "trettonde", 14: "fjortonde", 15: "femtonde",
        16: "sextonde", 17: "sjuttonde", 18: "artonde", 19: "nittonde", 20: "tjugonde",
        21: "tjugoförsta", 22: "tjugoandra", 23: "tjugotredje", 24: "tjugofjärde",
        25: "tjugofemte", 26: "tjugosjätte", 27: "tjugosjunde", 28: "tjugoåttonde",
        29: "tjugonionde", 30: "trettionde", 31: "trettioförsta",
    }.items()
    for name in names.split()
}  # fmt: skip
_SEASONS = {
    "vår": 1, "våren": 1, "vårens": 1, "spring": 1, "sommar": 2, "sommaren": 2, "summer": 2,
    "höst": 3, "hösten": 3, "höstens": 3, "autumn": 3, "fall": 3, "vinter": 4, "vintern": 4,
    "winter": 4,
}  # fmt: skip


def _words(table: object) -> str:
    return "|".join(sorted(map(re.escape, table), key=len, reverse=True))  # type: ignore[call-overload]


MON, WD, NUM, ORD = _words(_MONTHS), _words(_DAYS), _words(_NUMBERS), _words(_ORDINALS)
YEAR = r"20\d\d"
DOM = rf"(?:\d{{1,2}}(?::?(?:e|a)|st|nd|rd|th)?|{ORD})"
CLOCK = r"\d{1,2}[.:]\d\d|\d{1,2}"
DASH = r"\s*(?:[-–]|till|to|och|and)\s*"


@dataclass(frozen=True, slots=True)
class Setting:
    now: datetime  # naive wall time in Stockholm
    prefer: str  # future | past | nearest
    sportlov: int = 8  # ISO week

    @property
    def today(self) -> date:
        return self.now.date()


Make = Callable[[re.Match[str], Setting], "DateValue | None"]


def _value(
    precision: Precision, start: Point | None, end: Point | None = None, **more: object
) -> DateValue:
    return DateValue(precision, start, end, "", **more)  # type: ignore[arg-type]


def _span(span: tuple[date, date], precision: Precision = Precision.SEASON) -> DateValue:
    return _value(precision, *span)


def _number(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _NUMBERS.get(word) or _ORDINALS.get(word) or 0


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _pick_year(setting: Setting, month: int, day: int, year: int | None) -> date | None:
    """The year that was said, or the one that the intent prefers."""
    if year is not None:
        return _real(year, month, day)
    today = setting.today
    options = [
        found for y in range(today.year - 1, today.year + 9) if (found := _real(y, month, day))
    ]
    if setting.prefer == "past":
        return max((d for d in options if d <= today), default=None)
    if setting.prefer == "nearest":
        return min(options, key=lambda d: abs(d - today), default=None)
    return min((d for d in options if d >= today), default=None)


# --- days ---------------------------------------------------------------------------------------


def _day_month(m: re.Match[str], s: Setting) -> DateValue | None:
    month = _MONTHS.get(m["m"]) or _number(m["m"])
    number = _number(m["d"])
    year = _year(m["y"])
    if "ny" in m.groupdict() and m["ny"]:
        year = s.today.year + 1
    day = _pick_year(s, month, number, year) if 1 <= month <= 12 else None
    if day is None:
        return None
    said = m.groupdict().get("w")
    if said and _DAYS[said] != day.weekday():
        fits = None if year else _pick_weekday(s, month, number, _DAYS[said])
        others = (fits,) if fits and fits - day < timedelta(days=370) else ()
        near = day + timedelta(days=(_DAYS[said] - day.weekday() + 3) % 7 - 3)
        return _value(Precision.DAY, day, None, notes=("weekday_mismatch",),
                      alternatives=(*others, near))  # fmt: skip
    return _value(Precision.DAY, day)


def _pick_weekday(s: Setting, month: int, number: int, weekday: int) -> date | None:
    days = (_real(s.today.year + add, month, number) for add in range(2))
    return next((d for d in days if d and d >= s.today and d.weekday() == weekday), None)


def _iso(m: re.Match[str], s: Setting) -> DateValue | None:
    del s
    day = _real(_year(m["y"]) or 0, int(m["m"]), int(m["d"]))
    return _value(Precision.DAY, day) if day else None


def _iso_moment(m: re.Match[str], s: Setting) -> DateValue | None:
    found = _iso(m, s)
    if found is None or int(m["h"]) > 23 or int(m["min"]) > 59:
        return None
    assert isinstance(found.start, date)
    moment = datetime.combine(found.start, time(int(m["h"]), int(m["min"])))
    return _value(Precision.EXACT, moment)


def _day_of(m: re.Match[str], s: Setting) -> DateValue | None:
    number = _number(m["d"])
    for add in range(13):
        first = almanac.add_months(s.today.replace(day=1), add)
        day = _real(first.year, first.month, number)
        if day and day >= s.today:
            return _value(Precision.DAY, day)
    return None


def _weekday(m: re.Match[str], s: Setting) -> DateValue | None:
    """ "torsdag", "nästa torsdag", "i torsdags", "fredag nästa vecka", "torsdag v 6"."""
    number = _DAYS[m["w"].removesuffix("s") if m["w"] not in _DAYS else m["w"]]
    ahead = (number - s.today.weekday()) % 7
    before = (m["pre"] or "").strip()
    if before in {"förra", "i", "last"} or (s.prefer == "past" and not before):
        back = (s.today.weekday() - number) % 7 or 7
        day = s.today - back * DAY
        return _value(
            Precision.DAY, day, alternatives=(day - 7 * DAY,) if before == "förra" else ()
        )
    day = (
        s.today
        + (
            ahead
            or (
                7
                if before not in {"på", "pa", "this", "on", ""} or s.today.weekday() == number
                else 0
            )
        )
        * DAY
    )
    if before in {"nästa", "next", "nästkommande"}:
        if ahead <= 1:
            day, other = s.today + (ahead + 7) * DAY, s.today + (ahead or 7) * DAY
        else:
            day, other = s.today + ahead * DAY, s.today + (ahead + 7) * DAY
        return _value(Precision.DAY, day, alternatives=(other,), notes=("ambiguous_next",))
    if before == "om en vecka":
        day += 7 * DAY
    return _value(Precision.DAY, day)


def _weekday_week(m: re.Match[str], s: Setting) -> DateValue | None:
    number = _DAYS[m["w"]]
    span = almanac.monday(s.today) + 7 * DAY if m["next"] else None
    if m["next"] is None:
        found = _week_span(s, int(m["v"]), None)
        if found is None:
            return None
        span = found[0]
    assert span is not None
    return _value(Precision.DAY, span + number * DAY)


def _week_span(s: Setting, week: int, year: int | None) -> tuple[date, date] | None:
    if year is not None:
        return almanac.iso_week(year, week)
    start = s.today.isocalendar().year
    for candidate in range(start, start + 8):
        found = almanac.iso_week(candidate, week)
        if found and found[1] >= s.today:
            return found
    return None


def _week(m: re.Match[str], s: Setting) -> DateValue | None:
    first = _week_span(s, int(m["v"]), _year(m["y"]))
    if first is None:
        return None
    if m.groupdict().get("to"):
        last = _week_span(s, int(m["to"]), first[0].isocalendar().year)
        return _value(Precision.WEEK, first[0], last[1]) if last else None
    return _value(Precision.WEEK, *first)


def _days_in_week(m: re.Match[str], s: Setting) -> DateValue | None:
    base = _week_span(s, int(m["v"]), None) if m["v"] else None
    first, last = _DAYS[m["w"]], _DAYS[m["w2"]]
    monday = base[0] if base else almanac.monday(s.today)
    if not base and monday + first * DAY < s.today:
        monday += 7 * DAY
    return _value(Precision.DAY, monday + first * DAY, monday + last * DAY)


def _relative_week(m: re.Match[str], s: Setting) -> DateValue:
    word = m[0]
    add = (
        2
        if "efter" in word or "after" in word
        else 1
        if re.search("n[äa]sta|next|kommande", word)
        else -1
        if re.search("förra|last", word)
        else 0
    )
    monday = almanac.monday(s.today) + 7 * add * DAY
    return _value(Precision.WEEK, monday, monday + 6 * DAY)


def _relative_month(m: re.Match[str], s: Setting) -> DateValue:
    add = 1 if re.search("nästa|next", m[0]) else -1 if re.search("förra|last", m[0]) else 0
    first = almanac.add_months(s.today.replace(day=1), add)
    return _span(almanac.month_span(first.year, first.month), Precision.MONTH)


def _relative_year(m: re.Match[str], s: Setting) -> DateValue:
    add = 1 if re.search("nästa|next", m[0]) else -1 if re.search("förra|i fjol|last", m[0]) else 0
    return _span(almanac.year_span(s.today.year + add))


_NEAR_DAYS = {
    "idag": 0, "i dag": 0, "today": 0, "ikväll": 0, "i kväll": 0, "tonight": 0, "i eftermiddag": 0,
    "imorgon": 1, "i morgon": 1, "imorn": 1, "imorrn": 1, "i morrn": 1, "tomorrow": 1, "i morn": 1,
    "imorgon bitti": 1, "i morgon bitti": 1, "övermorgon": 2, "i övermorgon": 2,
    "the day after tomorrow": 2, "day after tomorrow": 2, "igår": -1, "i går": -1,
    "yesterday": -1, "i förrgår": -2, "förrgår": -2, "the day before yesterday": -2,
}  # fmt: skip


def _near(m: re.Match[str], s: Setting) -> DateValue:
    return _value(Precision.DAY, s.today + _NEAR_DAYS[re.sub(r"\s+", " ", m["n"])] * DAY)


_UNITS = {"dag": 1, "day": 1, "dyg": 1, "vec": 7, "wee": 7, "for": 14}


def _shift(base: date, count: int, unit: str) -> date:
    if unit.startswith(("mån", "month")):
        first = almanac.add_months(base.replace(day=1), count)
        return min(first + (base.day - 1) * DAY, almanac.month_span(first.year, first.month)[1])
    if unit.startswith(("år", "year")):
        return _shift(base, 12 * count, "mån")
    if unit.startswith(("halvår",)):
        return _shift(base, 6 * count, "mån")
    return base + count * _UNITS[unit[:3]] * DAY


def _offset(m: re.Match[str], s: Setting) -> DateValue | None:
    if m.groupdict().get("clock"):
        minutes = _minutes(m["clock"], m.groupdict().get("c"))
        return _value(
            Precision.EXACT, s.now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
        )
    count = {"ett par": 2, "några": 3, "a couple of": 2}.get(m["c"], 0) or _number(m["c"])
    day = _shift(s.today, -count if m.groupdict().get("ago") else count, m["u"])
    if m.groupdict().get("within"):
        return _value(Precision.DAY, None, day, operator=Operator.WITHIN)
    return _value(Precision.DAY, day)


def _minutes(unit: str, count: str | None) -> int:
    if "kvart" in unit or "quarter" in unit:
        return 15
    if "halv" in unit or "half" in unit:
        return 30
    number = _number(count or "1")
    return number * (60 if re.match("tim|hour", unit) else 1)


def _weekday_from(m: re.Match[str], s: Setting) -> DateValue:
    ahead = (_DAYS[m["w"]] - s.today.weekday()) % 7 or 7
    return _value(
        Precision.DAY, s.today + (ahead + 7) * DAY, alternatives=(s.today + ahead * DAY + 6 * DAY,)
    )


def _nth(m: re.Match[str], s: Setting) -> DateValue | None:
    """ "sista fredagen i januari", "första veckan i februari"."""
    month = _MONTHS[m["m"]]
    anchor = _pick_year(s, month, almanac.month_span(s.today.year, month)[1].day, _year(m["y"]))
    if anchor is None:
        return None
    first, last = almanac.month_span(anchor.year, month)
    is_last = m["o"] in {"sista", "last"}
    number = 1 if is_last else _number(m["o"])
    unit = m["u"]
    if unit.startswith(("veck", "week")):
        monday = (
            almanac.monday(last)
            if is_last
            else almanac.monday(first + 6 * DAY) + 7 * (number - 1) * DAY
        )
        return _value(
            Precision.WEEK,
            monday,
            monday + 6 * DAY,
            alternatives=((last - 6 * DAY, last), (monday, last)),
        )
    if unit.startswith("dag") or unit == "day":
        return _value(Precision.DAY, last if is_last else first + (number - 1) * DAY)
    weekday = _DAYS[unit]
    if is_last:
        day = last - ((last.weekday() - weekday) % 7) * DAY
    else:
        day = first + ((weekday - first.weekday()) % 7 + 7 * (number - 1)) * DAY
    return _value(Precision.DAY, day) if first <= day <= last else None


# --- months and longer --------------------------------------------------------------------------


def _month(m: re.Match[str], s: Setting) -> DateValue | None:
    if m["m"] == "jul":  # Christmas, unless a day stands before it
        return None
    month = _MONTHS[m["m"]]
    year = s.today.year + 1 if m["ny"] else _year(m["y"])
    end = almanac.month_span(s.today.year, month)[1].day
    anchor = _pick_year(s, month, 28 if month == 2 else end, year)
    if anchor is None:
        return None
    first, last = almanac.month_span(anchor.year, month)
    part = m["part"] or ""
    if re.search("slut|end", part):
        return _value(Precision.MONTH, first + 20 * DAY, last)
    if re.search("början|börj|beginning|start|early", part):
        return _value(Precision.MONTH, first, first + 9 * DAY)
    if re.search("mitt|middle|mid", part):
        return _value(Precision.MONTH, first + 10 * DAY, first + 19 * DAY)
    return _span((first, last), Precision.MONTH)


def _months(m: re.Match[str], s: Setting) -> DateValue | None:
    one, two = _MONTHS[m["m"]], _MONTHS[m["m2"]]
    first = _pick_year(s, one, 28, _year(m["y"]))
    if first is None:
        return None
    last_year = first.year + (1 if two < one else 0)
    return _span((first.replace(day=1), almanac.month_span(last_year, two)[1]), Precision.MONTH)


def _turn_of_month(m: re.Match[str], s: Setting) -> DateValue | None:
    one = _pick_year(s, _MONTHS[m["m"]], 28, None)
    if one is None:
        return None
    last = almanac.month_span(one.year, one.month)[1]
    return _value(
        Precision.MONTH, last - 2 * DAY, last + 3 * DAY, alternatives=((last, last + DAY),)
    )


def _season(m: re.Match[str], s: Setting) -> DateValue | None:
    season = _SEASONS[m["s"]]
    for year in [y] if (y := _year(m["y"])) else range(s.today.year, s.today.year + 2):
        span = almanac.season_span(year, season)
        if _year(m["y"]) or span[1] >= s.today:
            return _value(
                Precision.SEASON,
                *span,
                alternatives=(almanac.term_span(year, 1 if season == 1 else 2),)
                if season in (1, 3)
                else (),
            )
    return None


def _past_season(m: re.Match[str], s: Setting) -> DateValue | None:
    season = {"våras": 1, "somras": 2, "höstas": 3, "vintras": 4}[m["s"]]
    spans = [almanac.season_span(s.today.year - back, season) for back in range(3)]
    return next((_span(span) for span in spans if span[1] < s.today), None)


def _term(m: re.Match[str], s: Setting) -> DateValue | None:
    term = 1 if m["t"].startswith("v") or m["t"].startswith("spring") else 2
    year = _year(m["y"])
    if year is None:
        year = next(
            y for y in (s.today.year, s.today.year + 1) if almanac.term_span(y, term)[1] >= s.today
        )
    return _span(almanac.term_span(year, term))


def _quarter(m: re.Match[str], s: Setting) -> DateValue | None:
    quarter = int(m["q"]) if m["q"] else _number(m["o"])
    if not 1 <= quarter <= 4:
        return None
    year = _year(m["y"])
    if year is None:
        year = next(
            y
            for y in (s.today.year, s.today.year + 1)
            if almanac.quarter_span(y, quarter)[1] >= s.today
        )
    return _span(almanac.quarter_span(year, quarter))


def _school_year(m: re.Match[str], s: Setting) -> DateValue:
    del s
    return _span(almanac.school_year_span(_year(m["y"]) or 0))


def _whole_year(m: re.Match[str], s: Setting) -> DateValue:
    del s
    return _span(almanac.year_span(int(m["y"])))


def _feast(m: re.Match[str], s: Setting) -> DateValue | None:
    rule = almanac.feasts()[m["f"]]
    year = _year(m["y"])
    years = [year] if year else range(s.today.year, s.today.year + 2)
    spans = [rule(each) for each in years]
    span = next((each for each in spans if year or each[1] >= s.today), None)
    if span is None:
        return None
    return _value(Precision.DAY, span[0], span[1] if span[1] != span[0] else None)


def _lov(m: re.Match[str], s: Setting) -> DateValue | None:
    week = 44 if m["l"].startswith(("höst", "autumn")) else s.sportlov
    span = _week_span(s, week, _year(m["y"]))
    return _value(Precision.WEEK, *span) if span else None


def _loose(m: re.Match[str], s: Setting) -> DateValue:
    del m, s
    return _value(Precision.LOOSE, None, notes=("loose",))


# --- ranges of days -----------------------------------------------------------------------------


def _range_in_month(m: re.Match[str], s: Setting) -> DateValue | None:
    month = _MONTHS[m["m"]]
    last = _pick_year(s, month, _number(m["d2"]), _year(m["y"]))
    first = _real(last.year, month, _number(m["d"])) if last else None
    return _value(Precision.DAY, first, last) if first and last and first <= last else None


def _range_over_months(m: re.Match[str], s: Setting) -> DateValue | None:
    first = _pick_year(s, _month_number(m["m"]), _number(m["d"]), _year(m["y"]))
    if first is None:
        return None
    two = _month_number(m["m2"])
    last = _real(first.year + (1 if two < first.month else 0), two, _number(m["d2"]))
    return _value(Precision.DAY, first, last) if last and first <= last else None


def _month_number(word: str) -> int:
    return _MONTHS.get(word) or int(word)


# --- clock times --------------------------------------------------------------------------------

_CLOCK_WORDS = {**_NUMBERS}


def clock(text: str) -> tuple[int, bool] | None:
    """Minutes after midnight, and whether the hour alone was said."""
    text = text.strip()
    if text in {"noon", "midday", "lunch", "tolv på dagen"}:
        return 720, False
    if text in {"midnight", "midnatt"}:
        return 0, False
    if found := re.fullmatch(r"(\d{1,2})[.:](\d\d)", text):
        hour, minute = int(found[1]), int(found[2])
        return (hour * 60 + minute, False) if hour < 24 and minute < 60 else None
    if found := re.fullmatch(
        rf"(?:(fem|tio|tjugo) (i|över) )?(halv|kvart i|kvart över|half past|quarter to|quarter past)? ?(\d{{1,2}}|{NUM})",
        text,
    ):
        hour = _number(found[4])
        if not 0 <= hour <= 24 or (found[1] and not found[3]):
            return None
        shift = {
            "halv": -30,
            "kvart i": -15,
            "kvart över": 15,
            "half past": 30,
            "quarter to": -15,
            "quarter past": 15,
        }.get(found[3] or "", 0)
        if found[1]:
            shift += _number(found[1]) * (-1 if found[2] == "i" else 1)
        return hour % 24 * 60 + shift, True
    return None


CLOCK_WORDS = rf"(?:(?:(?:fem|tio|tjugo) (?:i|över) )?(?:halv|kvart i|kvart över|half past|quarter to|quarter past) (?:\d{{1,2}}|{NUM})|(?:{CLOCK})|{NUM}|noon|midday|midnight|midnatt)"
PART = r"(?:på )?(?:förmiddagen|eftermiddagen|morgonen|kvällen|natten|fm|f\.m\.|em|e\.m\.)"


def _clock_value(m: re.Match[str], s: Setting) -> DateValue | None:
    del s
    start = clock(m["a"])
    if start is None:
        return None
    minutes, hour_only = start
    after = (m.groupdict().get("ap") or "").replace(".", "")
    late = re.match(r"pm|(?:på )?(?:em|eftermiddagen|kvällen)", after)
    early = re.match(r"am|(?:på )?(?:fm|förmiddagen|morgonen|natten)", after)
    notes: tuple[str, ...] = ()
    alternatives: tuple[Point, ...] = ()
    if late and minutes < 720:
        minutes += 720
    elif not late and not early and 60 <= minutes < 420 and hour_only:
        notes, alternatives = ("assumed_pm",), (_time(minutes),)
        minutes += 720
    end = clock(m["b"]) if m.groupdict().get("b") else None
    if m.groupdict().get("b") and end is None:
        return None
    last = None
    if end is not None:
        ends = end[0]
        if ends <= minutes and ends < 720:
            ends += 720
        if ends <= minutes:
            return None
        last = _time(ends)
    return _value(Precision.EXACT, _time(minutes), last, notes=notes, alternatives=alternatives)


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


# --- the table ----------------------------------------------------------------------------------

_Y = rf"(?:,?\s+(?P<y>{YEAR}))?"
_NY = r"(?:\s+(?P<ny>nästa år|next year))?"
_W = rf"(?:(?P<w>{WD})\.?,?\s+(?:den\s+|the\s+)?)?"
_DATES: tuple[tuple[str, Make], ...] = (
    (r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})t(?P<h>\d\d)[.:](?P<min>\d\d)", _iso_moment),
    (r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", _iso),
    (r"(?P<y>20\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)", _iso),
    (r"(?P<y>2\d)(?P<m>[01]\d)(?P<d>[0-3]\d)", _iso),
    (r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})", _iso),
    (rf"(?P<y>{YEAR})-?w(?P<v>\d\d)(?P<to>)?", _week),
    (rf"(?:mellan |between |från |from )?(?:den )?(?P<d>{DOM}){DASH}(?P<d2>{DOM})\s+(?:of )?(?P<m>{MON})\b\.?{_Y}", _range_in_month),
    (rf"(?:från |from )?(?P<d>\d{{1,2}})\s+(?P<m>{MON})\.?{DASH}(?P<d2>\d{{1,2}})\s+(?P<m2>{MON})\b\.?{_Y}", _range_over_months),
    (rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})\s*[-–]\s*(?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}}){_Y}", _range_over_months),
    (rf"{_W}(?:(?:den|the)\s+)?(?P<d>{DOM})\s+(?:of\s+|i\s+)?(?P<m>{MON})\b\.?{_NY}{_Y}", _day_month),
    (rf"{_W}(?P<m>{MON})\.?\s+(?:the\s+)?(?P<d>\d{{1,2}}(?:st|nd|rd|th)?)\b(?!\s*[.:-]?\d){_NY}{_Y}", _day_month),
    (rf"{_W}(?:den\s+)?(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}})(?!\d)(?:(?:\s+|-|/)(?P<y>20\d\d|2\d))?", _day_month),
    (rf"(?P<w>{WD})\s*[-–]\s*(?P<w2>{WD})(?:\s+(?:i\s+)?(?:vecka|v\.?)\s*(?P<v>\d{{1,2}}))?", _days_in_week),
    (rf"(?:på\s+|on\s+)?(?P<w>{WD})\s+(?:(?P<next>nästa vecka|next week)|(?:i\s+|in\s+)?(?:vecka|v\.?|week)\s*(?P<v>\d{{1,2}}))(?!\d)", _weekday_week),
    (rf"(?:nu )?till veckan (?:på )?(?P<w>{WD})(?P<pre>)", _weekday),
    (rf"a week (?:from|on) (?P<w>{WD})", _weekday_from),
    (rf"(?P<w>{WD}) om en vecka(?P<pre>)", lambda m, s: _shifted(_weekday(m, s), 1)),
    (r"(?P<w>torsdag|måndag|tisdag|onsdag|fredag|lördag|söndag)en därpå(?P<pre>)", _weekday),
    (rf"(?P<o>{ORD}|sista|last)\s+(?P<u>{WD}|veckan|week|dagen|day)\s+(?:i|of|in)\s+(?P<m>{MON}){_Y}", _nth),
    (rf"månadsskiftet (?P<m>{MON})\s*[/–-]\s*(?:{MON})", _turn_of_month),
    (rf"(?P<m>{MON})\s*[-–]\s*(?P<m2>{MON}){_Y}", _months),
    (r"(?:under\s+|i\s+|in\s+)?(?:vecka|veckorna|v\.?|week)\s*(?P<v>\d{1,2})(?:\s*[-–]\s*(?P<to>\d{1,2}))?(?!\d|[.:/]\d)(?:[ ,]+(?P<y>20\d\d))?", _week),
    (r"veckan efter nästa|the week after next|week after next|n[äa]sta vecka|next week|(?:den här|denna|this) veckan?|(?:den )?kommande veckan|this week|förra veckan|last week", _relative_week),
    (r"nästa månad|next month|(?:den här|denna) månaden?|this month|förra månaden|last month", _relative_month),
    (r"nästa år|next year|i år|this year|förra året|i fjol|last year", _relative_year),
    (rf"(?P<n>{_words(_NEAR_DAYS)})", _near),
    (rf"(?:om|in)\s+(?:(?P<c>\d+|{NUM})\s+)?(?P<clock>kvart|quarter of an hour|halvtimme|half an hour|timm[ae]r?|hours?|minut(?:er)?|minutes?)", _offset),
    (rf"(?P<within>inom|within)\s+(?P<c>\d+|{NUM}|ett par|några)\s+(?P<u>dagar|dag|veckor|vecka|månader|månad|days?|weeks?|months?)", _offset),
    (rf"(?:om|in)\s+(?P<c>\d+|{NUM}|ett par|några|a couple of)\s+(?P<u>dagar|dag|veckor|vecka|månader|månad|halvår|år|days?|weeks?|months?|years?|fortnights?)", _offset),
    (rf"(?:för\s+)?(?P<c>\d+|{NUM})\s+(?P<u>dagar|dag|veckor|vecka|månader|månad|år|days?|weeks?|months?)\s+(?P<ago>sedan|sen|ago)", _offset),
    (rf"(?P<pre>nästa |next |nästkommande |förra |last |this |nu på |på |pa |on )?(?P<w>{WD})", _weekday),
    (r"(?P<pre>i )(?P<w>måndags|tisdags|onsdags|torsdags|fredags|lördags|söndags)", _weekday),
    (r"den (?P<d>\d{1,2}(?::?[ea])?)(?!\s*[.:/-]?\d)", _day_of),
    (r"(?P<d>\d{1,2}:[ea])", _day_of),
    (r"(?:efter|after)\s+(?:sommaren|semestern|the summer|summer)", _loose),
    (rf"(?:i |in )?(?P<part>slutet (?:av|på) |början (?:av|på) |mitten (?:av|på) |end of |beginning of |start of |middle of )?(?P<m>{MON})\b\.?{_NY}{_Y}", _month),
    (rf"(?:till |i |in |under )?(?P<s>{_words(_SEASONS)}){_Y}", _season),
    (r"i (?P<s>våras|somras|höstas|vintras)", _past_season),
    (r"(?P<t>vårterminen|höstterminen|vt|ht|spring term|autumn term)(?:[\s-]*(?P<y>20\d\d|\d\d))?", _term),
    (rf"q(?P<q>[1-4])(?P<o>)?{_Y}", _quarter),
    (rf"(?:(?P<o>{ORD})\s+kvartalet|kvartal\s+(?P<q>[1-4])){_Y}", _quarter),
    (r"läsåret (?P<y>\d\d(?:\d\d)?)\s*[/-]\s*\d\d(?:\d\d)?", _school_year),
    (r"(?P<l>höstlovet|höstlov|sportlovet|sportlov)(?:\s+(?P<y>20\d\d))?", _lov),
    (r"(?P<y>20[2-4]\d)", _whole_year),
)  # fmt: skip
_CLOCKS: tuple[tuple[str, Make], ...] = (
    (rf"(?:kl\.?|klockan|at|from|mellan|between)?\s*(?P<a>{CLOCK_WORDS})(?:\s*(?:[-–]|till|to|och|and)\s*)(?P<b>{CLOCK_WORDS})(?P<ap>\s*(?:am|pm))?(?!\s*(?:{MON})\b|[/\d])", _clock_value),
    (rf"(?:kl\.?|klockan|at)\s*(?P<a>{CLOCK_WORDS})(?:\s*(?P<ap>[ap]\.?m\b\.?|{PART}))?(?P<b>)?", _clock_value),
    (rf"(?P<a>{CLOCK})\s*(?P<ap>[ap]\.?m\b\.?)(?P<b>)?", _clock_value),
    (r"(?P<a>\d{1,2}[.:]\d\d)(?P<b>)?(?P<ap>)?(?!\.?\d)", _clock_value),
    (rf"(?P<a>(?:fem|tio|tjugo) (?:i|över) halv (?:{NUM})|(?:halv|kvart i|kvart över|half past|quarter to|quarter past) (?:\d{{1,2}}|{NUM})|noon|midnight|midnatt)(?P<b>)?(?P<ap>)?", _clock_value),
)  # fmt: skip
_OPERATORS = (
    (r"senast|t\.?\s?o\.?\s?m\.?|by|no later than|not later than|until|fram till", Operator.BY),
    (r"före|innan|before", Operator.BEFORE),
    (r"efter|after", Operator.AFTER),
    (r"fr\.?\s?o\.?\s?m\.?|från och med|sedan|since|from", Operator.SINCE),
)
_DAYPARTS = {
    "morning": r"(?:på )?morgonen|bitti|morning", "fm": r"förmiddag(?:en)?|fm",
    "em": r"eftermiddag(?:en)?|em|afternoon", "evening": r"kväll(?:en)?|evening",
}  # fmt: skip


def _shifted(value: DateValue | None, weeks: int) -> DateValue | None:
    if value is None or not isinstance(value.start, date):
        return None
    day = value.start + 7 * weeks * DAY
    return replace(value, start=day, alternatives=(day - DAY,))


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Make, bool], ...]:
    feasts = _words(almanac.feasts())
    dates = (*_DATES[:-1], (rf"(?P<f>{feasts}){_Y}", _feast), _DATES[-1])
    return tuple(
        (re.compile(rf"(?<![\w§/.:-]){pattern}(?![\w])"), make, is_clock)
        for table, is_clock in ((dates, False), (_CLOCKS, True))
        for pattern, make in table
    )


_MAYBE = re.compile(
    rf"\d|{MON}|{WD}|{_words(_SEASONS)}|{_words(_NEAR_DAYS)}|veck|week|mån|month|år\b|year|dag|day|lov|"
    r"term|kvart|noon|midn|påsk|jul|easter|christmas|nyår|lucia|advent|midsom|pingst|himmel|trett|"
    r"vår|höst|somma|vintra|om en|in a|halv|half|semester|ascension|quarter|valborg|mandag|kl"
)
_OP = tuple(
    (re.compile(rf"(?<!\w)(?:{words})\s+(?:på\s+|den\s+|the\s+)?$"), op) for words, op in _OPERATORS
)
_PART = tuple(
    (re.compile(rf"\s*(?:på\s+|in the\s+)?(?:{words})(?!\w)"), name)
    for name, words in _DAYPARTS.items()
)
_JOIN = re.compile(r"[\s,]*(?:(?:kl\.?|klockan|at|den|om|på|från)\s*)?$")
_DELTA = re.compile(
    rf"(?<!\w)(?:(?P<c>\d+|{NUM})\s+(?P<u>dagar|dag|veckor|vecka|månader|månad|days?|weeks?)|(?P<one>dagen|the day|veckan))\s+"
    r"(?P<way>före|innan|efter|before|after)\s+(?:mötet\s+)?(?:den\s+)?$"
)
_REFUSED = re.compile(
    r"(?:dagen|dag|veckan?|day|week)\s+(?:före|innan|efter|before|after)\s+(?:mötet|träffen|the meeting)\b(?!\s+den\s+\d)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A date in running text: half-open span in characters."""

    start: int
    end: int
    value: DateValue


def search(text: str, setting: Setting) -> Iterator[Found]:
    """Every date expression, from the left; a day and a clock time beside each other are one."""
    lowered = text[:LONGEST].lower()
    if not _MAYBE.search(lowered):
        return
    parts = _parts(lowered, setting)
    at = 0
    while at < len(parts):
        found = parts[at]
        at += 1
        while at < len(parts) and (joined := _join(lowered, found, parts[at])) is not None:
            found = joined
            at += 1
        finished = _finish(lowered, found)
        if finished is not None:
            yield replace(
                finished, value=replace(finished.value, words=text[finished.start : finished.end])
            )


def _parts(text: str, setting: Setting) -> list[Found]:
    """Days and clock times by themselves: leftmost, then longest."""
    candidates: list[tuple[int, int, DateValue]] = []
    for pattern, make, _ in _compiled():
        for match in pattern.finditer(text):
            if match.end() > match.start():
                value = make(match, setting)
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                blocked = value is None and re.search(r"\d", match[0]) is not None
                if value is not None and _is_date(text, match, value):
                    candidates.append((start, match.end(), value))
                elif blocked and make in {_day_month, _iso, _week}:
                    candidates.append((start, match.end(), _REFUSE))
    candidates.sort(key=lambda each: (each[0], -(each[1])))
    found: list[Found] = []
    for start, end, value in candidates:
        if not found or start >= found[-1].end:
            found.append(Found(start, end, value))
    return [each for each in found if each.value is not _REFUSE]


_REFUSE = DateValue(Precision.LOOSE, None, None, "")
_NAMES = re.compile(
    r"(?:maj|mars|may|march|sun|sat|fall|mon|mar|tor|tis|ons|fre|jul|vår|dec|wed|second|fri)$"
)


def _is_date(text: str, match: re.Match[str], value: DateValue) -> bool:
    """Words that are more than dates count only with something beside them."""
    words = match[0].strip()
    before, after = text[: match.start()].rstrip(), text[match.end() :]
    whole = not before and not after.strip(" ?.!")
    if words.isdigit() and len(words) == 6:
        return 1 <= int(words[2:4]) <= 12
    if not _NAMES.match(words):
        return not re.search(
            r"(?:prop\.?|sfs|rum|mål|uppdrag|§)\s*$", before
        ) and not after.startswith((":", "/"))
    if whole:
        return True
    if (
        words in {"may", "march", "second", "fall", "sun", "sat", "wed", "fri", "mon"}
        and value.precision is not Precision.DAY
    ):
        return bool(
            re.search(r"\b(?:in|of|by|until|before|after|during|for|since|this|next|last)$", before)
        ) and not re.match(r"\s+(?:on|with|we|i|you)\b", after)
    if words in {"maj", "mars"}:
        return not re.match(r"-\w|\s+[a-zåäö]+sson\b", after) and not re.search(
            r"\b(?:heter|är)$", before
        )
    if words in {"sun", "sat", "mon", "vår", "second", "fall", "mar"}:
        return bool(
            re.search(r"\b(?:på|on|i|nästa|next|this|till|och)$", before)
        ) and words not in {"second", "fall"}
    return True


def _join(text: str, one: Found, two: Found) -> Found | None:
    """ "på tisdag" and "kl 14" are one moment, in either order."""
    between = re.sub(_DAYPART_WORDS, "", text[one.end : two.start])
    if not _JOIN.fullmatch(between):
        return None
    day, moment = (
        (one.value, two.value) if isinstance(two.value.start, time) else (two.value, one.value)
    )
    if not isinstance(moment.start, time) or isinstance(day.start, time | datetime):
        return None
    if day.precision is not Precision.DAY or not isinstance(day.start, date) or day.end is not None:
        return None
    base = day.start
    start = datetime.combine(base, moment.start)
    end = datetime.combine(base, moment.end) if isinstance(moment.end, time) else None
    others = tuple(
        datetime.combine(each, moment.start) for each in day.alternatives if type(each) is date
    ) + tuple(
        datetime.combine(base, each) for each in moment.alternatives if isinstance(each, time)
    )
    value = DateValue(
        Precision.EXACT, start, end, "", alternatives=others, notes=day.notes + moment.notes
    )
    return Found(one.start, two.end, value)


_DAYPART_WORDS = re.compile(r"\b(?:förmiddag(?:en)?|eftermiddag(?:en)?|morgon|bitti|fm|em)\b")


def _finish(text: str, found: Found) -> Found | None:
    """Put what stands around the date into it: operator, part of day, so long before or after."""
    value, start, end = found.value, found.start, found.end
    for pattern, name in _PART:
        if match := pattern.match(text, end):
            value, end = replace(value, daypart=name), match.end()
            break
    if re.search(r"(?<!\w)i\s+eftermiddag$|ikväll$|i kväll$", text[start:end]):
        value = replace(value, daypart="evening" if "kväll" in text[start:end] else "em")
    if match := _DELTA.search(text, 0, start):
        shifted = _delta(value, match)
        return Found(match.start(), end, shifted) if shifted else None
    if _REFUSED.search(text, max(0, start - 30), end):
        return None
    if value.operator is Operator.ON and value.precision is not Precision.LOOSE:
        for pattern, operator in _OP:
            match = pattern.search(text, 0, start)
            if match and not isinstance(value.start, time):
                return Found(match.start(), end, _with_operator(value, operator))
    return Found(start, end, value)


def _delta(value: DateValue, match: re.Match[str]) -> DateValue | None:
    first = value.first_day
    if first is None:
        return None
    back = match["way"] in {"före", "innan", "before"}
    base = first if back else value.last_day or first
    count, unit = (
        (1, "dag")
        if match["one"] in {"dagen", "the day"}
        else (1, "vecka")
        if match["one"]
        else (_number(match["c"]), match["u"])
    )
    return _value(Precision.DAY, _shift(base, -count if back else count, unit))


def _with_operator(value: DateValue, operator: Operator) -> DateValue:
    first, last = value.start, value.end if value.end is not None else value.start
    if operator is Operator.BEFORE:
        eve = first is not None and type(first) is date and (first.month, first.day) == (12, 24)
        limit = first - DAY if type(first) is date else first
        others = (first, first + DAY) if eve and type(first) is date else (first,) if first else ()
        return replace(value, start=None, end=limit, operator=operator, alternatives=others)
    if operator is Operator.BY:
        return replace(value, start=None, end=last, operator=operator, alternatives=())
    if operator is Operator.AFTER:
        after = last + DAY if type(last) is date else last
        return replace(
            value, start=after, end=None, operator=operator, alternatives=(last,) if last else ()
        )
    return replace(value, start=first, end=None, operator=operator, alternatives=())
