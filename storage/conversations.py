"""What is open in a conversation with one person, kept for 24 hours."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.errors import StaleState
from bot.journal import LIFETIME, Conversation
from storage.tables import conversation

_LOAD = select(conversation.c.state, conversation.c.at, conversation.c.version).where(
    conversation.c.key == bindparam("of_key")
)


def load(connection: Connection, key: str, now: datetime) -> Conversation | None:
    """None if nothing was kept. What is older than 24 hours comes back empty."""
    row = connection.execute(_LOAD, {"of_key": key}).first()
    if row is None:
        return None
    found = Conversation.from_json(row.state, row.at, row.version)
    return Conversation(version=row.version) if found.expired(now) else found


def save(connection: Connection, key: str, state: Conversation, now: datetime) -> None:
    """Raise StaleState if somebody else has saved it since it was loaded."""
    values = {"state": state.to_json(), "at": now, "version": state.version + 1}
    if state.version == 0:
        known = connection.execute(_LOAD, {"of_key": key}).first()
        if known is not None:
            raise StaleState(key)
        connection.execute(insert(conversation).values(key=key, **values))
        return
    done = connection.execute(
        update(conversation)
        .where(conversation.c.key == key, conversation.c.version == state.version)
        .values(**values)
    )
    if done.rowcount == 0:
        raise StaleState(key)


def forget(connection: Connection, now: datetime) -> int:
    """Erase what is older than 24 hours; gives how many."""
    old = delete(conversation).where(conversation.c.at < now - LIFETIME)
    return connection.execute(old).rowcount
