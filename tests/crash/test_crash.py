"""Fifty kills: nothing is lost, and nothing is said twice where one can ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.session import Database, PostgresDatabase
from tests.crash.run import Figures, kill_again_and_again

TIMES = 50


def holds(found: Figures) -> None:
    print(found)
    assert found.lost == 0
    assert found.doubled == 0
    assert found.worst <= 2


async def test_fifty_kills_on_sqlite(tmp_path: Path) -> None:
    holds(await kill_again_and_again(f"sqlite:///{tmp_path / 'crash.sqlite'}", TIMES, 1, 7))


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_fifty_kills_of_two_processes_on_postgresql(database: Database) -> None:
    assert isinstance(database, PostgresDatabase)
    url = database._url.replace("+asyncpg", "")
    holds(await kill_again_and_again(url, TIMES, 2, 7))
