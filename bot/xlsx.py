"""A plain Excel workbook from rows of text: the same rows give the same bytes.

Every cell is text, so that nothing that somebody wrote is ever read as a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_UNFIT = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
NAME = 31  # characters that the name of a sheet may have

Rows = Sequence[Sequence[str]]


def write(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """Named sheets; the first row of each is its head."""
    numbers = range(1, len(sheets) + 1)
    names = [
        _NOT_IN_NAMES.sub(" ", name)[:NAME] or f"{at}" for at, (name, _) in enumerate(sheets, 1)
    ]
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="r{at}"/>'
        for at, name in zip(numbers, names, strict=True)
    )
    links = "".join(
        f'<Relationship Id="r{at}" Type="{_REL}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in numbers
    )
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for at in numbers
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{parts}</Types>',
        "_rels/.rels": _links(
            f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(
            f'{links}<Relationship Id="styles" Type="{_REL}/styles" Target="styles.xml"/>'
        ),
        "xl/styles.xml": _STYLES,
    }
    files |= {
        f"xl/worksheets/sheet{at}.xml": _sheet(rows)
        for at, (_, rows) in zip(numbers, sheets, strict=True)
    }
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _HEAD + content,
                             zipfile.ZIP_DEFLATED)  # fmt: skip
    return found.getvalue()


def _sheet(rows: Rows) -> str:
    widths = "".join(
        f'<col min="{at}" max="{at}" width="{24 if at == 1 else 60}" customWidth="1"/>'
        for at in range(1, max((len(row) for row in rows), default=1) + 1)
    )
    lines = "".join(
        f'<row r="{at}">{"".join(_cell(text, head=at == 1) for text in row)}</row>'
        for at, row in enumerate(rows, 1)
    )
    pane = (
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/>'
        "</sheetView></sheetViews>"
    )
    return f'<worksheet xmlns="{_S}">{pane}<cols>{widths}</cols><sheetData>{lines}</sheetData></worksheet>'


def _cell(text: str, *, head: bool) -> str:
    clean = escape(_UNFIT.sub("", text))
    return (
        f'<c t="inlineStr" s="{1 if head else 2}"><is><t xml:space="preserve">{clean}</t></is></c>'
    )


def _links(inner: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


_STYLES = (
    f'<styleSheet xmlns="{_S}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf fontId="1" applyFont="1"/><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    "</cellXfs></styleSheet>"
)
