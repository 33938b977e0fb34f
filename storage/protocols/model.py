"""A protocol as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.files import FileHandle
from bot.rules.protocol import State
from storage.meetings import Meeting

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}  # what a protocol may be


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    file: FileHandle
    by_id: int
    by: str
    at: datetime  # aware, UTC


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody said of one version; `voided_at` when a newer one took an approval's force."""

    number: int
    sha256: str
    by: str
    at: datetime
    verdict: str  # approved | remarked
    remark: str
    voided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Protocol:
    id: int
    meeting: Meeting
    state: State
    version: Version  # the newest
    approver_id: int | None
    approver: str
    approve_by: date | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file that somebody else than the secretary has sent."""

    id: int
    meeting: Meeting
    file: FileHandle
    by_id: int
    by: str
    state: str  # open | taken | declined


@dataclass(frozen=True, slots=True)
class Missing:
    """A meeting that is over and whose protocol is not yet sent; `state` says how far it is."""

    meeting: Meeting
    state: State
    late: bool
