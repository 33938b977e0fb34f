"""Every expression of the lists, read on Sunday 2026-11-22 10:00 in Stockholm."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import dates

NOW = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Europe/Stockholm"))
HERE = Path(__file__).parent
Answer = tuple[str | None, str | None]


def rows(name: str) -> list[str]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def answers(start: str, end: str, others: str) -> list[Answer]:
    """The right answer and the other ones that count as right."""
    wanted: list[Answer] = [(start or None, end or None)]
    for other in filter(None, others.split(";")):
        first, _, last = other.partition("/")
        wanted.append((None, first) if not start else (first, last or None))
    return wanted


def line(value: dates.DateValue | None) -> dict[str, str | None]:
    return dates.to_line(value, "sv")


@pytest.mark.parametrize("row", rows("dates.txt"))
def test_an_expression_means_what_the_list_says(row: str) -> None:
    words, lang, _, _, start, *rest = row.split("|")
    end = rest[0] if rest else ""

    got = line(dates.read(words, now=NOW, lang=lang))

    assert (got["start"], got["end"]) in answers(start, end, ";".join(rest[1:]))


@pytest.mark.parametrize("row", rows("strangers.txt"))
def test_an_expression_of_a_stranger_means_what_the_list_says(row: str) -> None:
    words, lang, start, end, others, ask = row.split("|")

    value = dates.read(words, now=NOW, lang=lang)
    got = line(value)

    if start in ("none", "parts"):
        assert value is None
        return
    assert (got["start"], got["end"]) in answers(start, end, others)
    if ask:
        assert got["question"]


@pytest.mark.parametrize("text", rows("no_dates.txt") + rows("no_dates_more.txt"))
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_nothing_is_found_where_no_date_is(text: str, lang: str) -> None:
    assert dates.find(text, now=NOW, lang=lang) == []


def marked(row: str) -> tuple[str, list[str], list[str]]:
    """The text without brackets, the words in brackets, and the answers."""
    text, meanings = row.split("|")
    return re.sub(r"[\[\]]", "", text), re.findall(r"\[([^\]]*)\]", text), meanings.split(";")


def short(value: dates.DateValue) -> str:
    got = line(value)
    if got["end"] is None:
        return str(got["start"])
    return f"{got['start'] or ''}..{got['end']}"


@pytest.mark.parametrize("row", rows("spans.txt"))
def test_dates_are_found_in_running_text_with_their_borders(row: str) -> None:
    text, words, meanings = marked(row)

    found = dates.find(text, now=NOW)

    assert [text[each.start : each.end] for each in found] == words
    assert [short(each.value) for each in found] == meanings


@pytest.mark.parametrize("row", [row for row in rows("strangers.txt") if "|none|" in row])
def test_what_is_refused_as_an_answer_is_not_half_read_in_a_sentence(row: str) -> None:
    words, lang, *_ = row.split("|")

    found = dates.find(f"kan vi ses {words} i Skara", now=NOW, lang=lang)

    assert found == []
