"""Approved protocols on their way to the mailbox, and what its server answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, insert, select, update

from bot.errors import Refused
from bot.rules.protocol import STANDING, Change, State, after
from bot.rules.roles import Action, Grade, Person
from storage import files, timers
from storage.meetings import Meeting
from storage.protocols.late import leaders
from storage.protocols.load import ROWS, found, graded, of_id
from storage.protocols.model import Protocol
from storage.tables import body, dispatch, person, protocol, protocol_verdict

KIND = "dispatch"  # of the timer that sends, and of its subject
ANSWERED, SLOW = "dispatch-answered", "dispatch-slow"  # kinds of the timers that follow


@dataclass(frozen=True, slots=True)
class Dispatch:
    id: int
    kind: str  # protocol | members | meetings
    body: int
    protocol: int | None
    address: str
    sha256: str
    state: str  # waiting | accepted | failed
    answer: str  # the server's last words
    queued_at: datetime  # aware, UTC
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be sent now; `problem` tells why it must not be."""

    dispatch: Dispatch
    protocol: Protocol
    approved: tuple[str, datetime] | None = None  # by whom and when; None where none is required
    content: bytes = b""
    problem: Literal["", "outdated", "damaged"] = ""


def mailboxes(connection: Connection, of: Meeting) -> list[tuple[int, str]]:
    """Body and address, one for each mailbox of a shared meeting's bodies."""
    rows = connection.execute(
        select(body.c.id, body.c.mailbox).where(
            body.c.id.in_(of.body_ids), body.c.mailbox.is_not(None)
        )
    )
    once = {row.mailbox: row.id for row in rows if row.mailbox}
    return [(number, address) for address, number in once.items()]


def queue(connection: Connection, one: Protocol, at: datetime) -> list[str]:
    """Put an approved protocol out for sending; gives the addresses."""
    sent_to = []
    for number, address in mailboxes(connection, one.meeting):
        _put(connection, number, one, address, at)
        sent_to.append(address)
    return sent_to


def _put(connection: Connection, of: int, one: Protocol, address: str, at: datetime) -> None:
    made = connection.execute(
        insert(dispatch)
        .values(
            body_id=of, protocol_id=one.id, kind="protocol", address=address,
            sha256=one.version.file.sha256, queued_at=at,
        )
        .returning(dispatch.c.id)
    ).scalar_one()  # fmt: skip
    timers.plan(connection, KIND, f"{KIND}:{made}", at)


def dispatches(connection: Connection, who: Person, number: int) -> list[Dispatch]:
    """Every sending of a protocol, in order of time."""
    one = of_id(connection, who, number)
    rows = connection.execute(
        select(dispatch).where(dispatch.c.protocol_id == one.id).order_by(dispatch.c.id)
    )
    return [_dispatch(row) for row in rows]


def by_id(connection: Connection, number: int) -> Dispatch | None:
    row = connection.execute(select(dispatch).where(dispatch.c.id == number)).first()
    return None if row is None else _dispatch(row)


def parcel(connection: Connection, number: int) -> Parcel | None:
    """What the letter holds, checked once more: it must still be what was approved.

    None when there is nothing to send any more.
    """
    sent = by_id(connection, number)
    if sent is None or sent.protocol is None or sent.state != "waiting":
        return None
    one = next(iter(found(connection, ROWS.where(protocol.c.id == sent.protocol))))
    if one.state not in STANDING or one.version.file.sha256 != sent.sha256:
        return Parcel(sent, one, problem="outdated")
    try:
        content = files.get(connection, one.version.file.id)
    except LookupError:
        return Parcel(sent, one, problem="damaged")
    return Parcel(sent, one, _approval(connection, one), content)


def _approval(connection: Connection, one: Protocol) -> tuple[str, datetime] | None:
    row = connection.execute(
        select(person.c.name, protocol_verdict.c.at)
        .join(person, person.c.id == protocol_verdict.c.person_id)
        .where(
            protocol_verdict.c.protocol_id == one.id,
            protocol_verdict.c.verdict == "approved",
            protocol_verdict.c.voided_at.is_(None),
        )
    ).first()
    return None if row is None else (row.name, row.at)


def responsible(connection: Connection, one: Protocol, today: date) -> list[int]:
    """Who hears what became of a protocol: its secretary, whoever sent it, the chair."""
    people = {one.meeting.secretary_id, one.version.by_id} - {None}
    people |= set(leaders(connection, one.meeting.body_ids, today))
    return sorted(each for each in people if each is not None)


def again(connection: Connection, who: Person, number: int, at: datetime) -> str:
    """Send what failed once more, as a new letter; gives its address, "" if there is nothing to."""
    old = by_id(connection, number)
    if old is None or old.protocol is None:
        return ""
    one = of_id(connection, who, old.protocol)
    if graded(who, Action.UPLOAD_PROTOCOL, one.meeting) not in {Grade.YES, Grade.APPROVED}:
        raise Refused("protocol-secretary-only", who=one.meeting.secretary)
    if one.state is not State.NOT_SENT or one.version.file.sha256 != old.sha256:
        return ""
    connection.execute(
        update(protocol)
        .where(protocol.c.id == one.id)
        .values(state=State.APPROVED.value, changed_at=at)
    )
    _put(connection, old.body, one, old.address, at)
    return old.address


def answered(
    connection: Connection, number: int, accepted: bool, answer: str, at: datetime
) -> Protocol | None:
    """What the server said. The protocol is sent when every mailbox of its has taken it.

    Gives the protocol if anybody is to be told; None when that was known already.
    """
    done = connection.execute(
        update(dispatch)
        .where(dispatch.c.id == number, dispatch.c.state == "waiting")
        .values(state="accepted" if accepted else "failed", answer=answer[:300], answered_at=at)
        .returning(dispatch.c.protocol_id, dispatch.c.sha256)
    ).first()
    if done is None or done.protocol_id is None:
        return None
    one = next(iter(found(connection, ROWS.where(protocol.c.id == done.protocol_id))))
    if one.version.file.sha256 == done.sha256:
        _settle(connection, one, at)
    return one


def _settle(connection: Connection, one: Protocol, at: datetime) -> None:
    rows = connection.execute(
        select(dispatch.c.address, dispatch.c.state)
        .where(dispatch.c.protocol_id == one.id, dispatch.c.sha256 == one.version.file.sha256)
        .order_by(dispatch.c.id)
    )
    states = {row.address: row.state for row in rows}.values()  # the newest letter to each counts
    if "failed" in states:
        state = after(one.state, Change.FAIL)
    else:
        state = None if "waiting" in states else after(one.state, Change.DISPATCH)
    if state is not None:
        connection.execute(
            update(protocol).where(protocol.c.id == one.id).values(state=state.value, changed_at=at)
        )


def _dispatch(row: Row[Any]) -> Dispatch:
    return Dispatch(
        row.id, row.kind, row.body_id, row.protocol_id, row.address, row.sha256, row.state,
        row.answer, row.queued_at, row.answered_at,
    )  # fmt: skip
