"""The one place where storage asks whether somebody may: what is seen, and what is changed.

Who sits in a body also sees what the bodies below it do: working groups answer to it. Rights to
change never pass from body to body.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NoReturn

from sqlalchemy import Connection, select

from bot.errors import Refused
from bot.rules.roles import Action, Grade, Person, Role, grade, who_may
from storage.tables import body, person, role
from storage.valid import valid_role, wall

_NAMED = (Role.CHAIR, Role.PRESIDIUM, Role.COORDINATOR, Role.DIRECTOR, Role.ADMIN)


def may_see(connection: Connection, who: Person, region: int, bodies: Sequence[int]) -> bool:
    """Whether what belongs to any of these bodies is this person's to ask about.

    A guest sees what an invitation names, and no meeting of a body is such a thing.
    """
    if sees(who, region, bodies):
        return True
    return region in who.regions and sees(who, region, _above(connection, region, bodies))


def sees(who: Person, region: int, bodies: Collection[int]) -> bool:
    return grade(who, Action.ASK_MEETINGS, region=region, bodies=bodies) is Grade.YES


def _above(connection: Connection, region: int, bodies: Sequence[int]) -> list[int]:
    rows = connection.execute(select(body.c.id, body.c.parent_id).where(body.c.region_id == region))
    parents = {row.id: row.parent_id for row in rows}
    return [each for start in bodies for each in ancestors(parents, start)]


def ancestors(parents: Mapping[int, int | None], number: int) -> list[int]:
    """The bodies above a body, nearest first."""
    found: list[int] = []
    above = parents.get(number)
    while above is not None and above not in found:
        found.append(above)
        above = parents.get(above)
    return found


def authorise(
    connection: Connection, who: Person, action: Action, region: int, bodies: Sequence[int],
    today: date, *, enough: Collection[Grade] = (Grade.YES,), secretary: bool = False,
) -> Grade:  # fmt: skip
    """The person's grade, if it is enough; else raise Refused, which names the role and who may."""
    found = grade(who, action, region=region, bodies=bodies, secretary=secretary)
    if found not in enough:
        refuse(connection, who, action, region, bodies, today)
    return found


def refuse(
    connection: Connection, who: Person, action: Action, region: int, bodies: Sequence[int],
    today: date,
) -> NoReturn:  # fmt: skip
    """Raise Refused. Somebody of another region is not even told who may."""
    wanted = [each for each in who_may(action) if each in _NAMED]
    if region in who.regions and Role.GUEST not in {m.role for m in who.memberships}:
        for each in wanted:
            found = _holders(connection, region, each, bodies, today)
            if found:
                names = ", ".join(name for _, name in found)
                raise Refused("may-not", ask=found, role=each.value, people=names)
    raise Refused("may-not-nobody", role=wanted[0].value if wanted else Role.ADMIN.value)


def refuse_admin(connection: Connection, who: Person, at: datetime) -> None:
    """Raise Refused, which names the administrator, unless this person is one of the home region."""
    if Role.ADMIN not in who.roles_in(who.region):
        found = _holders(connection, who.region, Role.ADMIN, (), wall(at).date())
        names = ", ".join(name for _, name in found)
        text = "may-not" if found else "may-not-nobody"
        raise Refused(text, ask=found, role=Role.ADMIN.value, people=names)


def _holders(
    connection: Connection, region: int, wanted: Role, bodies: Sequence[int], today: date
) -> list[tuple[int, str]]:
    regional = wanted in {Role.COORDINATOR, Role.ADMIN}
    rows = connection.execute(
        select(person.c.id, person.c.name)
        .join(role, role.c.person_id == person.c.id)
        .where(
            role.c.region_id == region, role.c.role == wanted.value, valid_role(today),
            role.c.body_id.is_(None) if regional else role.c.body_id.in_(bodies),
        )
        .distinct()
        .order_by(person.c.name)
    )  # fmt: skip
    return [(row.id, row.name) for row in rows]
