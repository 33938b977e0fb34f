"""From the cells of a line to a row that knows what it would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from storage.imports import values
from storage.imports.model import Cell, Kind, Row

LIMITS = {
    "name": 120, "short": 60, "title": 80, "email": 200, "mailbox": 200, "theme": 300,
    "place": 200, "link": 500, "text": 3000,
}  # fmt: skip  # characters, as the tables have them


def start(kind: Kind, line: int, sheet: str, said: Mapping[str, str]) -> Row:
    """Every cell as it stands. A formula is no value: who reads the file may see another."""
    row = Row(kind, line, sheet)
    row.cells = [Cell(column, text, "same") for column, text in said.items() if text]
    for cell in row.cells:
        if cell.text.startswith("="):
            row.say("formula", error=True, column=cell.column)
        elif len(cell.text) > LIMITS.get(cell.column, 1000):
            row.say("too-long", error=True, column=cell.column, most=LIMITS[cell.column])
    return row


def text(row: Row, column: str) -> str:
    """What stands there, unless it is wrong already."""
    for cell in row.cells:
        if cell.column == column and cell.state != "error":
            return cell.text
    return ""


def has(row: Row, column: str) -> bool:
    return any(cell.column == column for cell in row.cells)


def put(row: Row, column: str, new: Any, old: Any, show: Callable[[Any], str] = str) -> None:
    """The cell is new, changed or the same; what is to be written is kept."""
    cell = next((each for each in row.cells if each.column == column), None)
    if cell is None or cell.state == "error":
        return
    if new == old and not row.fresh:
        return
    row.values[column] = new
    if cell.state == "same":
        cell.state = "new" if row.fresh or old in {None, "", ()} else "changed"
    if not row.fresh and old not in (None, "", (), []):
        cell.old = show(old)


def day(row: Row, column: str, today: date) -> date | None:
    said = text(row, column)
    if not said:
        return None
    found = values.days(said, today)
    if found is None or found.first != found.last:
        row.say("date", error=True, column=column, said=said)
        return None
    doubt(row, column, found)
    return found.first


def doubt(row: Row, column: str, found: values.Days) -> None:
    if found.doubt:
        row.say(f"date-{found.doubt}", column=column, day=found.first.isoformat(),
                said=text(row, column))  # fmt: skip


def number(row: Row, column: str) -> int | None:
    said = text(row, column)
    if not said:
        return None
    if not said.isdigit() or int(said) > 100:
        row.say("number", error=True, column=column, said=said)
        return None
    return int(said)


def choice(row: Row, column: str, names: dict[str, str]) -> str | None:
    said = text(row, column)
    if not said:
        return None
    found = values.one_of(names, said)
    if found is None:
        options = ", ".join(words.split()[0] for words in names.values())
        row.say("choice", error=True, column=column, said=said, options=options)
    return found


def address(row: Row, column: str) -> str:
    said = text(row, column)
    if said and not values.ADDRESS.fullmatch(said):
        row.say("address", error=True, column=column, said=said)
        return ""
    return said
