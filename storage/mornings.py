"""Who is reminded of which meeting on which morning.

Each region has one timer a day. It looks at every planned day since the last one that it said, so
that after downtime nothing is missed, said twice, or said of a meeting that has been.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, select

from bot.rules.quiet import MORNING, reminder_day
from bot.rules.roles import Action, Person
from storage import timers
from storage.meetings import Meeting, concerned
from storage.meetings.load import load
from storage.rights import authorise
from storage.session import upsert
from storage.tables import (
    body,
    meeting,
    meeting_answer,
    region,
    reminder_days,
    reminders_off,
    timer,
)
from storage.valid import wall

KIND = "morning"
DAYS = (7, 1)  # before a meeting
FAR = timedelta(days=120)
_DAY = timedelta(days=1)

Told = dict[int, list[Meeting]]  # person -> meetings, in order of time


def begin(connection: Connection, now: datetime) -> None:
    """Plan the morning of each region that has none; what earlier days planned is not made up for."""
    known = set(connection.execute(select(timer.c.subject).where(timer.c.kind == KIND)).scalars())
    for number in connection.execute(select(region.c.id)).scalars():
        if f"region:{number}" not in known:
            plan(connection, number, wall(now).date(), wall(now).date())


def plan(connection: Connection, number: int, today: date, after: date) -> None:
    """The next morning; `after` is the last day whose reminders have been said."""
    at = datetime.combine(today + _DAY, MORNING)
    timers.plan(connection, KIND, f"region:{number}", at, values={"after": after.isoformat()})


def planned(connection: Connection, number: int, after: date, now: datetime) -> Told:
    """Reminders whose day lies after `after` and not after today, of meetings still ahead.

    `now` is wall time. Who has said no, or wants no reminders, gets none.
    """
    today = now.date()
    week = connection.execute(select(region.c.sportlov_week).where(region.c.id == number)).scalar()
    ahead = _ahead(connection, number, now, now + FAR)
    days = _days(connection, [each for found in ahead for each in found.body_ids])
    due = [
        each for each in ahead
        if any(after < day <= today for day in _reminded(each, days, week))
    ]  # fmt: skip
    return _told(connection, due, today)


def this_week(connection: Connection, number: int, now: datetime) -> Told:
    """The meetings from now to Sunday, by who has not said no to them."""
    sunday = now.date() + timedelta(days=7 - now.isoweekday())
    end = datetime.combine(sunday, time.max)
    return _told(connection, _ahead(connection, number, now, end), now.date())


def ahead_of(connection: Connection, who: Person, now: datetime) -> list[tuple[date, Meeting]]:
    """Which meetings a person will be reminded of, and on which days; `now` is wall time."""
    found: list[tuple[date, Meeting]] = []
    for number in who.regions:
        week = connection.execute(
            select(region.c.sportlov_week).where(region.c.id == number)
        ).scalar()
        coming = _ahead(connection, number, now, now + FAR)
        days = _days(connection, [each for m in coming for each in m.body_ids])
        own = _told(connection, coming, now.date(), only=who.id).get(who.id, [])
        found += [
            (day, each) for each in own for day in _reminded(each, days, week) if day > now.date()
        ]
    return sorted(found, key=lambda pair: (pair[0], pair[1].id))


def set_days(
    connection: Connection, who: Person, of: int, days: Sequence[int], today: date
) -> None:
    """When the members of a body are reminded of its meetings; empty: never."""
    where = select(body.c.region_id).where(body.c.id == of)
    authorise(connection, who, Action.MANAGE_MEETING, connection.execute(where).scalar_one(), [of],
              today)  # fmt: skip
    chosen = sorted({each for each in days if 0 < each <= 90}, reverse=True)
    connection.execute(
        upsert(connection)(reminder_days)
        .values(body_id=of, days=chosen)
        .on_conflict_do_update(index_elements=["body_id"], set_={"days": chosen})
    )


def _reminded(found: Meeting, days: dict[int, Sequence[int]], week: int | None) -> set[date]:
    first = found.starts.date()
    before = {each for of in found.body_ids for each in days.get(of, DAYS)}
    return {reminder_day(first - timedelta(days=each), week) for each in before}


def _days(connection: Connection, bodies: Sequence[int]) -> dict[int, Sequence[int]]:
    rows = connection.execute(select(reminder_days).where(reminder_days.c.body_id.in_(bodies)))
    return {row.body_id: row.days for row in rows}


def _ahead(connection: Connection, number: int, start: datetime, end: datetime) -> list[Meeting]:
    rows = connection.execute(
        select(meeting.c.id).where(
            meeting.c.region_id == number, meeting.c.cancelled_at.is_(None),
            meeting.c.starts > start, meeting.c.starts <= end,
        )
    )  # fmt: skip
    return load(connection, list(rows.scalars()))


def _told(
    connection: Connection, found: Sequence[Meeting], today: date, only: int | None = None
) -> Told:
    off = set(connection.execute(select(reminders_off.c.person_id)).scalars())
    told: Told = {}
    for each in found:
        declined = set(
            connection.execute(
                select(meeting_answer.c.person_id).where(
                    meeting_answer.c.meeting_id == each.id, meeting_answer.c.answer == "no"
                )
            ).scalars()
        )
        for person in concerned(connection, each, today):
            if person not in off | declined and only in {None, person}:
                told.setdefault(person, []).append(each)
    return told
