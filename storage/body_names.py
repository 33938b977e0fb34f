"""Which of several bodies some words name, however they are bent or misspelt."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

LEAST = 0.75  # below this nothing is meant

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
    scores = [(_score(wanted, each), mine) for each, mine in zip(names, own, strict=True)]
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


def _score(wanted: str, names: Sequence[str]) -> float:
    folded = [each for each in map(fold, names) if each]
    if wanted in folded:
        return 1.0
    words = set(wanted.split())
    if any(words <= set(name.split()) for name in folded):
        return 0.9
    if any(len(name) > 3 and set(name.split()) <= words for name in folded):
        return 0.85
    return max(difflib.SequenceMatcher(None, wanted, name).ratio() for name in folded) - 0.05
