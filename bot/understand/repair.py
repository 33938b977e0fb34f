"""Slips of the finger: the known word that an unknown one was probably meant to be."""

from __future__ import annotations

from functools import cache
from importlib import resources

SHORTEST = 5  # shorter words have too many neighbours
LONGEST = 24
SHORT_FORMS = {
    "prot": "protokoll", "protok": "protokoll", "anteckn": "anteckningar", "ngt": "något",
    "ngn": "någon", "nåt": "något", "nån": "någon", "nåra": "några", "mej": "mig", "dej": "dig",
    "sej": "sig", "iaf": "ändå", "fr": "från", "frn": "från", "arbetsgr": "arbetsgrupp",
    "arbgr": "arbetsgrupp", "styrgr": "styrgrupp", "ordf": "ordförande", "sekr": "sekreterare",
    "kl": "klockan", "ang": "angående", "komm": "kommun", "dagordn": "dagordning",
    "oxå": "också", "oxo": "också", "mkt": "mycket", "imorrn": "imorgon", "imorn": "imorgon",
    "imon": "imorgon", "asap": "snart", "ist": "istället", "istf": "istället", "mtg": "meeting",
    "tmrw": "tomorrow", "tmr": "tomorrow", "plz": "please", "pls": "please", "thx": "thanks",
    "mina'": "mina", "nätv": "nätverk", "verksamhetsber": "verksamhetsberättelse",
    "skolv": "skolverket", "reg": "registrering", "anm": "anmälan", "delrapp": "delrapport",
    "återrapp": "återrapportering", "oppdrag": "uppdrag", "oppdraget": "uppdraget",
    "botten": "boten", "när'n": "när", "vart'n": "var", "änna": "bara", "alltihopa": "alltihop",
    "dagens": "dagens", "presi": "presidiet", "info": "information", "gr": "grupp",
}  # fmt: skip


@cache
def known_words() -> frozenset[str]:
    """Words that need no repair, the commonest first in the file."""
    return frozenset(_lines())


def _lines() -> list[str]:
    return (resources.files("bot.understand") / "words.txt").read_text("utf-8").split()


@cache
def _near() -> dict[str, str]:
    found: dict[str, str] = {}
    for word in _lines():
        if SHORTEST <= len(word) <= LONGEST:
            for variant in _one_less(word):
                found.setdefault(variant, word)
    return found


def _one_less(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _repaired(word: str) -> str:
    near = _near()
    candidates = {near[each] for each in _one_less(word) if each in near}
    best = min(
        candidates,
        key=lambda each: (each[0] != word[0], _distance(each, word), len(each), each),
        default=None,
    )
    if best is None or _distance(best, word) > (1 if len(word) < 8 else 2):
        return word
    return best


def _distance(a: str, b: str) -> int:
    """Slips between two words that a common shorter form has brought together."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


_MEMO: dict[str, str] = {}
_MEMO_SIZE = 5_000


def repair(word: str) -> str:
    """The word itself where it is known, short, or like nothing known."""
    word = SHORT_FORMS.get(word, word)
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or word in known_words():
        return word
    found = _MEMO.get(word)
    if found is None:
        if len(_MEMO) >= _MEMO_SIZE:
            _MEMO.clear()
        found = _MEMO[word] = _repaired(word)
    return found
