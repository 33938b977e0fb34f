"""Tables as plain text, whatever office wrote them: semicolon, comma or tab, in any encoding."""

from __future__ import annotations

import csv
import io
import re

from storage.documents import DocumentError
from storage.documents.plain import decode
from storage.documents.table import Lines

_TOLD = re.compile(r"sep=(.)\r?\n", re.I)  # Excel's own first line
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def paragraphs(data: bytes) -> tuple[list[str], dict[str, str]]:
    text = decode(data)
    told = _TOLD.match(text)
    divider = told[1] if told else _divider(text)
    csv.field_size_limit(1_000_000)
    lines = Lines()
    rows = csv.reader(io.StringIO(text[told.end() :] if told else text), delimiter=divider)
    try:
        if told:
            lines.rows([[" "]])
        lines.rows(rows)
    except csv.Error as error:
        raise DocumentError("unreadable") from error
    return lines.whole(), {}


def _divider(text: str) -> str:
    """What divides the first line that holds anything."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    plain = _QUOTED.sub("", first)
    return max(";\t,", key=plain.count)
