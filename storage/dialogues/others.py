"""Where two people are involved: somebody comes instead, one record becomes of two."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from bot.errors import Refused
from bot.rules.roles import Action, Grade, Person, grade
from storage.dialogues import plans
from storage.dialogues.load import own, registration_by_id, seen
from storage.dialogues.model import Registration
from storage.dialogues.register import LIVE, may_register, owned
from storage.dialogues.seating import Hall, write
from storage.session import upsert
from storage.tables import municipality, need, person, registration, seat

# What of two records of one person and session is kept.
_STRONGER = ("present", "registered", "offered", "waiting", "late")


def propose_substitute(
    connection: Connection, who: Person, number: int, other: int, at: datetime
) -> int:
    """Ask somebody to come instead; nothing changes until that person says yes."""
    found = seen(connection, who, number)
    mine = owned(connection, who, found, None)
    if other == mine.person:
        raise Refused("substitute-self")
    may_register(connection, who, other, found, at)
    theirs = own(connection, number, other)
    if theirs is not None and theirs.standing:
        raise Refused("already-registered", name=theirs.person_name)
    connection.execute(
        update(registration).where(registration.c.id == mine.id).values(substitute_id=other)
    )
    plans.tell(connection, "dialogue-substitute", mine.id, at)
    return mine.id


def accept_substitute(
    connection: Connection, who: Person, registration_id: int, at: datetime
) -> list[int]:
    """Take over somebody's seats and places in the queue; gives the sessions."""
    mine, hall = _asked(connection, who, registration_id, at)
    sessions = mine.sessions("registered", "offered", "waiting")
    if not sessions:
        raise Refused("substitute-ended")
    seats = connection.execute(
        select(seat).where(
            seat.c.registration_id == mine.id, seat.c.session_id.in_(sessions)
        )
    ).all()  # fmt: skip
    new = _take_over(connection, mine, who, at)
    for row in seats:
        write(connection, new, [row.session_id], row.state, at, place=row.place,
              until=row.offer_until)  # fmt: skip
    write(connection, mine.id, sessions, "replaced", at)
    _clear(connection, mine.id, at)
    connection.execute(need.delete().where(need.c.registration_id == mine.id))
    plans.forget(connection, mine.id)
    for row in seats:
        if row.state == "offered":
            plans.offer_again(connection, mine.dialogue, new, row.session_id, row.offer_until)
    hall.settle()
    return list(sessions)


def decline_substitute(
    connection: Connection, who: Person, registration_id: int, at: datetime
) -> None:
    """Say no: everything stays as it was."""
    mine, _ = _asked(connection, who, registration_id, at)
    _clear(connection, mine.id, at)


def merge(connection: Connection, keep: int, drop: int, at: datetime) -> None:
    """Two records of one person become one: where both have a seat, one of them is passed on."""
    rows = connection.execute(
        select(registration.c.dialogue_id).where(registration.c.person_id == drop)
    ).scalars().all()  # fmt: skip
    for number in sorted(rows):
        hall = Hall(connection, number, at)
        gone, kept = own(connection, number, drop), own(connection, number, keep)
        assert gone is not None
        if kept is None:
            connection.execute(
                update(registration)
                .where(registration.c.id == gone.id)
                .values(person_id=keep)
            )  # fmt: skip
            continue
        _join(connection, hall, kept, gone)
        plans.after(connection, hall, hall.settle())
        plans.forget(connection, gone.id)
        connection.execute(seat.delete().where(seat.c.registration_id == gone.id))
        connection.execute(need.delete().where(need.c.registration_id == gone.id))
        connection.execute(registration.delete().where(registration.c.id == gone.id))


def _join(connection: Connection, hall: Hall, kept: Registration, gone: Registration) -> None:
    """Per session the stronger state stays, and of two places in the queue the earlier one."""
    mine = {row.session_id: row for row in _seats(connection, kept.id)}
    for row in _seats(connection, gone.id):
        if row.state not in LIVE:
            continue
        other = mine.get(row.session_id)
        if other is not None and other.state in LIVE and _rank(other) <= _rank(row):
            hall.leave(gone.id, "cancelled", [row.session_id])
            continue
        if other is not None and other.state in LIVE:
            hall.leave(kept.id, "cancelled", [row.session_id])
        write(connection, kept.id, [row.session_id], row.state, hall.at, place=row.place,
              until=row.offer_until)  # fmt: skip
        write(connection, gone.id, [row.session_id], "cancelled", hall.at)
        if row.state == "offered":
            plans.offer_again(connection, hall.number, kept.id, row.session_id, row.offer_until)


def _rank(row: Row[Any]) -> tuple[int, int]:
    return _STRONGER.index(row.state), row.place or 0


def _seats(connection: Connection, number: int) -> list[Row[Any]]:
    rows = connection.execute(
        select(seat).where(seat.c.registration_id == number).order_by(seat.c.session_id)
    )
    return list(rows)


def _asked(
    connection: Connection, who: Person, registration_id: int, at: datetime
) -> tuple[Registration, Hall]:
    first = registration_by_id(connection, registration_id)
    if first is None or first.substitute != who.id:
        raise Refused("substitute-ended")
    hall = Hall(connection, first.dialogue, at)
    again = registration_by_id(connection, registration_id)
    if again is None or again.substitute != who.id or not again.standing:
        raise Refused("substitute-ended")
    return again, hall


def _take_over(connection: Connection, mine: Registration, who: Person, at: datetime) -> int:
    """The substitute's own registration: new, or an old one that had ended."""
    row = {
        "made_by": mine.person, "role": mine.role, "together": mine.together,
        "in_place_of": mine.person, "changed_at": at,
    }  # fmt: skip
    made: int = connection.execute(
        upsert(connection)(registration)
        .values(dialogue_id=mine.dialogue, person_id=who.id, made_at=at, **row)
        .on_conflict_do_update(index_elements=["dialogue_id", "person_id"], set_=row)
        .returning(registration.c.id)
    ).scalar_one()
    return made


def _clear(connection: Connection, number: int, at: datetime) -> None:
    connection.execute(
        update(registration)
        .where(registration.c.id == number)
        .values(substitute_id=None, changed_at=at, sequence=registration.c.sequence + 1)
    )


def candidates(connection: Connection, who: Person, said: str) -> list[tuple[int, str, str]]:
    """Whom a name may mean: number, name, municipality.

    Colleagues of the person's own municipality; anybody of the region for its coordinator.
    """
    anybody = grade(who, Action.REGISTER_COLLEAGUE, region=who.region) is Grade.YES
    statement = (
        select(person.c.id, person.c.name, municipality.c.name.label("town"))
        .select_from(person.outerjoin(municipality, municipality.c.id == person.c.municipality_id))
        .where(person.c.region_id == who.region, person.c.left_on.is_(None),
               person.c.id != who.id)
        .order_by(person.c.name, person.c.id)
    )  # fmt: skip
    if not anybody:
        statement = statement.where(person.c.municipality_id == who.municipality)
    words = said.casefold().replace(",", " ").split()
    return [
        (row.id, row.name, row.town or "")
        for row in connection.execute(statement)
        if words and all(word in f"{row.name} {row.town}".casefold().split() for word in words)
    ]
