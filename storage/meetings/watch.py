"""A meeting's protocol is looked at when it should have come."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Connection

from bot.rules.protocol import CHASES, chase_day
from storage import timers

LATE = "protocol-late"  # kind of timers
HOUR = time(8)  # wall time of every ping


def watch(connection: Connection, number: int, ends: datetime, today: date) -> None:
    """Plan the looks that are still to come: call whenever a meeting gets another day."""
    for days in CHASES:
        day = chase_day(ends.date(), days)
        if day > today:
            at = datetime.combine(day, HOUR)
            timers.plan(connection, LATE, f"meeting:{number}", at, key=str(days))
