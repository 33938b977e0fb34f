"""Mandates: what a row would make. One that is there already is changed in the chat, not here."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot import dates
from bot.rules.assignment import goals_in, short_of
from bot.rules.deadline import Deadline
from storage.imports import cells, values
from storage.imports.model import Row, Table
from storage.imports.world import Group, Task, Town, World


def mandates(table: Table, world: World, today: date) -> list[Row]:
    rows = []
    for line, said in zip(table.lines, table.rows, strict=True):
        row = cells.start("mandates", line, table.sheet, said)
        _mandate(row, world, today)
        rows.append(row)
    return rows


def _mandate(row: Row, world: World, today: date) -> None:
    row.name = title = cells.text(row, "title")
    giver, owner = _body(row, world, "giver"), _body(row, world, "owner")
    if not title:
        return row.say("no-name", error=True)
    if giver is None or owner is None:
        return None
    known = [
        each for each in world.tasks
        if each.giver is giver and each.title.casefold() == title.casefold()
    ]  # fmt: skip
    if known:
        row.target = known[0]
        return None
    towns = _towns(row, world)
    reports = []
    for kind in ("interim", "final"):
        deadline = _deadline(row, kind, today)
        if deadline is not None:
            reports.append((kind, deadline))
        elif kind == "final" and not cells.text(row, "final"):
            row.say("no-final", error=True)
    row.fresh = True
    row.target = Task(title, giver)
    goals = goals_in(f"mål {said}") if (said := cells.text(row, "goals")) else ()
    row.values = {
        "owner": owner, "towns": towns, "reports": reports, "goals": goals,
        "short": short_of(title), "text": cells.text(row, "text"),
    }  # fmt: skip
    for cell in row.cells:
        cell.state = "new" if cell.state == "same" else cell.state
    if row.state != "error":
        world.tasks.append(row.target)
    return None


def _body(row: Row, world: World, column: str) -> Group | None:
    said = cells.text(row, column)
    found = world.group(said) if said else None
    if found is None:
        near = world.near_group(said) if said else ""
        row.say(
            "body-unknown" if said else "no-body", error=True, column=column, said=said, near=near
        )
    return found


def _towns(row: Row, world: World) -> list[Town]:
    found = []
    for name in values.several(cells.text(row, "towns")):
        town = world.town(name)
        if town is None:
            near = world.near_town(name)
            row.say("town-unknown", error=True, column="towns", said=name, near=near)
        else:
            found.append(town)
    return found


def _deadline(row: Row, column: str, today: date) -> Deadline | None:
    """A day, a month or a season that is still to come; loose words ask for a month in the chat."""
    said = cells.text(row, column)
    if not said:
        return None
    value = dates.read(said, now=datetime(today.year, today.month, today.day, 12, tzinfo=UTC))
    found = Deadline(value) if value is not None else None
    if found is None or found.last is None:
        row.say("deadline", error=True, column=column, said=said)
    elif found.last < today:
        row.say("deadline-over", error=True, column=column, said=said)
    return found
