"""A file held against a region: what would be new, changed, doubtful or wrong. Nothing is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from bot.errors import Refused
from bot.rules.roles import Action, Person
from storage.imports import directory, mandates, meetings
from storage.imports.columns import tables
from storage.imports.model import MOST, Note, Preview, Row
from storage.imports.world import Group, World, load
from storage.rights import authorise
from storage.tables import region


def find_region(connection: Connection, said: str) -> int | None:
    """By key or name; "" names the only one there is."""
    if not said:
        found = connection.execute(select(region.c.id)).scalars().all()
        return found[0] if len(found) == 1 else None
    plain = said.casefold().strip()
    return connection.execute(
        select(region.c.id).where(
            (func.lower(region.c.key) == plain) | (func.lower(region.c.name) == plain)
        )
    ).scalar()


def preview(
    connection: Connection, number: int | None, name: str, lines: Sequence[str], today: date,
    body: int | None = None,
) -> Preview:  # fmt: skip
    """`number` is the region's, None for one to be made; `body` whose meetings they are."""
    world = World(None, name) if number is None else load(connection, number)
    return plan(world, lines, today, body)


def plan(world: World, lines: Sequence[str], today: date, body: int | None = None) -> Preview:
    found, notes = tables(lines)
    if sum(len(table.rows) for table in found) > MOST:
        raise Refused("import-too-many", most=MOST)
    rows: list[Row] = []
    group = next((g for g in world.groups.values() if g.id == body and body is not None), None)
    for table in found:
        match table.kind:
            case "bodies":
                rows += directory.bodies(table, world, today)
            case "people":
                rows += directory.people(table, world, today)
            case "roles":
                rows += directory.roles(table, world, today)
            case "meetings":
                rows += meetings.meetings(table, world, today, group)
            case "mandates":
                rows += mandates.mandates(table, world, today)
    if found and not rows:
        notes.append(Note("no-rows", error=True))
    notes += meetings.shortfalls(rows, world)
    return Preview(world.id, world.name, rows, notes, _digest(rows))


def needs_body(lines: Sequence[str]) -> bool:
    """Whether there are meetings that do not say whose they are."""
    return any(
        table.kind == "meetings"
        and not {"body", "category", "uid"} & set(table.columns)
        for table in tables(lines)[0]
    )  # fmt: skip


def may(connection: Connection, who: Person, number: int, found: Preview, today: date) -> None:
    """Raise Refused, with who may, unless the person may do all that the file would."""
    directory_too = {row.kind for row in found.rows} & {"bodies", "people", "roles"}
    if directory_too or not found.rows:
        authorise(connection, who, Action.MANAGE_DIRECTORY, number, [], today)
    for row in found.rows:
        if row.kind == "meetings" and row.target is not None:
            for group in row.target.groups:
                _may(connection, who, Action.MANAGE_MEETING, number, group, today)
        if row.kind == "mandates" and row.target is not None:
            _may(connection, who, Action.GIVE_MANDATE, number, row.target.giver, today)


def _may(
    connection: Connection, who: Person, action: Action, number: int, group: Group, today: date
) -> None:
    authorise(connection, who, action, number, [group.id] if group.id else [], today)


def _digest(rows: Sequence[Row]) -> str:
    told = [
        (row.kind, row.line, row.state, getattr(row.target, "id", None),
         [(cell.column, cell.text, cell.state, cell.old) for cell in row.cells])
        for row in rows
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, default=_plain).encode()).hexdigest()[:32]


def _plain(value: Any) -> str:
    return str(value)
