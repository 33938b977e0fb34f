"""Rows of cells, one line a row with tabs between the cells, so that line n stays row n.

A sheet begins with a line that holds its name in brackets; empty rows stay as empty lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from storage.documents import DocumentError

ROWS = (
    10_002  # of one file, with its headings: one more than is taken, so that too many can be told
)
COLUMNS = 40
CELL = 1_000  # characters
CHARACTERS = 8_000_000
_BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


class Lines:
    """Collects rows of all sheets; `full` once there are too many."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._rows = 0
        self._size = 0

    @property
    def full(self) -> bool:
        return self._rows >= ROWS

    def sheet(self, name: str) -> None:
        self.found.append(f"[{_words(name).strip('[]')}]")

    def rows(self, rows: Iterable[Sequence[Any]]) -> None:
        empty = 0
        for row in rows:
            line = "\t".join(shown(cell) for cell in row[:COLUMNS]).rstrip("\t")
            if not line:
                empty += 1
                if empty > ROWS:
                    return
                continue
            self.found += [""] * empty + [line]
            self._rows += 1
            self._size += len(line)
            empty = 0
            if self._size > CHARACTERS:
                raise DocumentError("too-big")
            if self.full:
                return

    def whole(self) -> list[str]:
        if not self._rows:
            raise DocumentError("empty")
        return self.found


def shown(cell: Any) -> str:
    """A cell as text: days and times in ISO form, whole numbers without decimals."""
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nej"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")[:16]
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat()[:5]
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return _words(str(cell))


def _words(text: str) -> str:
    return " ".join(_BREAKS.sub(" ", text[:CELL]).split())
