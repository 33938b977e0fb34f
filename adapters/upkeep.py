"""`natverksbot db upgrade | backup FILE | restore FILE`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

from adapters import erasures
from adapters.core import SystemClock
from bot.errors import BotError
from storage import backup, migrations, privacy
from storage.session import Database, open_database


async def db(step: Literal["upgrade", "backup", "restore"], url: str, file: str | None) -> None:
    """Raise BotError that says what to do."""
    try:
        database = open_database(url)
    except ValueError as error:
        raise BotError(str(error)) from None
    try:
        if step == "upgrade":
            await _upgrade(database)
        elif step == "backup":
            await _backup(database, Path(file or ""))
        else:
            await _restore(database, Path(file or ""), erasures.path_of(url, os.environ))
    finally:
        await database.close()


async def _upgrade(database: Database) -> None:
    before = await database.read(migrations.current)
    try:
        await database.write(migrations.upgrade)
    except migrations.NewerDatabase as error:
        raise BotError(
            f"the database is of a newer version ({error}): install that version of the program"
        ) from None
    after = migrations.newest()
    said = f"already at {after}" if before == after else f"from {before or 'nothing'} to {after}"
    sys.stdout.write(f"database {said}\n")


async def _backup(database: Database, target: Path) -> None:
    """The file appears only when it is whole; nobody but the owner may read it."""
    if await database.read(migrations.current) is None:
        raise BotError("there is no database yet: is DATABASE_URL right?")
    with _whole(target) as out:
        count = await database.read(lambda connection: backup.write(connection, out))
    sys.stdout.write(f"{count} rows in {target}\n")


@contextmanager
def _whole(target: Path) -> Iterator[IO[bytes]]:
    try:
        number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise BotError(f"{target.parent} cannot be written to: {error.strerror}") from None
    try:
        with os.fdopen(number, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


async def _restore(database: Database, source: Path, listed: Path | None) -> None:
    """Who was erased after the backup is erased again, and what is past its time goes."""
    try:
        with source.open("rb") as file:
            count = await database.write(lambda connection: backup.restore(connection, file))
    except OSError as error:
        raise BotError(f"{source} cannot be read: {error.strerror}") from None
    sys.stdout.write(f"{count} rows restored, database at {migrations.newest()}\n")
    held = await database.write(backup.hold)
    if held:
        sys.stdout.write(
            f"{held} letters held: they may have gone already, an administrator sees them\n"
        )
    if listed is not None:
        back, gone = await erasures.repeat(database, listed, SystemClock().now())
        sys.stdout.write(
            f"{back} people erased again ({listed}), {gone} rows past their time gone\n"
        )


async def retention(url: str, now: datetime, *, dry: bool) -> None:
    """What the nightly run would do, or does, by region and class."""
    database = open_database(url)
    try:
        if await database.read(migrations.current) is None:
            raise BotError("there is no database yet: is DATABASE_URL right?")
        if dry:
            done = await database.read(lambda c: privacy.run(c, now, dry=True))
        else:
            done = await database.write(lambda c: privacy.run_and_log(c, now))
    finally:
        await database.close()
    for each in done:
        word = "would go" if dry else "gone"
        why = each.reference or "no decision needed"
        if each.waits:
            word, why = (
                "kept",
                "no decision to destroy them: an administrator enters it in the chat",
            )
        what = f"{each.region or 'everywhere'}: {each.of}: {each.count} rows older than {each.days} days"
        sys.stdout.write(f"{what} {word} ({why})\n")
