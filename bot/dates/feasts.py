"""Holidays and school holidays by their names, in words that may stand around them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from bot.dates.almanac import DAY, Rule, Span, easter, iso_week, monday
from bot.dates.atoms import Atom, Days, Hit, Setting, Vague, after
from bot.dates.matcher import Make
from bot.dates.said import modifier
from bot.dates.tokens import Token
from bot.dates.value import Precision
from bot.dates.years import pick, shifted


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


def _whole_week(day: date) -> Span:
    return monday(day), monday(day) + 6 * DAY


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
    ("påskveckan", _easter(-6, 0)),
    ("julveckan", lambda y: _whole_week(date(y, 12, 24))),
    ("midsommarveckan", lambda y: _whole_week(_weekday_from(6, 19, 4)(y)[0])),
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
    ("pingsthelgen|pingsthelg|whit weekend|whitsun weekend", _easter(48, 49)),
    ("pingstafton", _easter(48)),
    ("klämdagen i maj|klämfredagen|klämdagen efter kristi himmelsfärd|klämdagen efter kristi himmelsfärdsdag",
     _easter(40)),
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
    ("mellandagarna|mellan jul och nyår|mellan jul och nyårsafton|mellan jul och nyåret|mellan jul - och nyår|"
     "between christmas and new year|between christmas and new year's|between xmas and new year|"
     "between christmas and the new year", _fixed(12, 27, 4)),
    ("årsskiftet|nyårshelgen|the turn of the year", lambda y: (date(y - 1, 12, 31), date(y, 1, 1))),
)  # fmt: skip
# Also names and ordinary words: a date only with a preposition or all alone.
WEAK_FEASTS: Final = frozenset(
    {"lucia", "alla helgon", "ascension", "annandagen", "stilla veckan", "valborg", "epiphany"}
)


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


def starts_feast(token: Token) -> bool:
    """True for the words a holiday's name can begin with."""
    return token.text in feast_heads()


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
    year, stop = _year_said(setting, tokens, stop)
    rule = feasts()[name]
    today = setting.today
    spans = [rule(year)] if year else [rule(today.year + step) for step in range(-1, 3)]
    span = pick(setting, spans) if year is None else spans[0]
    if span is None:
        return None
    return stop, Days(*span, Precision.DAY, notes=("turn",) if name in _TURNS else ())


_TURNS: Final = frozenset({"årsskiftet", "the turn of the year"})


def _year_said(setting: Setting, tokens: list[Token], at: int) -> tuple[int | None, int]:
    """Midsommar 2027, midsommar nästa år, jul i år: the year, and where it stops."""
    here = tokens[at].tags if at < len(tokens) else {}
    if "YEAR" in here:
        return here["YEAR"], at + 1
    words = tuple(token.text for token in tokens[at : at + 2])
    if words in (("i", "år"), ("this", "year"), ("detta", "år")):
        return setting.today.year, at + 2
    if len(words) == 2 and "YEARDEF" in tokens[at + 1].tags and here.keys() & {"NEXT", "LAST"}:
        return setting.today.year + (1 if "NEXT" in here else -1), at + 2
    return None, at


_RED: Final = (
    *(_fixed(month, day) for month, day in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 25), (12, 26))),
    *(_easter(days) for days in (-2, 1, 39)),
)


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.weekday() < 5 and all(rule(day.year)[0] != day for rule in _RED)


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
        year = hit.get("YEAR")
        if year is None and "YEARDEF" in hit.values:
            year = hit.setting.today.year + {"next": 1, "last": -1}.get(modifier(hit), 0)
        span = shifted(hit.setting, lambda year: _weeks(year, weeks), year, "")
        if span is None:
            return None
        return Days(*span, Precision.WEEK, ((span[0], after(span[1], -2)),))

    return make


def _weeks(year: int, weeks: tuple[int, ...]) -> Span:
    first, last = iso_week(year, weeks[0]), iso_week(year, weeks[-1])
    if first is None or last is None:
        return monday(date(year, 12, 28)), after(monday(date(year, 12, 28)), 6)
    return first[0], last[1]
