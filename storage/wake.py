"""Telling senders that there is something to do, once the transaction that says so is committed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, text

CHANNEL = "natverksbot"
RETRY = 2.0  # seconds until a lost connection is made again
_KEY = "wakes"
_NOTIFY = text(f"select pg_notify('{CHANNEL}', '')")


def wake(connection: Connection) -> None:
    """Call in every transaction that plans a timer or writes a letter."""
    if not connection.info.get(_KEY):
        connection.info[_KEY] = True
        if connection.dialect.name == "postgresql":
            connection.execute(_NOTIFY)


def taken(connection: Connection) -> bool:
    """Whether this connection's transaction has woken anybody; forgets it."""
    return bool(connection.info.pop(_KEY, False))


async def listen(url: str, call: Callable[[], None]) -> None:
    """Hear what any process on this PostgreSQL says, until cancelled; a lost connection is made again.

    What was said meanwhile is not heard, so every new connection counts as a call.
    """
    import asyncpg  # type: ignore[import-untyped]  # noqa: PLC0415 - only PostgreSQL needs it

    plain = url.replace("postgresql+asyncpg://", "postgresql://", 1)
    while True:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await _hear(await asyncpg.connect(plain), call)
        await asyncio.sleep(RETRY)


async def _hear(connection: Any, call: Callable[[], None]) -> None:
    lost = asyncio.Event()
    try:
        connection.add_termination_listener(lambda _: lost.set())
        await connection.add_listener(CHANNEL, lambda *_: call())
        call()
        await lost.wait()
    finally:
        connection.terminate()
