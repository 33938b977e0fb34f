"""One-time links into the web chat, and the sessions they open. Only hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, delete, insert, or_, select, update

from storage import people
from storage.tables import municipality, person, region, signin
from storage.valid import wall

LINK_LIFE = timedelta(minutes=30)
SESSION_LIFE = timedelta(hours=12)
REMEMBERED = timedelta(days=7)  # so long a link that is used or too old can be told from none

State = Literal["fresh", "used", "old", "unknown"]


def offer(connection: Connection, number: int, now: datetime) -> str:
    """A secret for a link that opens one session within half an hour.

    A link that the person got before and has not used stops working.
    """
    secret = secrets.token_urlsafe(32)
    mine = signin.c.person_id == number
    connection.execute(
        update(signin)
        .where(mine, signin.c.used_at.is_(None), signin.c.expires_at > now)
        .values(expires_at=now - timedelta(seconds=1))
    )
    connection.execute(
        insert(signin).values(
            person_id=number, secret_hash=_hash(secret), expires_at=now + LINK_LIFE
        )
    )
    return secret


def state(connection: Connection, secret: str, now: datetime) -> State:
    """Whether a link would work now; looking at it changes nothing."""
    row = connection.execute(
        select(signin.c.used_at, signin.c.expires_at).where(signin.c.secret_hash == _hash(secret))
    ).first()
    if row is None:
        return "unknown"
    if row.used_at is not None:
        return "used"
    return "fresh" if row.expires_at >= now else "old"


def redeem(connection: Connection, secret: str, now: datetime) -> str | None:
    """The token of a new session; None if the link is unknown, old, or was used before.

    From then on the person's account on the web is known, as whoever opened the link proved it.
    """
    token = secrets.token_urlsafe(32)
    number = connection.execute(
        update(signin)
        .where(
            signin.c.secret_hash == _hash(secret), signin.c.used_at.is_(None),
            signin.c.expires_at >= now,
        )
        .values(used_at=now, session_hash=_hash(token), session_expires_at=now + SESSION_LIFE)
        .returning(signin.c.person_id)
    ).scalar()  # fmt: skip
    if number is None:
        return None
    tenant = connection.execute(
        select(region.c.name)
        .join(person, person.c.region_id == region.c.id)
        .where(person.c.id == number)
    ).scalar_one()
    people.link(connection, number, ("web", tenant, str(number)), now)
    return token


def who(connection: Connection, token: str, now: datetime) -> tuple[int, str, str, str, str] | None:
    """Number, name, municipality, region and title of the session's person, if it still counts."""
    row = connection.execute(
        select(
            person.c.id,
            person.c.name,
            municipality.c.name.label("town"),
            region.c.name.label("region"),
            person.c.title,
        )
        .select_from(
            signin.join(person, person.c.id == signin.c.person_id)
            .join(region, region.c.id == person.c.region_id)
            .outerjoin(municipality, municipality.c.id == person.c.municipality_id)
        )
        .where(
            signin.c.session_hash == _hash(token), signin.c.session_expires_at >= now,
            or_(person.c.left_on.is_(None), person.c.left_on >= wall(now).date()),
        )
    ).first()  # fmt: skip
    return None if row is None else (row.id, row.name, row.town or "", row.region, row.title)


def end(connection: Connection, token: str, now: datetime) -> None:
    connection.execute(
        update(signin)
        .where(signin.c.session_hash == _hash(token))
        .values(session_expires_at=now - timedelta(seconds=1))
    )


def forget(connection: Connection, now: datetime) -> int:
    """Remove links that were used or grew old a week ago; gives how many."""
    done = connection.execute(
        delete(signin).where(
            signin.c.expires_at < now - REMEMBERED,
            or_(signin.c.session_expires_at.is_(None), signin.c.session_expires_at < now),
        )
    )
    return int(done.rowcount)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
