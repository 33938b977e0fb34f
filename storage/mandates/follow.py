"""The ladder of a report in the database: what has been told, and when it is looked at next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, insert, select

from bot import dates
from bot.errors import Refused
from bot.rules import ladder
from bot.rules.deadline import Deadline
from bot.rules.ladder import Rung, Step
from bot.rules.roles import Person
from storage import timers
from storage.mandates.load import load
from storage.mandates.model import Open, Report
from storage.mandates.people import keepers, may_report
from storage.tables import mandate, mandate_owner, report, report_told, timer
from storage.valid import wall

LADDER, SNOOZE = "report-ladder", "report-snooze"  # kinds of timers
HOUR = time(8)  # wall time of every ping


def follow(connection: Connection, number: int, today: date) -> None:
    """Plan the next look at a report's ladder, or none: call whenever state or deadline changed."""
    subject = f"report:{number}"
    row = connection.execute(select(report).where(report.c.id == number)).one()
    if row.state not in {"coming", "returned"}:
        timers.cancel(connection, subject)
        return
    steps = steps_of(Deadline.from_json(row.deadline), row.given_on, row.returned_on)
    told = _told(connection, number, row.last_day)
    day = ladder.look_again(steps, told, today, row.returned_on)
    if day is None:
        timers.cancel(connection, subject, LADDER)
    else:
        timers.plan(connection, LADDER, subject, datetime.combine(day, HOUR))


def steps_of(deadline: Deadline, given: date, returned: date | None) -> tuple[Step, ...]:
    if deadline.span is None or deadline.last is None:
        return ()
    return ladder.ladder(deadline.span[0], deadline.last, given, returned)


def due(connection: Connection, of: Report, today: date) -> tuple[Rung, Step | None] | None:
    """The rung to use today, with the step upwards that it announces."""
    if not of.open:
        return None
    steps = steps_of(of.deadline, of.given_on, of.returned_on)
    told = _told(connection, of.id, of.last_day)
    rung = ladder.due(steps, told, today, of.returned_on)
    return None if rung is None else (rung, ladder.announces(steps, rung, today))


def told(connection: Connection, of: Report, rung: Rung, today: date) -> None:
    """The rung is used up for this deadline."""
    connection.execute(
        insert(report_told).values(
            report_id=of.id, last_day=of.last_day, rung=rung.value, day=today
        )
    )
    follow(connection, of.id, today)


def _told(connection: Connection, number: int, last: date | None) -> dict[Rung, date]:
    rows = connection.execute(
        select(report_told.c.rung, report_told.c.day).where(
            report_told.c.report_id == number, report_told.c.last_day == last
        )
    )
    return {Rung(row.rung): row.day for row in rows}


def any_report(connection: Connection, number: int) -> Open | None:
    """For rules, which act for nobody."""
    found = connection.execute(
        select(mandate_owner.c.mandate_id)
        .join(report, report.c.owner_id == mandate_owner.c.id)
        .where(report.c.id == number)
    ).scalar()
    for each in load(connection, mandate.c.id == found):
        for of in each.reports:
            if of.id == number:
                return Open(each, of)
    return None


_RECENTLY = timedelta(days=4)
_REMIND_ONLY = frozenset(
    "påminn mig remind me again igen i stället istället instead om det den på och kan du snälla "
    "please could you about it rapporten delrapporten slutrapporten uppdraget the report of to tack "
    "nej no on"
    .split()
)  # fmt: skip


def pinged(connection: Connection, who: Person, text: str, at: datetime) -> dict[str, int] | None:
    """The report of the ping that "påminn mig på fredag" answers: nothing else may be named."""
    left = text
    for each in reversed(dates.find(text, now=at)):
        left = left[: each.start] + left[each.end :]
    if left == text or set(re.findall(r"\w+", left.casefold())) - _REMIND_ONLY:
        return None
    since = at - _RECENTLY
    told = connection.execute(
        select(report_told.c.report_id)
        .join(report, report.c.id == report_told.c.report_id)
        .where(
            report_told.c.day >= wall(since).date(), report_told.c.rung != Rung.DIGEST.value,
            report.c.state.in_(("coming", "returned")),
        )
        .order_by(report_told.c.day.desc(), report_told.c.report_id)
    )  # fmt: skip
    again = connection.execute(
        select(timer.c.subject)
        .where(
            timer.c.kind == SNOOZE, timer.c.person_id == who.id, timer.c.due_at > since,
            timer.c.state == "done",
        )
        .order_by(timer.c.due_at.desc())
    )  # fmt: skip
    numbers = [int(each.partition(":")[2]) for each in again.scalars()]
    for number in (*numbers, *told.scalars()):
        found = any_report(connection, number)
        if found and found.report.open and may_report(who, found.mandate, found.report.owner):
            return {"report": number}
    return None


def snoozed(connection: Connection, who: Person, number: int) -> datetime | None:
    """When the person is to be reminded of a report, as a moment."""
    rows = timers.upcoming(connection, f"report:{number}")
    return next((t.due for t in rows if t.kind == SNOOZE and t.key == str(who.id)), None)


def pings_ahead(connection: Connection, who: Person, today: date) -> list[tuple[datetime, Open]]:
    """When this person is pinged next about each report, and put-off pings; moments, in order."""
    found: list[tuple[datetime, Open]] = []
    for each in load(connection, mandate.c.region_id.in_(who.regions)):
        for of in each.reports:
            if not of.open or who.id not in keepers(connection, each, of.owner, today):
                continue
            found += [
                (planned.due, Open(each, of))
                for planned in timers.upcoming(connection, f"report:{of.id}")
                if planned.kind == LADDER or planned.key == str(who.id)
            ]
    return sorted(found, key=lambda each: each[0])


def together(connection: Connection, of: Open, people: Sequence[int], today: date) -> list[Open]:
    """Every report whose three-months rung falls on these people today, this one first."""
    found = [of]
    for each in load(connection, mandate.c.region_id == of.mandate.region):
        for other in each.reports:
            rung = due(connection, other, today) if other.id != of.report.id else None
            if (
                rung
                and rung[0] is Rung.DIGEST
                and keepers(connection, each, other.owner, today) == people
            ):
                found.append(Open(each, other))
    return found


def snooze(connection: Connection, who: Person, number: int, at: datetime, now: datetime) -> None:
    """One reminder of one's own; a second wish moves it. `at` is wall time."""
    found = any_report(connection, number)
    if found is None or not may_report(who, found.mandate, found.report.owner):
        raise Refused("no-such-mandate")
    if at <= wall(now):
        raise Refused("deadline-over")
    timers.plan(
        connection, SNOOZE, f"report:{number}", at, key=str(who.id), values={"person": who.id}
    )
