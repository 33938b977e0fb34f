"""A backup holds everything, goes from either database into either, and is refused where it does not fit."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Connection, func, insert, select, text, update

from storage import backup, demo, migrations
from storage.backup import BackupError
from storage.session import Database, open_database
from storage.tables import body, metadata, region


def content(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
        for table in metadata.sorted_tables
    }  # fmt: skip


def turn_the_tree(connection: Connection) -> None:
    """The oldest body gets the newest as its parent."""
    first, last = connection.execute(select(func.min(body.c.id), func.max(body.c.id))).one()
    connection.execute(update(body).where(body.c.id == first).values(parent_id=last))


async def saved(database: Database) -> bytes:
    out = io.BytesIO()
    await database.read(lambda c: backup.write(c, out))
    return out.getvalue()


@pytest.fixture
async def empty() -> AsyncIterator[Database]:
    found = open_database("sqlite://")
    yield found
    await found.close()


async def test_everything_comes_back(database: Database, empty: Database) -> None:
    await database.write(demo.fill)
    await database.write(turn_the_tree)
    before = await database.read(content)

    raw = await saved(database)
    await empty.write(lambda c: backup.restore(c, io.BytesIO(raw)))

    assert await empty.read(content) == before
    assert sum(map(len, before.values())) > 500


async def test_it_can_be_restored_there_and_numbers_go_on(
    database: Database, empty: Database
) -> None:
    await empty.write(migrations.upgrade)
    await empty.write(demo.fill)
    raw = await saved(empty)

    await database.write(lambda c: backup.restore(c, io.BytesIO(raw)))

    assert await database.read(content) == await empty.read(content)
    await database.write(lambda c: c.execute(insert(region).values(key="new", name="New")) and None)


async def test_a_database_that_holds_something_is_left_alone(database: Database) -> None:
    raw = await saved(database)
    await database.write(demo.fill)
    before = await database.read(content)

    with pytest.raises(BackupError, match="empty"):
        await database.write(lambda c: backup.restore(c, io.BytesIO(raw)))

    assert await database.read(content) == before


def bent(raw: bytes, kind: str) -> bytes:
    lines = gzip.decompress(raw).splitlines(keepends=True)
    match kind:
        case "cut off":
            return raw[: len(raw) // 2]
        case "last lines gone":
            return gzip.compress(b"".join(lines[:-1]))
        case "a row gone":
            row = next(i for i, line in enumerate(lines) if line.startswith(b"["))
            return gzip.compress(b"".join(lines[:row] + lines[row + 1 :]))
        case "newer":
            head = json.loads(lines[0]) | {"version": "9999_pre_future"}
            return gzip.compress(json.dumps(head).encode() + b"\n" + b"".join(lines[1:]))
        case "another program's":
            return gzip.compress(b'{"hello": 1}\n')
        case "a byte bent":
            return raw[:200] + bytes([raw[200] ^ 0xFF]) + raw[201:]
        case _:
            return b"not gzip at all"


@pytest.mark.parametrize(
    "kind",
    [
        "cut off",
        "last lines gone",
        "a row gone",
        "newer",
        "another program's",
        "a byte bent",
        "text",
    ],
)
async def test_a_file_that_does_not_fit_changes_nothing(database: Database, kind: str) -> None:
    await database.write(demo.fill)
    raw = bent(await saved(database), kind)
    target = open_database("sqlite://")
    try:
        with pytest.raises(BackupError):
            await target.write(lambda c: backup.restore(c, io.BytesIO(raw)))

        tables = await target.read(
            lambda c: c.execute(text("select name from sqlite_master")).all()
        )
        assert tables == []
    finally:
        await target.close()
