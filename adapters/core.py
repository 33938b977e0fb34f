"""Joins database, dialogs and engine; the same for the server, the terminal and the tests."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from bot.engine import Engine, Fetch
from bot.ports import Clock, Session
from bot.rules.roles import Person
from bot.seal import Seal
from bot.texts import Texts, shared
from bot.understand import Names
from dialogs import every, rules
from dialogs import texts as of_dialogs
from storage import directory, migrations
from storage.session import Database, open_database
from storage.store import SqlStore


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the clock that everybody asks


class SetClock:
    """Stands still until it is set: for chat, demo and tests."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def names(session: Session, person: Person) -> Names:
    """What the person's regions are called; kept until people or bodies change."""
    return session.cached(
        ("names", person.regions), lambda: session.query(directory.names, person.regions)
    )


async def open_store(url: str, clock: Clock) -> tuple[Database, SqlStore]:
    """Open the database and bring it to the newest version."""
    database = open_database(url)
    await database.write(migrations.upgrade)
    return database, SqlStore(database, clock)


def make_engine(
    store: SqlStore, seal_keys: tuple[bytes, ...], public_url: str = "http://localhost:3978",
    fetch: Fetch | None = None,
) -> Engine:  # fmt: skip
    """Raise TextError or DialogError for anything wrong in a dialog's file."""
    return Engine(
        store=store, dialogs=every(), texts=texts(), seal=Seal(seal_keys),
        names=names, public_url=public_url, fetch=fetch, rules=rules(),
    )  # fmt: skip


@cache
def texts() -> Texts:
    return Texts.of(shared(), *of_dialogs())
