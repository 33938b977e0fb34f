"""From rows to protocols, and who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, select

from bot.errors import Refused
from bot.files import FileHandle
from bot.rules.protocol import STANDING, Rule, State
from bot.rules.roles import Action, Grade, Person, grade
from storage.meetings import Meeting
from storage.meetings.gate import seen
from storage.meetings.load import load as load_meetings
from storage.protocols.model import Protocol, Version
from storage.rights import may_see
from storage.tables import approval_rule, file, meeting_answer, person, protocol, protocol_version

_uploader = person.alias("uploader")
_approver = person.alias("approver")

FILE = (file.c.id.label("file_id"), file.c.name, file.c.kind, file.c.size, file.c.sha256)

# The newest version beside each protocol.
ROWS: Select[Any] = select(
    protocol,
    protocol_version.c.number, protocol_version.c.uploaded_by, protocol_version.c.at, *FILE,
    _uploader.c.name.label("uploader"),
    _approver.c.name.label("approver"),
).select_from(
    protocol.join(
        protocol_version,
        and_(
            protocol_version.c.protocol_id == protocol.c.id,
            protocol_version.c.number == protocol.c.version,
        ),
    )
    .join(file, file.c.id == protocol_version.c.file_id)
    .join(_uploader, _uploader.c.id == protocol_version.c.uploaded_by)
    .outerjoin(_approver, _approver.c.id == protocol.c.approver_id)
)  # fmt: skip


def found(connection: Connection, statement: Select[Any]) -> list[Protocol]:
    """The protocols of a statement made from ROWS, in order of their meetings."""
    rows = {row.meeting_id: row for row in connection.execute(statement)}
    return [_protocol(rows[each.id], each) for each in load_meetings(connection, list(rows))]


def _protocol(row: Row[Any], of: Meeting) -> Protocol:
    newest = Version(row.number, handle(row), row.uploaded_by, row.uploader, row.at)
    return Protocol(
        row.id, of, State(row.state), newest, row.approver_id, row.approver or "", row.approve_by,
    )  # fmt: skip


def handle(row: Any) -> FileHandle:
    """The file of a row that holds FILE."""
    return FileHandle(row.file_id, row.name, row.kind, row.size, row.sha256)


def of_meeting(connection: Connection, number: int) -> Protocol | None:
    return next(iter(found(connection, ROWS.where(protocol.c.meeting_id == number))), None)


def visible(connection: Connection, who: Person, one: Protocol) -> bool:
    """Approved ones for those who may see the meeting; drafts for those whom the matrix names.

    Whoever was at the meeting sees the draft once it is sent for approval, and so does the one
    who is to approve it.
    """
    of = one.meeting
    if not may_see(connection, who, of.region, of.body_ids):
        return False
    if one.state in STANDING or sees_drafts(who, of) or who.id == one.approver_id:
        return True
    return one.state is not State.DRAFT and _present(connection, who, of.id)


def sees_drafts(who: Person, of: Meeting) -> bool:
    return graded(who, Action.SEE_DRAFT_PROTOCOL, of) is Grade.YES


def graded(who: Person, action: Action, of: Meeting) -> Grade:
    return grade(
        who, action, region=of.region, bodies=of.body_ids, secretary=of.secretary_id == who.id
    )


def _present(connection: Connection, who: Person, number: int) -> bool:
    return connection.execute(
        select(meeting_answer.c.answer).where(
            meeting_answer.c.meeting_id == number,
            meeting_answer.c.person_id == who.id,
            meeting_answer.c.answer == "yes",
        )
    ).first() is not None  # fmt: skip


def rule_of(connection: Connection, bodies: Sequence[int]) -> Rule:
    """The strictest rule of a shared meeting's bodies: one that requires approval, if any does."""
    rows = connection.execute(select(approval_rule).where(approval_rule.c.body_id.in_(bodies)))
    rules = [Rule(row.required, row.by, row.days) for row in rows]
    if len(rules) < len(set(bodies)):
        rules.append(Rule())
    return max(rules, key=lambda each: (each.required, -each.days))


def of_id(connection: Connection, who: Person, number: int) -> Protocol:
    """The protocol, if the person may see it; else raise Refused as if there were none."""
    one = next(iter(found(connection, ROWS.where(protocol.c.id == number))), None)
    if one is None or not visible(connection, who, one):
        raise Refused("no-such-protocol")
    return one


def held(connection: Connection, who: Person, number: int) -> Meeting:
    """The meeting, if the person may see it and it was not cancelled."""
    of = seen(connection, who, number)
    if of.cancelled:
        raise Refused("meeting-is-cancelled")
    return of
