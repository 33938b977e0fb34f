"""Who did what, when, from where, and what became of it: for administrators of a region.

The log holds ids, dates and states. It never holds what was said, and nothing that somebody wrote.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, DateTime, Integer, Table, or_, select

from bot.rules.roles import Person
from storage.rights import refuse_admin
from storage.tables import Moment, audit, meeting, metadata, person, protocol
from storage.timers import moment

MOST = 30  # lines of one answer
_STATES = frozenset({"state", "format", "kind", "answer", "reach", "language"})
_NOT_SHOWN = frozenset({"id", "changed_at", "sequence", "version", "at"})


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime  # aware, UTC
    who: str  # "" for the bot itself
    action: str
    subject: str
    detail: dict[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty does not narrow it."""

    since: date | None = None
    until: date | None = None
    meetings_on: date | None = None
    name: str = ""
    actions: tuple[str, ...] = ()  # beginnings of names of actions


def snapshot(connection: Connection, subject: str) -> dict[str, str]:
    """The dates, numbers and states of the row that a subject names: "meeting:12"."""
    kind, _, number = subject.partition(":")
    table = metadata.tables.get(kind)
    if table is None or "id" not in table.columns or not number.isdecimal():
        return {}
    columns = [each for each in table.columns if _tells(each)]
    if not columns:
        return {}
    row = connection.execute(select(*columns).where(table.c.id == int(number))).first()
    return {} if row is None else {key: _plain(value) for key, value in row._mapping.items()}  # noqa: SLF001


def changed(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """What differs: {"starts": "2026-12-10 09:00 → 2026-12-11 09:00"}."""
    return {
        key: f"{before.get(key, '')} → {after.get(key, '')}".strip()
        for key in dict.fromkeys((*before, *after))
        if before.get(key, "") != after.get(key, "")
    }


def lines(connection: Connection, who: Person, wanted: Wanted, at: datetime) -> list[Line]:
    """The newest first; only of the administrator's own region. Raise Refused for anybody else."""
    refuse_admin(connection, who, at)
    statement = select(
        audit.c.at, audit.c.action, audit.c.subject, audit.c.detail, person.c.name,
        person.c.region_id,
    ).select_from(audit.outerjoin(person, person.c.id == audit.c.person_id))  # fmt: skip
    if wanted.since:
        statement = statement.where(audit.c.at >= moment(datetime.combine(wanted.since, time.min)))
    if wanted.until:
        statement = statement.where(audit.c.at <= moment(datetime.combine(wanted.until, time.max)))
    if wanted.meetings_on:
        subjects = _of_meetings(connection, who, wanted.meetings_on)
        statement = statement.where(audit.c.subject.in_(subjects))
    if wanted.name:
        statement = statement.where(person.c.name == wanted.name)
    if wanted.actions:
        statement = statement.where(
            or_(*(audit.c.action.startswith(each) for each in wanted.actions))
        )
    found = []
    for row in connection.execute(statement.order_by(audit.c.id.desc())).yield_per(100):
        home = _region(connection, row.subject)
        if (row.region_id if home is None else home) == who.region:
            found.append(Line(row.at, row.name or "", row.action, row.subject, dict(row.detail)))
        if len(found) == MOST:
            break
    return found


def people(connection: Connection, who: Person) -> Collection[str]:
    """Names in the administrator's region, to be found in a question."""
    rows = select(person.c.name).where(person.c.region_id == who.region)
    return set(connection.execute(rows).scalars())


def _of_meetings(connection: Connection, who: Person, day: date) -> list[str]:
    start = datetime.combine(day, time.min)
    ours = select(meeting.c.id).where(
        meeting.c.region_id == who.region, meeting.c.starts >= start,
        meeting.c.starts <= datetime.combine(day, time.max),
    )  # fmt: skip
    numbers = list(connection.execute(ours).scalars())
    minutes = select(protocol.c.id).where(protocol.c.meeting_id.in_(numbers))
    return [
        *(f"meeting:{each}" for each in numbers),
        *(f"protocol:{each}" for each in connection.execute(minutes).scalars()),
    ]


def _region(connection: Connection, subject: str) -> int | None:
    """The region that a subject belongs to, over the tables that its row points to."""
    kind, _, number = subject.partition(":")
    table = metadata.tables.get(kind)
    while table is not None and number.isdecimal() and "id" in table.columns:
        if "region_id" in table.columns:
            rows = select(table.c.region_id).where(table.c.id == int(number))
            return connection.execute(rows).scalar()
        above = _above(table)
        if above is None:
            return None
        found = connection.execute(select(above).where(table.c.id == int(number))).scalar()
        table = next(iter(above.foreign_keys)).column.table
        number = str(found)
    return None


def _above(table: Table) -> Column[Any] | None:
    """The column that says whose part a row is: the first that must be there."""
    return next((each for each in table.columns if each.foreign_keys and not each.nullable), None)


def _tells(column: Column[Any]) -> bool:
    if column.name in _NOT_SHOWN or column.name.endswith("hash"):
        return False
    return (
        isinstance(column.type, Date | DateTime | Moment | Integer | Boolean)
        or column.name in _STATES
    )


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return "" if value is None else str(value)
