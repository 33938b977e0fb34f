"""The smallest parts of a text: what stands at each word, found once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from bot.dates import rows, spells
from bot.dates.atoms import Atom, Setting
from bot.dates.clock import clock, starts_clock
from bot.dates.feasts import feast, starts_feast
from bot.dates.matcher import Grammar
from bot.dates.tokens import Token

_LINKS: Final = frozenset(", i in of på on den the vid at för ( redan av då klockan".split())


@cache
def grammar() -> Grammar:
    """Compiled at first use: importing the package costs nothing."""
    return Grammar((*rows.ROWS, *spells.ROWS))


class Parts:
    """One text; keeps what was found at each position, so nothing is tried twice."""

    def __init__(self, setting: Setting, tokens: list[Token]) -> None:
        self.setting = setting
        self.tokens = tokens
        self._atoms: dict[tuple[int, bool], tuple[int, Atom] | None] = {}

    def may_start(self, at: int) -> bool:
        """A cheap look before anything is tried."""
        token = self.tokens[at]
        return grammar().may_start(token) or starts_clock(token) or starts_feast(token)

    def word(self, at: int) -> str:
        """The word here, or nothing behind the last."""
        return self.tokens[at].text if at < len(self.tokens) else ""

    def places(self, at: int) -> Sequence[int]:
        """Here, or beyond one or two small words."""
        places = [at]
        while len(places) < 3 and self.word(places[-1]) in _LINKS:
            places.append(places[-1] + 1)
        return places

    def atom(self, at: int, *, by_day: bool = False) -> tuple[int, Atom] | None:
        """The longest part that begins here, and where it stops."""
        if at >= len(self.tokens):
            return None
        key = (at, by_day)
        if key not in self._atoms:
            self._atoms[key] = self._longest(at, by_day=by_day)
        return self._atoms[key]

    def _longest(self, at: int, *, by_day: bool) -> tuple[int, Atom] | None:
        found = (
            feast(self.setting, self.tokens, at),
            grammar().match(self.setting, self.tokens, at),
            clock(self.setting, self.tokens, at, by_day=by_day),
        )
        return max((each for each in found if each), key=lambda each: each[0], default=None)
