"""Where people and channels can be written to later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, update

from bot.turn import ConversationReference, Turn
from storage import wire
from storage.session import upsert
from storage.tables import address, installation

_PASSING = frozenset({"trigger_id", "response_url", "message", "turn", "activity"})


def lasting(where: ConversationReference) -> ConversationReference:
    """The address without what belongs to one message only."""
    extra = {key: value for key, value in where.extra.items() if key not in _PASSING}
    return ConversationReference(
        where.platform, where.tenant, where.conversation, where.kind, None, extra
    )


def same_place(known: ConversationReference | None, where: ConversationReference) -> bool:
    return known is not None and lasting(known) == lasting(where)


def remember(connection: Connection, turn: Turn, now: datetime) -> None:
    where = turn.where
    values = {
        "kind": where.kind, "user": turn.who.user if where.kind == "personal" else None,
        "reference": wire.to_json(lasting(where)), "at": now, "dead_at": None,
    }  # fmt: skip
    key = {
        "platform": where.platform, "tenant": where.tenant, "conversation": where.conversation,
    }  # fmt: skip
    connection.execute(
        upsert(connection)(address)
        .values(**key, **values)
        .on_conflict_do_update(index_elements=list(key), set_=values)
    )


def dead(
    connection: Connection, where: ConversationReference, now: datetime, *,
    tenant_wide: bool = False,
) -> None:  # fmt: skip
    """Nothing more is sent there until somebody writes from there again."""
    of_tenant = (address.c.platform == where.platform) & (address.c.tenant == where.tenant)
    condition = of_tenant
    if not tenant_wide:
        condition = of_tenant & (address.c.conversation == where.conversation)
    connection.execute(update(address).where(condition).values(dead_at=now))
    if tenant_wide:
        connection.execute(
            update(installation)
            .where(installation.c.platform == where.platform, installation.c.tenant == where.tenant)
            .values(removed_at=now)
        )
