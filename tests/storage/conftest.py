"""The same databases for every storage test: SQLite in memory, in a file, and PostgreSQL."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage import migrations
from storage.session import Database, open_database

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


@pytest.fixture(
    params=["sqlite-memory", "sqlite-file", pytest.param("postgres", marks=pytest.mark.postgres)]
)
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    if request.param == "postgres":
        if not answers():
            if os.environ.get("CI"):
                pytest.fail("no PostgreSQL answers, and CI may not skip it")
            pytest.skip("no PostgreSQL answers at NATVERKSBOT_TEST_POSTGRES")
        name = f"test_{uuid4().hex[:12]}"
        await administer(f'create database "{name}"')
        found = open_database(SERVER.rsplit("/", 1)[0] + "/" + name)
    else:
        path = "" if request.param == "sqlite-memory" else f"/{tmp_path / 'test.sqlite'}"
        found = open_database(f"sqlite://{path}")
    await found.write(migrations.upgrade)
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
