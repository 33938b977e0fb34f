"""Files that people fill in, and the preview as a workbook with a colour for each cell's state."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from storage.imports.columns import NAMES, README, SHEETS, TEMPLATE
from storage.imports.model import KINDS, Note, Preview, State

COLOURS: Mapping[State, str] = {
    "new": "C6EFCE", "changed": "BDD7EE", "warning": "FFEB9C", "error": "FFC7CE",
}  # fmt: skip
_HELP = (
    "Fyll i de blad du behöver, ett i taget eller alla på en gång, och skicka filen till boten.",
    "Du får se allt innan något sparas. Samma fil två gånger ändrar ingenting.",
    "Grupper: Slag är Nätverk, Skolchefer, Presidium, Arbetsgrupp, Styrgrupp, Beredning, Konferens, "
    "Delregional eller Kansli.",
    "Personer känns igen på e-postadressen, annars på namn och kommun.",
    "Roller: Medlem, Ordförande, Presidium, Skolchef, Samordnare, Gäst eller Administratör. "
    "Samordnare och administratör har ingen grupp.",
    "Möten: Datum som 2027-01-28. Har mötet flera dagar skriver du den sista i Till datum.",
    "Uppdrag: Delrapport och Slutrapport är månader, till exempel maj 2027.",
)


def workbook() -> bytes:
    book = _book()
    for kind in KINDS:
        sheet = book.create_sheet(SHEETS[kind])
        _header(sheet, TEMPLATE[kind])
    guide = book.create_sheet(README)
    for line in _HELP:
        guide.append([line])
    return _bytes(book)


def csv_templates() -> dict[str, bytes]:
    """By name; semicolons and a mark of the encoding, as Swedish Excel wants."""
    found = {}
    for kind in KINDS:
        text = io.StringIO()
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(TEMPLATE[kind])
        found[f"{SHEETS[kind].casefold()}.csv"] = text.getvalue().encode("utf-8-sig")
    return found


def shown(found: Preview, say: Callable[[Note], str], state: Callable[[State], str]) -> bytes:
    """Every row with its state, every cell in the colour of its own, notes and old values beside."""
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    book = _book()
    fills = {key: PatternFill("solid", fgColor=colour) for key, colour in COLOURS.items()}
    for kind in KINDS:
        rows = [row for row in found.rows if row.kind == kind]
        if not rows:
            continue
        columns = [
            column for column in NAMES[kind]
            if any(cell.column == column for row in rows for cell in row.cells)
        ]  # fmt: skip
        sheet = book.create_sheet(SHEETS[kind])
        titles = [NAMES[kind][column].split("|")[0] for column in columns]
        _header(sheet, ("Rad", "Läge", *titles, "Anmärkning"))
        for place, row in enumerate(rows, 2):
            _put(sheet, place, 1, row.line)
            _put(sheet, place, 2, state(row.state))
            for cell in row.cells:
                drawn = _put(sheet, place, 3 + columns.index(cell.column), cell.text)
                if cell.state in fills:
                    drawn.fill = fills[cell.state]
                if cell.old:
                    drawn.comment = Comment(cell.old, "Nätverksboten")
            _put(sheet, place, 3 + len(columns), " ".join(say(note) for note in row.told))
    return _bytes(book)


def sheet_of(name: str, rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of one sheet, whose text no spreadsheet takes for formulas; headings first."""
    book = _book()
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
    _header(sheet, [str(head) for head in rows[0]])
    for at, row in enumerate(rows[1:], 2):
        for column, value in enumerate(row, 1):
            _put(sheet, at, column, value)
    return _bytes(book)


def _put(sheet: Any, row: int, column: int, value: object) -> Any:
    cell = sheet.cell(row, column)
    if isinstance(value, int):
        cell.value = value
    else:
        cell.value = str(value)
        cell.data_type = "s"  # text, whatever it begins with
        cell.quotePrefix = str(value).startswith(("=", "+", "-", "@"))
    return cell


def _header(sheet: Any, names: Sequence[str]) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415

    sheet.append(list(names))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(12, len(str(cell.value)) + 4)
    sheet.freeze_panes = "A2"


def _book() -> Any:
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    book.remove(book.active)
    return book


def _bytes(book: Any) -> bytes:
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()
