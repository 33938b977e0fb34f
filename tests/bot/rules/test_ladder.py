from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.ladder import ORDER, UPWARDS, Rung, Step, announces, due, ladder, look_again
from bot.rules.workdays import is_working_day, last_working_day

GIVEN = date(2026, 9, 1)
MAY = ladder(date(2027, 5, 1), date(2027, 5, 31), GIVEN)


def days(steps: tuple[Step, ...]) -> dict[str, str]:
    return {step.rung.value: step.day.isoformat() for step in steps}


def lived(
    steps: tuple[Step, ...], awake: list[date], returned: date | None = None
) -> dict[Rung, date]:
    """What is told when the ladder is looked at on these days."""
    told: dict[Rung, date] = {}
    for day in awake:
        if rung := due(steps, told, day, returned):
            assert rung not in told
            told[rung] = day
    return told


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_the_first_mandate_of_the_demo() -> None:
    assert days(MAY) == {
        "digest": "2027-03-01", "start": "2027-05-03", "week": "2027-05-24", "last": "2027-05-31",
        "presidium": "2027-06-07", "director": "2027-06-14",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2027, 10, 1), date(2027, 10, 29),
         "2027-08-02 2027-10-01 2027-10-22 2027-10-29 2027-11-05 2027-11-12"),
        (date(2028, 4, 1), date(2028, 4, 28),
         "2028-01-31 2028-04-03 2028-04-21 2028-04-28 2028-05-05 2028-05-12"),
        (date(2027, 12, 1), date(2027, 12, 30),
         "2027-10-04 2027-12-01 2027-12-23 2027-12-30 2028-01-07 2028-01-14"),
        (date(2027, 3, 1), date(2027, 5, 31),
         "2027-03-01 2027-05-03 2027-05-24 2027-05-31 2027-06-07 2027-06-14"),
        (date(2027, 1, 1), date(2027, 6, 30),
         "2027-01-04 2027-04-05 2027-06-01 2027-06-23 2027-06-30 2027-07-07 2027-07-14"),
        (date(2027, 5, 28), date(2027, 5, 28),
         "2027-03-01 2027-04-30 2027-05-21 2027-05-28 2027-06-04 2027-06-11"),
    ],
    ids=["October", "April, Easter Monday is the 17th", "December", "a season", "a term", "a day"],
)  # fmt: skip
def test_the_rungs_by_length_of_period(first: date, last: date, expected: str) -> None:
    found = ladder(first, last, GIVEN)

    assert sorted(expected.split()) == sorted(day for day in days(found).values())


@pytest.mark.parametrize(
    ("given_on", "rungs"),
    [
        (date(2027, 4, 1), "start week last presidium director"),
        (date(2027, 5, 10), "week last presidium director"),
        (date(2027, 5, 24), "last presidium director"),
        (date(2027, 5, 31), "presidium director"),
    ],
)
def test_a_short_mandate_has_a_short_ladder(given_on: date, rungs: str) -> None:
    found = ladder(date(2027, 5, 1), date(2027, 5, 31), given_on)

    assert " ".join(step.rung for step in found) == rungs


def test_looked_at_daily_each_rung_is_used_once_on_its_day() -> None:
    told = lived(MAY, every_day(GIVEN, date(2027, 12, 31)))

    assert told == {step.rung: step.day for step in MAY}


def test_after_a_downtime_only_the_highest_is_used() -> None:
    told = lived(MAY, [date(2027, 3, 1), *every_day(date(2027, 5, 26), date(2027, 8, 1))])

    assert told == {
        Rung.DIGEST: date(2027, 3, 1), Rung.WEEK: date(2027, 5, 26), Rung.LAST: date(2027, 5, 31),
        Rung.PRESIDIUM: date(2027, 6, 7), Rung.DIRECTOR: date(2027, 6, 14),
    }  # fmt: skip


def test_after_a_long_downtime_the_chair_still_hears_a_week_before_each_step_upwards() -> None:
    told = lived(MAY, every_day(date(2027, 9, 6), date(2027, 12, 31)))

    assert told == {
        Rung.LAST: date(2027, 9, 6), Rung.PRESIDIUM: date(2027, 9, 13),
        Rung.DIRECTOR: date(2027, 9, 20),
    }  # fmt: skip


def test_a_mandate_given_on_its_last_day_is_still_followed() -> None:
    last = date(2027, 5, 31)
    told = lived(ladder(date(2027, 5, 1), last, last), every_day(last, date(2027, 12, 31)))

    assert told == {Rung.PRESIDIUM: date(2027, 6, 7), Rung.DIRECTOR: date(2027, 6, 14)}


def test_the_step_upwards_is_announced_with_its_day() -> None:
    assert announces(MAY, Rung.LAST, date(2027, 5, 31)) == Step(Rung.PRESIDIUM, date(2027, 6, 7))
    assert announces(MAY, Rung.PRESIDIUM, date(2027, 6, 7)) == Step(
        Rung.DIRECTOR, date(2027, 6, 14)
    )
    assert announces(MAY, Rung.WEEK, date(2027, 5, 24)) is None
    late = announces(MAY, Rung.LAST, date(2027, 9, 6))
    assert late == Step(Rung.PRESIDIUM, date(2027, 9, 13))


def test_after_a_return_the_steps_upwards_count_from_then() -> None:
    returned = date(2027, 6, 9)
    found = ladder(date(2027, 5, 1), date(2027, 5, 31), GIVEN, returned)

    assert days(found)["presidium"] == "2027-06-16"
    assert days(found)["director"] == "2027-06-23"
    told = {rung: date(2027, 5, 31) for rung in (Rung.DIGEST, Rung.START, Rung.WEEK, Rung.LAST)}
    assert due(found, told, date(2027, 6, 15), returned) is None
    assert due(found, told, date(2027, 6, 16), returned) is Rung.PRESIDIUM


def test_it_says_when_to_look_again() -> None:
    told: dict[Rung, date] = {}
    today, seen = GIVEN, []
    while (again := look_again(MAY, told, today)) is not None:
        today = again
        rung = due(MAY, told, today)
        assert rung is not None
        told[rung] = today
        seen.append((rung, today))

    assert seen == [(step.rung, step.day) for step in MAY]


YEARS = st.dates(date(2026, 1, 1), date(2029, 12, 31))


@given(YEARS, st.lists(st.integers(1, 40), min_size=1, max_size=60))
def test_whatever_the_downtimes_nothing_is_told_twice_or_over_the_chairs_head(
    given_on: date, gaps: list[int]
) -> None:
    later = given_on + timedelta(days=200)
    steps = ladder(later.replace(day=1), last_working_day(later.year, later.month), given_on)
    awake = [given_on + timedelta(days=sum(gaps[: n + 1])) for n in range(len(gaps))]

    told = lived(steps, awake)

    assert all(is_working_day(step.day) for step in steps)
    assert [ORDER.index(s.rung) for s in steps] == sorted(ORDER.index(s.rung) for s in steps)
    for rung, announcing in UPWARDS.items():
        if rung in told:
            assert told[rung] - told[announcing] >= timedelta(days=7)
