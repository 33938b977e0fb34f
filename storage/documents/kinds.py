"""What a file is, by its content, and whether its name tells the same."""

from __future__ import annotations

from storage.documents import DocumentError
from storage.documents.package import Package

_BEGINNINGS = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"), (b"II*\x00", "picture"), (b"MM\x00*", "picture"), (b"MZ", "program"),
    (b"\x7fELF", "program"), (b"Rar!", "archive"), (b"7z\xbc\xaf", "archive"), (b"\x1f\x8b", "archive"),
)  # fmt: skip
_ENDINGS = {
    "pdf": "pdf", "docx": "docx", "docm": "docx", "odt": "odt", "txt": "txt", "text": "txt",
    "md": "txt", "csv": "csv", "tsv": "csv", "ics": "ics", "xlsx": "xlsx",
    "pptx": "pptx", "ods": "ods", "odp": "odp", "rtf": "rtf",
    "doc": "doc", "xls": "doc", "ppt": "doc", "zip": "archive", "jpg": "picture",
    "jpeg": "picture", "png": "picture", "gif": "picture", "exe": "program",
}  # fmt: skip
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_ODD = frozenset(range(32)) - {9, 10, 12, 13, 27}  # bytes that plain text does not hold


def kind_of(data: bytes, name: str = "") -> str:
    """Raise DocumentError for what may not be looked into any further."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = next((kind for start, kind in _BEGINNINGS if head.startswith(start)), "")
    if kind == "zip":
        return _packed(data)
    if kind == "ole":
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DocumentError("encrypted")
        return "doc"
    if kind:
        return kind
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or not _ODD & set(data):
        return _text(head, name)
    return "unknown"


def _text(head: bytes, name: str) -> str:
    """Plain text is a table or a letter as its name says; a calendar says it itself."""
    if head.upper().startswith(b"BEGIN:VCALENDAR"):
        return "ics"
    return "csv" if name.strip().casefold().endswith((".csv", ".tsv")) else "txt"


def _packed(data: bytes) -> str:
    package = Package(data)
    for part, kind in _OFFICE.items():
        if part in package.names:
            package.refuse_macros()
            return kind
    kind = _OPEN_DOCUMENT.get(package.text("mimetype", least=True).strip(), "archive")
    if kind != "archive":
        package.refuse_macros()
        package.refuse_encrypted()
    return kind


def check_name(name: str, kind: str) -> None:
    """A name that promises something else than the content is a trick or a mistake: both are told."""
    _, dot, ending = name.rpartition(".")
    promised = _ENDINGS.get(ending.strip().casefold()) if dot else None
    if promised is not None and promised != kind:
        raise DocumentError("look-alike", kind)
