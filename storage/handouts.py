"""Files handed out as links: kept until the link expires, then erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from storage.tables.handouts import handout


def keep(
    connection: Connection, name: str, mime: str, content: bytes, until: datetime, now: datetime
) -> int:
    """The number of the kept file. What has expired is erased on the way."""
    connection.execute(delete(handout).where(handout.c.expires_at <= now))
    row = {"name": name, "mime": mime, "content": content, "expires_at": until}
    made = connection.execute(insert(handout).values(row).returning(handout.c.id))
    return int(made.scalar_one())


def find(connection: Connection, number: int, now: datetime) -> Row[Any] | None:
    """None for what never was or has expired."""
    return connection.execute(
        select(handout).where(handout.c.id == number, handout.c.expires_at > now)
    ).one_or_none()
