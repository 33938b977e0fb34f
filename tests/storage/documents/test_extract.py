from __future__ import annotations

import io
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from storage import documents
from storage.documents import DocumentError, extract
from tests.storage.documents import made

LINES = ("Uppdrag till nätverket", "Delrapport lämnas i maj 2027")
TABLE = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Delrapport</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>maj</w:t></w:r></w:p><w:p><w:r><w:t>2027</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>'


def pictured() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(100)


def without_directory_truth(size: int) -> bytes:
    """A DOCX whose directory says that document.xml is small."""
    data = bytearray(made.docx_of("<w:p><w:r><w:t>" + "a" * size + "</w:t></w:r></w:p>"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        true = package.getinfo("word/document.xml").file_size
    return bytes(data).replace(true.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("uppdrag.txt", "\n".join(LINES).encode(), "txt"),
        ("uppdrag.txt", b"\xef\xbb\xbf" + "\r\n".join(LINES).encode(), "txt"),
        ("uppdrag.txt", "\n".join(LINES).encode("cp1252"), "txt"),
        ("uppdrag.txt", "\n".join(LINES).encode("utf-16"), "txt"),
        ("uppdrag.docx", made.docx(*LINES), "docx"),
        ("uppdrag.odt", made.odt(*LINES), "odt"),
        ("uppdrag.pdf", made.pdf(*LINES), "pdf"),
        ("uppdrag.pdf", made.encrypted_pdf(*LINES, password=""), "pdf"),
        ("utan ändelse", made.docx(*LINES), "docx"),
        ("../../etc/uppdrag\0.pdf", made.pdf(*LINES), "pdf"),
    ],
    ids=["utf-8", "bom", "windows", "utf-16", "docx", "odt", "pdf", "pdf that may not be printed",
         "no ending", "a name with a path"],
)  # fmt: skip
def test_words_are_found_in_every_kind(name: str, data: bytes, kind: str) -> None:
    found = extract(data, name)

    assert (found.kind, found.paragraphs, found.text) == (kind, LINES, "\n".join(LINES))


def test_a_row_of_a_table_is_one_paragraph() -> None:
    assert extract(made.docx_of(TABLE), "a.docx").paragraphs == ("Delrapport\tmaj 2027",)


def test_what_was_deleted_or_commented_is_not_read() -> None:
    gone = "<w:p><w:del><w:r><w:t>förut</w:t></w:r></w:del><w:r><w:delText>mer</w:delText><w:t>nu</w:t></w:r></w:p>"

    assert extract(made.docx_of(gone), "a.docx").text == "nu"


def test_a_scanned_pdf_has_pages_and_no_words() -> None:
    found = extract(made.pdf(), "a.pdf")

    assert (found.text, found.meta) == ("", {"pages": "1"})


@pytest.mark.parametrize(
    ("name", "data", "reason", "kind"),
    [
        ("a.txt", b"", "empty", ""),
        ("a.txt", b" \n\t\n", "empty", ""),
        ("a.docx", made.docx("", " "), "empty", ""),
        ("a.pdf", made.encrypted_pdf("hemligt", password="öppna"), "encrypted", ""),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", ""),
        ("a.odt", made.odt("x", manifest="<m:encryption-data/>"), "encrypted", ""),
        ("a.docm", made.docx_of("", **{"word/vbaProject.bin": b"x"}), "macro", ""),
        ("a.docx", made.packed({"word/document.xml": "<a/>", "[Content_Types].xml": "macroEnabled"}), "macro", ""),
        ("a.odt", made.odt("x", **{"Basic/Standard/script-lb.xml": "<x/>"}), "macro", ""),
        ("a.pdf", made.pdf("x", catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "macro", ""),
        ("a.pdf", made.pdf("x", catalog="/Names << /JavaScript << >> >>"), "macro", ""),
        ("budget.xlsx", made.packed({"xl/workbook.xml": "<a/>"}), "unreadable", ""),
        ("budget.xlsx", made.packed({"xl/workbook.xml": BOMB + "<a>&b;</a>"}), "bomb", ""),
        ("budget.ods", made.packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "type", "ods"),
        ("listan.csv", b";;;\n;;", "empty", ""),
        ("listan.xlsx", b"Namn;Kommun", "look-alike", "txt"),
        ("k.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "empty", ""),
        ("k.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "empty", ""),
        ("k.ics", b"Hej", "look-alike", "txt"),
        ("bild.png", pictured(), "type", "picture"),
        ("gammal.doc", OLE, "type", "doc"),
        ("paket.zip", made.packed({"a": "b"}), "type", "archive"),
        ("brev.rtf", b"{\\rtf1 hej}", "type", "rtf"),
        ("data", bytes(range(32)), "type", "unknown"),
        ("protokoll.pdf", b"MZ" + bytes(200), "look-alike", "program"),
        ("protokoll.pdf", made.docx("x"), "look-alike", "docx"),
        ("protokoll.docx", made.packed({"xl/workbook.xml": "<a/>"}), "look-alike", "xlsx"),
        ("protokoll.txt", made.pdf("x"), "look-alike", "pdf"),
        ("a.docx", made.docx("x")[:200], "unreadable", ""),
        ("a.docx", made.docx_of("<w:p>"), "unreadable", ""),
        ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 4, "unreadable", ""),
        ("a.docx", made.packed({"word/document.xml": BOMB + "<a>&b;</a>"}), "bomb", ""),
        ("a.docx", made.docx_of("<w:p>" * 5000), "bomb", ""),
        ("a.docx", made.docx_of("<w:p/>" * 1_100_000), "bomb", ""),
        ("a.docx", made.packed({"word/document.xml": "<a/>"} | {f"{n}": "" for n in range(6000)}), "bomb", ""),
    ],
)  # fmt: skip
def test_bad_files_are_told_apart(name: str, data: bytes, reason: str, kind: str) -> None:
    with pytest.raises(DocumentError) as caught:
        extract(data, name)

    assert (caught.value.reason, caught.value.kind) == (reason, kind)


def test_too_big_a_file_is_not_even_opened() -> None:
    with pytest.raises(DocumentError, match="too-big"):
        extract(b"a" * (documents.MOST + 1), "a.txt")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.docx", lambda: made.docx_of("<w:p><w:r><w:t>" + "a" * 70_000_000 + "</w:t></w:r></w:p>")),
        ("a.docx", lambda: without_directory_truth(70_000_000)),
        ("a.pdf", lambda: made.pdf_of(made.zeros(300_000_000), packed=True)),
    ],
    ids=["much text", "a lying directory", "a page that unpacks to 300 MB"],
)  # fmt: skip
def test_a_bomb_ends_its_own_process_and_nothing_else(name: str, make: object) -> None:
    data = make()  # type: ignore[operator]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(DocumentError) as caught:
        extract(data, name)

    assert caught.value.reason in {"bomb", "too-big", "unreadable"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 5 * 1024  # KiB


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "SECONDS", 0.2)
    monkeypatch.setattr(documents, "_START", "import time; time.sleep(60)")

    with pytest.raises(DocumentError, match="bomb"):
        extract(b"x", "a.txt")


def test_a_reader_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_START", "import os; os.abort()")

    with pytest.raises(DocumentError, match="bomb"):
        extract(b"x", "a.txt")


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.create_connection(('127.0.0.1', 5432))",
        "import socket; socket.getaddrinfo('example.com', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('/tmp/x', 'w')",
    ],
)
def test_the_reader_reaches_nothing(deed: str) -> None:
    root = Path(documents.__file__).parents[2]
    program = f"import sys; sys.path.insert(0, {str(root)!r})\nfrom storage.documents.child import confine\nconfine()\n{deed}"

    ended = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=False)

    assert b"PermissionError" in ended.stderr
    assert ended.returncode == 1


def test_the_reader_has_little_memory() -> None:
    root = Path(documents.__file__).parents[2]
    program = f"import sys; sys.path.insert(0, {str(root)!r})\nfrom storage.documents.child import confine\nconfine()\nbytearray(260_000_000)"

    ended = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=False)

    assert b"MemoryError" in ended.stderr
