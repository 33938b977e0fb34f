"""Documents made for tests: whole ones, and every kind of bad one."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{}"/></Types>'
)
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return found.getvalue()


def docx_of(body: str, **more: str | bytes) -> bytes:
    """`body` is the XML inside w:body; `more` are further parts by name."""
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": TYPES.format(DOCUMENT), "word/document.xml": document}
    return packed(parts | more)


def docx(*lines: str) -> bytes:
    return docx_of("".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines))


def odt(*lines: str, manifest: str = "<manifest/>", **more: str) -> bytes:
    text = "".join(f"<t:p>{escape(line)}</t:p>" for line in lines)
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f'<o:c xmlns:o="office" xmlns:t="text">{text}</o:c>',
        "META-INF/manifest.xml": manifest,
    } | more)  # fmt: skip


def pdf(*lines: str, catalog: str = "") -> bytes:
    """One page, one line under the other; the characters are those of Windows-1252."""
    shown = b"".join(
        b"("
        + line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        + b") Tj T*\n"
        for line in lines
    )
    return pdf_of(b"BT /F1 11 Tf 14 TL 50 780 Td\n" + shown + b"ET", catalog=catalog)


def pdf_of(content: bytes, *, catalog: str = "", packed: bool = False) -> bytes:
    form = b" /Filter /FlateDecode" if packed else b""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(content), form, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    found = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return found + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(found))
    )


def encrypted_pdf(*lines: str, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(*lines))))
    writer.encrypt(password, algorithm="AES-256")
    found = io.BytesIO()
    writer.write(found)
    return found.getvalue()


def zeros(size: int, begin: bytes = b"", end: bytes = b"") -> bytes:
    """Deflated letters that unpack to `size` bytes."""
    maker = zlib.compressobj(9)
    pieces: Sequence[bytes] = (begin, *(b"a" * 1_000_000,) * (size // 1_000_000), end)
    return b"".join(maker.compress(each) for each in pieces) + maker.flush()


def xlsx(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def named(name: str) -> bytes:
    """A sound document of the kind that the name tells, different for each name."""
    line = f"Det här är {name}."
    ending = name.rpartition(".")[2]
    if ending == "xlsx":
        return xlsx([line])
    return {"pdf": pdf, "docx": docx, "odt": odt}[ending](line)
