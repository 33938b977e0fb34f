"""A protocol comes in, is approved or remarked on; each operation checks the right itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.errors import Refused
from bot.files import FileHandle
from bot.rules.protocol import Change, Rule, State, after, approve_by, approver
from bot.rules.roles import Action, Grade, Person, Role
from storage import decisions, files
from storage.meetings import Meeting
from storage.protocols.find import may_approve, proposal_by_id
from storage.protocols.late import watch_approval
from storage.protocols.load import graded, held, of_id, of_meeting, rule_of
from storage.protocols.model import Protocol
from storage.protocols.publish import publish
from storage.protocols.send import queue
from storage.rights import refuse
from storage.session import upsert
from storage.tables import (
    person,
    protocol,
    protocol_proposal,
    protocol_verdict,
    protocol_version,
    role,
)
from storage.valid import valid_role, wall

Json = dict[str, Any]


def receive(
    connection: Connection, who: Person, meeting: int, file: FileHandle, at: datetime,
    submit: bool,
) -> Json:  # fmt: skip
    """A new version from the meeting's secretary; an approval of an earlier one loses its force.

    Gives number, version, state, approver, last day, and whether an approval was voided.
    """
    of = held(connection, who, meeting)
    if graded(who, Action.UPLOAD_PROTOCOL, of) is not Grade.YES:
        raise Refused("protocol-secretary-only", who=of.secretary or of.host)
    received = _receive(connection, who.id, of, file, at, submit=submit)
    files.tie(connection, who, file.id, f"protocol:{received['protocol']}")
    return received


def _receive(
    connection: Connection,
    uploader: int,
    of: Meeting,
    file: FileHandle,
    at: datetime,
    *,
    submit: bool,
) -> Json:
    if of.starts > wall(at):
        raise Refused("protocol-too-early")
    number, version = _locked(connection, of.id, at)
    before = of_meeting(connection, of.id)
    if before is not None and before.version.file.sha256 == file.sha256:
        raise Refused("protocol-same-file", version=before.version.number)
    version += 1
    connection.execute(
        insert(protocol_version).values(
            protocol_id=number, number=version, file_id=file.id, sha256=file.sha256,
            uploaded_by=uploader, at=at,
        )
    )  # fmt: skip
    voided = connection.execute(
        update(protocol_verdict)
        .where(
            protocol_verdict.c.protocol_id == number,
            protocol_verdict.c.verdict == "approved",
            protocol_verdict.c.voided_at.is_(None),
        )
        .values(voided_at=at)
    ).rowcount
    _set(connection, number, State.DRAFT, at, version=version, approver_id=None, approve_by=None)
    decisions.withdraw(connection, of.id)
    result = {"protocol": number, "version": version, "state": State.DRAFT.value}
    if submit:
        result |= _submit(connection, of, number, uploader, at)
    return {**result, "voided": voided > 0}


def submit_draft(connection: Connection, who: Person, number: int, at: datetime) -> Json:
    """Send the newest version, kept as a draft until now, for approval."""
    one = of_id(connection, who, number)
    if graded(who, Action.UPLOAD_PROTOCOL, one.meeting) is not Grade.YES:
        raise Refused("protocol-secretary-only", who=one.meeting.secretary or one.meeting.host)
    if after(one.state, Change.SUBMIT) is None:
        raise Refused("protocol-state")
    return {
        "protocol": number, "version": one.version.number,
        **_submit(connection, one.meeting, number, one.version.by_id, at),
    }  # fmt: skip


def _submit(connection: Connection, of: Meeting, number: int, uploader: int, at: datetime) -> Json:
    today = wall(at).date()
    rule = rule_of(connection, of.body_ids)
    if not rule.required:
        return _approved(connection, number, of.id, at)
    asked = _approver(connection, of, rule, uploader, today)
    if asked is None:
        return {"state": State.DRAFT.value, "approver": None}
    last = approve_by(today, rule)
    _set(connection, number, State.FOR_APPROVAL, at, approver_id=asked, approve_by=last)
    watch_approval(connection, number, last)
    return {
        "state": State.FOR_APPROVAL.value, "approver": asked, "approve_by": last.isoformat(),
    }  # fmt: skip


def propose(
    connection: Connection, who: Person, meeting: int, file: FileHandle, at: datetime
) -> Json:
    """A file from somebody else: kept beside the protocol until the secretary takes it or not.

    Gives the proposal's number and whom to ask.
    """
    of = held(connection, who, meeting)
    if graded(who, Action.UPLOAD_PROTOCOL, of) not in {Grade.PROPOSE, Grade.APPROVED}:
        refuse(connection, who, Action.UPLOAD_PROTOCOL, of.region, of.body_ids, wall(at).date())
    if of.secretary_id is None:
        raise Refused("protocol-no-secretary")
    number = connection.execute(
        insert(protocol_proposal)
        .values(
            meeting_id=of.id, file_id=file.id, proposed_by=who.id, at=at,
        )
        .returning(protocol_proposal.c.id)
    ).scalar_one()  # fmt: skip
    files.tie(connection, who, file.id, f"proposal:{number}")
    return {"proposal": number, "secretary": of.secretary_id}


def answer_proposal(
    connection: Connection, who: Person, number: int, at: datetime, take: bool
) -> Json:
    """The secretary's word. Taken, it is a version that the proposer has sent."""
    found = proposal_by_id(connection, who, number)
    if found is None:
        raise Refused("no-such-protocol")
    if graded(who, Action.UPLOAD_PROTOCOL, found.meeting) is not Grade.YES:
        raise Refused("protocol-secretary-only", who=found.meeting.secretary)
    done = connection.execute(
        update(protocol_proposal)
        .where(protocol_proposal.c.id == number, protocol_proposal.c.state == "open")
        .values(state="taken" if take else "declined")
    )
    if done.rowcount == 0:
        raise Refused("protocol-proposal-answered")
    if not take:
        return {}
    return _receive(connection, found.by_id, found.meeting, found.file, at, submit=True)


def approve(connection: Connection, who: Person, number: int, sha256: str, at: datetime) -> Json:
    """Approve the very version that was read; raise Refused if there is a newer one."""
    one = _judged(connection, who, number, sha256, Change.APPROVE)
    _verdict(connection, who, one, "approved", "", at)
    return {
        "version": one.version.number,
        "secretary": one.meeting.secretary_id,
        **_approved(connection, number, one.meeting.id, at),
    }


def _approved(connection: Connection, number: int, meeting: int, at: datetime) -> Json:
    _set(connection, number, State.APPROVED, at)
    one = of_meeting(connection, meeting)
    assert one is not None
    decided, tasks = publish(connection, one, at)
    sent_to = ", ".join(queue(connection, one, at))
    return {
        "state": State.APPROVED.value, "decisions": decided, "tasks": tasks, "mailbox": sent_to,
    }  # fmt: skip


def remark(
    connection: Connection, who: Person, number: int, sha256: str, words: str, at: datetime
) -> Json:
    """Say what is wrong; the protocol is not approved. Gives whom to tell."""
    one = _judged(connection, who, number, sha256, Change.REMARK)
    _verdict(connection, who, one, "remarked", words, at)
    _set(connection, number, State.REMARKED, at)
    people = {one.version.by_id, one.meeting.secretary_id} - {None, who.id}
    return {"version": one.version.number, "people": sorted(people)}


def _judged(
    connection: Connection, who: Person, number: int, sha256: str, change: Change
) -> Protocol:
    connection.execute(select(protocol.c.id).where(protocol.c.id == number).with_for_update())
    one = of_id(connection, who, number)
    if who.id in {one.version.by_id, one.meeting.secretary_id}:
        raise Refused("protocol-own")
    if not may_approve(who, one):
        raise Refused("protocol-not-approver", who=one.approver or one.meeting.bodies[0][1])
    if one.version.file.sha256 != sha256:
        raise Refused("protocol-newer")
    if after(one.state, change) is None:
        raise Refused("protocol-state")
    return one


def _verdict(
    connection: Connection, who: Person, one: Protocol, verdict: str, words: str, at: datetime
) -> None:
    connection.execute(
        insert(protocol_verdict).values(
            protocol_id=one.id, number=one.version.number, sha256=one.version.file.sha256,
            person_id=who.id, at=at, verdict=verdict, remark=words,
        )
    )  # fmt: skip


def _locked(connection: Connection, meeting: int, at: datetime) -> tuple[int, int]:
    """The protocol's row, made if there is none, held until the transaction ends."""
    connection.execute(
        upsert(connection)(protocol)
        .values(meeting_id=meeting, state=State.DRAFT.value, version=0, changed_at=at)
        .on_conflict_do_nothing(index_elements=["meeting_id"])
    )
    row = connection.execute(
        select(protocol.c.id, protocol.c.version)
        .where(protocol.c.meeting_id == meeting)
        .with_for_update()
    ).one()
    return row.id, row.version


def _set(connection: Connection, number: int, state: State, at: datetime, **values: object) -> None:
    connection.execute(
        update(protocol)
        .where(protocol.c.id == number)
        .values(state=state.value, changed_at=at, **values)
    )


def _approver(
    connection: Connection, of: Meeting, rule: Rule, uploader: int, today: date
) -> int | None:
    own = [each for each in (uploader, of.secretary_id) if each is not None]
    chairs = _holding(connection, of.body_ids, Role.CHAIR, today)
    return approver(rule, chairs, _holding(connection, of.body_ids, Role.PRESIDIUM, today), own)


def _holding(connection: Connection, bodies: Sequence[int], wanted: Role, today: date) -> list[int]:
    rows = connection.execute(
        select(person.c.id)
        .join(role, role.c.person_id == person.c.id)
        .where(role.c.body_id.in_(bodies), role.c.role == wanted.value, valid_role(today))
        .distinct()
        .order_by(person.c.id)
    )
    return list(rows.scalars())
