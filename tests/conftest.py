"""What every test may use: the real engine on the demo database, with a clock that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.core import SetClock, make_engine, open_store
from bot.testing import Chat
from bot.turn import Identity
from storage import demo
from storage.store import SqlStore

START = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Stockholm"))
KEY = b"a key that is only used in tests, 32+"

Talker = Callable[..., Chat]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite what golden tests compare with")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
async def store(clock: SetClock) -> AsyncIterator[SqlStore]:
    database, store = await open_store("sqlite://", clock)
    await database.write(demo.fill)
    yield store
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
