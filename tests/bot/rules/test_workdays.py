from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.workdays import (
    is_working_day,
    last_working_day,
    working_day_before,
    working_day_from,
)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2027, 5, 31), (2027, 6, 30), (2027, 10, 29), (2028, 4, 28), (2026, 12, 30), (2027, 12, 30)],
)
def test_the_last_working_day_of_a_month(year: int, month: int, day: int) -> None:
    assert last_working_day(year, month) == date(year, month, day)


@pytest.mark.parametrize(
    "day",
    ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-31", "2027-01-01", "2027-01-06",
     "2027-03-26", "2027-03-29", "2027-05-01", "2027-05-06", "2027-06-25", "2027-06-26",
     "2026-11-21", "2026-11-22"],
)  # fmt: skip
def test_days_off(day: str) -> None:
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day", ["2026-11-23", "2026-12-23", "2026-12-28", "2027-05-07", "2027-03-30", "2027-10-29"]
)
def test_ordinary_days(day: str) -> None:
    assert is_working_day(date.fromisoformat(day))


def test_a_reminder_of_christmas_eve_waits_until_monday_the_28th() -> None:
    assert working_day_from(date(2026, 12, 24)) == date(2026, 12, 28)


def test_easter_monday_moves_to_tuesday() -> None:
    assert working_day_from(date(2027, 3, 29)) == date(2027, 3, 30)
    assert working_day_before(date(2027, 3, 29)) == date(2027, 3, 25)


@given(st.integers(2020, 2040), st.integers(1, 12))
def test_after_the_last_working_day_of_a_month_all_days_are_off(year: int, month: int) -> None:
    last = last_working_day(year, month)
    assert (last.year, last.month) == (year, month)
    assert is_working_day(last)
    rest = (date.fromordinal(n) for n in range(last.toordinal() + 1, last.toordinal() + 15))
    assert not any(is_working_day(day) for day in rest if day.month == month)


def test_the_holidays_are_imported_only_when_asked_for() -> None:
    code = "import sys, bot.rules.workdays, bot.rules.calendar; print('holidays' in sys.modules or 'icalendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
