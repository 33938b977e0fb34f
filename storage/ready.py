"""Statements of every turn, made ready once.

SQLAlchemy's way through a statement costs ten times what SQLite needs for it. A Ready statement is
compiled once, and on SQLite goes straight to the driver with SQLAlchemy's own conversions of values;
on PostgreSQL, where the way to the server costs more, SQLAlchemy executes it as ever.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.types import TypeEngine

Statement = Select[Any] | Insert | Update | Delete
Convert = Callable[[Any], Any]


class Ready:
    """`postgresql` is the statement there, where the dialects differ. No IN over a list."""

    def __init__(self, statement: Statement, *, postgresql: Statement | None = None) -> None:
        self._sqlite = statement
        self._other = statement if postgresql is None else postgresql
        self._driver: _Driver | None = None

    def all(self, connection: Connection, **values: object) -> list[Any]:
        """Rows with a name for each column."""
        if connection.dialect.name != "sqlite":
            return list(connection.execute(self._other, values).all())
        return self._ready(connection).rows(connection, values)

    def first(self, connection: Connection, **values: object) -> Any:
        """The first row, or None."""
        found = self.all(connection, **values)
        return found[0] if found else None

    def run(self, connection: Connection, **values: object) -> int:
        """Gives how many rows were written."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._other, values).rowcount
        return int(self._ready(connection).execute(connection, values).rowcount)

    def each(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
        """Write once for each of the rows."""
        if connection.dialect.name != "sqlite":
            if rows:
                connection.execute(self._other, rows)
            return
        for row in rows:
            self._ready(connection).execute(connection, row)

    def _ready(self, connection: Connection) -> _Driver:
        if self._driver is None:
            self._driver = _Driver(self._sqlite, connection.dialect)
        return self._driver


class _Driver:
    """The text of a statement and the way of each value into it and out of it."""

    def __init__(self, statement: Statement, dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self._text = str(compiled)
        self._binds: list[tuple[str, Any, bool, Convert | None]] = []
        for name in compiled.positiontup:
            bind = compiled.binds[name]
            convert = _into(bind.type, dialect)
            fixed = convert(bind.value) if convert and not bind.required else bind.value
            self._binds.append((name, fixed, bind.required, convert))
        columns = list(statement.selected_columns) if isinstance(statement, Select) else []
        self._outs = [
            (place, convert)
            for place, each in enumerate(columns)
            if (convert := _out_of(each.type, dialect)) is not None
        ]
        self._row = _row([str(each.key) for each in columns])

    def execute(self, connection: Connection, values: Mapping[str, object]) -> Any:
        given = [
            fixed if not asked else convert(values[name]) if convert else values[name]
            for name, fixed, asked, convert in self._binds
        ]
        return driver(connection).execute(self._text, given)

    def rows(self, connection: Connection, values: dict[str, object]) -> list[Any]:
        found = []
        for raw in self.execute(connection, values):
            row = list(raw)
            for place, convert in self._outs:
                row[place] = convert(row[place])
            found.append(self._row(row))
        return found


def driver(connection: Connection) -> Any:
    """SQLite's own connection inside SQLAlchemy's."""
    return connection.connection.dbapi_connection


def _row(names: list[str]) -> Convert:
    made: Any = namedtuple("Row", names)  # type: ignore[misc]  # noqa: PYI024
    make: Convert = made._make
    return make


def _into(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _out_of(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
