"""From a bundle of parts to the value that is handed out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from bot.dates.almanac import DAY
from bot.dates.atoms import Clock, Days, Limit, Moment, Vague
from bot.dates.combine import Bundle
from bot.dates.value import DateValue, Operator, Point, Precision

_MORNING: Final = 420  # minutes: before seven, an hour said alone is the afternoon
_HALF_DAY: Final = 720
_NIGHT_ENDS: Final = 360
_LATE: Final = {"em": 660, "evening": 720, "night": 720}  # before this, twelve hours are added
_INSIDE: Final = frozenset({"season", "end", "turn"})  # told from part to part, never outside
Pair = tuple[Point, Point]


def value(bundle: Bundle, words: str) -> DateValue | None:
    """The value, or None where the parts do not make one."""
    match bundle.point:
        case Vague():
            return DateValue(
                Precision.LOOSE, None, None, words, bundle.operator, bundle.part,
                notes=(bundle.point.note,),
            )  # fmt: skip
        case Moment():
            return _with_operator(
                bundle.operator, Precision.EXACT, bundle.point.at, bundle.point.at, words, bundle
            )
        case Limit():
            exact = isinstance(bundle.point.at, datetime)
            kind = Precision.EXACT if exact else Precision.DAY
            return DateValue(kind, None, bundle.point.at, words, Operator.WITHIN)
    if bundle.clock is not None:
        return _timed(bundle, bundle.clock, words)
    if bundle.days is not None:
        return _dated(bundle, bundle.days, words)
    if bundle.part is not None:
        return DateValue(
            Precision.LOOSE, None, None, words, bundle.operator, bundle.part, notes=("day",)
        )
    return None


def _clean(notes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(note for note in notes if note not in _INSIDE)


def _dated(bundle: Bundle, days: Days, words: str) -> DateValue:
    borderless = "season" in days.notes and bundle.operator in (Operator.AFTER, Operator.BEFORE)
    made = _with_operator(bundle.operator, days.precision, days.first, days.last, words, bundle)
    if borderless:
        return DateValue(
            Precision.LOOSE,
            made.start,
            made.end,
            words,
            made.operator,
            made.daypart,
            notes=("month",),
        )
    return made


def _with_operator(
    operator: Operator, precision: Precision, first: Point, last: Point, words: str, bundle: Bundle
) -> DateValue:
    notes = _clean(bundle.days.notes) if bundle.days else ()
    alternatives: tuple[Point | Pair, ...] = bundle.days.alternatives if bundle.days else ()
    start: Point | None = first
    end: Point | None = None if first == last and precision is not Precision.WEEK else last
    within = {"end", "turn"} & set(bundle.days.notes) if bundle.days else set()
    if operator is Operator.BEFORE and within:
        start, end, alternatives = None, first if "turn" in within else last, ()
    elif operator is Operator.AFTER and "turn" in within:
        start, end, alternatives = last, None, ()
    elif operator is Operator.BEFORE:
        start, end, alternatives = None, _earlier(first), (first,)
    elif operator is Operator.BY:
        start, end, alternatives = None, last, ()
    elif operator is Operator.AFTER:
        start, end, alternatives = _later(last), None, (last,)
    elif operator is Operator.SINCE and precision is Precision.DAY and first != last:
        operator = Operator.ON
    elif operator is Operator.SINCE:
        start, end, alternatives = first, None, ()
    return DateValue(precision, start, end, words, operator, bundle.part, alternatives, notes)


def _earlier(point: Point) -> Point:
    return point - DAY if isinstance(point, date) and not isinstance(point, datetime) else point


def _later(point: Point) -> Point:
    return point + DAY if isinstance(point, date) and not isinstance(point, datetime) else point


def _clock(said: Clock, part: str | None) -> tuple[int, int | None, str]:
    """Minutes from midnight, and the note where something was only assumed."""
    start, end = said.start % 1440, said.end
    if not said.open:
        return start, end, ""
    if start == _HALF_DAY and part in ("night", "evening"):
        return 0, end if end is None or end < _HALF_DAY else end - _HALF_DAY, "midnight"
    if start < _LATE.get(part or "", 0) and (part != "night" or start >= _NIGHT_ENDS):
        return (
            start + _HALF_DAY,
            end + _HALF_DAY if end is not None and end < _HALF_DAY else end,
            "",
        )
    if part in ("morning", "fm", "night"):
        return start, end, "midnight" if part == "night" and start < _NIGHT_ENDS else ""
    if end is not None:
        return start, end, "assumed_pm" if start >= _HALF_DAY else ""
    if start < _MORNING:
        return start + _HALF_DAY, end, "assumed_pm"
    return start, end, ""


def _timed(bundle: Bundle, said: Clock, words: str) -> DateValue | None:
    start, end, note = _clock(said, bundle.part)
    notes = _clean(bundle.days.notes) if bundle.days else ()
    if note == "midnight":
        note = "which_night" if bundle.days else ""
    if note:
        notes = (*notes, note)
    if said.bare and said.end is None:
        notes = (*notes, "assumed_time")
    begin = _time(start)
    finish = None if end is None else _time(end)
    first: Point
    last: Point | None
    if bundle.days is None:
        first, last = begin, finish
    else:
        first = datetime.combine(bundle.days.first, begin)
        last = datetime.combine(bundle.days.last, finish or begin)
        if finish is None and bundle.days.first == bundle.days.last:
            last = None
    others = _others(bundle, first, end=end, note=note)
    operator = bundle.operator
    if operator.is_latest:
        return DateValue(
            Precision.EXACT, None, last or first, words, operator, bundle.part, others, notes
        )
    if operator.is_earliest:
        last = None
    return DateValue(Precision.EXACT, first, last, words, operator, bundle.part, others, notes)


def _others(
    bundle: Bundle, first: Point, *, end: int | None, note: str
) -> tuple[Point | Pair, ...]:
    """The other days, the morning where the afternoon was assumed, the night that follows."""
    if isinstance(first, time):
        early = time((first.hour + 12) % 24, first.minute)
        return (early,) if note == "assumed_pm" and end is None else ()
    assert isinstance(first, datetime)
    assert bundle.days is not None
    single = [day for day in bundle.days.alternatives if isinstance(day, date)]
    others = tuple(datetime.combine(day, first.time()) for day in single)
    if note == "assumed_pm" and end is None:
        return (*others, first - timedelta(hours=12))
    return (*others, first + DAY) if note == "which_night" else others


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
