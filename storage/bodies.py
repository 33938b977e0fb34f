"""Networks, groups and who sits in them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, and_, or_, select

from bot.rules.roles import Person, Role
from storage.tables import body, body_municipality, municipality, person, role


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
class Member:
    id: int
    name: str
    municipality: str
    title: str
    role: Role
    email: str | None


def _select() -> Select[tuple[object, ...]]:
    return select(body).order_by(body.c.id)


def _bodies(connection: Connection, statement: Select[tuple[object, ...]]) -> list[Body]:
    return [
        Body(
            row.id, row.region_id, row.name, row.short, row.kind, row.parent_id,
            tuple(row.aliases), row.least_per_year, row.least_per_half_year,
        )
        for row in connection.execute(statement)
    ]  # fmt: skip


def of_person(connection: Connection, who: Person) -> list[Body]:
    """The bodies the person has a seat in, in order of joining."""
    if not who.bodies:
        return []
    found = {
        each.id: each for each in _bodies(connection, _select().where(body.c.id.in_(who.bodies)))
    }
    return [found[each] for each in who.bodies if each in found]


def visible(connection: Connection, who: Person) -> list[Body]:
    """Every body of the person's regions: their names are no secret within the region."""
    return _bodies(connection, _select().where(body.c.region_id.in_(who.regions)))


def by_id(connection: Connection, who: Person, number: int) -> Body | None:
    found = _select().where(body.c.id == number, body.c.region_id.in_(who.regions))
    return next(iter(_bodies(connection, found)), None)


def find_body(connection: Connection, who: Person, words: str) -> Body | None:
    """The visible body that the words name best; the person's own come first. None if unsure."""
    wanted = _fold(words)
    if not wanted:
        return None
    mine = set(who.bodies)
    scored = [(_score(each, wanted), each.id in mine, each) for each in visible(connection, who)]
    best = sorted(scored, key=lambda found: (found[0], found[1]), reverse=True)
    if not best or best[0][0] < 0.75:
        return None
    if len(best) > 1 and best[0][:2] == best[1][:2]:
        return None
    return best[0][2]


def _score(each: Body, wanted: str) -> float:
    names = [_fold(name) for name in (each.name, each.short, *each.aliases)]
    if wanted in names:
        return 1.0
    words = set(wanted.split())
    if any(words <= set(name.split()) for name in names):
        return 0.9
    if any(len(name) > 3 and name in words for name in names):
        return 0.85
    return max(difflib.SequenceMatcher(None, wanted, name).ratio() for name in names) - 0.05


_ENDINGS = re.compile(r"(?:ernas|arnas|gruppens|ets|ens|erna|arna|et|en|s)$")
_FILLERS = frozenset("arbetsgrupp arbetsgruppen grupp gruppen the group of för i vårt vår".split())


def _fold(words: str) -> str:
    """Lower case, without endings and words that every body's name may have."""
    found = []
    for word in re.findall(r"[\w]+", words.casefold()):
        if word in _FILLERS:
            continue
        stem = word.removesuffix("gruppen").removesuffix("grupp") if len(word) > 7 else word
        found.append(_ENDINGS.sub("", stem) if len(stem) > 5 else stem)
    return " ".join(found)


def members(connection: Connection, number: int, today: date) -> list[Member]:
    """Everybody with a seat or a role in the body on that day, by municipality and name."""
    rows = connection.execute(
        select(
            person.c.id, person.c.name, municipality.c.name.label("municipality"),
            person.c.title, role.c.role, person.c.email,
        )
        .select_from(
            role.join(person, person.c.id == role.c.person_id).outerjoin(
                municipality, municipality.c.id == person.c.municipality_id
            )
        )
        .where(role.c.body_id == number, _valid(today))
        .order_by(municipality.c.name, person.c.name)
    )  # fmt: skip
    return [
        Member(r.id, r.name, r.municipality or "", r.title, Role(r.role), r.email) for r in rows
    ]


def holders(
    connection: Connection, region: int, wanted: Role, bodies: Sequence[int], today: date
) -> list[Member]:
    """Who holds a role in any of these bodies, or in the whole region."""
    rows = connection.execute(
        select(
            person.c.id, person.c.name, municipality.c.name.label("municipality"),
            person.c.title, person.c.email,
        )
        .select_from(
            role.join(person, person.c.id == role.c.person_id).outerjoin(
                municipality, municipality.c.id == person.c.municipality_id
            )
        )
        .where(
            role.c.role == wanted.value, role.c.region_id == region, _valid(today),
            or_(role.c.body_id.is_(None), role.c.body_id.in_(bodies)),
        )
        .order_by(role.c.body_id.is_(None), person.c.name)
    )  # fmt: skip
    found = {
        r.id: Member(r.id, r.name, r.municipality or "", r.title, wanted, r.email) for r in rows
    }
    return list(found.values())


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
    seated = (
        select(person.c.municipality_id)
        .join(role, role.c.person_id == person.c.id)
        .where(role.c.body_id == number, _valid(today), person.c.municipality_id.is_not(None))
    )
    rows = connection.execute(
        select(municipality.c.name)
        .join(body_municipality, body_municipality.c.municipality_id == municipality.c.id)
        .where(body_municipality.c.body_id == number, municipality.c.id.not_in(seated))
        .order_by(municipality.c.name)
    )
    return [row.name for row in rows]


def left_with_role(connection: Connection, region: int, today: date) -> list[tuple[str, str]]:
    """People who have left but still hold a role: name and body; somebody must be named."""
    rows = connection.execute(
        select(person.c.name, body.c.name.label("body"))
        .join(role, role.c.person_id == person.c.id)
        .join(body, body.c.id == role.c.body_id)
        .where(
            role.c.region_id == region, person.c.left_on < today,
            or_(role.c.until.is_(None), role.c.until >= today),
        )
        .distinct()
        .order_by(person.c.name)
    )  # fmt: skip
    return [(row.name, row.body) for row in rows]


def _valid(today: date):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return and_(
        or_(role.c.since.is_(None), role.c.since <= today),
        or_(role.c.until.is_(None), role.c.until >= today),
        or_(person.c.left_on.is_(None), person.c.left_on >= today),
    )
