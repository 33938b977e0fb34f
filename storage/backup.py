"""One file that holds everything, from either database into either database.

gzip, one JSON value a line: a head with the database's version; then for each table its name and columns,
followed by its rows; at last a foot with the number of rows. Moments are UTC, bytes are base64.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import IO, Any

from sqlalchemy import (
    Connection,
    Date,
    DateTime,
    LargeBinary,
    MetaData,
    Table,
    bindparam,
    func,
    select,
    text,
    update,
)

from bot.errors import BotError
from storage import migrations
from storage.decisions import reindex
from storage.results import NEVER
from storage.tables import metadata, outbox
from storage.tables.protocols import SEARCH

FORMAT = 1
CHUNK = 500  # rows written at once
Read = Callable[[Any], Any]


class BackupError(BotError):
    """The file cannot be restored; the message says why and what to do."""


def write(connection: Connection, target: IO[bytes]) -> int:
    """Write all of one consistent state; gives the number of rows."""
    count = 0
    with gzip.GzipFile(fileobj=target, mode="wb", mtime=0) as packed:
        _line(packed, {"natverksboten": FORMAT, "version": migrations.current(connection)})
        for table in metadata.sorted_tables:
            columns = [column.name for column in table.columns]
            _line(packed, {"table": table.name, "columns": columns})
            keys = list(table.primary_key.columns)
            for row in connection.execute(select(table).order_by(*keys)).yield_per(CHUNK):
                _line(packed, [_out(value) for value in row])
                count += 1
        _line(packed, {"rows": count})
    return count


def restore(connection: Connection, source: IO[bytes]) -> int:
    """Fill an empty database and bring it to the newest version; gives the number of rows.

    Raise BackupError, and leave the database as it was, for a database that holds anything, a
    file of a newer program, and a file that is damaged or cut off.
    """
    try:
        source.seek(0)  # the work may be run again when the database asks for it
        lines = _lines(source)
        head = next(lines, None)
        if not isinstance(head, dict) or head.get("natverksboten") != FORMAT:
            raise BackupError(
                "this is no backup of Nätverksboten: give a file that `db backup` wrote"
            )
        _must_be_empty(connection)
        migrations.upgrade(connection, str(head["version"]))
        count = _fill(connection, lines)
    except (OSError, EOFError, ValueError, KeyError, zlib.error) as error:
        raise BackupError("the file is damaged or cut off: take another backup") from error
    except migrations.NewerDatabase as error:
        raise BackupError(
            f"the backup is of a newer version ({error}): install that version of the program first"
        ) from error
    migrations.upgrade(connection)
    reindex(connection)
    return count


def hold(connection: Connection) -> int:
    """Letters that waited when the backup was made may have gone since: they are not sent again by
    themselves, but shown to an administrator, who may. Gives how many.
    """
    done = connection.execute(
        update(outbox)
        .where(outbox.c.state.in_(("pending", "sending", "unsure")))
        .values(state="unsure", run_at=NEVER, owner=None, lease_until=None, error="restored")
    )
    return done.rowcount


def _must_be_empty(connection: Connection) -> None:
    if migrations.current(connection) is None:
        return
    for table in metadata.sorted_tables:
        if connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise BackupError(
                f"the database already holds something ({table.name}): restore into an empty one"
            )
    metadata.drop_all(connection)
    connection.execute(text("DROP TABLE alembic_version"))


def _fill(connection: Connection, lines: Iterator[Any]) -> int:
    found = MetaData()
    found.reflect(connection, only=lambda name, _: not name.startswith(SEARCH))
    count = 0
    filling: _Filling | None = None
    for line in lines:
        if isinstance(line, list) and filling is not None:
            filling.add(line)
            count += 1
            continue
        if filling is not None:
            filling.end()
        if "table" in line:
            filling = _Filling(connection, found.tables[line["table"]], line["columns"])
        elif line["rows"] != count:
            raise BackupError(f"the file holds {count} rows of {line['rows']}: it is damaged")
        else:
            _continue_numbers(connection, found)
            return count
    raise EOFError


class _Filling:
    """Rows on their way into one table; what points into the same table is set at the end."""

    def __init__(self, connection: Connection, table: Table, columns: Sequence[str]) -> None:
        self._connection = connection
        self._table = table
        self._readers = [(name, _reader(table, name)) for name in columns]
        self._own = [
            column.name for column in table.columns
            if any(key.column.table is table for key in column.foreign_keys)
        ]  # fmt: skip
        self._rows: list[dict[str, Any]] = []
        self._later: list[dict[str, Any]] = []

    def add(self, values: Sequence[Any]) -> None:
        row = {name: read(value) for (name, read), value in zip(self._readers, values, strict=True)}
        if any(row[name] is not None for name in self._own):
            self._later.append({"of": row["id"], **{name: row[name] for name in self._own}})
            row |= dict.fromkeys(self._own)
        self._rows.append(row)
        if len(self._rows) == CHUNK:
            self._insert()

    def end(self) -> None:
        self._insert()
        if self._later:
            values: dict[str, Any] = {name: bindparam(name) for name in self._own}
            change = self._table.update().where(self._table.c.id == bindparam("of")).values(values)
            self._connection.execute(change, self._later)

    def _insert(self) -> None:
        if self._rows:
            self._connection.execute(self._table.insert(), self._rows)
            self._rows.clear()


def _continue_numbers(connection: Connection, tables: MetaData) -> None:
    """PostgreSQL counts ids in sequences, which rows with ids of their own do not move."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables.sorted_tables:
        if "id" in table.columns and table.columns["id"].autoincrement:
            highest = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, highest, False)))


def _reader(table: Table, name: str) -> Read:
    """Turns what stands in the file into what the column takes."""
    kind = table.columns[name].type
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else base64.b64decode(value, validate=True)
    if isinstance(kind, DateTime):
        aware = bool(kind.timezone)
        return lambda value: None if value is None else _moment(value, aware=aware)
    if isinstance(kind, Date):
        return lambda value: None if value is None else date.fromisoformat(value)
    return lambda value: value


def _moment(value: str, *, aware: bool) -> datetime:
    found = datetime.fromisoformat(value)
    if aware:
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _out(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _line(target: gzip.GzipFile, value: object) -> None:
    target.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")


def _lines(source: IO[bytes]) -> Iterator[Any]:
    with gzip.GzipFile(fileobj=source, mode="rb") as packed:
        for line in packed:
            yield json.loads(line)
