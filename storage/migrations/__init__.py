"""The database's versions, and the way from any of them to the newest.

A revision's name begins with `pre_` if it may run while the older program still runs, with
`post_` if only once the newer one does.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


class NewerDatabase(Exception):
    """The database was made by a newer program: install that version, or restore a backup."""


def config(connection: Connection | None = None) -> Config:
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent))
    found.set_main_option("path_separator", "os")
    found.attributes["connection"] = connection
    return found


def newest() -> str:
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None
    return head


def current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, version: str | None = None) -> None:
    """Bring the database to a version, or the newest, inside the caller's transaction.

    Raise NewerDatabase where this program knows the database's version, or that one, not.
    """
    found, wanted = current(connection), version or newest()
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    for each in (found, wanted):
        if each is not None and each not in known:
            raise NewerDatabase(each)
    if found != wanted:
        command.upgrade(config(connection), wanted)
