"""Swedish working days: not weekends, not public holidays, not the eves that everybody has off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    return day.isoweekday() <= 5 and day not in _free(day.year)


def last_working_day(year: int, month: int) -> date:
    """Of the month: the day by which something due "in May" must be handed in."""
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return working_day_before(first_after)


def working_day_before(day: date) -> date:
    """The nearest one that is earlier."""
    day -= _DAY
    while not is_working_day(day):
        day -= _DAY
    return day


def working_day_from(day: date) -> date:
    """The day itself, or else the nearest one that is later."""
    while not is_working_day(day):
        day += _DAY
    return day


@lru_cache(maxsize=16)
def _free(year: int) -> Mapping[date, str]:
    from holidays.constants import DE_FACTO, PUBLIC  # noqa: PLC0415 - a third of a second to import
    from holidays.countries.sweden import Sweden  # noqa: PLC0415

    found = Sweden(years=year, categories=(PUBLIC, DE_FACTO), language="sv")
    return {day: str(found[day]) for day in found}


def free_day(day: date) -> str:
    """What the holiday is called in Swedish; "" for a weekend and a working day."""
    return _free(day.year).get(day, "")
