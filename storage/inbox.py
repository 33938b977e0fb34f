"""Turns that came in: written before the platform gets its 200, erased when they are done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.turn import Turn
from storage import wire
from storage.ready import Ready
from storage.tables import inbox

ATTEMPTS = 5  # then a turn is parked: it stays, and is not tried again
REMEMBERED = timedelta(days=3)  # how long a delivery id is known; platforms repeat within hours

_VALUES: dict[str, Any] = {
    "platform": bindparam("of_platform"), "tenant": bindparam("of_tenant"),
    "delivery": bindparam("of_delivery"), "turn": bindparam("content"),
    "received_at": bindparam("now"),
}  # fmt: skip
_NEW = Ready(
    sqlite.insert(inbox).values(**_VALUES).on_conflict_do_nothing(),
    postgresql=postgresql.insert(inbox).values(**_VALUES).on_conflict_do_nothing(),
)
_DONE = Ready(
    update(inbox)
    .where(
        inbox.c.platform == bindparam("of_platform"), inbox.c.tenant == bindparam("of_tenant"),
        inbox.c.delivery == bindparam("of_delivery"),
    )
    .values(done_at=bindparam("now"), turn=None)
)  # fmt: skip


def receive(connection: Connection, turn: Turn, now: datetime) -> bool:
    """False if this delivery is known."""
    return _NEW.run(connection, content=wire.to_json(turn), now=now, **_key(turn)) == 1


def finish(connection: Connection, turn: Turn, now: datetime) -> None:
    _DONE.run(connection, now=now, **_key(turn))


def _key(turn: Turn) -> dict[str, str]:
    return {
        "of_platform": turn.who.platform, "of_tenant": turn.who.tenant, "of_delivery": turn.id,
    }  # fmt: skip


def open_turns(connection: Connection, before: datetime) -> list[Turn]:
    """Turns received before then and not done: each is counted, and parked after five tries."""
    rows = connection.execute(
        select(inbox.c.id, inbox.c.turn)
        .where(
            inbox.c.done_at.is_(None), inbox.c.received_at <= before, inbox.c.attempts < ATTEMPTS
        )
        .order_by(inbox.c.received_at)
        .limit(100)
        .with_for_update(skip_locked=True)
    ).all()
    connection.execute(
        update(inbox)
        .where(inbox.c.id.in_([row.id for row in rows]))
        .values(attempts=inbox.c.attempts + 1)
    )
    return [wire.from_json(row.turn) for row in rows]


def count_open(connection: Connection) -> int:
    """How many turns are received and not done, for the metrics."""
    rows = select(func.count()).select_from(inbox).where(inbox.c.done_at.is_(None))
    return int(connection.execute(rows).scalar_one())


def forget(connection: Connection, now: datetime) -> int:
    """Remove delivery ids so old that no platform repeats them; gives how many."""
    old = delete(inbox).where(inbox.c.done_at < now - REMEMBERED)
    return connection.execute(old).rowcount
