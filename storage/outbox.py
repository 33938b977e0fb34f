"""What is to be sent: a row written in the transaction of the change that causes it.

A letter is one sender's from its claim until its lease ends, and only that sender's result counts
(storage.results). What the lease of a dead sender leaves behind is unsure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, case, func, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.ports import Letter
from bot.reply import Reply
from bot.turn import ConversationReference
from storage import lanes, wire
from storage.lanes import FREE, LIMITS, Limit, Limits
from storage.ready import Ready
from storage.tables import outbox
from storage.wake import wake

LEASE = timedelta(minutes=2)  # a sender that died gives its letters back after this
LOOK = 20  # letters looked at for one claim, and two for each that may go
PAUSED = timedelta(days=1)  # longer than any pause
CROWDED = timedelta(seconds=0.2)  # until a tenant with too many letters under way is looked at

_WAITS = text("outbox.state in ('pending','unsure')")  # as the index says it, word for word
_FLIES = text("outbox.state = 'sending'")
_NEW = {
    "sqlite": sqlite.insert(outbox).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(outbox).on_conflict_do_nothing(),
}

Fold = Callable[[Sequence[Reply], str], Reply]


@dataclass(frozen=True, slots=True)
class Sender:
    """One process that sends, and the rules it sends by."""

    name: str
    lease: timedelta = LEASE
    limits: Mapping[str, Limits] = field(default_factory=lambda: LIMITS)


def put(
    connection: Connection, where: ConversationReference, replies: Sequence[Reply], dedup: str,
    lang: str, now: datetime, *, person: int | None = None, subject: str | None = None,
    fold: bool = False, run_at: datetime | None = None, expires_at: datetime | None = None,
) -> None:  # fmt: skip
    """Keep replies in order; the same `dedup` twice is kept once."""
    if not replies:
        return
    reference, lane = wire.to_json(where), lanes.of(where)
    connection.execute(
        _NEW[connection.dialect.name],
        [
            {
                "dedup": f"{dedup}:{number}"[-240:], "reference": reference, "lane": lane,
                "reply": wire.to_json(reply), "language": lang, "made_at": run_at or now,
                "run_at": run_at or now, "expires_at": expires_at, "person_id": person,
                "subject": subject, "fold": fold,
            }
            for number, reply in enumerate(replies)
        ],
    )  # fmt: skip
    wake(connection)


def ticket(dedup: str) -> str:
    """What a letter is called on its platform: the same at every try, and nobody reads it."""
    return hashlib.sha256(dedup.encode()).hexdigest()[:32]


_NEXT = Ready(select(func.min(outbox.c.run_at).label("at")).where(_WAITS))
_NEXT_LEASE = Ready(select(func.min(outbox.c.lease_until).label("at")).where(_FLIES))


def next_due(connection: Connection) -> datetime | None:
    """When there is something to send, or a sender's time is up."""
    found = (_NEXT.first(connection).at, _NEXT_LEASE.first(connection).at)
    return min((each for each in found if each is not None), default=None)


def claim(
    connection: Connection, now: datetime, sender: Sender, limit: int, fold: Fold
) -> list[Letter]:
    """Take what may go now: one letter per channel, so that their order holds, in the lanes' time."""
    _lapse(connection, now)
    rows = _due(connection, now, limit)
    if _expire(connection, rows, now) + _fold(connection, rows, fold):
        rows = _due(connection, now, limit)
    if not rows or limit < 1:
        return []
    held = lanes.lock(connection, [n for row in rows for n in (row.lane, lanes.tenant(row.lane))])
    plan = _Plan(held, [row.lane for row in _LANES_IN_USE.all(connection)], sender)
    taken = [row for row in rows if plan.goes(row, now, limit)]
    lanes.save(connection, held.values())
    plan.write(connection)
    return _take(connection, taken, now, sender)


_LANES_IN_USE = Ready(select(outbox.c.lane).where(_FLIES))
_BRIEF = (
    outbox.c.id, outbox.c.lane, outbox.c.stage, outbox.c.state, outbox.c.run_at,
    outbox.c.expires_at, outbox.c.fold, outbox.c.attempts, outbox.c.person_id,
)  # fmt: skip
_DUE = Ready(
    select(*_BRIEF)
    .where(_WAITS, outbox.c.run_at <= bindparam("now"))
    .order_by(outbox.c.run_at, outbox.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)


def _due(connection: Connection, now: datetime, limit: int) -> list[Any]:
    return _DUE.all(connection, now=now, most=LOOK + 2 * limit)


class _Plan:
    """Which of the letters looked at may go now, and when the others may."""

    def __init__(self, held: dict[str, lanes.Lane], flying: Any, sender: Sender) -> None:
        self._held = held
        self._limits = sender.limits
        self._busy: set[str] = set()
        self._flying: dict[str, int] = {}
        self._later: list[dict[str, Any]] = []
        self._count = 0
        for name in flying:
            self._fly(name)

    def goes(self, row: Any, now: datetime, limit: int) -> bool:
        if self._count >= limit:
            return False
        limits = self._limits.get(lanes.platform(row.lane), FREE)
        tenant = lanes.tenant(row.lane)
        if self._put_off(row, row.lane, 1, now, limits.channel):
            return False
        if row.lane in self._busy:
            return self._wait(row, now, 1 if limits.channel else 0)
        if self._put_off(row, tenant, 2, now, limits.tenant):
            return False
        if self._flying.get(tenant, 0) >= limits.flying:
            return self._wait(row, now + CROWDED, 2)
        self._fly(row.lane)
        self._count += 1
        return True

    def _put_off(self, row: Any, name: str, stage: int, now: datetime, pace: Limit | None) -> bool:
        """Whether this lane gives the letter a time that is still to come."""
        lane = self._held[name]
        blocked = lane.blocked_until is not None and lane.blocked_until > now
        if row.stage >= stage and not blocked:
            return False
        slot = lane.take(now, pace)
        if slot > now:
            self._wait(row, slot, stage)
        return slot > now

    def write(self, connection: Connection) -> None:
        _LATER.each(connection, self._later)

    def _wait(self, row: Any, until: datetime, stage: int) -> bool:
        if row.stage < stage or until > row.run_at:
            later = {
                "of_id": row.id,
                "at": max(until, row.run_at),
                "to_stage": max(stage, row.stage),
            }
            self._later.append(later)
        return False

    def _fly(self, name: str) -> None:
        tenant = lanes.tenant(name)
        self._busy.add(name)
        self._flying[tenant] = self._flying.get(tenant, 0) + 1


_LATER = Ready(
    update(outbox)
    .where(outbox.c.id == bindparam("of_id"))
    .values(run_at=bindparam("at"), stage=bindparam("to_stage"))
)
_TAKE = Ready(
    update(outbox)
    .where(outbox.c.id == bindparam("of_id"))
    .values(
        state="sending", owner=bindparam("by"), lease_until=bindparam("until"), stage=0,
        attempts=outbox.c.attempts + 1,
        doubts=outbox.c.doubts + case((outbox.c.state == "unsure", 1), else_=0),
    )
)  # fmt: skip


_ONE = Ready(select(outbox).where(outbox.c.id == bindparam("number")))
_SEVERAL = (
    select(outbox)
    .where(outbox.c.id.in_(bindparam("numbers", expanding=True)))
    .order_by(outbox.c.id)
)


def _whole(connection: Connection, numbers: Sequence[int]) -> Sequence[Any]:
    """Rows with all their columns: one by one where that is the shorter way."""
    if connection.dialect.name == "sqlite":
        return [_ONE.first(connection, number=each) for each in sorted(numbers)]
    return connection.execute(_SEVERAL, {"numbers": numbers}).all()


def _take(
    connection: Connection, rows: Sequence[Any], now: datetime, sender: Sender
) -> list[Letter]:
    if not rows:
        return []
    until = now + sender.lease
    before = {row.id: row.state for row in rows}
    _TAKE.each(connection, [{"of_id": row.id, "by": sender.name, "until": until} for row in rows])
    return [
        Letter(
            id=row.id, where=wire.from_json(row.reference), reply=wire.from_json(row.reply),
            lang=row.language, person=row.person_id, ticket=ticket(row.dedup),
            made_at=row.made_at, attempts=row.attempts, failures=row.failures,
            doubts=row.doubts, doubtful=before[row.id] == "unsure", owner=sender.name,
            until=until,
        )
        for row in _whole(connection, list(before))
    ]  # fmt: skip


_LAPSE = Ready(
    update(outbox)
    .where(_FLIES, outbox.c.lease_until <= bindparam("now"))
    .values(state="unsure", run_at=bindparam("now"), owner=None, lease_until=None)
)


def _lapse(connection: Connection, now: datetime) -> None:
    """Letters whose sender died: nobody knows whether they arrived."""
    _LAPSE.run(connection, now=now)


def _expire(connection: Connection, rows: Sequence[Any], now: datetime) -> int:
    """End what is of no use any more; what may have been said already is looked up first."""
    old = [
        row.id for row in rows
        if row.state == "pending" and row.expires_at is not None and row.expires_at <= now
    ]  # fmt: skip
    return _end(connection, old, "expired")


def _fold(connection: Connection, rows: Sequence[Any], fold: Fold) -> int:
    """Several letters to one person that are due together become one, in the place of the first."""
    groups: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        if row.fold and row.state == "pending" and row.attempts == 0:
            groups.setdefault((row.person_id, row.lane), []).append(row)
    gone: list[int] = []
    for first, *others in groups.values():
        if others:
            numbers = [row.id for row in (first, *others)]
            whole = _whole(connection, numbers)
            said = fold([wire.from_json(row.reply) for row in whole], whole[0].language)
            connection.execute(
                update(outbox)
                .where(outbox.c.id == first.id)
                .values(reply=wire.to_json(said), fold=False)
            )
            gone += [row.id for row in others]
    return _end(connection, gone, "skipped")


def _end(connection: Connection, numbers: Sequence[int], state: str) -> int:
    if numbers:
        connection.execute(
            update(outbox).where(outbox.c.id.in_(numbers)).values(state=state, reply={})
        )
    return len(numbers)


def cancel(connection: Connection, subject: str) -> int:
    """Take back what was to be said of a subject and has not left yet."""
    done = connection.execute(
        update(outbox)
        .where(outbox.c.subject == subject, outbox.c.state == "pending")
        .values(state="cancelled", reply={})
    )
    return done.rowcount


def resume(connection: Connection, where: ConversationReference, now: datetime) -> bool:
    """Somebody writes from a tenant that was paused: what waits for it may go. False if it was not."""
    name = lanes.tenant_of(where)
    if not lanes.resume(connection, name):
        return False
    connection.execute(
        update(outbox)
        .where(
            _WAITS,
            outbox.c.stage > 0,
            outbox.c.run_at > now,
            outbox.c.run_at < now + PAUSED,
            outbox.c.lane.startswith(f"{name}|", autoescape=True),
        )
        .values(run_at=now, stage=0)
    )
    wake(connection)
    return True


def unsent(connection: Connection) -> dict[str, int]:
    """How many letters wait, may not have arrived, or never will, for the metrics."""
    rows = connection.execute(
        select(outbox.c.state, func.count())
        .where(outbox.c.state.in_(("pending", "sending", "unsure", "dead")))
        .group_by(outbox.c.state)
    )
    found = {state: int(count) for state, count in rows}
    waits = found.pop("pending", 0) + found.pop("sending", 0)
    return {"waiting": waits, **found}


def waiting(connection: Connection) -> int:
    """How many letters are not yet sent."""
    rows = select(func.count()).select_from(outbox).where(or_(_WAITS, _FLIES))
    return connection.execute(rows).scalar_one()
