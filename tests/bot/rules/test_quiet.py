"""When people want to hear from a bot."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.rules.quiet import awake, reminder_day


def home(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-24T07:00", "2026-11-24T07:00"),
        ("2026-11-24T17:59", "2026-11-24T17:59"),
        ("2026-11-24T06:59", "2026-11-24T07:00"),
        ("2026-11-24T18:00", "2026-11-25T08:00"),
        ("2026-11-27T18:00", "2026-11-30T08:00"),  # Friday evening
        ("2026-11-28T10:00", "2026-11-30T08:00"),  # Saturday
        ("2026-12-23T20:00", "2026-12-28T08:00"),  # Christmas, then a weekend
        ("2027-03-25T20:00", "2027-03-30T08:00"),  # Easter, over the clock change
        ("2027-05-06T10:00", "2027-05-07T08:00"),  # Ascension Day
        ("2027-06-25T10:00", "2027-06-28T08:00"),  # Midsummer Eve
    ],
)
def test_nobody_is_written_to_at_night_or_on_days_off(now: str, then: str) -> None:
    assert awake(home(now).astimezone(UTC)) == home(then)


@pytest.mark.parametrize(
    ("planned", "week", "given"),
    [
        ("2027-05-05", None, "2027-05-05"),
        ("2027-05-06", None, "2027-05-05"),  # Ascension Day
        ("2027-03-29", None, "2027-03-25"),  # Easter Monday: before Good Friday
        ("2027-02-16", 7, "2027-02-12"),  # in the region's sportlov
        ("2027-02-16", 9, "2027-02-16"),
        ("2026-12-28", 53, "2026-12-23"),  # a week 53 that nobody works, and Christmas before it
    ],
)
def test_a_reminder_is_given_on_a_working_day_never_later(
    planned: str, week: int | None, given: str
) -> None:
    assert reminder_day(date.fromisoformat(planned), week) == date.fromisoformat(given)
