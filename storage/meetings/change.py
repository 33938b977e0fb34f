"""Making, moving and cancelling meetings.

Every change counts up iCalendar's SEQUENCE, so that calendars take it, and gives the numbers of
the people to tell: all whom it concerns but the one who did it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from bot.errors import Refused
from bot.rules.roles import Action, Person
from storage.meetings.gate import managed
from storage.meetings.model import Day, Meeting, Plan
from storage.meetings.people import concerned
from storage.meetings.watch import watch
from storage.rights import authorise
from storage.tables import (
    body,
    body_municipality,
    meeting,
    meeting_body,
    meeting_day,
    municipality,
)
from storage.valid import wall


def may_host(connection: Connection, bodies: Sequence[int]) -> list[tuple[int, str]]:
    """Municipalities that may hold a meeting of these bodies."""
    rows = connection.execute(
        select(municipality.c.id, municipality.c.name)
        .join(body_municipality, body_municipality.c.municipality_id == municipality.c.id)
        .where(body_municipality.c.body_id.in_(bodies))
        .distinct()
        .order_by(municipality.c.name)
    )
    return [(row.id, row.name) for row in rows]


def create_meeting(connection: Connection, who: Person, plan: Plan, at: datetime) -> int:
    """Gives the new meeting's number. Its secretary is found from the host, so none is named."""
    regions = connection.execute(
        select(body.c.region_id).where(body.c.id.in_(plan.bodies)).distinct()
    ).scalars().all()  # fmt: skip
    if len(regions) != 1:
        raise Refused("no-such-meeting")
    authorise(connection, who, Action.MANAGE_MEETING, regions[0], plan.bodies, wall(at).date())
    _check(plan.days)
    if plan.host_id is not None:
        _check_host(connection, plan.host_id, regions[0])
    number = connection.execute(
        insert(meeting)
        .values(
            region_id=regions[0], theme=plan.theme, format=plan.format, place=plan.place,
            link=plan.link, host_id=plan.host_id, starts=plan.days[0][0], ends=plan.days[-1][1],
            uid=str(uuid.uuid4()), changed_at=at,
        )
        .returning(meeting.c.id)
    ).scalar_one()  # fmt: skip
    connection.execute(
        insert(meeting_body),
        [
            {"meeting_id": number, "body_id": each, "ends": plan.days[-1][1]}
            for each in dict.fromkeys(plan.bodies)
        ],
    )
    _write_days(connection, number, plan.days)
    watch(connection, number, plan.days[-1][1], wall(at).date())
    return int(number)


def move_meeting(
    connection: Connection, who: Person, number: int, days: Sequence[Day], at: datetime
) -> list[int]:
    """To other days or hours. Answers stand until they are changed: the people are told so."""
    _check(days)
    found = managed(connection, who, number, wall(at).date())
    bump(connection, number, at, starts=days[0][0], ends=days[-1][1])
    connection.execute(
        update(meeting_body).where(meeting_body.c.meeting_id == number).values(ends=days[-1][1])
    )
    connection.execute(meeting_day.delete().where(meeting_day.c.meeting_id == number))
    _write_days(connection, number, days)
    watch(connection, number, days[-1][1], wall(at).date())
    return _to_tell(connection, who, found, wall(at).date())


def change_place(
    connection: Connection, who: Person, number: int, kind: str, place: str, link: str,
    at: datetime,
) -> list[int]:  # fmt: skip
    found = managed(connection, who, number, wall(at).date())
    bump(connection, number, at, format=kind, place=place, link=link)
    return _to_tell(connection, who, found, wall(at).date())


def change_host(
    connection: Connection, who: Person, number: int, host: int, at: datetime
) -> list[int]:
    """Another municipality takes the meeting, and so the minutes: whoever was named writes no more."""
    found = managed(connection, who, number, wall(at).date())
    _check_host(connection, host, found.region)
    bump(connection, number, at, host_id=host, secretary_id=None)
    return _to_tell(connection, who, found, wall(at).date())


def cancel_meeting(connection: Connection, who: Person, number: int, at: datetime) -> list[int]:
    found = managed(connection, who, number, wall(at).date())
    bump(connection, number, at, cancelled_at=at)
    connection.execute(
        update(meeting_body).where(meeting_body.c.meeting_id == number).values(cancelled=True)
    )
    return _to_tell(connection, who, found, wall(at).date())


def bump(connection: Connection, number: int, at: datetime, **values: object) -> None:
    """Change a meeting that stands; raise Refused if it was cancelled at the same moment."""
    done = connection.execute(
        update(meeting)
        .where(meeting.c.id == number, meeting.c.cancelled_at.is_(None))
        .values(sequence=meeting.c.sequence + 1, changed_at=at, **values)
    )
    if done.rowcount == 0:
        raise Refused("meeting-is-cancelled")


def _to_tell(connection: Connection, who: Person, found: Meeting, today: date) -> list[int]:
    return [each for each in concerned(connection, found, today) if each != who.id]


def _write_days(connection: Connection, number: int, days: Sequence[Day]) -> None:
    connection.execute(
        insert(meeting_day),
        [
            {"meeting_id": number, "number": place, "starts": starts, "ends": ends}
            for place, (starts, ends) in enumerate(days, 1)
        ],
    )


def _check(days: Sequence[Day]) -> None:
    """Raise ValueError unless there are days, one after another, that end after they begin."""
    moments = [moment for day in days for moment in day]
    if not moments or any(a >= b for a, b in zip(moments, moments[1:], strict=False)):
        raise ValueError("a meeting needs days in order, each ending after it begins")


def _check_host(connection: Connection, host: int, region: int) -> None:
    """Raise Refused for a municipality of another region."""
    where = select(municipality.c.region_id).where(municipality.c.id == host)
    if connection.execute(where).scalar() != region:
        raise Refused("no-such-municipality")
