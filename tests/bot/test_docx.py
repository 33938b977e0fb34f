"""The Word document holds what was given, whatever characters there are, and is the same each time."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.docx import Heading, Paragraph, Table, write
from storage.documents import extract
from storage.documents.docx import paragraphs

PARTS = (
    Heading("Uppdrag <läge> & mer", 0), Heading("Språkstöd"), Paragraph("Första raden\nandra raden"),
    Table([["Rapport", "Läge"], ["Delrapport", "inlämnad"], ["Slutrapport"]]),
)  # fmt: skip


def test_it_is_read_back_as_it_was_written() -> None:
    assert extract(write(PARTS), "uppdrag.docx").paragraphs == (
        "Uppdrag <läge> & mer", "Språkstöd", "Första raden andra raden", "Rapport\tLäge",
        "Delrapport\tinlämnad", "Slutrapport",
    )  # fmt: skip


def test_the_same_parts_give_the_same_bytes() -> None:
    assert write(PARTS) == write(PARTS)


def test_every_part_that_is_named_is_there_and_is_xml() -> None:
    with zipfile.ZipFile(io.BytesIO(write(PARTS))) as found:
        names = set(found.namelist())
        for name in names:
            ET.fromstring(found.read(name))
    assert names == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml",
        "word/_rels/document.xml.rels", "word/styles.xml",
    }  # fmt: skip


@settings(deadline=None)
@given(st.text())
def test_any_text_makes_a_whole_document(text: str) -> None:
    data = write([Heading("x"), Paragraph(text), Table([[text]])])

    assert paragraphs(data)[0][0] == "x"


@pytest.mark.parametrize("rows", [[], [[]], [["a"], ["b", "c"]]])
def test_uneven_tables_are_made_even(rows: list[list[str]]) -> None:
    with zipfile.ZipFile(io.BytesIO(write([Table(rows)]))) as found:
        root = ET.fromstring(found.read("word/document.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    widths = {len(row.findall(f"{w}tc")) for row in root.iter(f"{w}tr")}
    assert len(widths) <= 1
