"""Who comes to a meeting, who is told of a change, and what its card shows one person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, bindparam, or_, select

from storage.meetings.model import Attendee, Extras, Meeting
from storage.ready import Ready
from storage.tables import (
    agenda_item,
    meeting,
    meeting_answer,
    municipality,
    person,
)
from storage.valid import seated

_EXTRAS = Ready(
    select(meeting_answer.c.answer, agenda_item.c.title)
    .select_from(
        meeting.outerjoin(
            meeting_answer,
            and_(
                meeting_answer.c.meeting_id == meeting.c.id,
                meeting_answer.c.person_id == bindparam("of_person"),
            ),
        ).outerjoin(
            agenda_item,
            and_(agenda_item.c.meeting_id == meeting.c.id, agenda_item.c.state == "accepted"),
        )
    )
    .where(meeting.c.id == bindparam("of_meeting"))
    .order_by(agenda_item.c.position)
)


def extras(connection: Connection, number: int, person_id: int) -> Extras:
    """What a card shows one person besides the meeting itself, in one statement."""
    rows = _EXTRAS.all(connection, of_meeting=number, of_person=person_id)
    agenda = tuple(row.title for row in rows if row.title is not None)
    return Extras(rows[0].answer if rows else None, agenda)


def own_answer(connection: Connection, number: int, person_id: int) -> str | None:
    return extras(connection, number, person_id).own


def attendees(connection: Connection, found: Meeting, today: date) -> list[Attendee]:
    """Everybody with a seat in the bodies, and whoever else has answered; names only."""
    rows = connection.execute(
        select(
            person.c.id, person.c.name, municipality.c.name.label("municipality"),
            meeting_answer.c.answer,
        )
        .select_from(
            person.outerjoin(municipality, municipality.c.id == person.c.municipality_id).outerjoin(
                meeting_answer,
                and_(
                    meeting_answer.c.person_id == person.c.id,
                    meeting_answer.c.meeting_id == found.id,
                ),
            )
        )
        .where(
            or_(
                meeting_answer.c.answer.is_not(None),
                person.c.id.in_(seated(found.body_ids, today)),
            )
        )
        .order_by(municipality.c.name, person.c.name)
    )  # fmt: skip
    return [Attendee(row.id, row.name, row.municipality or "", row.answer) for row in rows]


def concerned(connection: Connection, found: Meeting, today: date) -> list[int]:
    """Whom a change concerns: everybody with a seat in the bodies, and whoever else said yes.

    Those who said no are among them: it was another day or place that they declined.
    """
    coming = select(meeting_answer.c.person_id).where(
        meeting_answer.c.meeting_id == found.id, meeting_answer.c.answer == "yes"
    )
    rows = connection.execute(
        select(person.c.id)
        .where(
            or_(person.c.id.in_(seated(found.body_ids, today)), person.c.id.in_(coming)),
            or_(person.c.left_on.is_(None), person.c.left_on >= today),
        )
        .order_by(person.c.id)
    )
    return list(rows.scalars())
