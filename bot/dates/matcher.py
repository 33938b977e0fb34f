"""Small patterns over tagged tokens: "DEN? ORD MON YEAR?" is a row, not a program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Final

from bot.dates.atoms import Atom, Hit, Setting
from bot.dates.tokens import Token

Make = Callable[[Hit], Atom | None]
Row = tuple[str, Make]


@dataclass(frozen=True, slots=True)
class _Step:
    """One token: any of these tags (capitals in the row) or any of these words."""

    tags: tuple[str, ...]
    keys: frozenset[str]


_NOTHING: Final[frozenset[str]] = frozenset()
_Way = tuple[tuple[_Step, ...], int, Make]


class Grammar:
    """Rows compiled to plain sequences and found by their first tag or word."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self._by_head: dict[str, list[_Way]] = {}
        for rank, (pattern, make) in enumerate(rows):
            for steps in _expanded(pattern):
                for head in sorted(steps[0].keys):
                    self._by_head.setdefault(head, []).append((steps, rank, make))
        for found in self._by_head.values():
            found.sort(key=lambda way: (-len(way[0]), way[1]))

    def may_start(self, token: Token) -> bool:
        """True when some row begins with this token."""
        return bool(token.tags) or token.text in self._by_head

    def match(self, setting: Setting, tokens: list[Token], at: int) -> tuple[int, Atom] | None:
        """The longest row that fits here, and where it stops; of equal ones the first."""
        token = tokens[at]
        follows = tokens[at + 1].keys if at + 1 < len(tokens) else _NOTHING
        best: tuple[int, int, Atom] | None = None
        for head in (token.text, *token.tags):
            for steps, rank, make in self._by_head.get(head, ()):
                stop = at + len(steps)
                if best is not None and (stop, -rank) <= best[:2]:
                    break
                if len(steps) > 1 and steps[1].keys.isdisjoint(follows):
                    continue
                values = _fit(steps, tokens, at)
                atom = make(Hit(setting, tokens, at, stop, values)) if values is not None else None
                if atom is not None:
                    best = (stop, -rank, atom)
                    break
        return (best[0], best[2]) if best else None


def _fit(steps: tuple[_Step, ...], tokens: list[Token], at: int) -> dict[str, list[int]] | None:
    if at + len(steps) > len(tokens):
        return None
    for index in range(len(steps) - 1, 0, -1):  # the first fits already; the last tells most
        if steps[index].keys.isdisjoint(tokens[at + index].keys):
            return None
    values: dict[str, list[int]] = {}
    for step, token in zip(steps, tokens[at : at + len(steps)], strict=True):
        for tag in step.tags:
            if tag in token.tags:
                values.setdefault(tag, []).append(token.tags[tag])
                break
    return values


def _expanded(pattern: str) -> list[tuple[_Step, ...]]:
    """All ways with and without what is optional."""
    choices: list[list[_Step | None]] = []
    for piece in pattern.split():
        names = piece.rstrip("?").split("|")
        tags = tuple(name for name in names if name.isupper())
        step = _Step(tags, frozenset(names))
        choices.append([step, None] if piece.endswith("?") else [step])
    ways = [tuple(step for step in way if step is not None) for way in product(*choices)]
    return [way for way in dict.fromkeys(ways) if way]
