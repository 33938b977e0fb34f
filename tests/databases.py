"""The same databases for every storage test: SQLite in memory, in a file, and PostgreSQL."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage import migrations
from storage.session import Database, open_database

T = TypeVar("T")
SERVER = os.environ.get(
    "NATVERKSBOT_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres"
)


def answers() -> bool:
    parts = urlsplit(SERVER)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), 1):
            return True
    except OSError:
        return False


def _alone(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a loop of its own, also where one runs already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.fixture(scope="session")
def empty_image() -> bytes:
    """A migrated database without content as SQLite keeps it."""

    async def make() -> bytes:
        made = open_database("sqlite://")
        await made.write(migrations.upgrade)
        image = made._writes.serialize()
        await made.close()
        return image

    return _alone(make())


@pytest.fixture(scope="session")
def template() -> Iterator[str]:
    """A migrated database without content on the server, to be copied."""
    if not answers():
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL answers, and CI may not skip it")
        pytest.skip("no PostgreSQL answers at NATVERKSBOT_TEST_POSTGRES")
    name = f"template_{uuid4().hex[:12]}"

    async def make() -> None:
        await administer(f'create database "{name}"')
        made = open_database(f"{SERVER.rsplit('/', 1)[0]}/{name}")
        await made.write(migrations.upgrade)
        await made.close()

    _alone(make())
    yield name
    _alone(administer(f'drop database "{name}"'))


@pytest.fixture(
    params=["sqlite-memory", "sqlite-file", pytest.param("postgres", marks=pytest.mark.postgres)]
)
async def database(
    request: pytest.FixtureRequest, empty_image: bytes, tmp_path: Path
) -> AsyncIterator[Database]:
    if request.param == "postgres":
        name = f"test_{uuid4().hex[:12]}"
        await administer(
            f'create database "{name}" template "{request.getfixturevalue("template")}"'
        )
        found = open_database(SERVER.rsplit("/", 1)[0] + "/" + name)
    elif request.param == "sqlite-file":
        (tmp_path / "test.sqlite").write_bytes(empty_image)
        found = open_database(f"sqlite:///{tmp_path / 'test.sqlite'}")
    else:
        found = open_database("sqlite://")
        found._writes.deserialize(empty_image)
    yield found
    await found.close()
    if request.param == "postgres":
        await administer(f'drop database "{name}"')


async def administer(statement: str) -> None:
    engine = create_async_engine(
        "postgresql+asyncpg://" + SERVER.split("://", 1)[1], isolation_level="AUTOCOMMIT"
    )
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


def count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"select count(*) from {table}")).scalar_one())
