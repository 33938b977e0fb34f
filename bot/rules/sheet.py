"""Tables as files for spreadsheets: CSV and XLSX, in which no cell is ever a formula."""

# ruff: noqa: E501 - the XML of the format stands in whole lines

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from bot.rules.seats import safe_cell

Row = Sequence[str]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
_RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
_BOOK = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>"""
_BOOK_RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""
_SHEET = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"""
_MADE = (2026, 1, 1, 0, 0, 0)  # the same rows give the same bytes


def to_csv(rows: Sequence[Row]) -> bytes:
    """With semicolons and a byte order mark, as Swedish Excel opens it."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [[safe_cell(cell) for cell in row] for row in rows]
    )
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Sequence[Row], name: str) -> bytes:
    """Every cell is a text: what begins like a formula is shown as it was written."""
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(cell, number, place) for place, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    parts = {
        "[Content_Types].xml": _TYPES, "_rels/.rels": _RELS,
        "xl/workbook.xml": _BOOK.format(name=escape(name[:31], {'"': "&quot;"})),
        "xl/_rels/workbook.xml.rels": _BOOK_RELS,
        "xl/worksheets/sheet1.xml": _SHEET.format(rows=lines),
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for path, text in parts.items():
            book.writestr(zipfile.ZipInfo(path, _MADE), text.encode())
    return out.getvalue()


def _cell(text: str, row: int, place: int) -> str:
    shown = escape(_UNFIT.sub("", safe_cell(text)))
    return f'<c r="{_column(place)}{row}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'


def _column(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
