"""What waits to be sent to others."""

from __future__ import annotations

from bot.reply import Reply
from storage.store import SqlStore
from tests.conftest import START


async def letters(store: SqlStore) -> dict[str, list[Reply]]:
    """By conversation; taken out of the outbox."""
    found: dict[str, list[Reply]] = {}
    while taken := await store.claim(START):
        for each in taken:
            found.setdefault(each.where.conversation, []).append(each.reply)
            await store.letter_sent(each, "1")
    return found
