"""Filling a region from files: XLSX, CSV and ICS, shown cell by cell before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.errors import Refused
from bot.rules.roles import Action, Person
from storage import files, records
from storage.imports.carry import carry_out
from storage.imports.model import KINDS, MOST, Cell, Kind, Note, Preview, Row
from storage.imports.preview import find_region, may, needs_body, plan, preview
from storage.imports.template import csv_templates, shown, workbook
from storage.imports.world import World, load
from storage.rights import authorise
from storage.tables import region as region_table
from storage.valid import wall

__all__ = [
    "KINDS", "MOST", "Cell", "Kind", "Note", "Preview", "Row", "bring", "csv_templates",
    "find_region", "may_start", "of_file", "preview", "region_names", "shown", "start", "template",
    "without_body", "workbook",
]  # fmt: skip


def template(connection: Connection) -> bytes:
    """The workbook to fill in; the same for every region."""
    del connection
    return workbook()


def region_names(connection: Connection, numbers: Sequence[int]) -> list[tuple[int, str]]:
    rows = connection.execute(
        select(region_table.c.id, region_table.c.name)
        .where(region_table.c.id.in_(numbers))
        .order_by(region_table.c.name)
    )
    return [(row.id, row.name) for row in rows]


def may_start(connection: Connection, who: Person, region: int, today: date) -> None:
    """Raise Refused, with who may, unless the person may fill the region."""
    authorise(connection, who, Action.MANAGE_DIRECTORY, region, [], today)


def without_body(connection: Connection, who: Person, number: int) -> bool:
    """Whether a file that one sent holds meetings that do not say whose they are."""
    return needs_body(files.words(connection, who, number))


def of_file(
    connection: Connection, who: Person, number: int, today: date, region: int,
    body: int | None = None,
) -> Preview:  # fmt: skip
    """What a file that one sent would do; raise Refused unless one may do all of it."""
    found = preview(connection, region, "", files.words(connection, who, number), today, body)
    may(connection, who, region, found, today)
    return found


def bring(
    connection: Connection, who: Person, number: int, region: int, body: int | None, digest: str,
    at: datetime,
) -> dict[str, Any]:  # fmt: skip
    """Do what the preview with this digest showed; raise Refused if things have changed since."""
    world = load(connection, region)
    lines = files.words(connection, who, number)
    found = plan(world, lines, wall(at).date(), body)
    may(connection, who, region, found, wall(at).date())
    if found.digest != digest:
        raise Refused("import-changed")
    changed = [row.target.id for row in found.rows
               if row.kind == "meetings" and row.writes and not row.fresh]  # fmt: skip
    done = carry_out(connection, world, found, who.id, at)
    return {"done": done, "meetings": changed}


def start(
    connection: Connection, region: int | None, name: str, lines: Sequence[str], at: datetime
) -> dict[str, int]:
    """The same by whoever runs the server, who may also make a region."""
    world = World(None, name) if region is None else load(connection, region)
    done = carry_out(connection, world, plan(world, lines, wall(at).date()), None, at)
    detail = {kind: str(count) for kind, count in done.items()}
    records.audit(connection, at, "import", f"region:{world.id}", None, detail)
    return dict(done)
