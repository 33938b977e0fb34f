"""What a file would do to a region, cell by cell, before anything is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["bodies", "people", "roles", "meetings", "mandates"]
State = Literal["new", "changed", "same", "warning", "error"]
KINDS: tuple[Kind, ...] = ("bodies", "people", "roles", "meetings", "mandates")
MOST = 10_000  # rows of one file


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell the person: text `import-note-<code>`. Errors stop their row only."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    error: bool = False
    line: int | None = None  # of the file, from 1
    sheet: str = ""


@dataclass(slots=True)
class Cell:
    column: str  # storage.imports.columns
    text: str  # as it stands in the file
    state: State
    old: str = ""  # what is kept today, where it is another
    note: Note | None = None


@dataclass(slots=True)
class Row:
    """One line of the file. `target` is the thing it makes or changes, `values` what is written."""

    kind: Kind
    line: int
    sheet: str
    name: str = ""  # what it is about, to show
    target: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)  # of the row as a whole
    fresh: bool = False  # makes something new

    def say(self, code: str, *, error: bool = False, column: str = "", **values: Any) -> None:
        """Put a note on a cell, or on the row where it has no such cell."""
        note = Note(code, values, error, self.line, self.sheet)
        cell = next((each for each in self.cells if each.column == column), None)
        if cell is None or cell.note is not None:
            self.notes.append(note)
            return
        cell.note = note
        cell.state = "error" if error else "warning"

    @property
    def told(self) -> list[Note]:
        return [*(each.note for each in self.cells if each.note is not None), *self.notes]

    @property
    def state(self) -> State:
        if any(note.error for note in self.told):
            return "error"
        if self.fresh:
            return "new"
        return "changed" if self.values else "same"

    @property
    def writes(self) -> bool:
        return self.state in {"new", "changed"}


@dataclass(slots=True)
class Table:
    kind: Kind
    sheet: str
    columns: Sequence[str]
    rows: list[Mapping[str, str]]
    lines: list[int]


@dataclass(slots=True)
class Preview:
    region: int | None  # None: it would be made
    region_name: str
    rows: list[Row]
    notes: list[Note]  # of the file and of rules that no single row breaks
    digest: str  # the same file on the same data gives the same

    def count(self, kind: Kind, *states: State) -> int:
        return sum(1 for row in self.rows if row.kind == kind and row.state in states)

    @property
    def told(self) -> list[Note]:
        return [*self.notes, *(note for row in self.rows for note in row.told)]

    @property
    def errors(self) -> int:
        return sum(1 for row in self.rows if row.state == "error")

    @property
    def writes(self) -> bool:
        return any(row.writes for row in self.rows)
