"""What somebody who may not asks somebody who may: asked once, answered once. No words are kept."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.errors import Refused
from bot.rules.roles import Person
from storage.people import addresses
from storage.tables import audit, person, role

ASK, ANSWER = "ask-person", "answer-wish"  # names in the audit, where these deeds are remembered


def subject(key: str) -> str:
    return f"wish:{key}"


def ask(connection: Connection, who: Person, to: int, key: str) -> None:
    """Raise Refused if this was asked before, or the other cannot be asked: has no chat, or no part
    in the person's regions.
    """
    regions = connection.execute(
        select(person.c.region_id)
        .where(person.c.id == to)
        .union(select(role.c.region_id).where(role.c.person_id == to))
    ).scalars()
    if not set(regions) & set(who.regions):
        raise Refused("ask-person-gone")
    if _was_done(connection, ASK, key):
        raise Refused("ask-person-again")
    if not addresses(connection, [to]):
        name = connection.execute(select(person.c.name).where(person.c.id == to)).scalar_one()
        raise Refused("ask-person-unreached", name=name)


def answer(connection: Connection, who: Person, of: int, key: str) -> None:
    """Raise Refused if somebody else was asked, or the answer was given before."""
    if who.id != of:
        raise Refused("ask-person-gone")
    if answered(connection, key):
        raise Refused("answer-wish-again")


def answered(connection: Connection, key: str) -> bool:
    return _was_done(connection, ANSWER, key)


def _was_done(connection: Connection, action: str, key: str) -> bool:
    found = select(audit.c.id).where(audit.c.subject == subject(key), audit.c.action == action)
    return connection.execute(found.limit(1)).first() is not None
