"""A small dialogue on any database: as many people as a test needs, and ways to ask what is true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, func, insert, select

from bot.rules.roles import Membership, Person, Role
from storage import dialogues
from storage.dialogues import NewSession, Plan, Wish
from storage.tables import dialogue_session, municipality, person, region, registration, seat

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hall:
    """A dialogue with its sessions, its coordinator and its people."""

    number: int
    sessions: tuple[int, ...]
    eva: Person
    people: tuple[Person, ...]


def make(connection: Connection, people: int, *capacities: int | None, opened: bool = True) -> Hall:
    """An open dialogue on 10 February 2027 with one session per capacity."""
    home = connection.execute(
        insert(region).values(key=f"r{people}", name=f"Region {people}").returning(region.c.id)
    ).scalar_one()
    town = connection.execute(
        insert(municipality).values(region_id=home, name="Alby").returning(municipality.c.id)
    ).scalar_one()
    numbers = list(
        connection.execute(
            insert(person).returning(person.c.id, sort_by_parameter_order=True),
            [{"region_id": home, "municipality_id": town, "name": f"Påhittad {each:05d}"}
             for each in range(people + 1)],
        ).scalars()
    )  # fmt: skip
    eva = Person(numbers[0], "Eva", home, municipality=town,
                 memberships=(Membership(Role.COORDINATOR, home),))  # fmt: skip
    others = tuple(
        Person(each, f"P{each}", home, municipality=town, title="Rektor") for each in numbers[1:]
    )
    sessions = tuple(
        NewSession("fm" if n == 0 else "em", datetime(2027, 2, 10, 9 + 3 * n),
                   datetime(2027, 2, 10, 11 + 3 * n), size)
        for n, size in enumerate(capacities)
    )  # fmt: skip
    plan = Plan(home, "Dialog", sessions, date(2027, 1, 27), place="Skövde")
    number = dialogues.create(connection, eva, plan, AT)
    if opened:
        dialogues.set_state(connection, eva, number, "open", AT)
    ids = connection.execute(
        select(dialogue_session.c.id)
        .where(dialogue_session.c.dialogue_id == number)
        .order_by(dialogue_session.c.position)
    ).scalars()
    return Hall(number, tuple(ids), eva, others)


def come(
    connection: Connection, hall: Hall, who: int, *sessions: int, together: bool = False,
    at: datetime = AT,
) -> list[tuple[str, int]]:  # fmt: skip
    """Register person number `who`; gives (state, number) of each session."""
    wish = Wish(tuple(hall.sessions[each] for each in sessions or (0,)), together=together)
    result = dialogues.register(connection, hall.people[who], hall.number, wish, at)
    return [(row[1], row[2]) for row in result["sessions"]]


def states(connection: Connection, hall: Hall, session: int = 0) -> dict[int, str]:
    """By position of the person among the hall's people."""
    rows = connection.execute(
        select(registration.c.person_id, seat.c.state)
        .join(seat, seat.c.registration_id == registration.c.id)
        .where(seat.c.session_id == hall.sessions[session])
    )
    place = {each.id: number for number, each in enumerate(hall.people)}
    return {place[row.person_id]: row.state for row in rows if row.person_id in place}


def figures(connection: Connection, hall: Hall, session: int = 0) -> tuple[int, int]:
    """(taken, waiting) as the session's row says; checked against the seats themselves."""
    row = connection.execute(
        select(dialogue_session).where(dialogue_session.c.id == hall.sessions[session])
    ).one()
    counts = connection.execute(
        select(seat.c.state, func.count()).where(seat.c.session_id == row.id).group_by(seat.c.state)
    )
    counted = dict(list(map(tuple, counts)))
    taken = sum(counted.get(each, 0) for each in ("registered", "offered", "present", "absent"))
    assert (row.taken, row.waiting) == (taken, counted.get("waiting", 0))
    return row.taken, row.waiting


def registration_of(connection: Connection, hall: Hall, who: int) -> int:
    found = dialogues.own(connection, hall.number, hall.people[who].id)
    assert found is not None
    return found.id
