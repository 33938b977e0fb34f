"""Which meetings there are: the next, the last, those of a span, one by its number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, select

from bot.rules.cadence import Shortfall, shortfalls
from bot.rules.roles import Person
from storage.meetings.load import ROWS, load, meetings_of
from storage.meetings.model import HostTurn, Meeting
from storage.ready import Ready
from storage.rights import may_see
from storage.tables import body, meeting, meeting_body


def _steps(*, last: bool = False) -> Select[Any]:
    """The numbers of one body's meetings from a moment on (or back), nearest first."""
    ends = meeting_body.c.ends
    return (
        select(meeting_body.c.meeting_id, ends)
        .where(
            meeting_body.c.body_id == bindparam("of_body"),
            meeting_body.c.cancelled.is_(False),
            ends < bindparam("now") if last else ends >= bindparam("now"),
        )
        .order_by(ends.desc() if last else ends)
        .limit(bindparam("most", type_=Integer))
    )


def _one(steps: Select[Any]) -> Ready:
    nearest = steps.with_only_columns(meeting_body.c.meeting_id).scalar_subquery()
    return Ready(ROWS.where(meeting.c.id == nearest))


_NEXT, _PREVIOUS = Ready(_steps()), Ready(_steps(last=True))
_NEXT_ONE, _PREVIOUS_ONE = _one(_steps()), _one(_steps(last=True))


def next_meeting(connection: Connection, bodies: Sequence[int], now: datetime) -> Meeting | None:
    """The first that has not ended; each body costs one step in an index."""
    if len(bodies) == 1:
        rows = _NEXT_ONE.all(connection, of_body=bodies[0], now=now, most=1)
        return next(iter(meetings_of(rows)), None)
    return next(iter(upcoming(connection, bodies, now, 1)), None)


def previous_meeting(
    connection: Connection, bodies: Sequence[int], now: datetime
) -> Meeting | None:
    if len(bodies) == 1:
        rows = _PREVIOUS_ONE.all(connection, of_body=bodies[0], now=now, most=1)
        return next(iter(meetings_of(rows)), None)
    return next(iter(load(connection, _nearest(connection, _PREVIOUS, bodies, now, 1))), None)


def upcoming(
    connection: Connection, bodies: Sequence[int], after: datetime, limit: int = 2
) -> list[Meeting]:
    """The next few that have not ended."""
    return load(connection, _nearest(connection, _NEXT, bodies, after, limit))


def _nearest(
    connection: Connection, steps: Ready, bodies: Sequence[int], now: datetime, most: int
) -> list[int]:
    """The numbers nearest to now; a meeting of several bodies counts once."""
    ends = {
        row.meeting_id: row.ends
        for each in bodies
        for row in steps.all(connection, of_body=each, now=now, most=most)
    }
    ranked = sorted(ends, key=lambda number: (abs(ends[number] - now), number))
    return ranked[:most]


def meetings_between(
    connection: Connection, bodies: Sequence[int], start: datetime, end: datetime, *,
    cancelled: bool = False,
) -> list[Meeting]:  # fmt: skip
    """Meetings of any of the bodies that touch the span, in order of time."""
    touching = (
        select(meeting_body.c.meeting_id)
        .join(meeting, meeting.c.id == meeting_body.c.meeting_id)
        .where(
            meeting_body.c.body_id.in_(bodies),
            meeting_body.c.ends >= start,
            meeting.c.starts <= end,
        )
    )
    if not cancelled:
        touching = touching.where(meeting_body.c.cancelled.is_(False))
    return meetings_of(connection.execute(ROWS.where(meeting.c.id.in_(touching))).all())


def meeting_by_id(connection: Connection, who: Person, number: int) -> Meeting | None:
    """None when there is none, or none that this person may see: the same answer for both."""
    one = next(iter(load(connection, [number])), None)
    if one is None or not may_see(connection, who, one.region, one.body_ids):
        return None
    return one


def hosts(connection: Connection, bodies: Sequence[int], year: int) -> list[HostTurn]:
    """The year's rota: who holds which meeting and writes its minutes."""
    first, last = _year(year)
    return [
        HostTurn(each.id, each.starts.date(), each.host, each.secretary)
        for each in meetings_between(connection, bodies, first, last)
        if each.starts >= first
    ]


def in_year(connection: Connection, body_id: int, year: int) -> list[date]:
    """First days of the year's meetings that are planned or held, not cancelled."""
    first, last = _year(year)
    rows = connection.execute(
        select(meeting.c.starts)
        .join(meeting_body, meeting_body.c.meeting_id == meeting.c.id)
        .where(
            meeting_body.c.body_id == body_id,
            meeting_body.c.cancelled.is_(False),
            meeting.c.starts.between(first, last),
        )
        .order_by(meeting.c.starts)
    )
    return [row.starts.date() for row in rows]


def cadence(connection: Connection, body_id: int, year: int) -> list[Shortfall]:
    """What the body's year lacks of the meetings it must have; empty when nothing."""
    least = connection.execute(
        select(body.c.least_per_year, body.c.least_per_half_year).where(body.c.id == body_id)
    ).one()
    days = in_year(connection, body_id, year)
    return shortfalls(days, year, least.least_per_year, least.least_per_half_year)


def _year(year: int) -> tuple[datetime, datetime]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return datetime.combine(first, time.min), datetime.combine(last, time.max)
