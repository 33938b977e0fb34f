"""Rules that are to be looked at later: plain functions that join the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, bindparam, func, select, text, update

from bot.timer import Timer
from storage.ready import Ready
from storage.session import upsert
from storage.tables import timer
from storage.wake import wake

ZONE = "Europe/Stockholm"
BATCH = 20  # rules that share a transaction
TRIES = 8  # of a rule that fails; then it is dead, and seen by an administrator
WAIT = timedelta(minutes=1)  # after the first failure; doubled after each further one

Run = Callable[[Connection, Timer], None]


def plan(
    connection: Connection, kind: str, subject: str, at: datetime, *, key: str = "",
    values: Mapping[str, Any] | None = None, zone: str = ZONE,
) -> None:  # fmt: skip
    """Have the rule of this kind looked at then; planning the same again moves or revives it.

    A naive `at` is wall time in the zone and stays so if the zone's rules change. A wall time that
    a clock change skips is an hour later, one that comes twice is the first.
    """
    facts = dict(values or {})
    due = at if at.tzinfo else moment(at, zone)
    row = {
        "wall": None if at.tzinfo else at, "zone": zone, "due_at": due, "run_at": due,
        "facts": facts, "person_id": _person(subject, facts), "state": "pending", "attempts": 0,
        "error": None,
    }  # fmt: skip
    connection.execute(
        upsert(connection)(timer)
        .values(kind=kind, subject=subject, key=key, **row)
        .on_conflict_do_update(index_elements=["kind", "subject", "key"], set_=row)
    )
    wake(connection)


def moment(wall: datetime, zone: str = ZONE) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def cancel(connection: Connection, subject: str, kind: str | None = None) -> int:
    """Forget what is planned for a subject; gives how many."""
    condition = (timer.c.subject == subject) & (timer.c.state == "pending")
    if kind is not None:
        condition &= timer.c.kind == kind
    done = connection.execute(update(timer).where(condition).values(state="cancelled"))
    return done.rowcount


def upcoming(
    connection: Connection, subject: str | None = None, person: int | None = None
) -> list[Timer]:
    """What is planned, of a subject or a person, earliest first."""
    statement = select(timer).where(timer.c.state == "pending")
    if subject is not None:
        statement = statement.where(timer.c.subject == subject)
    if person is not None:
        statement = statement.where(timer.c.person_id == person)
    rows = connection.execute(statement.order_by(timer.c.due_at, timer.c.id))
    return [_timer(row) for row in rows]


_WAITS = text("timer.state = 'pending'")  # as the index says it, word for word
_NEXT = Ready(select(func.min(timer.c.run_at).label("at")).where(_WAITS))
_DUE = (
    select(timer)
    .where(_WAITS, timer.c.run_at <= bindparam("now"))
    .order_by(timer.c.run_at, timer.c.id)
    .limit(BATCH)
    .with_for_update(skip_locked=True)
)


def next_due(connection: Connection) -> datetime | None:
    found = connection.execute(
        select(timer.c.run_at).where(timer.c.state == "pending").order_by(timer.c.run_at).limit(1)
    )
    return found.scalar()


def fire(connection: Connection, now: datetime, run: Run) -> int:
    """Run what is due, each rule inside a savepoint; gives how many were looked at.

    What other processes are running is left to them. A rule that fails leaves nothing behind but
    its next try.
    """
    rows = connection.execute(_DUE, {"now": now}).all()
    for row in rows:
        connection.execute(update(timer).where(timer.c.id == row.id).values(state="done"))
        try:
            with connection.begin_nested():
                run(connection, _timer(row))
        except Exception as error:
            if getattr(error, "connection_invalidated", False):
                raise
            _failed(connection, row, now, type(error).__name__)
    return len(rows)


def _failed(connection: Connection, row: Row[Any], now: datetime, error: str) -> None:
    over = row.attempts + 1 >= TRIES
    connection.execute(
        update(timer)
        .where(timer.c.id == row.id)
        .values(
            state="dead" if over else "pending",
            attempts=row.attempts + 1,
            error=error[:300],
            run_at=now + WAIT * 2**row.attempts,
        )
    )


def forget(connection: Connection, before: datetime) -> int:
    """Erase what ended long ago; gives how many."""
    done = connection.execute(
        timer.delete().where(timer.c.state.in_(("done", "cancelled")), timer.c.due_at < before)
    )
    return done.rowcount


def waiting(connection: Connection) -> int:
    """How many rules are planned, for the metrics."""
    return connection.execute(
        select(func.count()).select_from(timer).where(timer.c.state == "pending")
    ).scalar_one()


def _timer(row: Row[Any]) -> Timer:
    return Timer(row.kind, row.subject, row.key, row.due_at, row.facts)


def _person(subject: str, facts: Mapping[str, Any]) -> int | None:
    """Whose timer it is: the person it is about, or the one among its facts."""
    if subject.startswith("person:"):
        return int(subject.removeprefix("person:"))
    found = facts.get("person")
    return found if isinstance(found, int) else None
