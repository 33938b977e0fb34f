from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot import dates
from bot.rules.deadline import Deadline, is_late, month, phrase, shown

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Stockholm"))


def said(words: str) -> Deadline:
    value = dates.read(words, now=NOW)
    assert value is not None
    return Deadline(value)


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("maj 2027", date(2027, 5, 31)),  # a Monday
        ("juni 2027", date(2027, 6, 30)),
        ("oktober 2027", date(2027, 10, 29)),  # the 31st is a Sunday
        ("april 2028", date(2028, 4, 28)),  # the 30th is a Sunday
        ("december 2027", date(2027, 12, 30)),  # New Year's Eve is everybody's day off
        ("senast i maj 2027", date(2027, 5, 31)),
        ("vår 2027", date(2027, 5, 31)),
        ("vårterminen 2027", date(2027, 6, 30)),
        ("28 maj 2027", date(2027, 5, 28)),
        ("15 maj 2027", date(2027, 5, 14)),  # a Saturday
        ("senast 15 maj 2027", date(2027, 5, 14)),
        ("vecka 20", date(2027, 5, 21)),
        ("efter sommaren", None),
    ],
)
def test_the_last_working_day_stands_beside(words: str, last: date | None) -> None:
    assert said(words).last == last


@pytest.mark.parametrize(
    ("words", "sv", "en"),
    [
        ("i maj 2027", "maj 2027", "May 2027"),
        ("senast i maj 2027", "maj 2027", "May 2027"),
        ("vår 2027", "vår 2027", "vår 2027"),
        ("i slutet av maj 2027", "i slutet av maj 2027", "i slutet av maj 2027"),
        ("28 maj 2027", "fredag 28 maj 2027", "Friday 28 May 2027"),
        ("senast 28 maj 2027", "fredag 28 maj 2027", "Friday 28 May 2027"),
        ("efter sommaren", "”efter sommaren”", "“efter sommaren”"),
        ("våren", "våren 2027", "våren 2027"),
    ],
)
def test_it_is_shown_as_it_was_said(words: str, sv: str, en: str) -> None:
    assert (shown(said(words), "sv"), shown(said(words), "en")) == (sv, en)


def test_a_month_in_a_sentence_has_its_preposition() -> None:
    assert phrase(said("senast maj 2027"), "sv") == "i maj 2027"
    assert phrase(said("senast maj 2027"), "en") == "in May 2027"
    assert phrase(said("vår 2027"), "sv") == "vår 2027"


def test_loose_words_are_kept_beside_the_month_to_watch() -> None:
    loose = said("efter sommaren")
    watched = loose.watched(said("september 2027").said)

    assert loose.loose
    assert not watched.loose
    assert watched.last == date(2027, 9, 30)
    assert shown(watched, "sv") == "”efter sommaren”"


@pytest.mark.parametrize("words", ["maj 2027", "vår 2027", "28 maj 2027", "efter sommaren"])
def test_it_survives_being_kept(words: str) -> None:
    assert Deadline.from_json(said(words).to_json()) == said(words)


def test_a_month_can_be_made_without_words() -> None:
    assert month(2027, 5) == said("maj 2027")


@pytest.mark.parametrize(
    ("state", "today", "late"),
    [
        ("coming", date(2027, 5, 31), False),
        ("coming", date(2027, 6, 1), True),
        ("returned", date(2027, 6, 1), True),
        ("handed_in", date(2027, 6, 1), False),
        ("acknowledged", date(2027, 6, 1), False),
    ],
)
def test_late_is_computed(state: str, today: date, late: bool) -> None:
    assert is_late(date(2027, 5, 31), state, today) is late
    assert not is_late(None, state, today)
