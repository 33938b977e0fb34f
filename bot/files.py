"""A file that somebody sent: what a dialog knows of it. The bytes stay in the database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_NAME = 100  # characters
_UNFIT = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class FileHandle:
    """`problem` says why the file could not be taken (text `file-<problem>`); then `id` is 0."""

    id: int  # in storage.files
    name: str
    kind: str  # what the content is: txt, docx, odt, pdf; else what it was taken for
    size: int  # bytes
    sha256: str  # hex
    problem: str = ""
    head: str = ""  # the first lines, for telling what it is about; never in a journal

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id, "name": self.name, "kind": self.kind, "size": self.size,
            "sha256": self.sha256,
        }  # fmt: skip

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> FileHandle:
        return FileHandle(data["id"], data["name"], data["kind"], data["size"], data["sha256"])


def clean_name(name: str) -> str:
    """A name without folders and without what no file system and no mail takes."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = _UNFIT.sub("", last).strip(" .")
    if len(last) <= LONGEST_NAME:
        return last or "fil"
    stem, dot, ending = last.rpartition(".")
    ending = (dot + ending)[:12]
    return stem[: LONGEST_NAME - len(ending)] + ending
