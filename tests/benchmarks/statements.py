"""One turn in process, as the server carries it out, and the statements it makes at the driver."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from adapters.core import SetClock, make_engine, open_store
from bot.engine import Engine, Outcome
from bot.turn import ConversationReference, Identity, Said, Turn
from storage.demo.write import SLACK
from storage.session import SqliteDatabase
from storage.store import SqlStore
from tests.benchmarks import crowd
from tests.storage.world import AT as START

_number = count(1)
_FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass
class Bench:
    engine: Engine
    store: SqlStore
    database: SqliteDatabase

    def turn(self, text: str, person: int = 0) -> Turn:
        who = Identity("slack", SLACK, crowd.user(person, "slack"))
        where = ConversationReference("slack", SLACK, f"D{person:03}")
        return Turn(f"turn-{next(_number)}", Said(text), who, where, START)

    async def carry_out(self, turn: Turn) -> Outcome:
        """From the inbox to the end, with a platform that takes every answer."""

        async def deliver(outcome: Outcome) -> None:
            assert outcome.replies

        await self.store.receive(turn)
        return await self.engine.handle(turn, deliver)

    async def statements(self, turn: Turn) -> tuple[list[str], int]:
        """What the driver was given for one turn, and how many transactions held it."""
        seen: list[str] = []
        sides = (self.database._reads, self.database._writes)
        for each in sides:
            each.set_trace_callback(seen.append)
        await self.carry_out(turn)
        for each in sides:
            each.set_trace_callback(None)
        begun = sum(each.startswith("BEGIN") for each in seen)
        return [each for each in seen if not each.startswith(_FRAME)], begun


@asynccontextmanager
async def bench(file: Path) -> AsyncIterator[Bench]:
    """On a database that `crowd.prepare` made."""
    database, store = await open_store(f"sqlite:///{file}", SetClock(START))
    assert isinstance(database, SqliteDatabase)
    try:
        yield Bench(
            make_engine(store, (b"a key that is only used in benchmarks",)), store, database
        )
    finally:
        await database.close()
