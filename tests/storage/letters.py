"""Claiming letters and saying what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from bot.ports import Letter, Result
from bot.reply import Reply, Text
from bot.turn import ConversationReference
from storage.store import SqlStore

CHANNEL = ConversationReference("slack", "T1", "C1", "channel")


def fold(replies: Sequence[Reply], lang: str) -> Reply:
    return Text(" + ".join(each.plain for each in replies))


def reseal(tenant: str, reply: Reply) -> Reply:
    return Text(f"{reply.plain} for {tenant}")


async def claim(store: SqlStore, *results: Result, limit: int = 20) -> list[Letter]:
    return list(await store.exchange(results, limit, fold, reseal))


async def sent(store: SqlStore, letters: Sequence[Letter]) -> list[Letter]:
    """Everything went well; gives what may go now."""
    return await claim(store, *(Result(each, "sent", f"m{each.id}") for each in letters))


async def post(
    store: SqlStore, words: str = "hej", where: ConversationReference = CHANNEL, **more
) -> None:
    dedup = more.pop("dedup", f"{words}{where.conversation}")
    facts = {"person": None, "about": "meeting:1", **more}
    await store.write(lambda s: s.post(where, [Text(words)], dedup, "sv", **facts))


async def states(store: SqlStore) -> list[tuple[str, str | None]]:
    """State and what went wrong, in the order of writing."""
    rows = await store.database.read(
        lambda c: c.execute(text("select state, error from outbox order by id")).all()
    )
    return [(row.state, row.error) for row in rows]


def words(letters: Sequence[Letter]) -> list[str]:
    return [each.reply.plain for each in letters]


def later(letter: Letter, at: datetime, **more) -> Result:
    return Result(letter, "pending", "later", at, **more)
