"""What came of letters, written back together. A result counts only while the letter is its sender's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.ports import Letter, Reseal, Result
from bot.turn import ConversationReference
from storage import addresses, lanes, people, timers, wire
from storage.ready import Ready
from storage.tables import outbox
from storage.wake import wake

FOLLOWED = "dispatch"  # subjects of letters that must not be lost sight of
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # the next try of what nobody can be asked about

_MINE = (
    (outbox.c.id == bindparam("of_id"))
    & (outbox.c.state == "sending")
    & (outbox.c.owner == bindparam("by"))
    & (outbox.c.attempts == bindparam("claim"))
)
_SENT = Ready(
    update(outbox)
    .where(_MINE)
    .values(
        state="sent", message=bindparam("note"), reply={}, owner=None,
        lease_until=None, error=None,
    )
)  # fmt: skip
_BACK = (
    update(outbox)
    .where(_MINE)
    .values(
        state=bindparam("to_state"), error=bindparam("note"), run_at=bindparam("at"),
        failures=bindparam("failed"), doubts=bindparam("doubted"), stage=2, owner=None,
        lease_until=None,
    )
)  # fmt: skip
_ELSEWHERE = (
    update(outbox)
    .where(_MINE)
    .values(
        state="pending", error=bindparam("note"), run_at=bindparam("at"), failures=0, stage=0,
        owner=None, lease_until=None, reference=bindparam("place"), lane=bindparam("to_lane"),
        reply=bindparam("said"), tried=bindparam("given_up"),
    )
)  # fmt: skip


def settle(
    connection: Connection, results: Sequence[Result], now: datetime, today: date, reseal: Reseal
) -> None:
    sent = [each for each in results if each.state == "sent"]
    if sent:
        _SENT.each(connection, [_mine(r.letter) | {"note": r.note[:300]} for r in sent])
    for each in results:
        if each.state != "sent":
            _unsent(connection, each, now, today, reseal)
    _follow(connection, [each for each in results if each.letter.where.platform == "mail"], now)


def _follow(connection: Connection, results: Sequence[Result], now: datetime) -> None:
    """What became of a letter whose subject is followed goes to the rule that answers for it."""
    ended = {
        each.letter.id: each
        for each in results
        if each.state in {"sent", "dead"} or (each.state == "unsure" and each.run_at is None)
    }
    if not ended:
        return
    rows = connection.execute(
        select(outbox.c.id, outbox.c.subject).where(
            outbox.c.id.in_(list(ended)), outbox.c.subject.like(f"{FOLLOWED}:%")
        )
    ).all()
    for row in rows:
        result = ended[row.id]
        values = {"state": result.state, "note": (result.answer or result.note)[:300]}
        timers.plan(connection, f"{FOLLOWED}-answered", row.subject, now, values=values)
    if rows:
        wake(connection)


def _mine(letter: Letter) -> dict[str, Any]:
    return {"of_id": letter.id, "by": letter.owner, "claim": letter.attempts}


def _unsent(
    connection: Connection, result: Result, now: datetime, today: date, reseal: Reseal
) -> None:
    letter = result.letter
    if result.refused:
        addresses.dead(connection, letter.where, now)
    if result.block is not None:
        name = lanes.of(letter.where)
        until, whole = result.run_at or now, result.block == "tenant"
        lanes.block(connection, lanes.tenant(name) if whole else name, until,
                    "revoked" if whole else None)  # fmt: skip
    if result.elsewhere and _moved(connection, result, now, today, reseal):
        return
    connection.execute(
        _BACK,
        _mine(letter)
        | {
            "to_state": result.state, "note": result.note[:300], "at": result.run_at or NEVER,
            "failed": result.failures, "doubted": result.doubts,
        },
    )  # fmt: skip


def _moved(
    connection: Connection, result: Result, now: datetime, today: date, reseal: Reseal
) -> bool:
    """Send it to the person's next address that has not been tried; False if there is none."""
    letter = result.letter
    if letter.person is None:
        return False
    row = connection.execute(select(outbox.c.tried).where(outbox.c.id == letter.id)).first()
    tried = [*(row.tried if row else ()), _key(letter.where)]
    places = people.places(connection, letter.person, today)
    place = next((each for each in places if _key(each) not in tried), None)
    if place is None:
        return False
    connection.execute(
        _ELSEWHERE,
        _mine(letter)
        | {
            "note": result.note[:300], "at": now, "place": wire.to_json(place),
            "to_lane": lanes.of(place), "given_up": tried,
            "said": wire.to_json(reseal(place.tenant, letter.reply)),
        },
    )  # fmt: skip
    wake(connection)
    return True


def _key(where: ConversationReference) -> str:
    return f"{where.platform}|{where.tenant}|{where.conversation}"
