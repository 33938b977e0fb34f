"""Days put together: weekday with date, the nth of a month, two weeks before, from one to another."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.dates import resolve
from bot.dates.atoms import NO_DATE, Atom, DayOf, Days, Delta, Edge, Nth, Part, Refuse, Weekday
from bot.dates.parts import Parts
from bot.dates.tokens import Token
from bot.dates.value import Precision

_BETWEEN: Final = frozenset({"mellan", "between"})
_DEEPEST: Final = 6  # "dagen före slutet av andra veckan i maj" is three
_MOST_LISTED: Final = 4
_LISTED: Final = frozenset({",", "och", "eller", "and", "or", "/"})
_EVENT_FILL: Final = frozenset("den the på on i vår our , som är of det det".split())


class DayReader:
    """Reads days out of the parts of one text."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._days: dict[int, tuple[int, Days | Refuse] | None] = {}
        self._kept: dict[int, tuple[int, Days | Refuse] | None] = {}
        self._depth = 0

    def day(self, at: int) -> tuple[int, Days | Refuse] | None:
        """The day or days that begin at this token, and where they stop."""
        if at not in self._days:
            self._days[at] = None  # a phrase never contains itself
            self._days[at] = self._ranged(at)
        return self._days[at]

    def _ranged(self, at: int) -> tuple[int, Days | Refuse] | None:
        between = self._parts.word(at) in _BETWEEN
        found = self._joined(at) or (self._joined(at + 1) if between else None)
        if found is None or isinstance(found[1], Refuse) or found[1].first != found[1].last:
            return found
        stop, first = found[0], found[1]
        link = self._parts.tokens[stop] if stop < len(self._parts.tokens) else None
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
        return "UNTIL" in link.tags or (self._parts.setting.whole and link.text in ("till", "to"))

    def _joined(self, at: int) -> tuple[int, Days | Refuse] | None:
        """Kept, so that nested words cost no more than their number; nobody nests deeper."""
        if at not in self._kept:
            if self._depth == _DEEPEST:
                return None
            self._depth += 1
            self._kept[at] = self._join(at)
            self._depth -= 1
        return self._kept[at]

    def _join(self, at: int) -> tuple[int, Days | Refuse] | None:
        found = self._parts.atom(at)
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
        for place in self._parts.places(at):
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
            if place >= len(self._parts.tokens):
                break
            token = self._parts.tokens[place]
            if "EVENT" not in token.tags and token.text not in _EVENT_FILL:
                break
            place += 1
        return max(stop, place), NO_DATE

    def _with_company(self, stop: int, atom: Weekday | DayOf | Days) -> tuple[int, Days | Refuse]:
        for place in self._parts.places(stop):
            found = self._parts.atom(place)
            if (
                found
                and isinstance(found[1], Part)
                and (with_part := self._in_week(found[0], found[1].name, atom))
            ):
                return with_part
            made = self._pair(atom, found[1]) if found else None
            if found and made is not None:
                return self._checked_week(found[0], made)
        if isinstance(atom, Weekday) and not atom.mod and not atom.weeks:
            week = self._shared_week(stop)
            if week is not None:
                return stop, resolve.weekday_in_week(week, atom)
        alone = self._alone(atom)
        return (stop, alone) if isinstance(alone, Refuse) else self._checked_week(stop, alone)

    def _in_week(
        self, stop: int, name: str, atom: Weekday | DayOf | Days
    ) -> tuple[int, Days] | None:
        """ "Ons em v 5": the part of the day stands between the weekday and its week."""
        for place in self._parts.places(stop):
            week = self._parts.atom(place)
            if not (week and isinstance(week[1], Days) and isinstance(atom, Weekday)):
                continue
            if week[1].precision is Precision.WEEK:
                return week[0], replace(resolve.weekday_in_week(week[1], atom), part=name)
        return None

    def _shared_week(self, at: int) -> Days | None:
        """ "Torsdag eller fredag nästa vecka": the week of a later weekday is the first one's too."""
        for _ in range(_MOST_LISTED):
            found = self._parts.atom(at + 1) if self._parts.word(at) in _LISTED else None
            if found is None or not isinstance(found[1], Weekday) or found[1].mod or found[1].weeks:
                return None
            at = found[0]
            for place in self._parts.places(at):
                week = self._parts.atom(place)
                if week and isinstance(week[1], Days) and week[1].precision is Precision.WEEK:
                    return week[1]
        return None

    def _checked_week(self, stop: int, days: Days | Refuse) -> tuple[int, Days | Refuse]:
        """ "Torsdag 26 november, v. 48": the week must hold the day."""
        if isinstance(days, Refuse) or days.precision is not Precision.DAY:
            return stop, days
        for place in self._parts.places(stop):
            found = self._parts.atom(place)
            if found and isinstance(found[1], Days) and found[1].precision is Precision.WEEK:
                week = found[1].first.isocalendar().week
                if days.first.isocalendar().week == week:
                    return found[0], days
                return found[0], replace(days, notes=(*days.notes, "week_mismatch"))
        return stop, days

    def _pair(self, one: Atom, two: Atom) -> Days | Refuse | None:
        match one, two:
            case Weekday(), DayOf():
                return resolve.weekday_with_day(self._parts.setting, one, two) or NO_DATE
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
                return resolve.weekday(self._parts.setting, atom)
            case DayOf():
                return resolve.day_of(self._parts.setting, atom) or NO_DATE
        return atom
