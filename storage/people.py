"""Who is behind an identity, and who can be written to where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from bot.ports import Place
from bot.rules.roles import Membership, Person, Role
from bot.timer import SMTP
from bot.turn import ConversationReference
from storage import tenants, wire
from storage.ready import Ready
from storage.session import upsert
from storage.tables import address, counter, identity, municipality, person, region, role

_PERSON = Ready(
    select(
        person.c.id, person.c.name, person.c.title, person.c.language, person.c.region_id,
        region.c.name.label("region_name"), person.c.municipality_id,
        municipality.c.name.label("municipality_name"),
    )
    .select_from(
        identity.join(person, person.c.id == identity.c.person_id)
        .join(region, region.c.id == person.c.region_id)
        .outerjoin(municipality, municipality.c.id == person.c.municipality_id)
    )
    .where(
        identity.c.platform == bindparam("of_platform"), identity.c.tenant == bindparam("of_tenant"),
        identity.c.user == bindparam("of_user"), identity.c.confirmed_at.is_not(None),
        or_(person.c.left_on.is_(None), person.c.left_on >= bindparam("today")),
    )
)  # fmt: skip
_ROLES = Ready(
    select(role.c.role, role.c.region_id, role.c.body_id)
    .where(
        role.c.person_id == bindparam("of_person"),
        or_(role.c.since.is_(None), role.c.since <= bindparam("today")),
        or_(role.c.until.is_(None), role.c.until >= bindparam("today")),
    )
    .order_by(role.c.id)
)
_VERSION = Ready(select(counter.c.value).where(counter.c.name == "directory"))
_NOBODY = -1


def directory_version(connection: Connection) -> int:
    """Changes whenever people, identities, roles or bodies change."""
    row = _VERSION.first(connection)
    return 0 if row is None else int(row.value)


def directory_changed(connection: Connection) -> None:
    """Call in every transaction that changes people, identities, roles or bodies."""
    done = connection.execute(
        update(counter).where(counter.c.name == "directory").values(value=counter.c.value + 1)
    )
    if done.rowcount == 0:
        connection.execute(insert(counter).values(name="directory", value=1))


def find_person(connection: Connection, key: tuple[str, str, str], today: date) -> Person | None:
    """The person with the roles valid today; None for a stranger and for who has left.

    From a tenant that is tied to regions nobody of another region is known.
    """
    platform, tenant, user = key
    row = _PERSON.first(
        connection, of_platform=platform, of_tenant=tenant, of_user=user, today=today
    )
    if row is None:
        return None
    seen = tenants.regions(connection, platform, tenant)
    if seen is not None and row.region_id not in seen:
        return None
    return _person(connection, row, today, seen)


def person_by_id(connection: Connection, number: int, today: date) -> Person | None:
    row = connection.execute(
        select(
            person.c.id, person.c.name, person.c.title, person.c.language, person.c.region_id,
            region.c.name.label("region_name"), person.c.municipality_id,
            municipality.c.name.label("municipality_name"),
        )
        .select_from(
            person.join(region, region.c.id == person.c.region_id).outerjoin(
                municipality, municipality.c.id == person.c.municipality_id
            )
        )
        .where(person.c.id == number)
    ).first()  # fmt: skip
    return None if row is None else _person(connection, row, today)


def _person(
    connection: Connection, row: Any, today: date, seen: frozenset[int] | None = None
) -> Person:
    """`seen` are the only regions whose roles count; None: all of them."""
    roles = _ROLES.all(connection, of_person=row.id, today=today)
    return Person(
        id=row.id, name=row.name, region=row.region_id, region_name=row.region_name,
        municipality=row.municipality_id, municipality_name=row.municipality_name or "",
        title=row.title, language=row.language,
        memberships=tuple(
            Membership(Role(r.role), r.region_id, r.body_id)
            for r in roles
            if seen is None or r.region_id in seen
        ),
    )  # fmt: skip


_CHATS = (
    select(
        identity.c.person_id, identity.c.platform, identity.c.tenant, identity.c.user,
        address.c.reference, address.c.dead_at,
    )
    .select_from(
        identity.outerjoin(
            address,
            and_(
                address.c.platform == identity.c.platform,
                address.c.tenant == identity.c.tenant,
                address.c.user == identity.c.user,
                address.c.kind == "personal",
            ),
        )
    )
    .where(
        identity.c.person_id.in_(bindparam("people", expanding=True)),
        identity.c.confirmed_at.is_not(None), identity.c.blocked_at.is_(None),
        identity.c.platform != "web",
    )
    .order_by(address.c.at.desc().nulls_last(), identity.c.id)
)  # fmt: skip


def addresses(connection: Connection, people: Sequence[int]) -> list[Place]:
    """The personal chat where each person wrote last, and the person's language."""
    return [
        Place(each, chats[0], lang)
        for each, lang, _, chats in _reachable(connection, people, None)
        if chats
    ]


def reach(connection: Connection, people: Sequence[int], today: date) -> list[Place]:
    """As `addresses`; who has no chat is written to by mail, and who has left not at all."""
    return [
        Place(each, places[0], lang)
        for each, lang, mail, chats in _reachable(connection, people, today)
        if (places := [*chats, *mail])
    ]


def places(connection: Connection, number: int, today: date) -> list[ConversationReference]:
    """Everywhere one person can be written to, the best first."""
    return [
        place
        for _, _, mail, chats in _reachable(connection, [number], today)
        for place in (*chats, *mail)
    ]


def _reachable(
    connection: Connection, people: Sequence[int], today: date | None
) -> list[tuple[int, str, list[ConversationReference], list[ConversationReference]]]:
    """Number, language, mail and chats of each, in the order asked for."""
    rows = connection.execute(
        select(person.c.id, person.c.language, person.c.email, person.c.left_on).where(
            person.c.id.in_(people)
        )
    )
    known = {row.id: row for row in rows}
    chats: dict[int, list[ConversationReference]] = {each: [] for each in known}
    for row in connection.execute(_CHATS, {"people": list(known)}):
        if row.reference is not None and row.dead_at is None:
            chats[row.person_id].append(wire.from_json(row.reference))
        elif row.reference is None and row.platform == "slack":  # opened by writing to the user
            chats[row.person_id].append(ConversationReference("slack", row.tenant, row.user))
    return [
        (
            each, known[each].language or "sv",
            [ConversationReference("mail", SMTP, known[each].email)] if known[each].email else [],
            chats[each],
        )
        for each in people
        if each in known and (today is None or not _left(known[each].left_on, today))
    ]  # fmt: skip


def _left(day: date | None, today: date) -> bool:
    return day is not None and day < today


def named(connection: Connection, name: str) -> list[int]:
    """Everybody called so; "name, municipality" tells apart two of one name."""
    who, _, town = (part.strip() for part in name.partition(","))
    statement = select(person.c.id).where(person.c.name == who).order_by(person.c.id)
    if town:
        statement = statement.join(
            municipality, municipality.c.id == person.c.municipality_id
        ).where(municipality.c.name == town)
    return list(connection.execute(statement).scalars())


def set_language(connection: Connection, number: int, language: str) -> None:
    connection.execute(update(person).where(person.c.id == number).values(language=language))
    directory_changed(connection)


def link(connection: Connection, number: int, key: tuple[str, str, str], at: datetime) -> bool:
    """Tie an account to a person, confirmed; False if it is tied to somebody already.

    Only an administrator or a proof may lead here.
    """
    platform, tenant, user = key
    done = connection.execute(
        upsert(connection)(identity)
        .values(person_id=number, platform=platform, tenant=tenant, user=user, confirmed_at=at)
        .on_conflict_do_nothing()
    )
    directory_changed(connection)
    return bool(done.rowcount)
