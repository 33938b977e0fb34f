"""What waits to be sent to others."""

from __future__ import annotations

from bot.reply import Reply
from storage.store import SqlStore
from tests.storage.letters import claim, sent


async def letters(store: SqlStore) -> dict[str, list[Reply]]:
    """By conversation; taken out of the outbox."""
    found: dict[str, list[Reply]] = {}
    taken = await claim(store)
    while taken:
        for each in taken:
            found.setdefault(each.where.conversation, []).append(each.reply)
        taken = await sent(store, taken)
    return found
