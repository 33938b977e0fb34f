"""The words of a document that somebody sent: TXT, DOCX, ODT, PDF, XLSX, CSV or ICS.

The bytes are read in a child process of their own (storage.documents.child), never here: a hostile
file can end that process and nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

Reason = Literal[
    "empty", "too-big", "type", "look-alike", "encrypted", "macro", "bomb", "unreadable"
]  # fmt: skip

MOST = 20 * 1024 * 1024  # bytes that are looked at
SECONDS = 10
_SLOTS = threading.BoundedSemaphore(2)  # readers at once, each with its memory
_ROOT = Path(__file__).parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from storage.documents.child import main; main()"
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A line of a table is one paragraph, its cells divided by tabs."""

    kind: str  # txt | docx | odt | pdf | xlsx | csv | ics
    text: str
    paragraphs: tuple[str, ...]
    meta: Mapping[str, str] = field(default_factory=dict)  # title, pages


class DocumentError(Exception):
    """The file cannot be taken: tell the person why (text `file-<reason>`).

    `kind` is what the content is, e.g. xlsx, where that could be seen.
    """

    def __init__(self, reason: Reason, kind: str = "") -> None:
        super().__init__(f"{reason} {kind}".strip())
        self.reason: Reason = reason
        self.kind = kind


def extract(data: bytes, name: str) -> Extracted:
    """Raise DocumentError for whatever cannot be read. Takes up to ten seconds: call in a thread."""
    if not data:
        raise DocumentError("empty")
    if len(data) > MOST:
        raise DocumentError("too-big")
    answer = _ask(data, name)
    if "reason" in answer:
        raise DocumentError(answer["reason"], answer.get("kind", ""))
    paragraphs = tuple(answer["paragraphs"])
    return Extracted(answer["kind"], "\n".join(paragraphs), paragraphs, answer["meta"])


def _ask(data: bytes, name: str) -> dict[str, Any]:
    with _SLOTS, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as got:
        given.write(data)
        given.seek(0)
        ended = _run(name, given, got)
        if ended is None:
            return {"reason": "bomb"}
        got.seek(0)
        try:
            answer: dict[str, Any] = json.loads(got.read())
        except ValueError:
            return {"reason": "bomb" if ended < 0 else "unreadable"}
        return answer


def _run(name: str, given: IO[bytes], got: IO[bytes]) -> int | None:
    """The exit code, negative when a signal ended it; None when its time was up."""
    command = [sys.executable, "-I", "-c", _START, str(_ROOT), name[-200:].replace("\0", "")]
    try:
        return subprocess.run(  # noqa: S603 - our own interpreter; the name is data to it
            command, stdin=given, stdout=got, stderr=subprocess.DEVNULL, timeout=SECONDS, env={},
            cwd=os.sep, check=False, start_new_session=True,
        ).returncode  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
