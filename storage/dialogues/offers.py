"""What follows a freed seat: an offer is accepted, declined or ends; the coordinator gives a seat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.errors import Refused
from bot.rules.roles import Person
from bot.rules.seats import has_room
from storage.dialogues import plans
from storage.dialogues.load import managed, own, registration_by_id
from storage.dialogues.model import Registration
from storage.dialogues.seating import Given, Hall, write
from storage.tables import person, registration, seat
from storage.valid import wall


def offers_to(connection: Connection, person_id: int, at: datetime) -> list[Registration]:
    """One person’s registrations with an offer that still holds."""
    rows = connection.execute(
        select(registration.c.id)
        .join(seat, seat.c.registration_id == registration.c.id)
        .where(
            registration.c.person_id == person_id, seat.c.state == "offered",
            seat.c.offer_until > at,
        )
        .distinct()
        .order_by(registration.c.id)
    ).scalars()  # fmt: skip
    found = [registration_by_id(connection, each) for each in rows]
    return [each for each in found if each is not None]


def accept(connection: Connection, who: Person, number: int, at: datetime) -> list[int]:
    """Take the offered seats of a registration; gives the sessions. Only whose offer it is may."""
    mine, hall = _offered(connection, who, number, at)
    sessions = [
        each.session for each in mine.held
        if each.state == "offered" and each.offer_until and each.offer_until > at
    ]  # fmt: skip
    if not sessions:
        raise Refused("offer-ended")
    write(connection, mine.id, sessions, "registered", at)
    _count_up(connection, mine.id, at)
    hall.settle()
    return sessions


def decline(connection: Connection, who: Person, number: int, at: datetime) -> list[int]:
    """Leave the queue; the seat goes on to the next. Gives the sessions."""
    mine, hall = _offered(connection, who, number, at)
    sessions = list(mine.sessions("offered"))
    if not sessions:
        raise Refused("offer-ended")
    hall.leave(mine.id, "cancelled", sessions)
    _count_up(connection, mine.id, at)
    plans.forget(connection, mine.id)
    plans.after(connection, hall, hall.settle())
    return sessions


def expire(connection: Connection, number: int, sessions: Sequence[int], at: datetime) -> list[int]:
    """An offer that nobody answered ends, and the next one gets it; gives what ended.

    Run twice, or after an answer, it does nothing.
    """
    mine = registration_by_id(connection, number)
    if mine is None:
        return []
    hall = Hall(connection, mine.dialogue, at)
    ended = list(
        connection.execute(
            select(seat.c.session_id).where(
                seat.c.registration_id == number, seat.c.session_id.in_(sessions),
                seat.c.state == "offered", seat.c.offer_until <= at,
            )
        ).scalars()
    )  # fmt: skip
    if not ended:
        return []
    hall.leave(number, "expired", ended)
    plans.after(connection, hall, hall.settle())
    return ended


def first_waiting(connection: Connection, session: int) -> str | None:
    """Who is first in the queue of a session: for its coordinator, who may call."""
    name: str | None = connection.execute(
        select(person.c.name)
        .join(registration, registration.c.person_id == person.c.id)
        .join(seat, seat.c.registration_id == registration.c.id)
        .where(seat.c.session_id == session, seat.c.state == "waiting")
        .order_by(seat.c.place)
        .limit(1)
    ).scalar()
    return name


def give(
    connection: Connection, who: Person, number: int, session: int, at: datetime
) -> int | None:
    """The coordinator gives a free seat to whoever waits first; gives that registration.

    For the last day, when there is no time for an offer. None when nobody waits or nothing is free.
    """
    managed(connection, who, number, wall(at).date())
    hall = Hall(connection, number, at)
    if session not in hall.rows:
        raise Refused("no-such-session")
    for entry in hall.queue():
        fits = all(has_room(hall.rows[each].free) for each in entry.sessions)
        if session in entry.sessions and fits:
            hall.give(Given(entry.registration, entry.sessions, None))
            hall.settle()
            _count_up(connection, entry.registration, at)
            return entry.registration
    return None


def answer_late(
    connection: Connection, who: Person, registration_id: int, said: str, at: datetime
) -> None:
    """The coordinator says yes or no to somebody who came late; a yes gives a seat or a place."""
    mine = registration_by_id(connection, registration_id)
    if mine is None:
        raise Refused("no-such-dialogue")
    managed(connection, who, mine.dialogue, wall(at).date())
    hall = Hall(connection, mine.dialogue, at)
    now = own(connection, mine.dialogue, mine.person)
    sessions = now.sessions("late") if now else ()
    if not sessions:
        raise Refused("late-answered")
    if said == "yes":
        for each in sessions:
            hall.wait(mine.id, [each])
        plans.after(connection, hall, hall.settle(own=mine.id))
    else:
        hall.leave(mine.id, "cancelled", sessions)
        hall.settle()
    _count_up(connection, mine.id, at)


def _offered(
    connection: Connection, who: Person, number: int, at: datetime
) -> tuple[Registration, Hall]:
    found = registration_by_id(connection, number)
    if found is None or found.person != who.id:
        raise Refused("offer-ended")
    hall = Hall(connection, found.dialogue, at)
    again = registration_by_id(connection, number)
    assert again is not None
    return again, hall


def _count_up(connection: Connection, number: int, at: datetime) -> None:
    connection.execute(
        update(registration)
        .where(registration.c.id == number)
        .values(sequence=registration.c.sequence + 1, changed_at=at)
    )
