"""The database's versions, and the way from any of them to the newest.

A revision's name begins with `pre_` if it may run while the older program still runs, with
`post_` if only once the newer one does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.tables.protocols import SEARCH

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent


def kept_by_metadata(name: str | None, kind: str, _: object) -> bool:
    """Whether alembic may compare a table: the full-text index is each database's own kind."""
    return kind != "table" or not (name or "").startswith(SEARCH)


class NewerDatabase(Exception):
    """The database was made by a newer program: install that version, or restore a backup."""


def config(connection: Connection | None = None) -> Config:
    from alembic.config import Config  # noqa: PLC0415 - heavy, and most starts need no migration

    found = Config()
    found.set_main_option("script_location", str(HERE))
    found.set_main_option("path_separator", "os")
    found.attributes["connection"] = connection
    return found


def revisions() -> list[str]:
    """Every version this program knows, in order: a revision is its file's number."""
    return sorted(each.name.partition("_")[0] for each in (HERE / "versions").glob("[0-9]*.py"))


def newest() -> str:
    return revisions()[-1]


def current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection, version: str | None = None) -> None:
    """Bring the database to a version, or the newest, inside the caller's transaction.

    Raise NewerDatabase where this program knows the database's version, or that one, not.
    """
    found, wanted = current(connection), version or newest()
    for each in (found, wanted):
        if each is not None and each not in revisions():
            raise NewerDatabase(each)
    if found != wanted:
        from alembic import command  # noqa: PLC0415

        command.upgrade(config(connection), wanted)
