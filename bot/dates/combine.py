"""Neighbouring parts put together: weekday with date, day with time, range, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from bot.dates import resolve, rows, spells
from bot.dates.atoms import (
    NO_DATE,
    Atom,
    Clock,
    DayOf,
    Days,
    Delta,
    Edge,
    Limit,
    Moment,
    Nth,
    Op,
    Part,
    Refuse,
    Setting,
    Vague,
    Weekday,
)
from bot.dates.clock import clock, starts_clock
from bot.dates.matcher import Grammar
from bot.dates.tokens import Token
from bot.dates.value import Operator, Precision

_BETWEEN: Final = frozenset({"mellan", "between"})
_LINKS: Final = frozenset(", i in of på on den the vid at för ( redan av då klockan".split())
_EVENT_FILL: Final = frozenset("den the på on i vår our , som är of det det".split())


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that one expression said."""

    operator: Operator = Operator.ON
    days: Days | None = None
    clock: Clock | None = None
    part: str | None = None
    point: Moment | Limit | Vague | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A bundle with its tokens; without a bundle the words are refused."""

    start: int
    stop: int
    bundle: Bundle | None


@cache
def grammar() -> Grammar:
    """Compiled at first use: importing the package costs nothing."""
    return Grammar((*rows.ROWS, *spells.ROWS))


class Reader:
    """Reads one text; keeps what was found at each position, so nothing is tried twice."""

    def __init__(self, setting: Setting, tokens: list[Token]) -> None:
        self._setting = setting
        self._tokens = tokens
        self._atoms: dict[tuple[int, bool], tuple[int, Atom] | None] = {}
        self._days: dict[int, tuple[int, Days | Refuse] | None] = {}

    def phrase(self, at: int) -> Phrase | None:
        """The expression that begins at this token."""
        start, operator = at, Operator.ON
        stop = at
        while (found := self._atom(stop)) and isinstance(found[1], Op):
            start = stop if found[1].operator not in (Operator.FROM, Operator.TO) else found[0]
            operator, stop = found[1].operator, found[0]
        if stop == at:
            start = at
        if self._word(stop) in ("den", "the") and stop > at and self._atom(stop) is None:
            stop += 1
        if stop > at and self._word(stop - 1) in ("since", "sedan"):
            there = replace(self._setting, prefer="past")
            return Reader(there, self._tokens).rest(start, stop, Bundle(operator))
        return self.rest(start, stop, Bundle(operator))

    def rest(self, start: int, stop: int, bundle: Bundle) -> Phrase | None:
        filled = stop
        for at in self._places(stop, first=True):
            grown = self._grow(at, bundle)
            if grown is None:
                continue
            if isinstance(grown[1], Refuse):
                return Phrase(start, grown[0], None)
            filled, bundle = grown[0], grown[1]
            break
        if filled == stop:
            return None
        while True:
            for at in self._places(filled):
                more = self._grow(at, bundle)
                if (
                    more is not None
                    and not isinstance(more[1], Refuse)
                    and not _far(more[1], at, filled)
                ):
                    filled, bundle = more[0], more[1]
                    break
            else:
                break
        filled, bundle = self._closing(filled, bundle)
        return Phrase(start, filled, bundle) if self._stands(bundle) else None

    def _stands(self, bundle: Bundle) -> bool:
        if bundle.days or bundle.point:
            return True
        if bundle.clock:
            return self._setting.whole or not bundle.clock.bare
        return self._setting.whole

    def _grow(self, at: int, bundle: Bundle) -> tuple[int, Bundle | Refuse] | None:
        if at >= len(self._tokens):
            return None
        empty = bundle.days is None and bundle.point is None
        if empty and (found := self._day(at)) is not None:
            stop, days = found
            if isinstance(days, Refuse):
                return stop, days
            if bundle.clock is None or days.precision is Precision.DAY:
                return stop, replace(bundle, days=days, part=bundle.part or days.part)
        atom = self._atom(at, by_day=bundle.days is not None and bundle.clock is None)
        if atom is None:
            return None
        match atom[1]:
            case Refuse() if empty and bundle.clock is None and bundle.part is None:
                return atom[0], NO_DATE
            case Moment() | Limit() | Vague() as point if empty and bundle.clock is None:
                return atom[0], replace(bundle, point=point)
            case Clock() as time if (
                bundle.clock is None and bundle.point is None and _takes_time(bundle)
            ):
                return atom[0], replace(bundle, clock=time)
            case Part() as part if bundle.part is None and bundle.point is None:
                return atom[0], replace(bundle, part=part.name)
        return None

    def _closing(self, stop: int, bundle: Bundle) -> tuple[int, Bundle]:
        """ "Fr.o.m. 1 april t.o.m. 30 juni" is one range."""
        found = self._atom(stop)
        if bundle.operator is not Operator.SINCE or bundle.days is None or bundle.clock:
            return stop, bundle
        if found is None or found[1] not in (Op(Operator.BY), Op(Operator.TO)):
            return stop, bundle
        last = self._day(found[0])
        if last is None or isinstance(last[1], Refuse) or last[1].last < bundle.days.first:
            return stop, bundle
        days = replace(bundle.days, last=last[1].last, alternatives=())
        return last[0], Bundle(Operator.ON, days)

    def _places(self, at: int, *, first: bool = False) -> Sequence[int]:
        """Here, or beyond one or two small words."""
        places = [at]
        if not first:
            while len(places) < 3 and self._word(places[-1]) in _LINKS:
                places.append(places[-1] + 1)
        return places

    def _word(self, at: int) -> str:
        return self._tokens[at].text if at < len(self._tokens) else ""

    def _atom(self, at: int, *, by_day: bool = False) -> tuple[int, Atom] | None:
        if at >= len(self._tokens):
            return None
        key = (at, by_day)
        if key not in self._atoms:
            self._atoms[key] = self._longest(at, by_day=by_day)
        return self._atoms[key]

    def _longest(self, at: int, *, by_day: bool) -> tuple[int, Atom] | None:
        found = (
            spells.feast(self._setting, self._tokens, at),
            grammar().match(self._setting, self._tokens, at),
            clock(self._setting, self._tokens, at, by_day=by_day),
        )
        return max((each for each in found if each), key=lambda each: each[0], default=None)

    def may_start(self, at: int) -> bool:
        """A cheap look before anything is tried."""
        return grammar().may_start(self._tokens[at]) or starts_clock(self._tokens[at])

    # days

    def _day(self, at: int) -> tuple[int, Days | Refuse] | None:
        if at not in self._days:
            self._days[at] = None  # a phrase never contains itself
            self._days[at] = self._ranged(at)
        return self._days[at]

    def _ranged(self, at: int) -> tuple[int, Days | Refuse] | None:
        between = self._word(at) in _BETWEEN
        found = self._joined(at) or (self._joined(at + 1) if between else None)
        if found is None or isinstance(found[1], Refuse) or found[1].first != found[1].last:
            return found
        stop, first = found[0], found[1]
        link = self._tokens[stop] if stop < len(self._tokens) else None
        if link is None or not ("DASH" in link.tags or self._range_word(link, between=between)):
            return found
        after, second = self._joined(stop + 1) or (stop, NO_DATE)
        if isinstance(second, Refuse) or second.first != second.last:
            return found
        last = second.first
        if last <= first.first:
            return found
        notes = tuple(dict.fromkeys((*first.notes, *second.notes)))
        return after, Days(first.first, last, Precision.DAY, notes=notes)

    def _range_word(self, link: Token, *, between: bool) -> bool:
        """ "Till" joins two days only in an answer: in a sentence it may be from one to another."""
        if link.text in ("och", "and"):
            return between
        return "UNTIL" in link.tags or (self._setting.whole and link.text in ("till", "to"))

    def _joined(self, at: int) -> tuple[int, Days | Refuse] | None:
        found = self._atom(at)
        if found is None:
            return None
        stop, atom = found
        match atom:
            case Delta():
                return self._moved(stop, atom)
            case Edge():
                below = self._below(stop)
                made = resolve.edge(below[1], atom.which) if below else None
                return (below[0], made) if below and made else None
            case Nth():
                below = self._below(stop)
                made = resolve.nth(below[1], atom) if below else None
                return (below[0], made or NO_DATE) if below else None
            case Refuse():
                return stop, atom
            case Weekday() | DayOf() | Days():
                return self._with_company(stop, atom)
        return None

    def _below(self, at: int) -> tuple[int, Days] | None:
        for place in self._places(at):
            found = self._joined(place)
            if found is not None and not isinstance(found[1], Refuse):
                return found[0], found[1]
        return None

    def _moved(self, stop: int, by: Delta) -> tuple[int, Days | Refuse]:
        """Before or after what? Without a day the words are refused, with what they counted."""
        place = stop
        for _ in range(4):
            found = self._joined(place)
            if found is not None:
                made = found[1] if isinstance(found[1], Refuse) else resolve.moved(found[1], by)
                return found[0], made
            if place >= len(self._tokens):
                break
            token = self._tokens[place]
            if "EVENT" not in token.tags and token.text not in _EVENT_FILL:
                break
            place += 1
        return max(stop, place), NO_DATE

    def _with_company(self, stop: int, atom: Weekday | DayOf | Days) -> tuple[int, Days | Refuse]:
        for place in self._places(stop):
            found = self._atom(place)
            made = self._pair(atom, found[1]) if found else None
            if found and made is not None:
                return self._checked_week(found[0], made)
        alone = self._alone(atom)
        return (stop, alone) if isinstance(alone, Refuse) else self._checked_week(stop, alone)

    def _checked_week(self, stop: int, days: Days | Refuse) -> tuple[int, Days | Refuse]:
        """ "Torsdag 26 november, v. 48": the week must hold the day."""
        if isinstance(days, Refuse) or days.precision is not Precision.DAY:
            return stop, days
        for place in self._places(stop):
            found = self._atom(place)
            if found and isinstance(found[1], Days) and found[1].precision is Precision.WEEK:
                week = found[1].first.isocalendar().week
                if days.first.isocalendar().week == week:
                    return found[0], days
                return found[0], replace(days, notes=(*days.notes, "week_mismatch"))
        return stop, days

    def _pair(self, one: Atom, two: Atom) -> Days | Refuse | None:
        match one, two:
            case Weekday(), DayOf():
                return resolve.weekday_with_day(self._setting, one, two) or NO_DATE
            case Weekday(), Days() if two.precision is Precision.WEEK:
                return resolve.weekday_in_week(two, one)
            case Days(), Weekday() if one.precision is Precision.WEEK and (two.mod in {"", "this"}):
                return resolve.weekday_in_week(one, two)
            case Weekday(day=day), Days(first=first, last=last) if (
                first == last and first.weekday() == day
            ):
                return two
            case Weekday(), Refuse():
                return NO_DATE
        return None

    def _alone(self, atom: Weekday | DayOf | Days) -> Days | Refuse:
        match atom:
            case Weekday():
                return resolve.weekday(self._setting, atom)
            case DayOf():
                return resolve.day_of(self._setting, atom) or NO_DATE
        return atom


def _far(bundle: Bundle, at: int, filled: int) -> bool:
    """ "Den 12 på den 19": a bare number counts as a time only right behind the day."""
    return (
        at != filled and bundle.clock is not None and bundle.clock.bare and bundle.clock.end is None
    )


def _takes_time(bundle: Bundle) -> bool:
    """A time belongs to a day, never to a week or a month."""
    return bundle.days is None or bundle.days.precision is Precision.DAY
