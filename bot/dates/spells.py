"""The rows for today and tomorrow, lengths of time, operators, parts of the day and holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.almanac import WEAK_FEASTS, Span, add_months, feast_heads, feasts, iso_week, monday
from bot.dates.atoms import (
    NO_DATE,
    Atom,
    Days,
    Delta,
    Hit,
    Limit,
    Moment,
    Op,
    Part,
    Setting,
    Vague,
    after,
)
from bot.dates.matcher import Make, Row
from bot.dates.tokens import Token
from bot.dates.value import ZONE, Operator, Precision
from bot.dates.words import PART_NAMES
from bot.dates.years import pick, shifted

_HERE: Final = ZoneInfo(ZONE)
_UNITS: Final = ("UMIN", "UHOUR", "UDAY", "UWEEK", "UFORT", "UMONTH", "UYEAR", "UHALF", "UHHOUR")
_U: Final = "|".join(_UNITS)
_N: Final = "N2|NUMW"
_NU: Final = f"{_N} {_U}"


def _single(day: date, part: str | None = None) -> Days:
    return Days(day, day, Precision.DAY, part=part)


def near_day(hit: Hit) -> Atom:
    """Idag, i morgon, i förrgår."""
    return _single(after(hit.setting.today, hit.number("REL", "REL2")))


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
    return _single(hit.setting.today, PART_NAMES[part])


def last_night(hit: Hit) -> Atom:
    """Yesterday evening."""
    return _single(after(hit.setting.today, -1), "evening")


def _count(hit: Hit) -> int:
    return 2 if "PAIRW" in hit.values or "couple" in hit.words else hit.number("N2", "NUMW")


def _unit(hit: Hit) -> str:
    return next(tag for tag in _UNITS if tag in hit.values)


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
    return Moment(when) if isinstance(when, datetime) else _single(when)


def offset(sign: int) -> Make:
    """Om två veckor, three days ago."""

    def make(hit: Hit) -> Atom | None:
        if sign > 0 and hit.words[0] in ("in", "om", "i") and not _counts(hit):
            return None
        return _point(shift(hit.setting, sign * _count(hit), _unit(hit)))

    return make


def _counts(hit: Hit) -> bool:
    """False for "in 6 week 7"; a one-letter unit must follow a digit."""
    unit = next(t for t in hit.tokens[hit.at : hit.stop] if t.tags.keys() & {*_UNITS})
    return unit.text not in ("v", "h", "mån") or "N2" in hit.values


def within(hit: Hit) -> Atom:
    """Inom två veckor."""
    return Limit(shift(hit.setting, _count(hit), _unit(hit)))


def minutes_on(minutes: int) -> Make:
    """Om en kvart."""
    return lambda hit: Moment(later(hit.setting, minutes))


def months_on(months: int) -> Make:
    """Om ett halvår."""
    return lambda hit: _single(add_months(hit.setting.today, months))


def span_ahead(sign: int) -> Make:
    """De närmaste två veckorna; the last two weeks."""

    def make(hit: Hit) -> Atom | None:
        count = hit.get("N2") or hit.get("NUMW") or 1
        end = shift(hit.setting, sign * count, _unit(hit))
        if isinstance(end, datetime):
            return None
        first, last = sorted((hit.setting.today, end))
        return Days(first, last, Precision.DAY)

    return make


def delta(hit: Hit) -> Atom | None:
    """Två veckor före; what follows must be a day, else the words are refused."""
    sign = -1 if "BEFOREW" in hit.values else 1
    unit = _unit(hit)
    count = _count(hit)
    if unit in ("UMIN", "UHOUR", "UHHOUR"):
        return NO_DATE
    if unit in ("UDAY", "UWEEK", "UFORT"):
        return Delta(days=sign * count * {"UDAY": 1, "UWEEK": 7, "UFORT": 14}[unit])
    return Delta(months=sign * count * {"UMONTH": 1, "UYEAR": 12, "UHALF": 6}[unit])


def day_delta(hit: Hit) -> Atom:
    """Dagen före, veckan efter."""
    sign = -1 if "BEFOREW" in hit.values else 1
    if "WEEKDEF" in hit.values:
        return Delta(days=sign * 7, whole_week=True)
    return Delta(days=sign)


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


def lov(name: str) -> Make:
    """A school holiday: the region's week, or a question where it is not set."""

    def make(hit: Hit) -> Atom | None:
        weeks = hit.setting.lov.get(name)
        if not weeks:
            told = hit.setting.whole or hit.before in (
                "på",
                "under",
                "efter",
                "innan",
                "före",
                "till",
                "vid",
                "inför",
            )
            return Vague("lov") if told else None
        span = shifted(hit.setting, lambda year: _weeks(year, weeks), hit.get("YEAR"), "")
        if span is None:
            return None
        return Days(*span, Precision.WEEK, ((span[0], after(span[1], -2)),))

    return make


def _weeks(year: int, weeks: tuple[int, ...]) -> Span:
    first, last = iso_week(year, weeks[0]), iso_week(year, weeks[-1])
    if first is None or last is None:
        return monday(date(year, 12, 28)), after(monday(date(year, 12, 28)), 6)
    return first[0], last[1]


def feast(setting: Setting, tokens: list[Token], at: int) -> tuple[int, Atom] | None:
    """A named holiday, with its year where that is said."""
    start = at
    if tokens[at].text in ("på", "vid", "under", "i", "on", "at", "over", "den", "the", "kring"):
        start += 1
    if start < len(tokens) and tokens[start].text in ("den", "the") and start > at:
        start += 1
    for begin in dict.fromkeys((at, start)):
        if begin >= len(tokens):
            continue
        for parts in feast_heads().get(tokens[begin].text, ()):
            stop = begin + len(parts)
            if tuple(token.text for token in tokens[begin:stop]) == parts:
                found = _feast(setting, tokens, begin, stop)
                if found is not None:
                    return found
    return None


_WITH: Final = frozenset(
    "på vid till före innan efter kring runt on at by before after until around senast inför om".split()
)


def _feast(setting: Setting, tokens: list[Token], begin: int, stop: int) -> tuple[int, Atom] | None:
    name = " ".join(token.text for token in tokens[begin:stop])
    before = tokens[begin - 1].text if begin else ""
    if name in WEAK_FEASTS and not setting.whole and before not in _WITH:
        return None
    if name in ("jul", "jula") and before in ("god", "den", "en"):
        return None
    if before in ("gott", "glad", "happy", "merry", "nytt"):
        return None
    year = None
    if stop < len(tokens) and "YEAR" in tokens[stop].tags:
        year, stop = tokens[stop].tags["YEAR"], stop + 1
    rule = feasts()[name]
    today = setting.today
    spans = [rule(year)] if year else [rule(today.year + step) for step in range(-1, 3)]
    span = pick(setting, spans) if year is None else spans[0]
    if span is None:
        return None
    return stop, Days(*span, Precision.DAY)


ROWS: Final[tuple[Row, ...]] = (
    ("ISOT", moment),
    ("REL", near_day),
    ("i|nu REL2", near_day),
    ("i över morgon", lambda hit: _single(after(hit.setting.today, 2))),
    ("dagens", lambda hit: _single(hit.setting.today)),
    ("morgondagens|morgondagen", lambda hit: _single(after(hit.setting.today, 1))),
    ("gårdagens|gårdagen", lambda hit: _single(after(hit.setting.today, -1))),
    ("i|this PART", today_part),
    ("i|nu morse|förmiddags|eftermiddags", today_part),
    ("ikväll|inatt|tonight|imorse", today_part),
    ("last night", last_night),
    ("igår kväll|kväll", last_night),
    ("THIS veckan PART", refuse),
    # from now
    (f"om|in {_NU}", offset(1)),
    (f"i|på {_NU}", refuse),
    (f"om|in en|ett|a PAIRW {_U}", offset(1)),
    (f"in a couple of? {_U}", offset(1)),
    (f"om|in några|some {_U}", vague("month")),
    (f"om|in a few {_U}", vague("month")),
    (f"{_NU} from now|today", offset(1)),
    (f"{_NU} framåt|fram", refuse),
    (f"för? {_NU} sedan|sen|ago|tillbaka", offset(-1)),
    (f"för? en|ett|a PAIRW {_U} sedan|sen|ago", offset(-1)),
    (f"a couple of {_U} ago", offset(-1)),
    ("om en kvart", minutes_on(15)),
    ("in a quarter of an hour", minutes_on(15)),
    ("om en HALFW UHOUR", minutes_on(30)),
    ("in HALFW an? UHOUR", minutes_on(30)),
    ("om en och en HALFW UHOUR", minutes_on(90)),
    ("om anderthalb UHOUR", minutes_on(90)),
    ("om ett HALFW år", months_on(6)),
    ("in HALFW a year", months_on(6)),
    (f"inom|within {_NU}", within),
    (f"inom|within en|ett|a PAIRW {_U}", within),
    (f"inom|within the? next {_NU}", within),
    (f"i|in|under|de|the? the|de? närmaste|next|coming {_NU}", span_ahead(1)),
    ("i|under|de|den? närmaste UWEEK|UMONTH|UDAY", span_ahead(1)),
    ("i|under? närmaste veckorna", vague("month")),
    (f"i|in|under|de|the? the|de? senaste|past|last {_NU}", span_ahead(-1)),
    # before and after something that follows
    (f"{_NU} BEFOREW|AFTERW", delta),
    (f"en|ett|a PAIRW {_U} BEFOREW|AFTERW", delta),
    ("the|den? DAYDEF|WEEKDEF BEFOREW|AFTERW", day_delta),
    ("the|den? första|first WEEKDEF AFTERW", day_delta),
    # how it is meant
    ("senast|by|until|UNTIL|tills", operator(Operator.BY)),
    ("allra senast", operator(Operator.BY)),
    ("till och med", operator(Operator.BY)),
    ("no|not later than", operator(Operator.BY)),
    ("fram till", operator(Operator.BY)),
    ("up to|until", operator(Operator.BY)),
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
    ("from and including|onwards", operator(Operator.SINCE)),
    ("med början|start", operator(Operator.SINCE)),
    ("starting from|on?", operator(Operator.SINCE)),
    ("as of|from", operator(Operator.SINCE)),
    ("från|from", operator(Operator.FROM)),
    ("till|to|tom", operator(Operator.TO)),
    # parts of the day
    ("på|i|in|during|under the|den? PART", part),
    ("AFTERW|BEFOREW lunch|PART", lambda hit: part(hit) if hit.get("PART") == 3 else None),
    ("at night", lambda hit: Part("night")),  # noqa: ARG005
    ("PART", bare_part),
    # loose words and school holidays
    ("AFTERW|BEFOREW|till semestern|semestrarna", vague("month")),
    ("höstlovet|höstlov YEAR?", lov("höstlov")),
    ("på|under höstlovet YEAR?", lov("höstlov")),
    ("på|under? sportlovet|sportlov|februarilovet YEAR?", lov("sportlov")),
    ("på|under? påsklovet|påsklov YEAR?", lov("påsklov")),
    ("på|under? jullovet|jullov YEAR?", lov("jullov")),
    ("på|under? sommarlovet YEAR?", lov("sommarlov")),
    ("AFTERW|BEFOREW|inför|till sommarlovet|jullovet", vague("month")),
    ("the? autumn|fall break|half-term YEAR?", lov("höstlov")),
    # plain lengths and other things that are no date
    (f"{_NU} till|extra|more|longer|mer|senare|tidigare|later|earlier", refuse),
    (f"{_N} more {_U}", refuse),
    ("in a UDAY|UYEAR|UHOUR", lambda hit: offset(1)(hit) if hit.setting.whole else NO_DATE),
    ("god|good|trevlig|nice|skön|härlig PART|WKEND", refuse),
    ("NEXT|LAST gång|gången|time|möte|mötet|träff|träffen|meeting|uppdrag", refuse),
    ("AFTERW|BEFOREW|sedan|since|till EVENT", lambda hit: None),  # noqa: ARG005
)  # fmt: skip
