"""When people want to hear from a bot: on working days, in the daytime."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.workdays import is_working_day, working_day_from

HOME = ZoneInfo("Europe/Stockholm")
MORNING = time(8)
FROM, TO = time(7), time(18)  # before and after nobody is written to without being asked
_DAY = timedelta(days=1)


def awake(now: datetime) -> datetime:
    """Now, if people are at work; else the beginning of their next working day. Aware, UTC."""
    wall = now.astimezone(HOME)
    day = wall.date()
    if is_working_day(day) and FROM <= wall.time() < TO:
        return now
    if wall.time() >= TO:
        day += _DAY
    day = working_day_from(day)
    return at_home(day, MORNING if day > wall.date() else FROM)


def at_home(day: date, at: time = MORNING) -> datetime:
    """That wall time in Sweden as a moment; one that a clock change skips is an hour later."""
    return datetime.combine(day, at, HOME).astimezone(UTC)


def workday_at_or_before(day: date) -> date:
    """For a reminder of something ahead: never later than planned."""
    while not is_working_day(day):
        day -= _DAY
    return day


def in_sportlov(day: date, week: int | None) -> bool:
    """Whether a day lies in the region's sportlov, an ISO week."""
    return week is not None and day.isocalendar().week == week


def reminder_day(day: date, sportlov_week: int | None = None) -> date:
    """The working day on which a reminder planned for `day` is given: then, or else before.

    In the region's sportlov people are away, so it is given before that week too.
    """
    found = workday_at_or_before(day)
    while in_sportlov(found, sportlov_week):
        found = workday_at_or_before(found - _DAY)
    return found
