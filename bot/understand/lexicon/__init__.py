"""Which concepts a word belongs to: the knowledge of words, kept as plain lists beside this file."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.understand.text import fold

FILES = ("things.txt", "deeds.txt", "grammar.txt", "talk.txt", "elsewhere.txt")
_AMBIGUOUS_FOLDED = frozenset({"vara", "vard", "halla", "fora", "hora", "lara", "tack"})
_LONGEST_PHRASE = 5
_MEMO = 20_000  # words remembered; a chat's vocabulary is far smaller


class Lexicon:
    """Concepts by whole word, by beginning, by any part, by ending, and by phrase."""

    __slots__ = ("_exact", "_memo", "_parts", "_phrases", "_prefixes", "_suffixes")

    def __init__(self, lines: Iterator[str]) -> None:
        self._exact: dict[str, frozenset[str]] = {}
        self._prefixes: dict[str, frozenset[str]] = {}
        self._suffixes: dict[str, frozenset[str]] = {}
        self._parts: dict[str, frozenset[str]] = {}
        self._phrases: dict[str, frozenset[str]] = {}
        self._memo: dict[str, tuple[str, ...]] = {}
        for line in lines:
            concept, _, items = line.partition(":")
            for item in items.split(","):
                self._add(item.strip(), concept.strip())

    def _add(self, item: str, concept: str) -> None:
        if not item:
            return
        word = item.strip("*")
        if " " in word:
            table = self._phrases
        elif item.startswith("*"):
            table = self._parts if item.endswith("*") else self._suffixes
        else:
            table = self._prefixes if item.endswith("*") else self._exact
        for key in {word, fold(word)}:
            if key == word or (len(key) >= 4 and key not in _AMBIGUOUS_FOLDED):
                table[key] = table.get(key, frozenset()) | {concept}

    def concepts(self, word: str) -> tuple[str, ...]:
        """Concepts of one word, in a fixed order; none for words nobody listed."""
        known = self._memo.get(word)
        if known is None:
            if len(self._memo) > _MEMO:
                self._memo.clear()
            known = self._memo[word] = tuple(sorted(self._look_up(word)))
        return known

    def _look_up(self, word: str) -> set[str]:
        found: set[str] = set(self._exact.get(word, ()))
        size = len(word)
        if size > 40:
            return found
        for end in range(2, size + 1):
            found |= self._prefixes.get(word[:end], frozenset())
        for start in range(1, size - 2):
            found |= self._suffixes.get(word[start:], frozenset())
        found |= self._suffixes.get(word, frozenset())
        if size >= 5:
            for start in range(size - 2):
                for end in range(start + 3, size + 1):
                    found |= self._parts.get(word[start:end], frozenset())
        return found

    def words(self) -> set[str]:
        """Every listed word that may stand alone."""
        return {w for w in self._exact if w.isalpha()}

    def phrases(self, words: list[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Known phrases as (first word, number of words, concepts)."""
        for start in range(len(words)):
            joined = words[start]
            for size in range(2, min(_LONGEST_PHRASE, len(words) - start) + 1):
                joined = f"{joined} {words[start + size - 1]}"
                found = self._phrases.get(joined)
                if found:
                    yield start, size, found


@cache
def lexicon() -> Lexicon:
    return Lexicon(_lines())


def _lines() -> Iterator[str]:
    here = Path(__file__).parent
    for name in FILES:
        for line in (here / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line
