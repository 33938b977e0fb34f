"""What is kept about a person, for that person alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from bot.rules.roles import Person
from storage.privacy.places import of_table
from storage.privacy.rows import mine, tables
from storage.tables import body, person, role
from storage.tables.privacy import erasure

SECRET = frozenset({"secret_hash", "session_hash"})  # they open doors and tell nothing


@dataclass(frozen=True, slots=True)
class About:
    profile: Mapping[str, str]  # name, title, municipality, region, email, language
    roles: tuple[tuple[str, str], ...]  # role, body ("" for the whole region)
    accounts: tuple[str, ...]  # platforms
    counts: Mapping[str, int]  # rows by class
    content: bytes  # everything, as JSON


def about(connection: Connection, who: Person) -> About:
    """Every row that is about this person, whichever table it stands in."""
    rows: dict[str, list[dict[str, Any]]] = {}
    counts: dict[str, int] = {}
    for table in tables():
        condition = mine(connection, table, who.id)
        if condition is None:
            continue
        places = of_table(table.name)
        shown = [table.c[each.column] for each in places if each.column not in SECRET]
        found = [
            {key: _plain(value) for key, value in row._mapping.items()}  # noqa: SLF001
            for row in connection.execute(select(*shown).where(condition))
        ]
        if found:
            rows[table.name] = found
            of = places[0].of.value
            counts[of] = counts.get(of, 0) + len(found)
    me = connection.execute(select(person.c.email).where(person.c.id == who.id)).one()
    profile = {
        "name": who.name, "title": who.title, "municipality": who.municipality_name,
        "region": who.region_name, "email": me.email or "", "language": who.language or "",
    }  # fmt: skip
    roles = connection.execute(
        select(role.c.role, func.coalesce(body.c.name, "").label("name"))
        .select_from(role.outerjoin(body, body.c.id == role.c.body_id))
        .where(role.c.person_id == who.id)
        .order_by(role.c.id)
    )
    accounts = [row["platform"] for row in rows.get("identity", ())]
    content = json.dumps({"person": profile, "rows": rows}, ensure_ascii=False, indent=1)
    return About(
        profile, tuple((row.role, row.name) for row in roles),
        tuple(dict.fromkeys(accounts)), counts, content.encode(),
    )  # fmt: skip


def is_erased(connection: Connection, number: int) -> bool:
    found = select(erasure.c.person_id).where(erasure.c.person_id == number)
    return connection.execute(found).first() is not None


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return f"{len(bytes(value))} bytes"
    return value
