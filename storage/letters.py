"""What did not arrive, for the region's administrator: listed, sent again, or put aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select, update

from bot.errors import Refused
from bot.rules.roles import Person, Role
from storage import lanes, people, wire
from storage.tables import body, identity, outbox, person, role
from storage.valid import valid_role, wall
from storage.wake import wake

SEEN = timedelta(days=60)  # older troubles are not shown
MOST = 200  # looked at
KEPT = timedelta(days=90)  # what ended is erased after


@dataclass(frozen=True, slots=True)
class Trouble:
    """A letter that did not arrive, or of which nobody knows; never its words."""

    id: int
    to: str  # the person, or the address of a channel or mailbox
    platform: str
    subject: str  # meeting:7
    sure: bool  # it certainly did not arrive
    reason: str  # bot-made, not for people
    made_at: datetime


def troubles(connection: Connection, who: Person, now: datetime) -> list[Trouble]:
    """Newest first, of the administrator's region."""
    _authorise(connection, who, now)
    rows = connection.execute(
        select(outbox, person.c.name, person.c.region_id)
        .outerjoin(person, person.c.id == outbox.c.person_id)
        .where(_STUCK, outbox.c.made_at >= now - SEEN)
        .order_by(outbox.c.id.desc())
        .limit(MOST)
    ).all()
    ours = _lanes_of(connection, _regions(who))
    return [_trouble(row) for row in rows if _is_ours(row, _regions(who), ours)]


def again(connection: Connection, who: Person, numbers: Sequence[int], now: datetime) -> int:
    """Try these once more, each at its person's best address; gives how many."""
    mine = {each.id for each in troubles(connection, who, now)} & set(numbers)
    for number in sorted(mine):
        row = connection.execute(
            select(outbox.c.person_id, outbox.c.reference).where(outbox.c.id == number)
        ).one()
        where = wire.from_json(row.reference)
        if row.person_id is not None:
            found = people.places(connection, row.person_id, wall(now).date())
            where = found[0] if found else where
        connection.execute(
            update(outbox)
            .where(outbox.c.id == number, _STUCK)
            .values(
                state="pending", run_at=now, stage=0, failures=0, doubts=0, tried=[],
                expires_at=None, reference=wire.to_json(where), lane=lanes.of(where),
            )
        )  # fmt: skip
    if mine:
        wake(connection)
    return len(mine)


def put_aside(connection: Connection, who: Person, numbers: Sequence[int], now: datetime) -> int:
    """The administrator has seen to these; their words are erased."""
    mine = {each.id for each in troubles(connection, who, now)} & set(numbers)
    connection.execute(
        update(outbox).where(outbox.c.id.in_(mine), _STUCK).values(state="cancelled", reply={})
    )
    return len(mine)


def paused(connection: Connection, who: Person, now: datetime) -> list[tuple[str, datetime]]:
    """Platforms of the region that nothing can be sent to, and when that is tried again."""
    _authorise(connection, who, now)
    ours = _lanes_of(connection, _regions(who))
    return [
        (lanes.platform(name), until)
        for name, until in lanes.paused(connection, now)
        if name in ours or name.startswith("mail|")
    ]


def forget(connection: Connection, now: datetime) -> int:
    """Erase letters that ended long ago; gives how many."""
    done = connection.execute(
        outbox.delete().where(
            outbox.c.made_at < now - KEPT, outbox.c.state.not_in(("pending", "sending"))
        )
    )
    return done.rowcount


_STUCK = or_(
    outbox.c.state == "dead",
    and_(outbox.c.state == "unsure", outbox.c.run_at > datetime.fromisoformat("9000-01-01T00:00Z")),
)


def _regions(who: Person) -> set[int]:
    return {m.region for m in who.memberships if m.role is Role.ADMIN}


def _authorise(connection: Connection, who: Person, now: datetime) -> None:
    if _regions(who):
        return
    names = connection.execute(
        select(person.c.name)
        .join(role, role.c.person_id == person.c.id)
        .where(role.c.role == Role.ADMIN.value, role.c.region_id == who.region,
               valid_role(wall(now).date()))
        .order_by(person.c.name)
    ).scalars().all()  # fmt: skip
    if names:
        raise Refused("may-not", role=Role.ADMIN.value, people=", ".join(names))
    raise Refused("may-not-nobody", role=Role.ADMIN.value)


def _lanes_of(connection: Connection, regions: set[int]) -> set[str]:
    """The tenants in which the regions' people are, and the lanes of their bodies' mailboxes."""
    tenants = connection.execute(
        select(identity.c.platform, identity.c.tenant)
        .join(person, person.c.id == identity.c.person_id)
        .where(person.c.region_id.in_(regions), identity.c.confirmed_at.is_not(None))
        .distinct()
    )
    boxes = connection.execute(
        select(body.c.mailbox).where(body.c.region_id.in_(regions), body.c.mailbox.is_not(None))
    ).scalars()
    return {f"{row.platform}|{row.tenant[:60]}" for row in tenants} | {
        f"mail|smtp|{box}/" for box in boxes
    }


def _is_ours(row: Row[Any], regions: set[int], ours: set[str]) -> bool:
    if row.person_id is not None:
        return row.region_id in regions
    return row.lane in ours or lanes.tenant(row.lane) in ours


def _trouble(row: Row[Any]) -> Trouble:
    where = wire.from_json(row.reference)
    return Trouble(
        row.id, row.name or where.conversation, where.platform, row.subject or "",
        row.state == "dead", row.error or "", row.made_at,
    )  # fmt: skip
