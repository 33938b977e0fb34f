"""Every expression of the two lists, read on Sunday 2026-11-22 10:00 in Stockholm."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import dates

NOW = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Europe/Stockholm"))
HERE = Path(__file__).parent


def rows(name: str) -> list[str]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def fits(got: dict[str, str | None], start: str, end: str, others: str) -> bool:
    wanted = [(start or None, end or None)]
    for other in filter(None, others.split(";")):
        first, _, last = other.partition("/")
        wanted.append((None, first) if not start else (first, last or None))
    return (got["start"], got["end"]) in wanted


@pytest.mark.parametrize("row", rows("dates.txt"))
def test_an_expression_means_what_the_list_says(row: str) -> None:
    words, lang, _, _, *answers = row.split("|")
    start, end, others = (*answers, "", "", "")[:3]

    got = dates.to_line(dates.read(words, now=NOW, lang=lang), lang)

    assert fits(got, start, end, others), got


@pytest.mark.parametrize("text", rows("no_dates.txt"))
def test_nothing_is_found_where_no_date_is(text: str) -> None:
    assert dates.find(text, now=NOW) == []
