"""What the bot echoes and asks."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot import dates

NOW = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.mark.parametrize(
    ("words", "lang", "shown"),
    [("torsdag", "sv", "torsdag 26 november 2026, v. 48"), ("torsdag", "en", "Thursday 26 November 2026, week 48"),
     ("torsdag kl 9-12", "sv", "torsdag 26 november 2026, v. 48, kl. 09.00–12.00"),
     ("Thursday 9 to 12", "en", "Thursday 26 November 2026, week 48, 09:00–12:00"),
     ("kl halv nio", "sv", "kl. 08.30"), ("maj", "sv", "i maj 2027"), ("maj", "en", "in May 2027"),
     ("v 7", "sv", "vecka 7 2027"), ("v 7", "en", "in week 7 of 2027"), ("vecka 6-8", "sv", "vecka 6–8 2027"),
     ("efter sommaren", "sv", "efter sommaren"), ("v 53", "sv", "vecka 53 2026")],
)  # fmt: skip
def test_a_value_is_shown_so_that_it_can_be_checked(words: str, lang: str, shown: str) -> None:
    value = dates.read(words, now=NOW)
    assert value is not None

    assert dates.show(value, lang) == shown


def test_the_year_and_the_week_can_be_left_out() -> None:
    assert dates.show(date(2026, 11, 26), "sv", week=False, year=False) == "torsdag 26 november"


@pytest.mark.parametrize(
    ("words", "part"),
    [("fredag 6 mars", "veckodag"), ("nästa torsdag", "Menar du"), ("kl 3", "Menar du"), ("12 mars 2026", "redan varit"),
     ("efter sommaren", "Vilken månad ska jag bevaka?"), ("torsdag 26 november 2026, v. 49", "annan vecka"),
     ("sportlovet", "Vilken vecka"), ("3 och 19 mars", "Vilken dag"), ("imorgon 9", "Menar du")],
)  # fmt: skip
def test_what_is_not_clear_is_asked(words: str, part: str) -> None:
    value = dates.read(words, now=NOW)
    assert value is not None

    assert part in (dates.question(value, "sv") or "")
    assert dates.question(value, "en")


@pytest.mark.parametrize(
    "words", ["torsdag", "12 mars", "v 7", "maj 2027", "kl 9", "senast 31 maj"]
)
def test_what_is_clear_is_not_asked(words: str) -> None:
    value = dates.read(words, now=NOW)
    assert value is not None

    assert dates.question(value, "sv") is None


def test_no_date_gives_a_line_of_nothing() -> None:
    assert set(dates.to_line(None, "sv").values()) == {None}


def test_the_line_of_a_deadline_has_only_an_end() -> None:
    got = dates.to_line(dates.read("senast på fredag kl 12", now=NOW), "sv")

    assert (got["start"], got["end"], got["precision"]) == (None, "2026-11-27T12:00", "exact")
