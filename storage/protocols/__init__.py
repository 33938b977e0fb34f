"""Protocols: taken in by the meeting's secretary, approved by somebody else, sent with proof.

Queries take the asking person; operations take the acting person, check the right, and raise
`bot.errors.Refused`.
"""

from __future__ import annotations

from bot.rules.protocol import STANDING
from storage.protocols.change import (
    answer_proposal,
    approve,
    propose,
    receive,
    remark,
    submit_draft,
)
from storage.protocols.find import (
    between,
    content,
    may_approve,
    missing,
    newest,
    proposal_by_id,
    protocol_by_id,
    protocol_of,
    to_approve,
    unfinished,
    verdicts,
    versions,
    with_file,
)
from storage.protocols.load import graded
from storage.protocols.model import KINDS, Missing, Proposal, Protocol, Verdict, Version
from storage.protocols.send import (
    Dispatch,
    Parcel,
    again,
    answered,
    dispatches,
    parcel,
    responsible,
)

__all__ = [
    "KINDS", "STANDING", "Dispatch", "Missing", "Parcel", "Proposal", "Protocol", "Verdict",
    "Version", "again", "answer_proposal", "answered", "approve", "between", "content",
    "dispatches", "graded", "may_approve", "missing", "newest", "parcel", "proposal_by_id",
    "propose", "protocol_by_id", "protocol_of", "receive", "remark", "responsible", "submit_draft",
    "to_approve", "unfinished", "verdicts", "versions", "with_file",
]  # fmt: skip
