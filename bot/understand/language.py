"""Swedish or English: letter sequences for detecting, and the order in which languages count."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from math import log

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 3
_MARGIN = 3.0  # natural-log units


def detect(text: str) -> tuple[str, float]:
    """The likelier language and by how much (natural-log units; below 3 it is a guess)."""
    score = sum(_swedish(word) for word in _WORD.findall(text.lower())[:60])
    return ("sv" if score >= 0 else "en"), abs(score)


@lru_cache(maxsize=5_000)
def _swedish(word: str) -> float:
    """How much one word speaks for Swedish; below zero for English."""
    table = _table()
    padded = f"_{word}_"
    return sum(
        table.get(padded[start : start + length], 0.0)
        for length in (1, 2, 3, 4)
        for start in range(len(padded) - length + 1)
    )


def answer_language(text: str, *, stored: str | None = None, locale: str | None = None) -> str:
    """The language to answer in: chosen, else detected for sure, else the client's, else Swedish."""
    if stored in {"sv", "en"}:
        return stored
    if len(_WORD.findall(text)) >= _ENOUGH_WORDS:
        found, margin = detect(text)
        if margin >= _MARGIN:
            return found
    return "en" if (locale or "").lower().startswith("en") else "sv"


@cache
def _table() -> dict[str, float]:
    """Log ratio of each letter sequence, counted once from a list of sequences beside this file."""
    lines = (resources.files("bot.understand") / "letters.txt").read_text("utf-8").splitlines()
    return {gram: float(value) for gram, _, value in (line.partition("\t") for line in lines)}


def count_letters(texts: list[tuple[str, str]]) -> list[str]:
    """Lines of letters.txt from (text, language); the sequences that tell most."""
    counts: dict[str, dict[str, int]] = {"sv": {}, "en": {}}
    for text, lang in texts:
        for word in _WORD.findall(text.lower()):
            padded = f"_{word}_"
            for length in (1, 2, 3, 4):
                for start in range(len(padded) - length + 1):
                    gram = padded[start : start + length]
                    counts[lang][gram] = counts[lang].get(gram, 0) + 1
    total = {lang: sum(found.values()) for lang, found in counts.items()}
    found = []
    for gram in sorted(counts["sv"].keys() | counts["en"].keys()):
        sv, en = counts["sv"].get(gram, 0), counts["en"].get(gram, 0)
        if sv + en >= 4:
            ratio = log((sv + 0.5) / (total["sv"] + 1)) - log((en + 0.5) / (total["en"] + 1))
            if abs(ratio) > 0.3:
                found.append(f"{gram}\t{ratio:.2f}")
    return found
