"""Everything a region owns as open files: for taking it elsewhere, or for the archive.

The lists in the folder itself are those of the import, so that they can be read in again; behind
them stands every table, row by row, and every file that was kept.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table, select

from bot.files import clean_name
from storage import tables  # noqa: F401 - all of them are known once it is loaded
from storage.imports.columns import SHEETS, TEMPLATE
from storage.imports.model import Kind
from storage.imports.values import BODY_KINDS, FORMATS, ROLES
from storage.imports.world import World, load
from storage.tables import body, file, mandate, mandate_owner, metadata, region, report

# What is no region's own, or nobody's to carry away: keys, messages on their way, health.
LEFT_BEHIND = frozenset({
    "signin", "feed", "outbox", "inbox", "conversation", "address", "handout", "counter", "miss",
    "installation", "timer", "need",
})  # fmt: skip
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula


def files(connection: Connection, number: int) -> Iterator[tuple[str, bytes]]:
    """Path in the folder, and content."""
    world = load(connection, number)
    for kind, lines in _lists(connection, world).items():
        yield f"{SHEETS[kind].casefold()}.csv", _csv([TEMPLATE[kind], *lines])
    owned = _owned(connection, number)
    for name, rows in owned.items():
        if rows:
            head = list(rows[0])
            listed = [[row[column] for column in head] for row in rows]
            yield f"tabeller/{name}.csv", _csv([head, *listed])
    for row in owned.get("file", ()):
        if row["subject"] is not None:
            content = connection.execute(
                select(file.c.content).where(file.c.id == row["id"])
            ).scalar_one()
            yield f"filer/{row['id']}-{clean_name(row['name'])}", bytes(content)


def _owned(connection: Connection, number: int) -> dict[str, list[dict[str, Any]]]:
    """Rows of the region, and rows that belong to such rows, table by table."""
    mine: dict[str, set[Any]] = {"region": {number}}
    found: dict[str, list[dict[str, Any]]] = {}
    for table in _sorted():
        if table.name in LEFT_BEHIND:
            continue
        rows = [
            dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
            for row in connection.execute(select(*_open(table)).order_by(*table.primary_key))
        ]
        kept = [row for row in rows if _belongs(table, row, mine)]
        found[table.name] = kept
        if "id" in table.c:
            mine[table.name] = {row["id"] for row in kept}
    return found


def _sorted() -> Sequence[Table]:
    return metadata.sorted_tables


def _open(table: Table) -> list[Any]:
    return [column for column in table.c if not isinstance(column.type, LargeBinary)]


def _belongs(table: Table, row: dict[str, Any], mine: dict[str, set[Any]]) -> bool:
    """By its region, else by the first thing that it points at."""
    if table is region:
        return row["id"] in mine["region"]
    if "region_id" in table.c:
        return row["region_id"] in mine["region"]
    for column in table.c:
        for key in column.foreign_keys:
            if row.get(column.name) is not None:
                return row[column.name] in mine.get(key.column.table.name, ())
    return False


def _lists(connection: Connection, world: World) -> dict[Kind, list[list[str]]]:
    found: dict[Kind, list[list[str]]] = {
        "bodies": [
            [each.name, _said(BODY_KINDS, each.kind), each.short, ", ".join(each.aliases),
             each.parent.name if each.parent else "", _number(each.per_year),
             _number(each.per_half_year), each.mailbox or "",
             ", ".join(town.name for town in each.towns)]
            for each in dict.fromkeys(world.groups.values())
        ],
        "people": [
            [each.name, each.town.name if each.town else "", each.title, each.email or "",
             _day(each.left_on)]
            for each in world.humans
        ],
        "roles": [
            [each.human.name, each.human.town.name if each.human.town else "",
             each.human.email or "", _said(ROLES, each.role), each.group.name if each.group else "",
             _day(each.since), _day(each.until)]
            for each in world.seats
        ],
        "meetings": [
            [", ".join(group.name for group in each.groups), _day(each.days[0][0].date()),
             _day(each.days[-1][0].date()) if len(each.days) > 1 else "",
             f"{each.days[0][0]:%H:%M}", f"{each.days[-1][1]:%H:%M}", _said(FORMATS, each.format),
             each.place, each.link, each.host.name if each.host else "", each.theme]
            for each in world.gatherings
            if not each.cancelled
        ],
        "mandates": list(_mandates(connection, world)),
    }  # fmt: skip
    return found


def _mandates(connection: Connection, world: World) -> Iterator[list[str]]:
    givers = {each.id: each.giver.name for each in world.tasks}
    rows = connection.execute(
        select(mandate.c.id, mandate.c.title, mandate.c.text, body.c.name, report.c.kind,
               report.c.deadline)
        .select_from(
            mandate.join(mandate_owner, mandate_owner.c.mandate_id == mandate.c.id)
            .join(body, body.c.id == mandate_owner.c.body_id)
            .join(report, report.c.owner_id == mandate_owner.c.id)
        )
        .where(mandate.c.region_id == world.id)
        .order_by(mandate.c.id, mandate_owner.c.id)
    )  # fmt: skip
    told: dict[int, list[str]] = {}
    for row in rows:
        line = told.setdefault(
            row.id, [row.title, givers[row.id], row.name, "", "", "", "", row.text]
        )
        place = {"interim": 4, "final": 5}.get(row.kind)
        if place is not None:
            line[place] = str(row.deadline["said"].get("words", ""))
    yield from told.values()


def _said(names: dict[str, str], key: str) -> str:
    """The first of the words that the import reads as this."""
    return names[key].split()[0] if key in names else key


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(
        [[_cell(cell) for cell in row] for row in rows]
    )
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    """Text that a spreadsheet cannot take for a formula."""
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat()
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case str() if value.startswith(_RISKY):
            return f"'{value}"
        case _:
            return str(value)
