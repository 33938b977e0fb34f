"""Action points on their way to their day: when they are looked at, and who owns them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, select

from bot.rules.workdays import working_day_before, working_day_from
from storage import timers
from storage.decisions.keep import point
from storage.decisions.model import ActionPoint
from storage.tables import person
from storage.valid import seated

DUE = "action-point"  # kind of timers
HOUR = time(8)  # wall time of every ping
BEFORE = timedelta(days=7)


def follow(connection: Connection, number: int, due_on: date | None, today: date) -> None:
    """Plan the looks at an action point: a week before its last day, and the working day after."""
    if due_on is None:
        return
    looks = {
        "before": working_day_before(due_on - BEFORE + timedelta(days=1)),
        "after": working_day_from(due_on + timedelta(days=1)),
    }
    for key, day in looks.items():
        if day > today:
            timers.plan(connection, DUE, f"action:{number}", datetime.combine(day, HOUR), key=key)


def open_point(connection: Connection, number: int) -> ActionPoint | None:
    found = point(connection, number)
    return found if found is not None and found.state == "open" else None


def owners(connection: Connection, found: ActionPoint, today: date) -> list[int]:
    """The person, or everybody of the municipality with a seat in the body."""
    if found.person is not None:
        return [found.person]
    if found.municipality is None:
        return []
    rows = connection.execute(
        select(person.c.id)
        .where(
            person.c.municipality_id == found.municipality,
            person.c.id.in_(seated([found.body], today)),
        )
        .order_by(person.c.id)
    )
    return list(rows.scalars())
