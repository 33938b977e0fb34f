"""The blind list and the list beside the rows, read on Monday 2026-11-23 09:00 in Stockholm."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import dates
from bot.dates import parts, rows, spells
from bot.dates.atoms import Atom, Hit
from bot.dates.matcher import Grammar, Make
from tests.bot.dates import test_lists

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
SMALL = re.compile(r"^(?:(?:på|i|den|vid|under|för|från|till|on|in|at|from|to|the) )+")
Span = tuple[str, str, bool, bool]  # the words, what they should mean, right, silently wrong


def listed(name: str) -> list[str]:
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


BLIND, MORE = listed("blind.txt"), listed("more.txt")
ALONE = [row for row in BLIND + MORE if "[" not in row and not row.endswith("|")]
WITHOUT = [row for row in BLIND if row.endswith("|")]


def meaning(value: dates.DateValue | None) -> str:
    if value is None:
        return "none"
    got = dates.to_line(value, "sv")
    if value.operator.is_earliest:
        return f"{got['start']}.."
    return str(got["start"]) if got["end"] is None else f"{got['start'] or ''}..{got['end']}"


def is_right(value: dates.DateValue | None, wanted: str) -> bool:
    asked = bool(dates.to_line(value, "sv")["question"])
    for reading in wanted.split(" / "):
        words, _, mark = reading.partition(" ")
        if words == "?" and (value is None or asked):
            return True
        if words == meaning(value) and (asked or mark != "?"):
            return True
    return False


def spans(row: str) -> list[Span]:
    """How each bracketed expression was read."""
    marked, lang, wanted = row.split("|")
    text = re.sub(r"[\[\]]", "", marked)
    found = dates.find(text, now=NOW, lang=lang)
    read = []
    at = 0
    for words, meant in zip(re.findall(r"\[([^\]]*)\]", marked), wanted.split(";"), strict=True):
        at = text.index(words, at) + len(words)
        here = [each for each in found if each.start < at and at - len(words) < each.end]
        right = (
            len(here) == 1
            and is_right(here[0].value, meant)
            and SMALL.sub("", here[0].value.words.lower()) == SMALL.sub("", words.lower())
        )
        wrong = [each for each in here if not is_right(each.value, meant)]
        silent = any(not dates.question(each.value, lang) for each in wrong)
        read.append((words, meant, right, silent))
    return read


@pytest.mark.parametrize("row", ALONE)
def test_an_expression_alone_means_what_the_list_says(row: str) -> None:
    text, lang, wanted = row.split("|")

    value = dates.read(text, now=NOW, lang=lang)

    assert is_right(value, wanted), meaning(value)


@pytest.mark.parametrize("name", ["blind.txt", "more.txt"])
def test_spans_in_running_text_are_right_and_never_silently_wrong(name: str) -> None:
    read = [each for row in listed(name) if "[" in row for each in spans(row)]

    assert [words for words, _, _, silent in read if silent] == []
    assert sum(right for _, _, right, _ in read) >= 0.95 * len(read)


@pytest.mark.parametrize("row", WITHOUT)
def test_nothing_is_found_in_a_text_without_a_date(row: str) -> None:
    text, lang, _ = row.split("|")

    assert dates.find(text, now=NOW, lang=lang) == []


def test_every_row_of_the_grammar_is_needed_by_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    needed: set[str] = set()

    def watched(pattern: str, make: Make) -> Make:
        def made(hit: Hit) -> Atom | None:
            atom = make(hit)
            needed.update({pattern} if atom is not None else ())
            return atom

        return made

    all_rows = (*rows.ROWS, *spells.ROWS)
    grammar = Grammar(tuple((pattern, watched(pattern, make)) for pattern, make in all_rows))
    monkeypatch.setattr(parts, "grammar", lambda: grammar)

    files = ("dates.txt", "strangers.txt", "spans.txt", "no_dates.txt", "no_dates_more.txt")
    for row in (*BLIND, *MORE, *(row for name in files for row in test_lists.rows(name))):
        text = re.sub(r"[\[\]]", "", row.split("|")[0])
        dates.find(text, now=NOW)
        dates.read(text, now=NOW)

    assert [pattern for pattern, _ in all_rows if pattern not in needed] == []
