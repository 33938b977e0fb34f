"""Plain text in the encodings that Swedish offices write."""

from __future__ import annotations

from storage.documents import DocumentError
from storage.documents.package import CHARACTERS


def paragraphs(data: bytes) -> tuple[list[str], dict[str, str]]:
    text = decode(data)
    if len(text) > CHARACTERS:
        raise DocumentError("too-big")
    found = [" ".join(line.split()) for line in text.splitlines()]
    found = [line for line in found if line]
    if not found:
        raise DocumentError("empty")
    return found, {}


def decode(data: bytes) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
