"""Which of several bodies some words name, however they are bent or misspelt."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from functools import lru_cache

LEAST = 0.75  # below this nothing is meant
_UNSURE = 0.05  # taken off for a likeness of letters only

_Known = tuple[tuple[str, frozenset[str]], ...]
_ENDINGS = re.compile(r"(?:ernas|arnas|ets|ens|erna|arna|et|en|s)$")
_FILLERS = frozenset(
    "arbetsgrupp arbetsgruppen arbetsgruppens grupp gruppen gruppens the group groups working of "
    "for i vårt vår vi möte mötet meeting".split()
)


def best(words: str, names: Sequence[Sequence[str]], own: Sequence[bool]) -> int | None:
    """The place of the one whose names fit best; among equals one's own. None if unsure."""
    wanted = fold(words)
    if not wanted or not names:
        return None
    known = [_known(tuple(each)) for each in names]
    likely = [_by_words(wanted, each) for each in known]
    least = max(LEAST, *likely)
    likely = [
        score or _by_letters(wanted, each, least) for score, each in zip(likely, known, strict=True)
    ]
    scores = list(zip(likely, own, strict=True))
    top = max(scores)
    return scores.index(top) if top[0] >= LEAST and scores.count(top) == 1 else None


def fold(words: str) -> str:
    """Lower case, without endings and without words that every body's name may have."""
    found = []
    for word in re.findall(r"\w+", words.casefold()):
        if word in _FILLERS:
            continue
        stem = _ENDINGS.sub("", word) if len(word) > 5 else word
        stem = stem.removesuffix("grupp").removesuffix("s") if len(stem) > 7 else stem
        found.append(stem)
    return " ".join(found)


@lru_cache(maxsize=1_000)
def _known(names: tuple[str, ...]) -> _Known:
    """Each name that says something, folded, and its words."""
    return tuple((name, frozenset(name.split())) for name in map(fold, names) if name)


def _by_words(wanted: str, known: _Known) -> float:
    """0 if no name says the same words."""
    if any(wanted == name for name, _ in known):
        return 1.0
    words = set(wanted.split())
    if any(words <= of_name for _, of_name in known):
        return 0.9
    if any(len(name) > 3 and of_name <= words for name, of_name in known):
        return 0.85
    return 0.0


def _by_letters(wanted: str, known: _Known, least: float) -> float:
    """How like the likest name is; 0 for what is certainly below `least`."""
    likeness = max((_ratio(wanted, name, least + _UNSURE) for name, _ in known), default=0.0)
    return max(likeness - _UNSURE, 0.0)


def _ratio(wanted: str, name: str, least: float) -> float:
    both = len(wanted) + len(name)
    if 2 * min(len(wanted), len(name)) < least * both:
        return 0.0
    matcher = difflib.SequenceMatcher(None, wanted, name)
    return matcher.ratio() if matcher.quick_ratio() >= least else 0.0
