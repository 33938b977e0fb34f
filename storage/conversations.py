"""What is open in a conversation with one person, kept for 24 hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update

from bot.errors import StaleState
from bot.journal import LIFETIME, Conversation
from storage.ready import Ready
from storage.tables import conversation, counter

_ONE_ROW = select(literal(1).label("one")).subquery()
_LOAD = Ready(
    select(
        counter.c.value.label("directory"),
        conversation.c.state,
        conversation.c.at,
        conversation.c.version,
    ).select_from(
        _ONE_ROW.outerjoin(counter, counter.c.name == "directory").outerjoin(
            conversation, conversation.c.key == bindparam("of_key")
        )
    )
)
_VALUES: dict[str, Any] = {
    "state": bindparam("now_is"),
    "at": bindparam("now"),
    "version": bindparam("becomes"),
}
_NEW = Ready(insert(conversation).values(key=bindparam("of_key"), **_VALUES))
_CHANGE = Ready(
    update(conversation)
    .where(
        conversation.c.key == bindparam("of_key"),
        conversation.c.version == bindparam("version_was"),
    )
    .values(**_VALUES)
)


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation, if any was kept, and the version of the directory at the same moment."""

    conversation: Conversation | None
    directory: int


def load(connection: Connection, key: str, now: datetime) -> Opened:
    """What is older than 24 hours comes back empty."""
    row = _LOAD.first(connection, of_key=key)
    if row.version is None:
        return Opened(None, row.directory or 0)
    found = Conversation.from_json(row.state, row.at, row.version)
    if found.expired(now):
        found = Conversation(version=row.version)
    return Opened(found, row.directory or 0)


def save(connection: Connection, key: str, state: Conversation, now: datetime) -> None:
    """Raise StaleState if somebody else has saved it since it was loaded."""
    values = {"of_key": key, "now_is": state.to_json(), "now": now, "becomes": state.version + 1}
    if state.version == 0:
        if _LOAD.first(connection, of_key=key).version is not None:
            raise StaleState(key)
        _NEW.run(connection, **values)
    elif _CHANGE.run(connection, version_was=state.version, **values) == 0:
        raise StaleState(key)


def forget(connection: Connection, now: datetime) -> int:
    """Erase what is older than 24 hours; gives how many."""
    old = delete(conversation).where(conversation.c.at < now - LIFETIME)
    return connection.execute(old).rowcount
