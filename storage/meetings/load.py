"""From rows to meetings, in one statement however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, or_, select

from storage.meetings.model import Meeting
from storage.ready import Ready
from storage.tables import body, meeting, meeting_body, meeting_day, municipality, person
from storage.valid import seated

_DAY = func.date(meeting.c.starts)
_host = municipality.alias("host")
_writer = person.alias("writer")
_named = person.alias("named")
_linked = meeting_body.alias("linked")

# Who was named to write, unless gone by then; else one of the host's people in its bodies.
_WRITES = func.coalesce(
    select(_named.c.id)
    .where(
        _named.c.id == meeting.c.secretary_id,
        or_(_named.c.left_on.is_(None), _named.c.left_on >= _DAY),
    )
    .correlate(meeting)
    .scalar_subquery(),
    select(func.min(_named.c.id))
    .where(
        _named.c.municipality_id == meeting.c.host_id,
        _named.c.id.in_(
            seated(
                select(_linked.c.body_id)
                .where(_linked.c.meeting_id == meeting.c.id)
                .correlate(meeting),
                _DAY,
            ).correlate(meeting)
        ),
    )
    .correlate(meeting)
    .scalar_subquery(),
)

# One row per body and day of each meeting.
ROWS: Select[Any] = (
    select(
        meeting,
        _host.c.name.label("host"),
        _writer.c.id.label("writer_id"),
        _writer.c.name.label("writer"),
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
        .outerjoin(_writer, _writer.c.id == _WRITES)
    )
    .order_by(meeting.c.starts, meeting.c.id, body.c.id, meeting_day.c.number)
)
_BY_ID = Ready(ROWS.where(meeting.c.id == bindparam("of_meeting")))
_BY_IDS = ROWS.where(meeting.c.id.in_(bindparam("ids", expanding=True)))


def load(connection: Connection, ids: Sequence[int]) -> list[Meeting]:
    """Meetings by number, in order of time; numbers that do not exist are left out."""
    if not ids:
        return []
    if len(ids) == 1:
        return meetings_of(_BY_ID.all(connection, of_meeting=ids[0]))
    return meetings_of(connection.execute(_BY_IDS, {"ids": list(ids)}).all())


def meetings_of(rows: Sequence[Any]) -> list[Meeting]:
    """The meetings in the rows of a statement made from ROWS, in their order."""
    return [_meeting(list(own)) for _, own in groupby(rows, key=lambda row: row.id)]


def _meeting(rows: Sequence[Any]) -> Meeting:
    row = rows[0]
    return Meeting(
        id=row.id, region=row.region_id,
        bodies=tuple(dict.fromkeys((each.body_id, each.body_name) for each in rows)),
        theme=row.theme, format=row.format, place=row.place, link=row.link,
        host_id=row.host_id, host=row.host or "",
        secretary_id=row.writer_id, secretary=row.writer or "",
        days=tuple(
            dict.fromkeys(
                (each.day_starts or row.starts, each.day_ends or row.ends) for each in rows
            )
        ),
        cancelled=row.cancelled_at is not None, uid=row.uid, sequence=row.sequence,
        changed_at=row.changed_at,
    )  # fmt: skip
