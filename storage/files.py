"""Files: kept as they came, tied to what they belong to, forgotten when they belong to nothing.

A file that is tied to a subject is shown by that subject's own module, which knows who may see it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.errors import Refused
from bot.files import FileHandle, clean_name
from bot.rules.roles import Person
from storage.documents import DocumentError, extract
from storage.tables import file

LOOSE = timedelta(hours=24)  # how long a file is kept that nothing is tied to
MOST_LOOSE = 20  # of one person
_HEAD = 400  # characters


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of some bytes before they are kept."""

    name: str
    kind: str
    paragraphs: tuple[str, ...]
    problem: str = ""


def examine(data: bytes, name: str) -> Examined:
    """Takes up to ten seconds: call in a thread, before the transaction."""
    name = clean_name(name)
    try:
        found = extract(data, name)
    except DocumentError as error:
        return Examined(name, error.kind, (), error.reason)
    return Examined(name, found.kind, found.paragraphs)


def put(
    connection: Connection, person: int, data: bytes, examined: Examined, at: datetime
) -> FileHandle:
    """The same bytes by the same person are kept once until they are tied to something."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = connection.execute(
        select(*_FACTS).where(
            file.c.person_id == person, file.c.sha256 == sha256, file.c.name == examined.name,
            file.c.subject.is_(None), file.c.at > at - LOOSE,
        )
    ).first()  # fmt: skip
    if known is not None:
        return _handle(known)
    if _loose(connection, person, at) >= MOST_LOOSE:
        return FileHandle(0, examined.name, examined.kind, len(data), sha256, "too-many")
    row = connection.execute(
        insert(file)
        .values(
            person_id=person, name=examined.name, kind=examined.kind, size=len(data),
            sha256=sha256, content=b"" if examined.problem else data,
            paragraphs=list(examined.paragraphs), problem=examined.problem, at=at,
        )
        .returning(*_FACTS)
    ).one()  # fmt: skip
    return _handle(row)


def _loose(connection: Connection, person: int, at: datetime) -> int:
    return connection.execute(
        select(func.count())
        .select_from(file)
        .where(file.c.person_id == person, file.c.subject.is_(None), file.c.at > at - LOOSE)
    ).scalar_one()


def loose(connection: Connection, person: int, number: int) -> FileHandle | None:
    """A file that this person sent and that is tied to nothing yet."""
    row = connection.execute(
        select(*_FACTS).where(
            file.c.id == number, file.c.person_id == person, file.c.subject.is_(None)
        )
    ).first()
    return None if row is None else _handle(row)


def words(connection: Connection, who: Person, number: int) -> tuple[str, ...]:
    """The paragraphs of a file that one sent oneself; raise Refused if it is gone."""
    row = connection.execute(
        select(file.c.paragraphs).where(file.c.id == number, file.c.person_id == who.id)
    ).first()
    if row is None:
        raise Refused("file-gone")
    return tuple(row.paragraphs)


def tie(connection: Connection, who: Person, number: int, subject: str) -> FileHandle:
    """From now on the file belongs to `subject` and is kept as long as that. Only its sender may."""
    row = connection.execute(
        update(file)
        .where(file.c.id == number, file.c.person_id == who.id, file.c.subject.is_(None))
        .values(subject=subject)
        .returning(*_FACTS)
    ).first()
    if row is None:
        raise Refused("file-gone")
    return _handle(row)


def of_subject(connection: Connection, subject: str) -> list[FileHandle]:
    rows = connection.execute(select(*_FACTS).where(file.c.subject == subject).order_by(file.c.id))
    return [_handle(row) for row in rows]


def get(connection: Connection, number: int) -> bytes:
    """The bytes, for a subject's own module; raise LookupError if they are not what was kept."""
    row = connection.execute(select(file.c.content, file.c.sha256).where(file.c.id == number)).one()
    content = bytes(row.content)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise LookupError(f"file {number} is not what was kept")
    return content


def forget(connection: Connection, now: datetime) -> None:
    """Files that were never tied to anything."""
    connection.execute(delete(file).where(file.c.subject.is_(None), file.c.at < now - LOOSE))


_FACTS = (
    file.c.id, file.c.name, file.c.kind, file.c.size, file.c.sha256, file.c.problem,
    file.c.paragraphs,
)  # fmt: skip


def _handle(row: Any) -> FileHandle:
    head = "\n".join(row.paragraphs[:5])[:_HEAD]
    return FileHandle(row.id, row.name, row.kind, row.size, row.sha256, row.problem, head)
