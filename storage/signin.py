"""One-time links into the web chat, and the sessions they open. Only hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from storage.tables import municipality, person, region, signin

LINK_LIFE = timedelta(minutes=30)
SESSION_LIFE = timedelta(hours=12)


def offer(connection: Connection, number: int, now: datetime) -> str:
    """A secret for a link that opens one session within half an hour."""
    secret = secrets.token_urlsafe(32)
    connection.execute(
        insert(signin).values(
            person_id=number, secret_hash=_hash(secret), expires_at=now + LINK_LIFE
        )
    )
    return secret


def redeem(connection: Connection, secret: str, now: datetime) -> str | None:
    """The token of a new session; None if the link is unknown, old, or was used before."""
    token = secrets.token_urlsafe(32)
    done = connection.execute(
        update(signin)
        .where(
            signin.c.secret_hash == _hash(secret), signin.c.used_at.is_(None),
            signin.c.expires_at >= now,
        )
        .values(used_at=now, session_hash=_hash(token), session_expires_at=now + SESSION_LIFE)
    )  # fmt: skip
    return token if done.rowcount == 1 else None


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
        .where(signin.c.session_hash == _hash(token), signin.c.session_expires_at >= now)
    ).first()
    return None if row is None else (row.id, row.name, row.town or "", row.region, row.title)


def end(connection: Connection, token: str, now: datetime) -> None:
    connection.execute(
        update(signin).where(signin.c.session_hash == _hash(token)).values(session_expires_at=now)
    )


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
