"""Networks, groups and who sits in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from bot.rules.roles import Action, Grade, Person, Role, grade
from storage.body_names import best
from storage.kept import kept
from storage.rights import ancestors, sees
from storage.tables import body, body_municipality, municipality, person, role
from storage.valid import SEATS, valid_role


@dataclass(frozen=True, slots=True)
class Body:
    id: int
    region: int
    name: str
    short: str
    kind: str
    parent: int | None
    aliases: tuple[str, ...]
    least_per_year: int | None
    least_per_half_year: int | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A body in its tree; `depth` is 0 where the one above is not to be seen."""

    body: Body
    depth: int


@dataclass(frozen=True, slots=True)
class Member:
    """`email` is None for those who may see names only."""

    id: int
    name: str
    municipality: str
    title: str
    role: Role  # the most telling one, where somebody has several
    email: str | None


@dataclass(frozen=True, slots=True)
class Roles:
    chair: tuple[Member, ...]
    presidium: tuple[Member, ...]
    directors: tuple[Member, ...]
    coordinators: tuple[Member, ...]  # of the region


_TELLING = (Role.CHAIR, Role.PRESIDIUM, Role.SECRETARY, Role.MEMBER)


# --- bodies -----------------------------------------------------------------------------------


@kept
def of_person(connection: Connection, who: Person) -> tuple[Body, ...]:
    """The bodies the person belongs to, in order of joining."""
    if not who.bodies:
        return ()
    rows = _bodies(connection, select(body).where(body.c.id.in_(who.bodies)))
    found = {each.id: each for each in rows if sees(who, each.region, [each.id])}
    return tuple(found[each] for each in who.bodies if each in found)


@kept
def visible(connection: Connection, who: Person) -> tuple[Body, ...]:
    """The bodies the person may ask about: own ones and those below, or the coordinator's all."""
    regional = select(body).where(body.c.region_id.in_(who.regions)).order_by(body.c.id)
    found = _bodies(connection, regional)
    parents = {each.id: each.parent for each in found}
    return tuple(
        each for each in found if sees(who, each.region, [each.id, *ancestors(parents, each.id)])
    )


def tree(connection: Connection, who: Person) -> list[Branch]:
    """The same, each body right after the one above it."""
    found = visible(connection, who)
    numbers = {each.id for each in found}
    below: dict[int | None, list[Body]] = {}
    for each in found:
        below.setdefault(each.parent if each.parent in numbers else None, []).append(each)

    def grow(parent: int | None, depth: int) -> Iterable[Branch]:
        for each in below.get(parent, ()):
            yield Branch(each, depth)
            yield from grow(each.id, depth + 1)

    return list(grow(None, 0))


def by_id(connection: Connection, who: Person, number: int) -> Body | None:
    """None when there is none, or none that this person may ask about."""
    return next((each for each in visible(connection, who) if each.id == number), None)


def find_body(connection: Connection, who: Person, words: str) -> Body | None:
    """The visible body that the words name best; the person's own come first. None if unsure."""
    return named(visible(connection, who), who, words)


def named(found: Sequence[Body], who: Person, words: str) -> Body | None:
    """The same among bodies that are read already."""
    names = [(each.name, each.short, *each.aliases) for each in found]
    at = best(words, names, [each.id in who.bodies for each in found])
    return None if at is None else found[at]


def _bodies(connection: Connection, statement: Select[Any]) -> list[Body]:
    return [
        Body(
            row.id, row.region_id, row.name, row.short, row.kind, row.parent_id,
            tuple(row.aliases), row.least_per_year, row.least_per_half_year,
        )
        for row in connection.execute(statement)
    ]  # fmt: skip


# --- people -----------------------------------------------------------------------------------


def members(connection: Connection, who: Person, number: int, today: date) -> list[Member]:
    """Everybody with a seat in the body on that day, by municipality and name.

    Names for all who may ask about the body; addresses where the matrix gives contact data.
    """
    found = by_id(connection, who, number)
    if found is None:
        return []
    rows = connection.execute(
        _people().where(role.c.body_id == number, role.c.role.in_(SEATS), valid_role(today))
    ).all()
    return _members(rows, contacts=_contacts(who, found.region, [number]))


def by_municipality(people: Sequence[Member]) -> dict[str, list[Member]]:
    """In order of municipality; those without one under an empty name."""
    found: dict[str, list[Member]] = {}
    for each in people:
        found.setdefault(each.municipality, []).append(each)
    return found


def holders(
    connection: Connection, who: Person, region: int, wanted: Role, bodies: Sequence[int],
    today: date,
) -> list[Member]:  # fmt: skip
    """Who holds a role in any of these bodies, or in the whole region.

    Names are for everybody of the region, as a refusal must be able to say who may.
    """
    if region not in who.regions or any(m.role is Role.GUEST for m in who.memberships):
        return []
    regional = wanted in {Role.COORDINATOR, Role.ADMIN}
    rows = connection.execute(
        _people().where(
            role.c.role == wanted.value,
            role.c.region_id == region,
            valid_role(today),
            role.c.body_id.is_(None) if regional else role.c.body_id.in_(bodies),
        )
    ).all()
    found = _members(rows, contacts=_contacts(who, region, bodies))
    return sorted(found, key=lambda each: each.name)


def roles(connection: Connection, who: Person, found: Body, today: date) -> Roles:
    """Who leads the body, and who coordinates its region."""
    chair, presidium, directors, coordinators = (
        tuple(holders(connection, who, found.region, each, [found.id], today))
        for each in (Role.CHAIR, Role.PRESIDIUM, Role.DIRECTOR, Role.COORDINATOR)
    )
    return Roles(chair, presidium, directors, coordinators)


def _people() -> Select[Any]:
    return (
        select(
            person.c.id, person.c.name, municipality.c.name.label("municipality"),
            person.c.title, role.c.role, person.c.email,
        )
        .select_from(
            role.join(person, person.c.id == role.c.person_id).outerjoin(
                municipality, municipality.c.id == person.c.municipality_id
            )
        )
        .order_by(municipality.c.name, person.c.name, person.c.id)
    )  # fmt: skip


def _members(rows: Sequence[Row[Any]], *, contacts: bool) -> list[Member]:
    """One per person, however many roles."""
    held: dict[int, list[Row[Any]]] = {}
    for row in rows:
        held.setdefault(row.id, []).append(row)
    return [
        Member(
            number, own[0].name, own[0].municipality or "", own[0].title,
            min((Role(row.role) for row in own), key=_rank), own[0].email if contacts else None,
        )
        for number, own in held.items()
    ]  # fmt: skip


def _rank(held: Role) -> int:
    return _TELLING.index(held) if held in _TELLING else len(_TELLING)


def _contacts(who: Person, region: int, bodies: Sequence[int]) -> bool:
    return grade(who, Action.SEE_CONTACTS, region=region, bodies=bodies) is Grade.YES


# --- municipalities ---------------------------------------------------------------------------


def municipalities(connection: Connection, number: int) -> list[tuple[int, str]]:
    """The municipalities that a body is made of."""
    rows = connection.execute(
        select(municipality.c.id, municipality.c.name)
        .join(body_municipality, body_municipality.c.municipality_id == municipality.c.id)
        .where(body_municipality.c.body_id == number)
        .order_by(municipality.c.name)
    )
    return [(row.id, row.name) for row in rows]


def vacancies(connection: Connection, number: int, today: date) -> list[str]:
    """Municipalities of the body with nobody in it."""
    taken = (
        select(person.c.municipality_id)
        .join(role, role.c.person_id == person.c.id)
        .where(
            role.c.body_id == number,
            role.c.role.in_(SEATS),
            valid_role(today),
            person.c.municipality_id.is_not(None),
        )
    )
    rows = connection.execute(
        select(municipality.c.name)
        .join(body_municipality, body_municipality.c.municipality_id == municipality.c.id)
        .where(body_municipality.c.body_id == number, municipality.c.id.not_in(taken))
        .order_by(municipality.c.name)
    )
    return list(rows.scalars())


def left_with_role(connection: Connection, region: int, today: date) -> list[tuple[str, str]]:
    """People who have left but still hold a role: name and body; somebody must be named."""
    rows = connection.execute(
        select(person.c.name, body.c.name.label("body"))
        .join(role, role.c.person_id == person.c.id)
        .join(body, body.c.id == role.c.body_id)
        .where(
            role.c.region_id == region,
            person.c.left_on < today,
            or_(role.c.until.is_(None), role.c.until >= today),
        )
        .distinct()
        .order_by(person.c.name)
    )
    return [(row.name, row.body) for row in rows]
