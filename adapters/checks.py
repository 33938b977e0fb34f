"""`natverksbot check`: whether the settings will work, and what to do where not."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Mapping

from adapters import settings
from adapters.core import SystemClock, make_engine, open_store
from bot.errors import BotError
from storage import migrations


async def check(environment: Mapping[str, str]) -> int:
    """Write one line per thing; 0 if all of it will work."""
    steps: tuple[tuple[str, Callable[[Mapping[str, str]], Awaitable[str]]], ...] = (
        ("settings", _settings), ("database", _database), ("dialogs", _dialogs),
        ("understanding", _understanding),
    )  # fmt: skip
    wrong = 0
    for name, step in steps:
        try:
            said, mark = await step(environment), "ok"
        except Exception as error:  # noqa: BLE001 - each is shown with what to do
            said, mark = _advice(error), "WRONG"
            wrong += 1
        sys.stdout.write(f"{mark:6} {name:14} {said}\n")
    return 1 if wrong else 0


async def _settings(environment: Mapping[str, str]) -> str:
    found = settings.read(environment)
    return f"read; the server will listen on {found.host}:{found.port}"


async def _database(environment: Mapping[str, str]) -> str:
    url = environment.get("DATABASE_URL", settings.DATABASE)
    database, _ = await open_store(url, SystemClock())
    try:
        version = await database.read(migrations.current)
    finally:
        await database.close()
    return f"{database.dialect}, version {version}, newest"


async def _dialogs(environment: Mapping[str, str]) -> str:
    del environment
    database, store = await open_store("sqlite://", SystemClock())
    try:
        engine = make_engine(store, (b"only for checking the dialogs' files",))
    finally:
        await database.close()
    return f"{len(engine.core.dialogs)} found, their texts are whole in both languages"


async def _understanding(environment: Mapping[str, str]) -> str:
    from bot.understand import load  # noqa: PLC0415

    del environment
    load()
    return "the weights fit their checksum"


def _advice(error: Exception) -> str:
    if isinstance(error, BotError):
        return str(error)
    return f"{type(error).__name__}: see whether DATABASE_URL is right and the database answers"
