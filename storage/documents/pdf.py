"""PDF: the words in the order in which pypdf finds them; a scanned page has none."""

from __future__ import annotations

import io
import re
from typing import Any

from pypdf import PasswordType, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from storage.documents import DocumentError
from storage.documents.package import CHARACTERS

PAGES = 300
_HYPHEN = re.compile(r"(?<=[a-zåäö])-\n(?=[a-zåäö])")


def paragraphs(data: bytes) -> tuple[list[str], dict[str, str]]:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise DocumentError("encrypted")
        _refuse_scripts(reader)
        count = len(reader.pages)
        if count > PAGES:
            raise DocumentError("too-big")
        found = _lines(reader)
    except LimitReachedError as error:
        raise DocumentError("bomb") from error
    except PyPdfError as error:
        raise DocumentError("unreadable") from error
    return found, {"pages": str(count)}


def _lines(reader: PdfReader) -> list[str]:
    found: list[str] = []
    size = 0
    for page in reader.pages:
        text = _HYPHEN.sub("", page.extract_text())
        size += len(text)
        if size > CHARACTERS:
            raise DocumentError("too-big")
        found += [line for each in text.splitlines() if (line := " ".join(each.split()))]
    return found


def _refuse_scripts(reader: PdfReader) -> None:
    """What a document would run when it is opened has no place in a protocol or a mandate."""
    root: Any = reader.root_object
    names = root.get("/Names")
    opening = root.get("/OpenAction")
    action = opening.get_object() if opening is not None else None
    runs = isinstance(action, dict) and action.get("/S") in {"/JavaScript", "/Launch"}
    if runs or "/AA" in root or (names is not None and "/JavaScript" in names.get_object()):
        raise DocumentError("macro")
