"""Which protocols there are, which are missing, and which wait for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, select

from bot.errors import Refused
from bot.rules.protocol import CHASES, State, chase_day
from bot.rules.roles import Action, Grade, Person
from storage import files
from storage.meetings import Meeting, meetings_between
from storage.meetings.load import load as load_meetings
from storage.protocols.load import FILE, ROWS, found, graded, handle, of_id, of_meeting, visible
from storage.protocols.model import Missing, Proposal, Protocol, Verdict, Version
from storage.rights import may_see
from storage.tables import (
    file,
    meeting_body,
    person,
    protocol,
    protocol_proposal,
    protocol_verdict,
    protocol_version,
)

YEAR = timedelta(days=365)


def protocol_of(connection: Connection, who: Person, meeting: int) -> Protocol | None:
    """None when there is none, or none that this person may see yet."""
    one = of_meeting(connection, meeting)
    return one if one is not None and visible(connection, who, one) else None


def protocol_by_id(connection: Connection, who: Person, number: int) -> Protocol | None:
    try:
        return of_id(connection, who, number)
    except Refused:
        return None


def between(
    connection: Connection, who: Person, bodies: Sequence[int], start: datetime, end: datetime
) -> list[Protocol]:
    """Protocols of meetings in the span, the newest first."""
    numbers = [each.id for each in meetings_between(connection, bodies, start, end)]
    rows = found(connection, ROWS.where(protocol.c.meeting_id.in_(numbers)))
    return [each for each in reversed(rows) if visible(connection, who, each)]


def versions(connection: Connection, who: Person, number: int) -> list[Version]:
    """Every version, the first one first. Earlier ones are for those who may see drafts."""
    one = of_id(connection, who, number)
    if graded(who, Action.SEE_DRAFT_PROTOCOL, one.meeting) is not Grade.YES:
        return [one.version]
    rows = connection.execute(
        select(
            protocol_version.c.number,
            protocol_version.c.uploaded_by,
            protocol_version.c.at,
            person.c.name.label("by"),
            *FILE,
        )
        .join(file, file.c.id == protocol_version.c.file_id)
        .join(person, person.c.id == protocol_version.c.uploaded_by)
        .where(protocol_version.c.protocol_id == one.id)
        .order_by(protocol_version.c.number)
    )
    return [Version(row.number, handle(row), row.uploaded_by, row.by, row.at) for row in rows]


def verdicts(connection: Connection, who: Person, number: int) -> list[Verdict]:
    """Who approved or remarked on what, in order of time."""
    one = of_id(connection, who, number)
    rows = connection.execute(
        select(protocol_verdict, person.c.name.label("by"))
        .join(person, person.c.id == protocol_verdict.c.person_id)
        .where(protocol_verdict.c.protocol_id == one.id)
        .order_by(protocol_verdict.c.id)
    )
    return [Verdict(r.number, r.sha256, r.by, r.at, r.verdict, r.remark, r.voided_at) for r in rows]


def missing(
    connection: Connection, who: Person, bodies: Sequence[int], now: datetime,
    since: datetime | None = None,
) -> list[Missing]:  # fmt: skip
    """Meetings that are over and whose protocol the mailbox has not got, the oldest first."""
    over = [
        each
        for each in meetings_between(connection, bodies, since or now - YEAR, now)
        if each.ends < now and may_see(connection, who, each.region, each.body_ids)
    ]
    states = _states(connection, [each.id for each in over])
    return [
        Missing(each, state, late=now.date() >= chase_day(each.ends.date(), CHASES[0]))
        for each in over
        if (state := states.get(each.id, State.MISSING)) is not State.DISPATCHED
    ]


def _states(connection: Connection, meetings: Sequence[int]) -> dict[int, State]:
    rows = connection.execute(
        select(protocol.c.meeting_id, protocol.c.state).where(protocol.c.meeting_id.in_(meetings))
    )
    return {row.meeting_id: State(row.state) for row in rows}


def to_approve(connection: Connection, who: Person) -> list[Protocol]:
    """What waits for this person's approval, the oldest first."""
    waiting = (State.FOR_APPROVAL, State.REMARKED)
    mine = protocol.c.approver_id == who.id
    in_bodies = protocol.c.meeting_id.in_(
        select(meeting_body.c.meeting_id).where(meeting_body.c.body_id.in_(who.bodies))
    )
    rows = found(connection, ROWS.where(and_(protocol.c.state.in_(waiting), mine | in_bodies)))
    return [each for each in rows if may_approve(who, each)]


def may_approve(who: Person, one: Protocol) -> bool:
    """The chair always, the presidium if named; nobody what they wrote or sent themselves."""
    if who.id in {one.version.by_id, one.meeting.secretary_id}:
        return False
    right = graded(who, Action.APPROVE_PROTOCOL, one.meeting)
    return right is Grade.YES or (right is Grade.OWN and one.approver_id == who.id)


def unfinished(connection: Connection, who: Person, now: datetime) -> list[Meeting]:
    """Meetings that a file from this person may belong to, the likeliest first.

    Those whose protocol is still owed come before those that have one; of them the person's own
    as secretary, and then the newest.
    """
    over = [
        each
        for each in meetings_between(connection, who.bodies, now - YEAR, now)
        if each.starts <= now
    ]
    states = _states(connection, [each.id for each in over])

    def rank(each: Meeting) -> tuple[bool, bool, float]:
        return (each.id in states, each.secretary_id != who.id, -each.starts.timestamp())

    return sorted(over, key=rank)


def newest(
    connection: Connection, who: Person, bodies: Sequence[int], now: datetime
) -> Protocol | None:
    """The protocol of the last meeting that this person may read."""
    return next(iter(between(connection, who, bodies, now - YEAR, now)), None)


def content(connection: Connection, who: Person, number: int) -> bytes:
    """The newest version's bytes, for those who may see it."""
    return files.get(connection, of_id(connection, who, number).version.file.id)


def with_file(connection: Connection, who: Person, sha256: str) -> Protocol | None:
    """The protocol that has this very file as a version already."""
    number = connection.execute(
        select(protocol_version.c.protocol_id).where(protocol_version.c.sha256 == sha256).limit(1)
    ).scalar()
    return None if number is None else protocol_by_id(connection, who, number)


def proposal_by_id(connection: Connection, who: Person, number: int) -> Proposal | None:
    """None when there is none, or one that this person may not see."""
    row = connection.execute(
        select(protocol_proposal, person.c.name.label("by"), *FILE[1:])
        .join(file, file.c.id == protocol_proposal.c.file_id)
        .join(person, person.c.id == protocol_proposal.c.proposed_by)
        .where(protocol_proposal.c.id == number)
    ).first()
    if row is None:
        return None
    of = load_meetings(connection, [row.meeting_id])[0]
    if not may_see(connection, who, of.region, of.body_ids):
        return None
    return Proposal(row.id, of, handle(row), row.proposed_by, row.by, row.state)
