"""The rows for today and tomorrow, lengths of time, operators, parts of the day and holidays."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.dates.atoms import NO_DATE, Atom, Hit, Moment, Op, Part, Vague, after
from bot.dates.feasts import lov
from bot.dates.lengths import (
    UNITS,
    count,
    day_delta,
    delta,
    minutes_on,
    months_on,
    offset,
    same_week,
    shift,
    single,
    span_ahead,
    unit,
    within,
)
from bot.dates.matcher import Make, Row
from bot.dates.value import Operator
from bot.dates.words import PART_NAMES

_U: Final = "|".join(UNITS)
_N: Final = "N2|NUMW"
_NU: Final = f"{_N} {_U}"


def near_day(hit: Hit) -> Atom:
    """Idag, i morgon, i förrgår."""
    return single(after(hit.setting.today, hit.number("REL", "REL2")))


def moment(hit: Hit) -> Atom:
    """2027-03-04T09:30."""
    try:
        return Moment(datetime.fromisoformat(hit.words[0][:16].replace(".", ":").upper()))
    except ValueError:
        return NO_DATE


def today_part(hit: Hit) -> Atom | None:
    """I eftermiddag, ikväll, this morning; in the small hours "i natt" is still the same night."""
    names = {
        "ikväll": 5,
        "inatt": 6,
        "tonight": 5,
        "imorse": 1,
        "morse": 1,
        "förmiddags": 2,
        "eftermiddags": 4,
    }
    part = hit.get("PART") or next((names[word] for word in hit.words if word in names), 0)
    if hit.words[0] == "i" and "morgon" in hit.words:
        return None
    return single(hit.setting.today, PART_NAMES[part])


def last_night(hit: Hit) -> Atom:
    """Yesterday evening."""
    return single(after(hit.setting.today, -1), "evening")


def from_day(hit: Hit) -> Atom | None:
    """Imorgon om en vecka, a week from tomorrow."""
    base = after(hit.setting.today, hit.number("REL", "REL2"))
    moved = shift(hit.setting, count(hit), unit(hit), base)
    return None if isinstance(moved, datetime) else single(moved)


def operator(which: Operator) -> Make:
    """A word that says how the date is meant."""
    return lambda hit: Op(which)  # noqa: ARG005


def part(hit: Hit) -> Atom:
    """På eftermiddagen; "efter lunch" is the afternoon."""
    number = hit.number("PART")
    if number == 3:
        number = 4 if "AFTERW" in hit.values else 2 if "BEFOREW" in hit.values else 3
    return Part(PART_NAMES[number])


def bare_part(hit: Hit) -> Atom | None:
    """Fm, em and so on without a preposition."""
    word = hit.words[0]
    beside = hit.at > 0 and bool(hit.tokens[hit.at - 1].tags.keys() & {"WD", "REL", "REL2"})
    if word in ("lunch", "lunchen", "morgon") and not hit.setting.whole and not beside:
        return None
    return Part(PART_NAMES[hit.number("PART")])


def vague(note: str) -> Make:
    """Words that have no fixed days."""
    return lambda hit: Vague(note)  # noqa: ARG005


def refuse(hit: Hit) -> Atom:
    """Matched so that nothing inside is taken for a date."""
    del hit
    return NO_DATE


ROWS: Final[tuple[Row, ...]] = (
    ("ISOT", moment),
    ("REL", near_day),
    ("i|nu REL2", near_day),
    ("i över morgon", lambda hit: single(after(hit.setting.today, 2))),
    ("dagens", lambda hit: single(hit.setting.today)),
    ("morgondagens|morgondagen", lambda hit: single(after(hit.setting.today, 1))),
    ("gårdagens|gårdagen", lambda hit: single(after(hit.setting.today, -1))),
    ("i|this PART", today_part),
    ("i|nu morse|förmiddags|eftermiddags", today_part),
    ("ikväll|inatt|tonight|imorse", today_part),
    ("last night", last_night),
    ("igår kväll|kväll", last_night),
    # from now
    (f"om|in {_NU}", offset(1)),
    (f"om|in ca|cirka|ungefär|typ|about|around|roughly {_NU}", offset(1)),
    (f"om|in en|ett|a PAIRW {_U}", offset(1)),
    (f"in a couple of? {_U}", offset(1)),
    (f"om|in några|some {_U}", vague("month")),
    (f"om|in a few {_U}", vague("month")),
    (f"{_NU} from now", offset(1)),
    (f"{_NU} from REL", from_day),
    (f"REL om {_NU}", from_day),
    (f"i REL2 om {_NU}", from_day),
    ("på? samma dag|tid|veckodag NEXT WEEKDEF", lambda hit: single(after(hit.setting.today, 7))),
    ("the? same day|time NEXT WEEKDEF", lambda hit: single(after(hit.setting.today, 7))),
    (f"in {_NU} time", offset(1)),
    (f"in {_NU} ' time", offset(1)),
    ("first thing on|in|the?", lambda hit: Part("morning")),  # noqa: ARG005
    ("first thing in the morning", lambda hit: Part("morning")),  # noqa: ARG005
    (f"för? {_NU} sedan|sen|ago|tillbaka", offset(-1)),
    (f"för? en|ett|a PAIRW {_U} sedan|sen|ago", offset(-1)),
    (f"a couple of {_U} ago", offset(-1)),
    ("om en kvart", minutes_on(15)),
    ("in a quarter of an hour", minutes_on(15)),
    ("om en HALFW UHOUR", minutes_on(30)),
    ("in HALFW an? UHOUR", minutes_on(30)),
    ("om en och en HALFW UHOUR", minutes_on(90)),
    ("om ett HALFW år", months_on(6)),
    ("in HALFW a year", months_on(6)),
    (f"inom|within {_NU}", within),
    (f"inom|within en|ett|a PAIRW {_U}", within),
    (f"inom|within the? next {_NU}", within),
    (f"i|in|under|de|the? the|de? närmaste|next|coming {_NU}", span_ahead(1)),
    ("i|under|de? närmaste veckorna", vague("month")),
    ("i|under|de|den? närmaste UWEEK|UMONTH|UDAY", span_ahead(1)),
    (f"i|in|under|de|the? the|de? senaste|past|last {_NU}", span_ahead(-1)),
    # before and after something that follows
    (f"{_NU} BEFOREW|AFTERW", delta),
    (f"en|ett|a PAIRW {_U} BEFOREW|AFTERW", delta),
    ("the|den? DAYDEF|WEEKDEF BEFOREW|AFTERW", day_delta),
    ("the|den? första|first WEEKDEF AFTERW", day_delta),
    ("the? week of|beginning|starting|commencing the?", same_week),
    # how it is meant
    ("senast|by|until|UNTIL|tills", operator(Operator.BY)),
    ("allra senast", operator(Operator.BY)),
    ("till och med", operator(Operator.BY)),
    ("no|not later than", operator(Operator.BY)),
    ("fram till", operator(Operator.BY)),
    ("up to", operator(Operator.BY)),
    ("BEFOREW", operator(Operator.BEFORE)),
    ("AFTERW", operator(Operator.AFTER)),
    ("SINCE|sedan|since", operator(Operator.SINCE)),
    ("från och med", operator(Operator.SINCE)),
    ("tidigast|earliest", operator(Operator.SINCE)),
    ("inte|ej|not BEFOREW", operator(Operator.SINCE)),
    ("inte|ej tidigare än", operator(Operator.SINCE)),
    ("no|not earlier than", operator(Operator.SINCE)),
    ("inte|ej senare än", operator(Operator.BY)),
    ("inte|ej|not AFTERW", operator(Operator.BY)),
    ("from and including", operator(Operator.SINCE)),
    ("starting from|on?", operator(Operator.SINCE)),
    ("as of|from", operator(Operator.SINCE)),
    ("från|from", operator(Operator.FROM)),
    ("till|to|tom", operator(Operator.TO)),
    # parts of the day
    ("på|i|in|during|under|vid|at the|den? PART", part),
    ("AFTERW|BEFOREW lunch|PART", lambda hit: part(hit) if hit.get("PART") == 3 else None),
    ("PART", bare_part),
    # loose words and school holidays
    ("AFTERW|BEFOREW|till semestern|semestrarna", vague("month")),
    *(
        (f"på|under? {words} {year}", lov(name))
        for name, words in (
            ("höstlov", "höstlovet|höstlov"), ("sportlov", "sportlovet|sportlov|februarilovet"),
            ("påsklov", "påsklovet|påsklov"), ("jullov", "jullovet|jullov"),
            ("sommarlov", "sommarlovet"),
        )
        for year in ("YEAR?", "NEXT|LAST|i YEARDEF")
    ),
    ("AFTERW|BEFOREW|inför|till sommarlovet|jullovet", vague("month")),
    ("the? autumn|fall break|half-term YEAR?", lov("höstlov")),
    # plain lengths and other things that are no date
    (f"{_NU} till|extra|more|longer|mer|senare|tidigare|later|earlier", refuse),
    (f"{_N} more {_U}", refuse),
    ("god|good|trevlig|nice|skön|härlig PART|WKEND", refuse),
    ("NEXT|LAST gång|gången|time|möte|mötet|träff|träffen|meeting|uppdrag", refuse),
)  # fmt: skip
