"""Figures on held-back voices: `python -m tests.bot.understand.figures`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.understand import CHANGES, OUTSIDE, detect, understand

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HERE = Path(__file__).parent / "held_back"


def lines(*files: str) -> list[tuple[str, str, str]]:
    """(intent, language, text) of the held-back voices."""
    found = []
    for file in files or tuple(sorted(each.name for each in HERE.glob("*.tsv"))):
        for line in (HERE / file).read_text("utf-8").splitlines():
            intent, lang, text, *_ = line.split("\t")
            found.append((intent, lang, text))
    return found


def measure(rows: list[tuple[str, str, str]]) -> dict[str, float]:
    """Shares between 0 and 1, as language.md's goals name them."""
    inside = [row for row in rows if row[0] != OUTSIDE]
    outside = [row for row in rows if row[0] == OUTSIDE]
    right = click = wrong = draft = answered = language = spoken = 0
    for intent, lang, text in rows:
        got = understand(text, now=NOW)
        direct = got.decision == "direct"
        if intent == OUTSIDE:
            answered += direct
        else:
            right += got.intent == intent
            click += (direct and got.intent == intent) or intent in got.choices
        wrong += direct and got.intent != intent
        draft += direct and got.intent != intent and got.intent in CHANGES
        if lang in {"sv", "en"} and len(text.split()) >= 3:
            spoken += 1
            language += detect(text)[0] == lang
    return {
        "right first": right / len(inside), "right within one click": click / len(inside),
        "direct wrong": wrong / len(rows), "wrong draft": draft / len(rows),
        "out of scope answered": answered / len(outside), "language": language / spoken,
    }  # fmt: skip


if __name__ == "__main__":
    for name, share in measure(lines(*sys.argv[1:])).items():
        sys.stdout.write(f"{name:26} {share:6.1%}\n")
