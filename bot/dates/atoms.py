"""The parts a date expression is put together from, before anything is resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.dates.almanac import Span
from bot.dates.tokens import Token
from bot.dates.value import Operator, Precision


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words are read against. `now` is naive wall time in Stockholm."""

    now: datetime
    prefer: str  # future, past or nearest
    lang: str
    lov: Mapping[str, tuple[int, ...]]  # school holidays of the region: ISO weeks
    whole: bool  # the text is one answer, so weak words may count

    @property
    def today(self) -> date:
        """The calendar day in Stockholm."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday; `mod` is "", this, next, nextweek, thisweek, last or past."""

    day: int
    mod: str = ""
    weeks: int = 0  # so many weeks further on
    last: int | None = None  # a range: mån-ons


@dataclass(frozen=True, slots=True)
class DayOf:
    """A day of a month; what was not said is None. `last` makes a range within the month."""

    day: int
    month: int | None = None
    year: int | None = None
    last: int | None = None
    more: int | None = None  # "12 och 19 mars": a second day that makes no range


@dataclass(frozen=True, slots=True)
class Days:
    """One or several days, already resolved."""

    first: date
    last: date
    precision: Precision
    alternatives: tuple[date | Span, ...] = ()
    notes: tuple[str, ...] = ()
    part: str | None = None  # ikväll, this morning
    anchor: date | None = None  # where "two weeks before" counts from


@dataclass(frozen=True, slots=True)
class Vague:
    """Words without fixed days; `note` chooses the question."""

    note: str


@dataclass(frozen=True, slots=True)
class Clock:
    """Minutes after midnight; `open` when morning or afternoon was not said."""

    start: int
    end: int | None = None
    open: bool = False
    bare: bool = False  # only digits: counts only next to a day
    sure: bool = False  # am or pm was said


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day."""

    name: str


@dataclass(frozen=True, slots=True)
class Op:
    """Senast, före, efter …"""

    operator: Operator


@dataclass(frozen=True, slots=True)
class Delta:
    """So long before or after what must follow; `days` or `months` may be negative."""

    days: int = 0
    months: int = 0
    whole_week: bool = False  # "veckan före jul"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time counted from now."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """Inom två veckor: a latest day or moment counted from now."""

    at: date | datetime


@dataclass(frozen=True, slots=True)
class Refuse:
    """Date words that must not be half-read: 31 februari, varje torsdag, dagen före mötet."""


@dataclass(frozen=True, slots=True)
class Edge:
    """1 the beginning, 2 the middle, 3 the end, 4 and 5 the halves of a period that must follow."""

    which: int


WEEK: Final = 7  # what an Nth counts beside weekdays
ANY_DAY: Final = 8
WORKING_DAY: Final = 9
WEEKEND: Final = 10


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth (-1: last) weekday 0-6, week, day, working day or weekend of a period that must follow."""

    count: int
    what: int


Atom = (
    Weekday
    | DayOf
    | Days
    | Vague
    | Clock
    | Part
    | Op
    | Delta
    | Moment
    | Limit
    | Refuse
    | Edge
    | Nth
)
NO_DATE: Final = Refuse()
RECURRING: Final = Vague("recurring")  # varje torsdag: no day of its own


@dataclass(frozen=True, slots=True)
class Hit:
    """What a pattern matched: the tokens, and each tag's values in order."""

    setting: Setting
    tokens: list[Token]
    at: int
    stop: int
    values: dict[str, list[int]]

    def get(self, tag: str, nth: int = 0) -> int | None:
        """The value of the nth token with this tag, or None."""
        found = self.values.get(tag, ())
        return found[nth] if nth < len(found) else None

    def number(self, *tags: str) -> int:
        """The first value of one of these tags; the pattern guarantees one."""
        return next(self.values[tag][0] for tag in tags if tag in self.values)

    @property
    def words(self) -> list[str]:
        """The matched words."""
        return [token.text for token in self.tokens[self.at : self.stop]]

    @property
    def before(self) -> str:
        """The word in front, or nothing."""
        return self.tokens[self.at - 1].text if self.at else ""

    @property
    def following(self) -> Token | None:
        """The token behind, or None."""
        return self.tokens[self.stop] if self.stop < len(self.tokens) else None


def after(day: date, days: int) -> date:
    """So many days later."""
    return day + timedelta(days=days)


_CLOSERS: Final = frozenset(
    "och eller på i som när om ska skall kan har är blir med för till så då men vi jag du ni han "
    "hon istället kl klockan vid and or on at for with is are will can to the a we i you if when "
    "from by in om från fram efter före innan senast under att inte tack please instead också ju "
    "va eller samt finns går passar funkar vad vilka vilken vem hos dvs redan works does do works "
    "but because since who what which has have was were did ville vill skulle bör måste börjar "
    "slutar gäller this that cannot can't doesn't isn't won't didn't instead har hade var vore sätt".split()
)
_FOLLOW: Final = frozenset({"YEAR", "KL", "REL", "WD", "WEEKW", "PART", "MON", "CLOCK"})


def closed(setting: Setting, tokens: list[Token], at: int) -> bool:
    """True when the phrase can end here: no noun follows that it would belong to."""
    if at >= len(tokens):
        return True
    token = tokens[at]
    if token.kind in ("word", "num") and not setting.whole:
        return token.text in _CLOSERS or bool(_FOLLOW & token.tags.keys())
    return token.text not in ("§", "%", "/")
