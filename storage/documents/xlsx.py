"""Excel's own format: every visible sheet, row by row. A formula comes as it is written, with =."""

from __future__ import annotations

import io
import sys
from typing import Any, cast
from zipfile import BadZipFile

from storage.documents import DocumentError
from storage.documents.package import Package
from storage.documents.table import Lines


def paragraphs(data: bytes) -> tuple[list[str], dict[str, str]]:
    _refuse_types(Package(data))
    sys.modules.setdefault("numpy", cast("Any", None))  # it needs more memory than there is
    from openpyxl import load_workbook  # noqa: PLC0415

    lines = Lines()
    try:
        book: Any = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible" or lines.full:
                continue
            lines.sheet(sheet.title)
            sheet.reset_dimensions()  # what the file says of its size is not believed
            lines.rows(sheet.iter_rows(values_only=True))
    except (BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise DocumentError("unreadable") from error
    return lines.whole(), {}


def _refuse_types(package: Package) -> None:
    """A workbook's XML may declare no types or entities."""
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            first = next(package.chunks(name), b"")
            if b"<!DOCTYPE" in first or b"<!ENTITY" in first:
                raise DocumentError("bomb")
