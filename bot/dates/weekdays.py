"""Weekdays, weeks and weekends."""

from __future__ import annotations

from typing import Final

from bot.dates import resolve
from bot.dates.almanac import (
    Span,
    add_months,
    iso_week,
    monday,
    month_span,
)
from bot.dates.atoms import (
    ANY_DAY,
    NO_DATE,
    WEEK,
    WEEKEND,
    WORKING_DAY,
    Atom,
    Days,
    Hit,
    Nth,
    Weekday,
    after,
)
from bot.dates.matcher import Make
from bot.dates.said import modifier
from bot.dates.value import Precision
from bot.dates.weak import PREPS
from bot.dates.words import WEAK
from bot.dates.years import pick

_RANGE_WORDS: Final = frozenset({"och", "and", "till", "to", "through", "thru"})


def weekday(hit: Hit) -> Atom | None:
    """Torsdag, på fredag, nästa onsdag; short forms that are words need company."""
    word = next(t for t in hit.tokens[hit.at : hit.stop] if "WD" in t.tags)
    alone = hit.stop - hit.at == 1
    if alone and not hit.setting.whole and word.text.rstrip(".") in WEAK:
        following = hit.following
        strong = following is not None and following.tags.keys() & {
            "N2", "ORD", "SLASH", "WEEKW", "DASH", "KL", "CLOCK", "MON", "DEN",
        }  # fmt: skip
        if not strong and (
            hit.before not in {*PREPS, ","} or hit.before in ("the", "och", "and", ",")
        ):
            return None
        if hit.before in ("i", "och", "in", "the", "till") and not strong:
            return None
    return Weekday(hit.number("WD"), modifier(hit))


def weekday_weeks(weeks: int | None = None) -> Make:
    """A weekday some weeks on: "Monday week", "torsdag om två veckor"."""

    def make(hit: Hit) -> Atom | None:
        return Weekday(hit.number("WD"), weeks=weeks or hit.number("N2", "NUMW"))

    return make


def weekday_this_week(hit: Hit) -> Atom | None:
    """Torsdag i veckan, but not "torsdag i vecka 48"."""
    if hit.words[-1] in ("vecka", "v", "week") and hit.words[-2] == "i":
        return None
    return Weekday(hit.number("WD"), "thisweek")


def weekday_range(hit: Hit) -> Atom | None:
    """Mån-ons."""
    link = next(word for word in hit.words[1:] if word in _RANGE_WORDS or word in "-–—~")
    if link in ("och", "and") and hit.words[0] not in ("mellan", "between"):
        return None
    if link in ("till", "to") and not hit.setting.whole:
        return None
    first, last = hit.values["WD"]
    return Weekday(first, last=last)


def nth(hit: Hit) -> Nth:
    """Sista fredagen, andra veckan, last day."""
    count = -1 if "LASTW" in hit.values or "LAST" in hit.values else hit.number("ORDW", "ORD")
    what = hit.get("WD")
    if what is None:
        kinds = {"WEEKDEF": WEEK, "DAYDEF": ANY_DAY, "WORKDAY": WORKING_DAY, "WKEND": WEEKEND}
        what = next(kind for tag, kind in kinds.items() if tag in hit.values)
    return Nth(count, what)


def nth_this_month(hit: Hit) -> Atom:
    """Sista fredagen i månaden: in the month that is, or in the next when it has been."""
    said = nth(hit)
    today = hit.setting.today
    for step in (-1, 0) if hit.setting.prefer == "past" else (0, 1):
        month = add_months(today.replace(day=1), step)
        found = resolve.nth(Days(*month_span(month.year, month.month), Precision.MONTH), said)
        if found is not None and (found.last >= today or hit.setting.prefer == "past"):
            return found
    return NO_DATE


def _week(span: Span, *alternatives: Span) -> Days:
    return Days(span[0], span[1], Precision.WEEK, alternatives)


def week_number(hit: Hit) -> Atom | None:
    """Vecka 6, v. 6–8, week 6 2027. A week that the year does not have is refused."""
    numbers = hit.values.get("N2") or hit.values["NUMW"]
    year = hit.get("YEAR")
    first = iso_week(year, numbers[0]) if year else _near_week(hit, numbers[0])
    if first is None or not 0 < numbers[-1] < 54:
        return NO_DATE
    if len(numbers) == 1:
        return _week(first)
    last = iso_week(first[0].isocalendar().year + (numbers[1] < numbers[0]), numbers[1])
    return _week((first[0], last[1])) if last else NO_DATE


def week_or(hit: Hit) -> Atom:
    """Vecka 2 eller 3: the first, and a question."""
    first, second = (_near_week(hit, t.tags.get("N2", t.tags.get("NUMW", 0)))
                     for t in hit.tokens[hit.at : hit.stop] if t.tags.keys() & {"N2", "NUMW"})  # fmt: skip
    if first is None or second is None:
        return NO_DATE
    return Days(*first, Precision.WEEK, (second,), ("several",))


def _near_week(hit: Hit, number: int) -> Span | None:
    year = hit.setting.today.isocalendar().year
    spans = [iso_week(y, number) for y in range(year - 7, year + 8)]
    return pick(hit.setting, [span for span in spans if span])


def iso_week_token(hit: Hit) -> Atom:
    """2027-W06."""
    text = hit.words[0]
    span = iso_week(int(text[:4]), int(text.lower().split("w")[1]))
    return _week(span) if span else NO_DATE


def week_from_now(weeks: int) -> Make:
    """The present week, next week and so on."""

    def make(hit: Hit) -> Atom:
        first = after(monday(hit.setting.today), weeks * 7)
        return _week((first, after(first, 6)))

    return make


def week_mod(hit: Hit) -> Atom:
    """Nästa vecka, förra veckan, denna vecka."""
    weeks = {"next": 1, "last": -1, "last2": -2, "this": 0}[modifier(hit)]
    if weeks == 0 and "NEXT" in hit.values:
        weeks = 1
    first = after(monday(hit.setting.today), weeks * 7)
    return _week((first, after(first, 6)))


def weekend(hit: Hit) -> Atom:
    """Saturday and Sunday; on a weekend day the other reading is kept."""
    today = hit.setting.today
    first = after(monday(today), 5)
    weeks = {"next": 1, "last": -1, "last2": -2, "this": 0, "": 0}[modifier(hit)]
    if "till" in hit.words or (weeks == 0 and "NEXT" in hit.values and today >= first):
        weeks = 1 if today >= first else 0
    start = after(first, weeks * 7)
    other = after(start, 7 if weeks >= 0 else -7)
    doubt = weeks == 1 or (weeks == 0 and today >= first)
    notes = ("ambiguous_next",) if doubt and "LAST" not in hit.values else ()
    return Days(start, after(start, 1), Precision.DAY, ((other, after(other, 1)),), notes)
