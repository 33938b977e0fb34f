"""Who is concerned by a mandate: who keeps it, who stands above, who gave it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from bot.rules.roles import Action, Grade, Person, Role, grade
from storage.mandates.model import Mandate, Owner, Report
from storage.tables import body, person, role
from storage.valid import SEATS, valid_role

Named = tuple[int, str]  # number and name


def may_report(who: Person, found: Mandate, owner: Owner) -> bool:
    """The owner: chair and presidium of the body, its people from the municipality, or the person."""
    if owner.person_id is not None:
        return owner.person_id == who.id
    bodies = [owner.body_id] if owner.body_id is not None else []
    right = grade(who, Action.REPORT_MANDATE, region=found.region, bodies=bodies)
    if right is Grade.OWN:
        return owner.municipality_id is not None and owner.municipality_id == who.municipality
    return right is Grade.YES


def may_give(who: Person, found: Mandate) -> bool:
    right = grade(who, Action.GIVE_MANDATE, region=found.region, bodies=[found.giver_id])
    return right is Grade.YES


def keepers(connection: Connection, found: Mandate, owner: Owner, today: date) -> list[int]:
    """Who gets the pings. Where the owner has left or nobody leads: the nearest who can act."""
    if owner.person_id is not None:
        own = [owner.person_id] if _in_service(connection, owner.person_id, today) else []
    elif owner.municipality_id is not None:
        own = _seated(connection, owner, today)
    else:
        own = []
    tries = [own] if own else []
    if not tries and owner.body_id is not None:
        bodies = [owner.body_id]
        tries = [
            holders(connection, found.region, Role.CHAIR, bodies, today),
            holders(connection, found.region, Role.PRESIDIUM, bodies, today),
            holders(connection, found.region, Role.CHAIR, _above(connection, owner.body_id), today),
        ]  # fmt: skip
    return next((each for each in tries if each), directors(connection, found, today))


def presidium(connection: Connection, found: Mandate, owner: Owner, today: date) -> list[int]:
    """Of the owning body, else of the one above; nobody where there is none."""
    if owner.body_id is None:
        return []
    for bodies in ([owner.body_id], _above(connection, owner.body_id)):
        people = holders(connection, found.region, Role.PRESIDIUM, bodies, today)
        if people:
            return people
    return []


def directors(connection: Connection, found: Mandate, today: date) -> list[int]:
    """The giver's contact; where that one is gone, the giver's directors, its chair, the coordinator."""
    region, giver = found.region, [found.giver_id]
    everybody = holders(connection, region, Role.DIRECTOR, giver, today)
    if found.contact_id in everybody:
        return [found.contact_id] if found.contact_id is not None else []
    return (
        everybody
        or holders(connection, region, Role.CHAIR, giver, today)
        or holders(connection, region, Role.COORDINATOR, [], today)
    )


def pairs(connection: Connection, people: Sequence[int]) -> list[Named]:
    """Number and name of each, in the order given, nobody twice."""
    rows = connection.execute(select(person.c.id, person.c.name).where(person.c.id.in_(people)))
    found = {row.id: row.name for row in rows}
    return [(each, found[each]) for each in dict.fromkeys(people) if each in found]


def names(connection: Connection, people: Sequence[int]) -> str:
    """ "Asta Fiktberg, Lena Modellson"."""
    return ", ".join(name for _, name in pairs(connection, people))


def keeper_names(connection: Connection, found: Mandate, of: Report, today: date) -> str:
    return names(connection, keepers(connection, found, of.owner, today))


def director_names(connection: Connection, found: Mandate, today: date) -> str:
    return names(connection, directors(connection, found, today))


def holders(
    connection: Connection, region: int, wanted: Role, bodies: Sequence[int], today: date
) -> list[int]:
    """Everybody who has the role in any of these bodies, or in the whole region for none."""
    rows = connection.execute(
        select(role.c.person_id)
        .join(person, person.c.id == role.c.person_id)
        .where(
            role.c.region_id == region, role.c.role == wanted.value, valid_role(today),
            role.c.body_id.in_(bodies) if bodies else role.c.body_id.is_(None),
        )
        .order_by(role.c.id)
    )  # fmt: skip
    return list(dict.fromkeys(rows.scalars()))


def _seated(connection: Connection, owner: Owner, today: date) -> list[int]:
    rows = connection.execute(
        select(role.c.person_id)
        .join(person, person.c.id == role.c.person_id)
        .where(
            role.c.body_id == owner.body_id, role.c.role.in_(SEATS), valid_role(today),
            person.c.municipality_id == owner.municipality_id,
        )
        .order_by(role.c.id)
    )  # fmt: skip
    return list(dict.fromkeys(rows.scalars()))


def _in_service(connection: Connection, number: int, today: date) -> bool:
    left = connection.execute(select(person.c.left_on).where(person.c.id == number)).scalar()
    return left is None or left >= today


def _above(connection: Connection, number: int) -> list[int]:
    parent = connection.execute(select(body.c.parent_id).where(body.c.id == number)).scalar()
    return [-1 if parent is None else parent]
