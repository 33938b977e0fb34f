"""The demo in a database in memory, for tests of queries and operations."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Connection, Engine, create_engine, event, select

from bot.rules.roles import Person
from storage import demo
from storage.people import person_by_id
from storage.tables import body, metadata, municipality, person

TODAY = date(2026, 11, 23)
WALL = datetime(2026, 11, 23, 9)  # the demo's now, as Swedish wall time
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def engine() -> Engine:
    found = create_engine("sqlite://")
    event.listen(found, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=1"))
    with found.begin() as connection:
        metadata.create_all(connection)
        demo.fill(connection)
    return found


def someone(connection: Connection, name: str, today: date = TODAY) -> Person:
    """A demo person by full name, with the municipality behind it where two share one."""
    full, _, town = name.partition(", ")
    statement = select(person.c.id).where(person.c.name == full).order_by(person.c.id)
    if town:
        statement = statement.join(municipality).where(municipality.c.name == town)
    found = person_by_id(connection, connection.execute(statement).scalars().one(), today)
    assert found is not None
    return found


def everybody(connection: Connection, today: date = TODAY) -> list[Person]:
    numbers = connection.execute(select(person.c.id).order_by(person.c.id)).scalars().all()
    found = [person_by_id(connection, number, today) for number in numbers]
    return [each for each in found if each is not None]


def body_id(connection: Connection, name: str) -> int:
    return connection.execute(select(body.c.id).where(body.c.name == name)).scalar_one()
