"""Who comes to a meeting, who is told of a change, and what its card shows one person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from bot.rules.roles import Person
from storage.meetings.find import meeting_by_id
from storage.meetings.model import Attendee, Meeting, MeetingCard
from storage.tables import (
    agenda_item,
    meeting,
    meeting_answer,
    meeting_body,
    municipality,
    person,
)
from storage.valid import seated

_ANSWERS = meeting_answer.c.meeting_id == bindparam("meeting")


def _count(said: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return (
        select(func.count())
        .where(_ANSWERS, meeting_answer.c.answer == said)
        .correlate(None)
        .scalar_subquery()
        .label(said)
    )


_EXTRAS = (
    select(
        select(meeting_answer.c.answer)
        .where(_ANSWERS, meeting_answer.c.person_id == bindparam("person"))
        .scalar_subquery()
        .label("own"),
        _count("yes"),
        _count("no"),
        select(func.count(person.c.id))
        .where(
            person.c.id.in_(
                seated(
                    select(meeting_body.c.body_id).where(
                        meeting_body.c.meeting_id == bindparam("meeting")
                    ),
                    bindparam("today"),
                )
            ),
            person.c.id.not_in(select(meeting_answer.c.person_id).where(_ANSWERS)),
        )
        .scalar_subquery()
        .label("unanswered"),
        agenda_item.c.title,
    )
    .select_from(
        meeting.outerjoin(
            agenda_item,
            and_(agenda_item.c.meeting_id == meeting.c.id, agenda_item.c.state == "accepted"),
        )
    )
    .where(meeting.c.id == bindparam("meeting"))
    .order_by(agenda_item.c.position)
)


def meeting_card(
    connection: Connection, who: Person, number: int, today: date
) -> MeetingCard | None:
    """All that the card needs, in two statements; None as for `meeting_by_id`."""
    found = meeting_by_id(connection, who, number)
    return None if found is None else card_of(connection, who, found, today)


def card_of(connection: Connection, who: Person, found: Meeting, today: date) -> MeetingCard:
    """The rest of the card of a meeting that is read already."""
    rows = connection.execute(
        _EXTRAS, {"meeting": found.id, "person": who.id, "today": today}
    ).all()
    first = rows[0]
    agenda = tuple(row.title for row in rows if row.title is not None)
    return MeetingCard(found, first.own, first.yes, first.no, first.unanswered, agenda)


def own_answer(connection: Connection, number: int, person_id: int) -> str | None:
    return connection.execute(
        select(meeting_answer.c.answer).where(
            meeting_answer.c.meeting_id == number, meeting_answer.c.person_id == person_id
        )
    ).scalar()


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


def secretary_of(found: Meeting) -> tuple[int, str] | None:
    """Who writes: the one named, else one of the host's people in the meeting's bodies."""
    return None if found.secretary_id is None else (found.secretary_id, found.secretary)
