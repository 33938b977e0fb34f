"""How fast each platform may be written to: per channel and per tenant, with short bursts (GCRA).

A letter gets one time in its channel's lane and one in its tenant's; it is not looked at before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from bot.turn import ConversationReference
from storage.ready import Ready
from storage.session import upsert
from storage.tables import lane

LONGEST = 160  # characters of a conversation's id in a lane's name
START = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Limit:
    every: timedelta  # one message
    burst: int = 1  # at once, after a rest


@dataclass(frozen=True, slots=True)
class Limits:
    channel: Limit | None
    tenant: Limit | None
    flying: int = 20  # under way at once in a tenant: what a crash can make unsure


def _s(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


# Slack: one a second and channel, short bursts allowed. Teams: 7 in 1 s, 8 in 2 s, 60 in 30 s and
# 1,800 in an hour per thread, 30 a second in all. Mail: what a municipality's relay bears.
LIMITS: Mapping[str, Limits] = {
    "slack": Limits(Limit(_s(1.0), 3), Limit(_s(0.1), 20)),
    "teams": Limits(Limit(_s(2.01), 7), Limit(_s(1 / 30), 15), flying=4),
    "mail": Limits(Limit(_s(1.0), 3), Limit(_s(0.5), 10), flying=4),
}
FREE = Limits(None, None, flying=1000)


@dataclass(slots=True)
class Lane:
    name: str
    ready_at: datetime
    blocked_until: datetime | None
    changed: bool = False

    def take(self, now: datetime, limit: Limit | None) -> datetime:
        """The next free time, now or later; it is spent."""
        start = max(now, self.blocked_until or now)
        if limit is None:
            return start
        allowed = self.ready_at - limit.every * (limit.burst - 1)
        slot = max(start, allowed)
        self.ready_at = max(self.ready_at, slot) + limit.every
        self.changed = True
        return slot


def of(where: ConversationReference) -> str:
    """The name of the channel's lane; a person who is shown something alone counts apart."""
    place = f"{where.conversation}/{where.extra.get('user', '')}"
    if len(place) > LONGEST:
        place = hashlib.sha256(place.encode()).hexdigest()
    return f"{tenant_of(where)}|{place}"


def tenant_of(where: ConversationReference) -> str:
    return f"{where.platform}|{where.tenant[:60]}"


def tenant(name: str) -> str:
    """The tenant's lane of a channel's lane."""
    return "|".join(name.split("|", 2)[:2])


def platform(name: str) -> str:
    return name.split("|", 1)[0]


def lock(connection: Connection, names: Iterable[str]) -> dict[str, Lane]:
    """The lanes, held until the end of the transaction; in one order, so that nobody waits for ever."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    rows = _held(connection, wanted)
    if len(rows) < len(wanted):
        connection.execute(
            upsert(connection)(lane).on_conflict_do_nothing(),
            [{"name": each, "ready_at": START} for each in wanted if each not in rows],
        )
        rows = _held(connection, wanted)
    return rows


def _held(connection: Connection, wanted: list[str]) -> dict[str, Lane]:
    rows = connection.execute(
        select(lane.c.name, lane.c.ready_at, lane.c.blocked_until)
        .where(lane.c.name.in_(wanted))
        .order_by(lane.c.name)
        .with_for_update()
    )
    return {row.name: Lane(row.name, row.ready_at, row.blocked_until) for row in rows}


_SAVE = Ready(
    update(lane).where(lane.c.name == bindparam("of_name")).values(ready_at=bindparam("ready"))
)


def save(connection: Connection, lanes: Iterable[Lane]) -> None:
    rows = [{"of_name": each.name, "ready": each.ready_at} for each in lanes if each.changed]
    _SAVE.each(connection, rows)


def block(connection: Connection, name: str, until: datetime, reason: str | None = None) -> None:
    """The platform wants a pause: nothing in this lane goes before then."""
    lock(connection, [name])
    connection.execute(
        update(lane).where(lane.c.name == name).values(blocked_until=until, reason=reason)
    )


def resume(connection: Connection, name: str) -> bool:
    """Lift the pause of a tenant; False if it was not paused."""
    done = connection.execute(
        update(lane)
        .where(lane.c.name == name, lane.c.reason.is_not(None))
        .values(blocked_until=None, reason=None)
    )
    return bool(done.rowcount)


def paused(connection: Connection, now: datetime) -> list[tuple[str, datetime]]:
    """Tenants to which nothing goes, and when that is tried again."""
    rows = connection.execute(
        select(lane.c.name, lane.c.blocked_until)
        .where(lane.c.reason.is_not(None), lane.c.blocked_until > now)
        .order_by(lane.c.name)
    )
    return [(row.name, row.blocked_until) for row in rows]


def forget(connection: Connection, before: datetime) -> int:
    """Lanes at rest are made anew when they are needed."""
    done = connection.execute(
        lane.delete().where(lane.c.ready_at < before, lane.c.reason.is_(None))
    )
    return done.rowcount
