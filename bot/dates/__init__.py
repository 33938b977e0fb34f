"""From words to a date value, and back: Swedish and English by our own rules, the rest by dateparser."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.dates.almanac import month_span
from bot.dates.expressions import Found, Setting, search
from bot.dates.value import DateValue, Operator, Point, Precision

__all__ = [
    "DateValue", "Found", "Operator", "Precision", "find", "question", "read", "show", "to_line",
]  # fmt: skip

ZONE = ZoneInfo("Europe/Stockholm")
_FILLER = re.compile(
    r"[\s,.!?:]|\b(?:på|den|kl|klockan|i|om|ja|tack|gärna|då|on|the|at|in|please|till|under|delrapport|"
    r"mötet|för|kanske|nog|eller så|hmm|jag menar|det blir|tar|vi tar)\b",
    re.IGNORECASE,
)
_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_DAYS = {
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}


def find(
    text: str, *, now: datetime, lang: str = "sv", prefer: str = "future", sportlov: int = 8
) -> list[Found]:
    """Date expressions in running text, from the left, as half-open spans of characters.

    `now` is aware; `sportlov` is the region's ISO week.
    """
    del lang  # Swedish and English are read together: people mix them
    return list(search(text, _setting(now, prefer, sportlov)))


def read(
    text: str, *, now: datetime, lang: str = "sv", prefer: str = "future", sportlov: int = 8
) -> DateValue | None:
    """What the whole text means; None unless all of it is a date with polite words around it."""
    found = find(text, now=now, lang=lang, prefer=prefer, sportlov=sportlov)
    if len(found) == 1:
        rest = text[: found[0].start] + " " + text[found[0].end :]
        if not _FILLER.sub("", rest):
            return found[0].value
    if lang not in {"sv", "en"}:
        from bot.dates import other  # noqa: PLC0415 - heavy, and rarely needed

        return other.read(text, now=now.astimezone(ZONE).replace(tzinfo=None), lang=lang)
    return None


def _setting(now: datetime, prefer: str, sportlov: int) -> Setting:
    return Setting(now.astimezone(ZONE).replace(tzinfo=None), prefer, sportlov)


# --- back to words ------------------------------------------------------------------------------


def show(value: DateValue | date | datetime, lang: str, *, week: bool = True) -> str:
    """ "torsdag 26 november 2026, v. 48"; months, weeks and loose words as they were said."""
    if isinstance(value, date):
        return _day(value, lang, week=week)
    if value.precision is Precision.LOOSE or value.operator.is_latest or value.operator.is_earliest:
        return value.words
    if value.precision is Precision.WEEK and isinstance(value.start, date):
        number = value.start.isocalendar()
        return (
            f"vecka {number.week} {number.year}"
            if lang == "sv"
            else f"in week {number.week} of {number.year}"
        )
    if value.precision is Precision.MONTH and isinstance(value.start, date):
        whole = (value.start, value.end) == month_span(value.start.year, value.start.month)
        if whole:
            name = _MONTHS[lang][value.start.month - 1]
            return f"{'i' if lang == 'sv' else 'in'} {name} {value.start.year}"
    if value.precision in {Precision.MONTH, Precision.SEASON}:
        return value.words
    return _exact(value, lang, week=week)


def _exact(value: DateValue, lang: str, *, week: bool) -> str:
    start, end = value.start, value.end
    if isinstance(start, time):
        return _clocks(start, end, lang)
    if isinstance(start, datetime):
        return f"{_day(start, lang, week=week)}, {_clocks(start, end, lang)}"
    if start is not None and end is not None and end != start and isinstance(end, date):
        return f"{_day(start, lang, week=False)}–{_day(end, lang, week=False)}"
    return _day(start, lang, week=week) if start else value.words


def _clocks(start: Point, end: Point | None, lang: str) -> str:
    form = "%H.%M" if lang == "sv" else "%H:%M"
    text = format(start, form) + (f"–{format(end, form)}" if end else "")
    return f"kl. {text}" if lang == "sv" else text


def _day(day: date, lang: str, *, week: bool) -> str:
    lang = lang if lang in _DAYS else "en"
    name, month = _DAYS[lang][day.weekday()], _MONTHS[lang][day.month - 1]
    number = day.isocalendar().week
    shown = f"{name} {day.day} {month} {day.year}"
    if not week:
        return shown
    return f"{shown}, v. {number}" if lang == "sv" else f"{shown}, week {number}"


def question(value: DateValue, lang: str) -> str | None:
    """What must be asked before the date counts; None where it is clear."""
    sv = lang == "sv"
    if value.precision is Precision.LOOSE:
        return "Vilken månad ska jag bevaka?" if sv else "Which month should I watch?"
    for note in value.notes:
        if note == "weekday_mismatch" and isinstance(value.start, date):
            shown = _day(value.start, lang, week=False)
            return (
                f"Det blir en annan veckodag: {shown}. Vilken dag menar du?"
                if sv
                else f"That is another weekday: {shown}. Which day do you mean?"
            )
        if note in {"ambiguous_next", "assumed_pm", "other_language"}:
            shown = show(value, lang)
            return f"Menar du {shown}?" if sv else f"Do you mean {shown}?"
    return None


def to_line(value: DateValue | None, lang: str) -> dict[str, Any]:
    """The line that `natverksbot date --jsonl` writes."""
    if value is None:
        return {"precision": None, "start": None, "end": None, "words": None, "question": None}
    return {
        "precision": value.precision.value, "start": _iso(value.start), "end": _iso(value.end),
        "words": value.words, "question": question(value, lang),
    }  # fmt: skip


def _iso(point: Point | None) -> str | None:
    if point is None:
        return None
    if isinstance(point, time):
        return f"{point:%H:%M}"
    return f"{point:%Y-%m-%dT%H:%M}" if isinstance(point, datetime) else point.isoformat()
