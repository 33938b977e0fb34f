"""An expression put together: operator, days, time, part of the day."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dates.atoms import (
    NO_DATE,
    RECURRING,
    Clock,
    Days,
    Limit,
    Moment,
    Op,
    Part,
    Refuse,
    Setting,
    Vague,
)
from bot.dates.days import DayReader
from bot.dates.parts import Parts
from bot.dates.tokens import Token
from bot.dates.value import Operator, Precision


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


class Reader:
    """Reads the expressions of one text."""

    def __init__(self, setting: Setting, tokens: list[Token]) -> None:
        self._setting = setting
        self._tokens = tokens
        self._parts = Parts(setting, tokens)
        self._days = DayReader(self._parts)

    def may_start(self, at: int) -> bool:
        """A cheap look before anything is tried."""
        return self._parts.may_start(at)

    def phrase(self, at: int) -> Phrase | None:
        """The expression that begins at this token."""
        start = stop = at
        operator = Operator.ON
        while (found := self._parts.atom(stop)) and isinstance(found[1], Op):
            start = stop if found[1].operator not in (Operator.FROM, Operator.TO) else found[0]
            operator, stop = found[1].operator, found[0]
        led = stop > at
        if led and self._parts.word(stop) in ("den", "the") and self._parts.atom(stop) is None:
            stop += 1
        if led and self._parts.word(stop - 1) in ("since", "sedan"):
            there = replace(self._setting, prefer="past")
            return Reader(there, self._tokens).rest(start, stop, Bundle(operator))
        return self.rest(start, stop, Bundle(operator))

    def rest(self, start: int, stop: int, bundle: Bundle) -> Phrase | None:
        """What follows the operators that were read."""
        grown = self._grow(stop, bundle)
        if grown is None:
            return None
        filled, more = grown
        if isinstance(more, Refuse):
            return Phrase(start, filled, None)
        filled, bundle = self._grown(filled, more)
        filled, bundle = self._timed(*self._closing(*self._spanning(filled, bundle)))
        return Phrase(start, filled, bundle) if self._stands(bundle) else None

    def _grown(self, filled: int, bundle: Bundle) -> tuple[int, Bundle]:
        """With all that follows and belongs here."""
        for at in self._parts.places(filled):
            stop, more = self._grow(at, bundle) or (at, NO_DATE)
            if not isinstance(more, Refuse) and not _far(more, at, filled):
                return self._grown(stop, more)
        return filled, bundle

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
        if empty and (found := self._days.day(at)) is not None:
            stop, days = found
            if isinstance(days, Refuse):
                return stop, days
            if bundle.clock is None or days.precision is Precision.DAY:
                return stop, replace(bundle, days=days, part=bundle.part or days.part)
        atom = self._parts.atom(at, by_day=bundle.days is not None and bundle.clock is None)
        if atom is None:
            return None
        match atom[1]:
            case Refuse() if empty and bundle.clock is None and bundle.part is None:
                return atom[0], NO_DATE
            case Moment() | Limit() | Vague() as point if empty and bundle.clock is None:
                return atom[0], replace(bundle, point=point)
            case Clock() as time if bundle.clock is None and _takes_time(bundle):
                return atom[0], replace(bundle, clock=time)
            case Part() as part if bundle.part is None and bundle.point in (None, RECURRING):
                return atom[0], replace(bundle, part=part.name)
        return None

    def _spanning(self, stop: int, bundle: Bundle) -> tuple[int, Bundle]:
        """ "Tisdag 8 december kl. 9 – torsdag 10 december kl. 12"."""
        begin, dash = bundle.clock, stop < len(self._tokens) and "DASH" in self._tokens[stop].tags
        if not dash or bundle.days is None or begin is None or begin.end is not None:
            return stop, bundle
        at, days = self._days.day(stop + 1) or (stop, NO_DATE)
        if isinstance(days, Refuse) or days.first != days.last or days.last <= bundle.days.first:
            return stop, bundle
        for place in self._parts.places(at):
            found = self._parts.atom(place, by_day=True)
            if found and isinstance(found[1], Clock) and found[1].end is None:
                both = replace(begin, end=found[1].start, open=begin.open or found[1].open)
                return found[0], replace(
                    bundle, days=replace(bundle.days, last=days.last), clock=both
                )
        return stop, bundle

    def _closing(self, stop: int, bundle: Bundle) -> tuple[int, Bundle]:
        """ "Fr.o.m. 1 april t.o.m. 30 juni" is one range."""
        found = self._parts.atom(stop)
        if bundle.operator is not Operator.SINCE or bundle.days is None or bundle.clock:
            return stop, bundle
        if found is None or found[1] not in (Op(Operator.BY), Op(Operator.TO)):
            return stop, bundle
        last = self._days.day(found[0])
        if last is None or isinstance(last[1], Refuse) or last[1].last < bundle.days.first:
            return stop, bundle
        days = replace(bundle.days, last=last[1].last, alternatives=())
        return last[0], Bundle(Operator.ON, days)

    def _timed(self, stop: int, bundle: Bundle) -> tuple[int, Bundle]:
        """ "På torsdag efter 15": the operator belongs to the time, and the time to the day."""
        found = self._parts.atom(stop)
        if bundle.operator is not Operator.ON or bundle.days is None or not _takes_time(bundle):
            return stop, bundle
        if bundle.clock or found is None or not isinstance(found[1], Op):
            return stop, bundle
        if found[1].operator in (Operator.FROM, Operator.TO):
            return stop, bundle
        time = self._parts.atom(found[0], by_day=True)
        if time is None or not isinstance(time[1], Clock) or time[1].end is not None:
            return stop, bundle
        said = replace(time[1], bare=False)
        return time[0], replace(bundle, operator=found[1].operator, clock=said)


def _far(bundle: Bundle, at: int, filled: int) -> bool:
    """ "Den 12 på den 19": a bare number counts as a time only right behind the day."""
    return (
        at != filled and bundle.clock is not None and bundle.clock.bare and bundle.clock.end is None
    )


def _takes_time(bundle: Bundle) -> bool:
    """A time belongs to a day, never to a week or a month."""
    if bundle.point is not None:
        return bundle.point == RECURRING
    return bundle.days is None or bundle.days.precision is Precision.DAY
