"""Calendar subscriptions: an address whose secret is all that is needed to read it.

Only the secret's hash is kept. A feed shows what its owner may see at the moment it is read.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.errors import Refused
from bot.rules.roles import Person
from storage import bodies
from storage.meetings.find import meetings_between
from storage.meetings.model import Meeting
from storage.people import person_by_id
from storage.tables import feed, person
from storage.valid import wall

BACK = timedelta(days=366)  # how long past meetings stay in a calendar
AHEAD = timedelta(days=3 * 366)
LONGEST = 100  # characters of a secret


@dataclass(frozen=True, slots=True)
class Feed:
    id: int
    person: int
    body: int | None  # None: all the person's own bodies
    language: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FeedContent:
    """`body` is the name of the one body, or empty. Cancelled meetings are among the meetings."""

    owner: Person
    body: str
    language: str
    meetings: tuple[Meeting, ...]


def create(
    connection: Connection, who: Person, body: int | None, language: str, at: datetime
) -> tuple[int, str]:
    """Give the number and the secret of a new feed; the secret cannot be found again.

    Raise Refused for a body that the person may not ask about.
    """
    if body is not None and bodies.by_id(connection, who, body) is None:
        raise Refused("no-such-body")
    secret = secrets.token_urlsafe(32)
    number = connection.execute(
        insert(feed)
        .values(
            person_id=who.id, body_id=body, secret_hash=_hash(secret), language=language,
            created_at=at,
        )
        .returning(feed.c.id)
    ).scalar_one()  # fmt: skip
    return int(number), secret


def of_person(connection: Connection, who: Person) -> list[Feed]:
    """One's feeds that can still be read, oldest first."""
    rows = connection.execute(
        select(feed)
        .where(feed.c.person_id == who.id, feed.c.revoked_at.is_(None))
        .order_by(feed.c.id)
    )
    return [_feed(row) for row in rows]


def revoke(connection: Connection, who: Person, at: datetime, numbers: Sequence[int]) -> int:
    """End some of one's own feeds; gives how many there were to end."""
    done = connection.execute(
        update(feed)
        .where(feed.c.person_id == who.id, feed.c.id.in_(numbers), feed.c.revoked_at.is_(None))
        .values(revoked_at=at)
    )
    return int(done.rowcount)


def find(connection: Connection, secret: str, at: datetime) -> Feed | None:
    """None for a secret that is unknown or revoked, or whose owner has left: the same for all."""
    if len(secret) > LONGEST:
        return None
    row = connection.execute(
        select(feed, person.c.left_on)
        .join(person, person.c.id == feed.c.person_id)
        .where(feed.c.secret_hash == _hash(secret), feed.c.revoked_at.is_(None))
    ).first()
    if row is None or (row.left_on is not None and row.left_on < wall(at).date()):
        return None
    return _feed(row)


def content(connection: Connection, secret: str, at: datetime) -> FeedContent | None:
    """What a subscriber gets now; None also when the owner may no longer ask about the body."""
    found = find(connection, secret, at)
    now = wall(at)
    owner = None if found is None else person_by_id(connection, found.person, now.date())
    if found is None or owner is None:
        return None
    mine = bodies.of_person(connection, owner)
    if found.body is not None:
        mine = tuple(each for each in bodies.visible(connection, owner) if each.id == found.body)
        if not mine:
            return None
    meetings = meetings_between(
        connection, [each.id for each in mine], now - BACK, now + AHEAD, cancelled=True
    )
    name = "" if found.body is None else mine[0].name
    return FeedContent(owner, name, found.language, tuple(meetings))


def _feed(row: Row[Any]) -> Feed:
    return Feed(row.id, row.person_id, row.body_id, row.language, row.created_at)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
