"""The value itself: what it covers, and that the journal gets it back unchanged."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot import dates
from bot.dates import DateValue, Operator, Precision

NOW = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Europe/Stockholm"))


def said(words: str, **more: str) -> DateValue:
    value = dates.read(words, now=NOW, **more)
    assert value is not None
    return value


@pytest.mark.parametrize(
    "words",
    ["på torsdag", "nästa torsdag kl 13", "kl 9-11", "v 7", "maj 2027", "våren 2027", "efter sommaren",
     "senast 31 maj", "fredag 6 mars", "om 20 minuter", "nästa helg", "kvart över två", "sportlovet"],
)  # fmt: skip
def test_the_journal_gives_an_equal_value_back(words: str) -> None:
    value = said(words)

    assert DateValue.from_json(json.loads(json.dumps(value.to_json()))) == value


def test_a_single_day_begins_and_ends_with_itself() -> None:
    value = said("torsdag")

    assert (value.first_day, value.last_day) == (date(2026, 11, 26), date(2026, 11, 26))
    assert value.covers(date(2026, 11, 26))
    assert not value.covers(date(2026, 11, 27))


def test_a_latest_day_covers_everything_before_it() -> None:
    value = said("senast 31 maj")

    assert (value.first_day, value.last_day) == (None, date(2027, 5, 31))
    assert value.covers(date(2026, 12, 1))
    assert not value.covers(date(2027, 6, 1))


def test_an_earliest_day_has_no_last_day() -> None:
    value = said("efter 15 januari")

    assert (value.first_day, value.last_day) == (date(2027, 1, 16), None)
    assert value.covers(date(2030, 1, 1))


def test_a_clock_time_alone_is_no_day() -> None:
    value = said("kl 9")

    assert (value.start, value.precision) == (time(9), Precision.EXACT)
    assert value.first_day is None
    assert not value.covers(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("words", "precision"),
    [("torsdag kl 13", "exact"), ("12 mars", "day"), ("v 7", "week"), ("maj", "month"), ("slutet av maj", "month"),
     ("senast i maj", "month"), ("våren", "season"), ("Q2", "season"), ("läsåret 27/28", "season"), ("2027", "season"),
     ("efter sommaren", "loose"), ("om några veckor", "loose"), ("sportlovet", "loose")],
)  # fmt: skip
def test_the_precision_is_never_more_than_what_was_said(words: str, precision: str) -> None:
    assert said(words).precision == precision


@pytest.mark.parametrize(
    ("words", "operator"),
    [("till fredag", "to"), ("från 1 april", "from"), ("to Friday", "to"), ("senast fredag", "by"), ("före jul", "before"),
     ("inom två veckor", "within"), ("efter påsk", "after"), ("fr.o.m. 1 april", "since"), ("på fredag", "on")],
)  # fmt: skip
def test_the_word_in_front_is_told(words: str, operator: str) -> None:
    assert said(words).operator == Operator(operator)


@pytest.mark.parametrize(
    ("words", "daypart"),
    [
        ("torsdag fm", "fm"),
        ("imorgon bitti", "morning"),
        ("ikväll", "evening"),
        ("Friday afternoon", "em"),
        ("fm", "fm"),
    ],
)
def test_the_part_of_the_day_is_kept(words: str, daypart: str) -> None:
    assert said(words).daypart == daypart


@pytest.mark.parametrize(
    ("words", "prefer", "start"),
    [("12 mars", "past", date(2026, 3, 12)), ("12 mars", "future", date(2027, 3, 12)), ("torsdag", "past", date(2026, 11, 19)),
     ("februari", "past", date(2026, 2, 1)), ("v 40", "past", date(2026, 9, 28)), ("12 oktober", "nearest", date(2026, 10, 12)),
     ("våren", "past", date(2026, 3, 1)), ("påsk", "past", date(2026, 4, 3))],
)  # fmt: skip
def test_the_intent_decides_between_past_and_future(words: str, prefer: str, start: date) -> None:
    assert said(words, prefer=prefer).start == start


def test_the_school_holidays_of_the_region_are_a_setting() -> None:
    value = dates.read("sportlovet", now=NOW, lov={"sportlov": (7,)})

    assert value is not None
    assert (value.start, value.end) == (date(2027, 2, 15), date(2027, 2, 21))


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        dates.read("torsdag", now=datetime(2026, 11, 22))


def test_midnight_in_another_zone_is_still_a_swedish_day() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("UTC"))

    value = dates.read("imorgon", now=late)

    assert value is not None
    assert value.start == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("at", "words", "start"),
    [((2027, 3, 28, 1, 30), "om en timme", datetime(2027, 3, 28, 3, 30)),
     ((2027, 10, 31, 1, 30), "om två timmar", datetime(2027, 10, 31, 2, 30)),
     ((2027, 3, 27, 10, 0), "om en dag", date(2027, 3, 28)),
     ((2027, 3, 27, 10, 0), "imorgon kl 2.30", datetime(2027, 3, 28, 14, 30))],
)  # fmt: skip
def test_an_hour_is_an_hour_when_the_clocks_change(
    at: tuple[int, ...], words: str, start: object
) -> None:
    value = dates.read(words, now=datetime(*at, tzinfo=ZoneInfo("Europe/Stockholm")))

    assert value is not None
    assert value.start == start


@pytest.mark.parametrize(
    ("words", "lang", "start"),
    [("3. joulukuuta 2026", "fi", date(2026, 12, 3)), ("el 12 de marzo de 2027", "es", date(2027, 3, 12)),
     ("12 mars 2027", "fr", date(2027, 3, 12))],
)  # fmt: skip
def test_other_languages_are_read(words: str, lang: str, start: date) -> None:
    value = dates.read(words, now=NOW, lang=lang)

    assert value is not None
    assert value.start == start


def test_what_another_language_said_is_always_asked_about() -> None:
    value = dates.read("el 12 de marzo de 2027", now=NOW, lang="es")

    assert value is not None
    assert dates.question(value, "en")


@pytest.mark.parametrize(
    "words", ["inte på torsdag", "inte torsdag", "not Thursday", "alla dagar utom torsdag"]
)
def test_a_day_that_is_ruled_out_is_no_answer(words: str) -> None:
    assert dates.read(words, now=NOW) is None


def test_not_before_is_an_earliest_day() -> None:
    value = said("inte före 15 januari")

    assert (value.start, value.end, value.operator) == (date(2027, 1, 15), None, Operator.SINCE)
