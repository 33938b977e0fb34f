"""Protocols that do not come, and approvals that wait: when they are looked at, and what is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from bot.rules.protocol import CHASES, State, chase_day
from bot.rules.roles import Role
from bot.rules.workdays import working_day_from
from storage import timers
from storage.meetings import Meeting
from storage.meetings.load import load as load_meetings
from storage.meetings.watch import HOUR
from storage.protocols.load import ROWS, found, of_meeting
from storage.protocols.model import Protocol
from storage.tables import person, protocol, role
from storage.valid import valid_role

WAITING = "approval-waits"  # kind of timers
_OWED = (State.MISSING, State.DRAFT, State.REMARKED)  # it is the secretary's turn


@dataclass(frozen=True, slots=True)
class Late:
    """A meeting whose protocol the secretary owes; `days` is how long at least."""

    meeting: Meeting
    state: State
    days: int
    chairs: tuple[int, ...]


def watch_approval(connection: Connection, number: int, last: date) -> None:
    """Plan a look at an approval that has not come on its last day."""
    at = datetime.combine(working_day_from(last + timedelta(days=1)), HOUR)
    timers.plan(connection, WAITING, f"protocol:{number}", at)


def late(connection: Connection, meeting: int, days: int, today: date) -> Late | None:
    """What to tell at this step; None where nothing is owed, or where a later step speaks today."""
    of = next(iter(load_meetings(connection, [meeting])), None)
    if of is None or of.cancelled or chase_day(of.ends.date(), days) > today:
        return None
    later = [each for each in CHASES if each > days and chase_day(of.ends.date(), each) <= today]
    one = of_meeting(connection, meeting)
    state = State.MISSING if one is None else one.state
    if later or state not in _OWED:
        return None
    return Late(of, state, days, tuple(leaders(connection, of.body_ids, today)))


def waiting(connection: Connection, number: int, today: date) -> Protocol | None:
    """An approval that is past its last day."""
    one = next(iter(found(connection, ROWS.where(protocol.c.id == number))), None)
    if one is None or one.state is not State.FOR_APPROVAL or one.approve_by is None:
        return None
    return one if one.approve_by < today else None


def leaders(connection: Connection, bodies: Sequence[int], today: date) -> list[int]:
    """The chairs; where there is none, the presidium."""
    for wanted in (Role.CHAIR, Role.PRESIDIUM):
        rows = connection.execute(
            select(person.c.id)
            .join(role, role.c.person_id == person.c.id)
            .where(role.c.body_id.in_(bodies), role.c.role == wanted.value, valid_role(today))
            .distinct()
            .order_by(person.c.id)
        )
        if numbers := list(rows.scalars()):
            return numbers
    return []
