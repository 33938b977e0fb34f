"""What people asked to be reminded of. When it is said stands in a timer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from bot.errors import Refused
from bot.rules.roles import Person
from storage import timers
from storage.session import upsert
from storage.tables import reminder, reminders_off
from storage.valid import wall

OWN = "own-reminder"  # the kind of its timers
MOST = 50  # that one person may have waiting
FRESH = timedelta(hours=24)  # in which "nej, ta tisdag i stället" is about the newest


@dataclass(frozen=True, slots=True)
class Own:
    id: int
    about: str
    at: datetime  # wall time


def remind(connection: Connection, who: Person, about: str, at: datetime, now: datetime) -> int:
    """Say it back at that wall time; gives the reminder's number."""
    _check(at, now)
    if len(mine(connection, who)) >= MOST:
        raise Refused("reminder-too-many", most=MOST)
    number = connection.execute(
        insert(reminder)
        .values(person_id=who.id, about=about[:300], made_at=now)
        .returning(reminder.c.id)
    ).scalar_one()
    _plan(connection, who, int(number), at)
    return int(number)


def move(connection: Connection, who: Person, number: int, at: datetime, now: datetime) -> None:
    """One remains: the old time is forgotten."""
    _check(at, now)
    _own(connection, who, number)
    _plan(connection, who, number, at)


def drop(connection: Connection, who: Person, number: int) -> None:
    _own(connection, who, number)
    timers.cancel(connection, _subject(number))
    connection.execute(delete(reminder).where(reminder.c.id == number))


def mine(connection: Connection, who: Person) -> list[Own]:
    """What waits, earliest first."""
    waits = {
        int(each.subject.partition(":")[2]): wall(each.due)
        for each in timers.upcoming(connection, person=who.id)
        if each.kind == OWN
    }
    rows = connection.execute(
        select(reminder.c.id, reminder.c.about).where(reminder.c.person_id == who.id)
    )
    words = {row.id: row.about for row in rows}
    return [Own(number, words[number], at) for number, at in waits.items() if number in words]


def newest(connection: Connection, who: Person, now: datetime) -> Own | None:
    """The one that was asked for last, if that was today or yesterday and it still waits."""
    made = connection.execute(
        select(reminder.c.id)
        .where(reminder.c.person_id == who.id, reminder.c.made_at >= now - FRESH)
        .order_by(reminder.c.made_at.desc(), reminder.c.id.desc())
    ).scalars()
    waits = {each.id: each for each in mine(connection, who)}
    return next((waits[number] for number in made if number in waits), None)


def said(connection: Connection, subject: str) -> tuple[int, str] | None:
    """Whom to remind and of what; the words are erased, as they are said now."""
    number = int(subject.partition(":")[2])
    row = connection.execute(
        select(reminder.c.person_id, reminder.c.about).where(reminder.c.id == number)
    ).first()
    if row is None:
        return None
    connection.execute(delete(reminder).where(reminder.c.id == number))
    return int(row.person_id), str(row.about)


def switch(connection: Connection, who: Person, on: bool, now: datetime) -> None:
    """Whether the person wants reminders that nobody asked for."""
    if on:
        connection.execute(delete(reminders_off).where(reminders_off.c.person_id == who.id))
        return
    connection.execute(
        upsert(connection)(reminders_off)
        .values(person_id=who.id, since=now)
        .on_conflict_do_nothing()
    )


def wanted(connection: Connection, who: Person) -> bool:
    row = select(reminders_off.c.person_id).where(reminders_off.c.person_id == who.id)
    return connection.execute(row).first() is None


def _plan(connection: Connection, who: Person, number: int, at: datetime) -> None:
    timers.plan(connection, OWN, _subject(number), at, values={"person": who.id})


def _own(connection: Connection, who: Person, number: int) -> None:
    """Raise Refused for somebody else's, and for one that is said already: the same answer."""
    row = select(reminder.c.id).where(reminder.c.id == number, reminder.c.person_id == who.id)
    if connection.execute(row).first() is None:
        raise Refused("reminder-gone")


def _check(at: datetime, now: datetime) -> None:
    if at <= wall(now):
        raise Refused("reminder-past")


def _subject(number: int) -> str:
    return f"reminder:{number}"
