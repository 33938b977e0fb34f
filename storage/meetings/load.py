"""From rows to meetings, in one statement however many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select

from storage.meetings.model import Meeting
from storage.tables import body, meeting, meeting_body, meeting_day, municipality, person
from storage.valid import seated

_secretary = person.alias("secretary")
_host = municipality.alias("host")

# One row per body and day of each meeting.
ROWS: Select[Any] = (
    select(
        meeting,
        _host.c.name.label("host"),
        _secretary.c.name.label("secretary"),
        _secretary.c.left_on.label("secretary_left"),
        body.c.id.label("body_id"),
        body.c.name.label("body_name"),
        meeting_day.c.number,
        meeting_day.c.starts.label("day_starts"),
        meeting_day.c.ends.label("day_ends"),
    )
    .select_from(
        meeting.join(meeting_body, meeting_body.c.meeting_id == meeting.c.id)
        .join(body, body.c.id == meeting_body.c.body_id)
        .outerjoin(meeting_day, meeting_day.c.meeting_id == meeting.c.id)
        .outerjoin(_host, _host.c.id == meeting.c.host_id)
        .outerjoin(_secretary, _secretary.c.id == meeting.c.secretary_id)
    )
    .order_by(meeting.c.starts, meeting.c.id, body.c.id, meeting_day.c.number)
)
_BY_ID = ROWS.where(meeting.c.id == bindparam("number"))
_BY_IDS = ROWS.where(meeting.c.id.in_(bindparam("ids", expanding=True)))
_OF_HOST = (
    select(person.c.id, person.c.name)
    .where(
        person.c.municipality_id == bindparam("host"),
        person.c.id.in_(
            seated(
                select(meeting_body.c.body_id).where(
                    meeting_body.c.meeting_id == bindparam("number")
                ),
                bindparam("day"),
            )
        ),
    )
    .order_by(person.c.id)
    .limit(1)
)


def load(connection: Connection, ids: Sequence[int]) -> list[Meeting]:
    """Meetings by number, in order of time; numbers that do not exist are left out."""
    if not ids:
        return []
    if len(ids) == 1:
        return found(connection, _BY_ID, {"number": ids[0]})
    return found(connection, _BY_IDS, {"ids": list(ids)})


def found(
    connection: Connection, statement: Select[Any], values: Mapping[str, object]
) -> list[Meeting]:
    """The meetings of a statement made from ROWS."""
    groups: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(statement, dict(values)):
        groups.setdefault(row.id, []).append(row)
    return [_meeting(connection, rows) for rows in groups.values()]


def _meeting(connection: Connection, rows: Sequence[Row[Any]]) -> Meeting:
    row = rows[0]
    secretary_id, secretary = _writes(connection, row)
    return Meeting(
        id=row.id, region=row.region_id,
        bodies=tuple(dict.fromkeys((each.body_id, each.body_name) for each in rows)),
        theme=row.theme, format=row.format, place=row.place, link=row.link,
        host_id=row.host_id, host=row.host or "", secretary_id=secretary_id, secretary=secretary,
        days=tuple(
            dict.fromkeys(
                (each.day_starts or row.starts, each.day_ends or row.ends) for each in rows
            )
        ),
        cancelled=row.cancelled_at is not None, uid=row.uid, sequence=row.sequence,
        changed_at=row.changed_at,
    )  # fmt: skip


def _writes(connection: Connection, row: Row[Any]) -> tuple[int | None, str]:
    """Who was named, unless gone by then; else one of the host's people in the meeting's bodies."""
    day = row.starts.date()
    gone = row.secretary_left is not None and row.secretary_left < day
    if row.secretary_id is not None and not gone:
        return row.secretary_id, row.secretary
    if row.host_id is None:
        return None, ""
    other = connection.execute(
        _OF_HOST, {"host": row.host_id, "number": row.id, "day": day}
    ).first()
    return (None, "") if other is None else (other.id, other.name)
