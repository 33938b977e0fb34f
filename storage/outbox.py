"""What is to be sent: a row written in the transaction of the change that causes it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, func, or_, select, update

from bot.ports import Letter
from bot.reply import Reply
from bot.turn import ConversationReference
from storage import wire
from storage.session import upsert
from storage.tables import outbox

LEASE = timedelta(minutes=2)  # a process that died gives its letters back after this
BATCH = 20
TRIES = 12

End = Literal["sent", "unsure", "dead"]


def put(
    connection: Connection, where: ConversationReference, replies: Sequence[Reply], dedup: str,
    lang: str, now: datetime, *, person: int | None = None, subject: str | None = None,
) -> None:  # fmt: skip
    """Keep replies in order; the same `dedup` twice is kept once."""
    if not replies:
        return
    reference = wire.to_json(where)
    connection.execute(
        upsert(connection)(outbox).on_conflict_do_nothing(),
        [
            {
                "dedup": f"{dedup}:{number}"[-240:], "reference": reference,
                "reply": wire.to_json(reply), "language": lang, "run_at": now, "made_at": now,
                "person_id": person,
                "subject": subject,
            }
            for number, reply in enumerate(replies)
        ],
    )  # fmt: skip


def claim(connection: Connection, now: datetime) -> list[Letter]:
    """Take what is due, one letter per conversation so that their order holds."""
    rows = connection.execute(
        select(outbox)
        .where(outbox.c.state == "pending", outbox.c.run_at <= now)
        .order_by(outbox.c.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    first: dict[str, Letter] = {}
    for row in rows:
        where = wire.from_json(row.reference)
        key = f"{where.platform}|{where.tenant}|{where.conversation}|{where.extra.get('user', '')}"
        first.setdefault(
            key,
            Letter(
                row.id,
                where,
                wire.from_json(row.reply),
                row.language,
                row.attempts,
                row.person_id,
                ticket(row.dedup),
                row.made_at,
            ),
        )
    letters = list(first.values())
    connection.execute(
        update(outbox)
        .where(outbox.c.id.in_([each.id for each in letters]))
        .values(state="sending", run_at=now + LEASE, attempts=outbox.c.attempts + 1)
    )
    return letters


def ticket(dedup: str) -> str:
    """What a letter is called on its platform: the same at every try, and nobody reads it."""
    return hashlib.sha256(dedup.encode()).hexdigest()[:32]


def is_due(connection: Connection, now: datetime) -> bool:
    """Whether anything is to be sent, or a sender has died over it."""
    due = select(outbox.c.id).where(outbox.c.state == "pending", outbox.c.run_at <= now)
    died = select(outbox.c.id).where(outbox.c.state == "sending", outbox.c.run_at <= now)
    return (
        connection.execute(due.limit(1)).first() is not None
        or connection.execute(died.limit(1)).first() is not None
    )


def release_dead_leases(connection: Connection, now: datetime) -> int:
    """Letters whose sender died: nobody knows whether they arrived; they are said once more."""
    done = connection.execute(
        update(outbox)
        .where(outbox.c.state == "sending", outbox.c.run_at <= now)
        .values(state="pending")
    )
    return done.rowcount


def end(connection: Connection, letter: Letter, state: End, note: str) -> None:
    """The words are erased; `note` is the platform's id of the message, or what went wrong."""
    values = {"message": note[:300]} if state == "sent" else {"error": note[:300]}
    connection.execute(
        update(outbox)
        .where(outbox.c.id == letter.id, outbox.c.state == "sending")
        .values(state=state, reply={} if state == "sent" else outbox.c.reply, **values)
    )


def retry(connection: Connection, letter: Letter, run_at: datetime, error: str) -> None:
    state = "dead" if letter.attempts + 1 >= TRIES else "pending"
    connection.execute(
        update(outbox)
        .where(outbox.c.id == letter.id, outbox.c.state == "sending")
        .values(state=state, run_at=run_at, error=error[:300])
    )


def next_due(connection: Connection) -> datetime | None:
    """When there is something to send, or a sender's time is up."""
    found = connection.execute(
        select(func.min(outbox.c.run_at)).where(outbox.c.state.in_(("pending", "sending")))
    )
    return found.scalar()


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
    rows = select(func.count()).where(or_(outbox.c.state == "pending", outbox.c.state == "sending"))
    return connection.execute(rows).scalar_one()
