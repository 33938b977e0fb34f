"""Small patterns over tagged tokens: "DEN? ORD MON YEAR?" is a row, not a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product

from bot.dates.atoms import Atom, Hit, Setting
from bot.dates.tokens import Token

Make = Callable[[Hit], Atom | None]
Row = tuple[str, Make]
_Step = tuple[str, ...]  # one token: any of these tags (capitals in the row) or any of these words


@dataclass(slots=True)
class _Place:
    """A place within the rows: the steps that led here, the rows that end here, the steps on."""

    way: tuple[_Step, ...]
    rows: list[tuple[int, Make]] = field(default_factory=list)
    steps: dict[_Step, _Place] = field(default_factory=dict)


@dataclass(slots=True)
class _State:
    """All the places where the tokens so far can stand, and what was learnt of the next token."""

    places: list[_Place]
    rows: list[tuple[int, Make, tuple[_Step, ...]]]
    beyond: dict[frozenset[str], _State | None] = field(default_factory=dict)


class Grammar:
    """Rows walked side by side: the work at a token does not grow with their number."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        root = _Place(())
        for rank, (pattern, make) in enumerate(rows):
            for way in _expanded(pattern):
                _end(root, way).rows.append((rank, make))
        self._start = _state([root])
        self._known = frozenset(_keys(root))
        self._heads = frozenset(key for step in root.steps for key in step)

    def may_start(self, token: Token) -> bool:
        """True when some row begins with this token."""
        return not self._heads.isdisjoint(token.keys)

    def match(self, setting: Setting, tokens: list[Token], at: int) -> tuple[int, Atom] | None:
        """The longest row that fits here, and where it stops; of equal ones the first."""
        passed = self._passed(tokens, at)
        while passed:
            stop = at + len(passed)
            for _, make, way in passed.pop().rows:
                atom = make(Hit(setting, tokens, at, stop, _values(way, tokens[at:stop])))
                if atom is not None:
                    return stop, atom
        return None

    def _passed(self, tokens: list[Token], at: int) -> list[_State]:
        """The states behind this token, the next and so on, as far as any row goes."""
        states = [self._start]
        for index in range(at, len(tokens)):
            state = self._after(states[-1], tokens[index])
            if state is None:
                break
            states.append(state)
        return states[1:]

    def _after(self, state: _State, token: Token) -> _State | None:
        keys = token.keys & self._known
        if keys not in state.beyond:
            places = [
                beyond
                for place in state.places
                for step, beyond in place.steps.items()
                if not keys.isdisjoint(step)
            ]
            state.beyond[keys] = _state(places) if places else None
        return state.beyond[keys]


def _end(root: _Place, way: tuple[_Step, ...]) -> _Place:
    place = root
    for step in way:
        place = place.steps.setdefault(step, _Place((*place.way, step)))
    return place


def _state(places: list[_Place]) -> _State:
    rows = [(rank, make, place.way) for place in places for rank, make in place.rows]
    return _State(places, sorted(rows, key=lambda row: row[0]))


def _keys(place: _Place) -> Iterator[str]:
    for step, beyond in place.steps.items():
        yield from step
        yield from _keys(beyond)


def _values(way: tuple[_Step, ...], tokens: list[Token]) -> dict[str, list[int]]:
    values: dict[str, list[int]] = {}
    for step, token in zip(way, tokens, strict=True):
        for name in step:
            if name in token.tags:
                values.setdefault(name, []).append(token.tags[name])
                break
    return values


def _expanded(pattern: str) -> list[tuple[_Step, ...]]:
    """All ways with and without what is optional."""
    choices: list[list[_Step | None]] = []
    for piece in pattern.split():
        step = tuple(piece.rstrip("?").split("|"))
        choices.append([step, None] if piece.endswith("?") else [step])
    ways = [tuple(step for step in way if step is not None) for way in product(*choices)]
    return [way for way in dict.fromkeys(ways) if way]
