"""Back to words: what the bot echoes, what it asks, and the line for scripts."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from bot.dates.almanac import month_span
from bot.dates.value import DateValue, Point, Precision

_MONTHS = {
    "sv": "januari februari mars april maj juni juli augusti september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_DAYS = {
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}


def show(
    value: DateValue | date | datetime, lang: str, *, week: bool = True, year: bool | None = None
) -> str:
    """ "torsdag 26 november 2026, v. 48"; seasons and loose words as they were said.

    The year is left out only where `year` is False. Other languages than Swedish get English.
    """
    lang = "sv" if lang[:2] == "sv" else "en"
    if year is False:
        return re.sub(r" \d{4}\b", "", show(value, lang, week=week))
    if isinstance(value, date):
        return _day(value, lang, week=week)
    if value.precision is Precision.LOOSE or value.operator.is_latest or value.operator.is_earliest:
        return value.words
    if value.precision is Precision.WEEK and isinstance(value.start, date):
        number = value.start.isocalendar()
        last = value.last_day.isocalendar().week if value.last_day else number.week
        if last != number.week:
            weeks = f"{number.week}–{last}"
            return (
                f"vecka {weeks} {number.year}"
                if lang == "sv"
                else f"weeks {weeks} of {number.year}"
            )
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
    if isinstance(start, datetime) and isinstance(end, datetime) and start.date() != end.date():
        ends = (
            f"{_day(each, lang, week=False)}, {_clocks(each, None, lang)}" for each in (start, end)
        )
        return "–".join(ends)
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
    name, month = _DAYS[lang][day.weekday()], _MONTHS[lang][day.month - 1]
    number = day.isocalendar().week
    shown = f"{name} {day.day} {month} {day.year}"
    if not week:
        return shown
    return f"{shown}, v. {number}" if lang == "sv" else f"{shown}, week {number}"


QUESTIONS = {
    "in_past": ("{} har redan varit. Är det den du menar?", "{} is in the past. Is that what you mean?"),
    "assumed_time": ("Menar du {}?", "Do you mean {}?"),
    "week_mismatch": ("{} ligger i en annan vecka än den du skrev. Vilken menar du?",
                      "{} is in another week than the one you wrote. Which do you mean?"),
    "which_night": ("Menar du natten till {}?", "Do you mean the night before {} begins?"),
    "excluded": ("Då vet jag att {} inte går. Vilken dag ska det vara i stället?",
                 "So not {}. Which day should it be instead?"),
    "several": ("Jag läser {} först. Vilken dag menar du?", "I read {} first. Which day do you mean?"),
}  # fmt: skip


def question(value: DateValue, lang: str) -> str | None:
    """What must be asked before the date counts; None where it is clear."""
    lang = "sv" if lang[:2] == "sv" else "en"
    sv = lang == "sv"
    if value.precision is Precision.LOOSE and "lov" in value.notes:
        return "Vilken vecka gäller det?" if sv else "Which week is that?"
    if "recurring" in value.notes:
        return (
            "Det där kommer tillbaka gång på gång, och jag tar en dag i taget. Vilken dag gäller det?"
            if sv
            else "That comes again and again, and I take one day at a time. Which day is it?"
        )
    if value.precision is Precision.LOOSE and "day" in value.notes:
        return "Vilken dag gäller det?" if sv else "Which day is that?"
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
        if note in QUESTIONS:
            shown = show(value, lang)
            return QUESTIONS[note][0 if sv else 1].format(shown)
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
