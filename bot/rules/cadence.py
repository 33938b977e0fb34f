"""How often a body must meet, and whether a year's plan is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What a year lacks: `half` is 1 or 2 where the rule is per half-year, else None."""

    year: int
    half: int | None
    planned: int
    least: int

    @property
    def missing(self) -> int:
        return self.least - self.planned


def shortfalls(
    days: Sequence[date], year: int, per_year: int | None, per_half_year: int | None
) -> list[Shortfall]:
    """`days` are the first days of meetings planned or held; cancelled ones are not among them."""
    mine = [day for day in days if day.year == year]
    found = []
    if per_year is not None and len(mine) < per_year:
        found.append(Shortfall(year, None, len(mine), per_year))
    if per_half_year is not None:
        for half in (1, 2):
            count = sum(1 for day in mine if (day.month > 6) == (half == 2))
            if count < per_half_year:
                found.append(Shortfall(year, half, count, per_half_year))
    return found
