"""The list of those who were erased, beside the database: what an older backup brings back is erased again.

One JSON value a line: the database's number, a person's number, and when. It names nobody.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import BotError
from storage import privacy
from storage.session import Database

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds between looks
Line = tuple[int, int, str]  # database, person, moment


def path_of(url: str, environment: Mapping[str, str]) -> Path | None:
    """Where the list stands; None for a database in memory."""
    if given := environment.get("NATVERKSBOT_ERASURES"):
        return Path(given)
    if urlsplit(url).scheme != "sqlite":
        return Path("natverksboten.erasures")
    file = url.removeprefix("sqlite://").removeprefix("/")
    return Path(f"{file}.erasures") if file else None


def read(path: Path) -> list[Line]:
    """Raise BotError for a list that is damaged: it must not be passed over."""
    if not path.exists():
        return []
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return [
            (int(each["database"]), int(each["person"]), str(each["at"]))
            for each in lines
            if datetime.fromisoformat(each["at"]).tzinfo
        ]
    except (OSError, ValueError, KeyError, TypeError):
        raise BotError(f"{path} is damaged: mend it or take it from another copy") from None


async def write(database: Database, path: Path) -> int:
    """Add whoever was erased since; gives how many there are. The file is whole at every moment."""
    of, mine = await database.read(privacy.erased_here)
    now = [(of, number, at.isoformat()) for number, at in mine.items() if of]
    known = await asyncio.to_thread(read, path)
    new = {line[:2]: line for line in [*now, *known]}
    if len(new) > len(known):
        await asyncio.to_thread(_replace, path, sorted(new.values()))
    return len(new)


def _replace(path: Path, lines: list[Line]) -> None:
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(number, "w", encoding="utf-8") as out:
        for database, person, at in lines:
            out.write(json.dumps({"database": database, "person": person, "at": at}) + "\n")
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(path)


async def repeat(database: Database, path: Path, now: datetime) -> tuple[int, int]:
    """After a restore: erase again, and destroy what is past its time; gives how many of each."""
    lines = await asyncio.to_thread(read, path)
    listed = [(of, person, datetime.fromisoformat(at)) for of, person, at in lines]
    return await database.write(lambda c: privacy.repeat(c, listed, now))


async def keep(database: Database, path: Path) -> None:
    """Runs as long as the server does."""
    while True:
        try:
            await write(database, path)
        except Exception:
            log.exception("the list of erasures could not be written, will be tried again")
        await asyncio.sleep(EVERY)
