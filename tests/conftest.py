"""What every test may use: the real engine on the demo database, with a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.core import SetClock, make_engine, open_store
from bot.testing import Chat
from bot.turn import Identity
from storage import demo
from storage.session import open_database
from storage.store import SqlStore

START = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
KEY = b"a key that is only used in tests, 32+"

pytest_plugins = ["tests.databases"]

Talker = Callable[..., Chat]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite what golden tests compare with")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture(scope="session")
def demo_image() -> bytes:
    """The demo database as SQLite keeps it: made once, copied for every test."""

    async def make() -> bytes:
        database, _ = await open_store("sqlite://", SetClock(START))
        await database.write(demo.fill)
        image = database._writes.serialize()
        await database.close()
        return image

    return asyncio.run(make())


@pytest.fixture
async def store(demo_image: bytes, clock: SetClock) -> AsyncIterator[SqlStore]:
    database = open_database("sqlite://")
    database._writes.deserialize(demo_image)
    yield SqlStore(database, clock)
    await database.close()


@pytest.fixture
async def talker(store: SqlStore, clock: SetClock) -> Talker:
    """`talker("Bo Fiktivsson", "teams")` is a chat as that person."""
    engine = make_engine(store, (KEY,))

    async def identities() -> dict[tuple[str, str], Identity]:
        return await store.database.read(demo.identities)

    known = await identities()

    def talk(name: str, platform: str = "web", kind: str = "personal") -> Chat:
        who = known.get((name, platform)) or known[name, "web"]
        return Chat(engine, clock, who, kind)  # type: ignore[arg-type]

    return talk
