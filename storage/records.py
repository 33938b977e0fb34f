"""What is written for later reading: who did what, and what was not understood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select

from storage.session import upsert
from storage.tables import audit as audit_table
from storage.tables import miss as miss_table


def audit(
    connection: Connection, at: datetime, action: str, subject: str, person: int | None,
    detail: Mapping[str, str],
) -> None:  # fmt: skip
    connection.execute(
        insert(audit_table).values(
            at=at, person_id=person, action=action, subject=subject, detail=dict(detail)
        )
    )


def misses(connection: Connection) -> dict[str, int]:
    """How often something was not understood, by language."""
    rows = connection.execute(
        select(miss_table.c.language, func.sum(miss_table.c.count)).group_by(miss_table.c.language)
    )
    return {language: int(count) for language, count in rows}


def miss(connection: Connection, day: date, lang: str, best: str) -> None:
    statement = upsert(connection)(miss_table).values(
        day=day, language=lang, best=best[:40], count=1
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["day", "language", "best"], set_={"count": miss_table.c.count + 1}
        )
    )
