"""Channels of bodies: what is asked there is asked about that body."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, select

from bot.errors import Refused
from bot.rules.roles import Action, Person
from bot.turn import ConversationReference
from storage.rights import authorise
from storage.session import upsert
from storage.tables import body
from storage.tables.channels import channel
from storage.valid import wall


def body_of(connection: Connection, where: ConversationReference) -> int | None:
    return connection.execute(select(channel.c.body_id).where(_at(where))).scalar()


def tie(
    connection: Connection, who: Person, where: ConversationReference, number: int, at: datetime
) -> int | None:
    """The channel is that body's from now on; gives whose it was. Raise Refused for others' bodies."""
    _check(connection, who, number, at)
    before = body_of(connection, where)
    if before is not None:
        _check(connection, who, before, at)
    key = {
        "platform": where.platform, "tenant": where.tenant, "conversation": where.conversation,
    }  # fmt: skip
    values = {"body_id": number, "tied_at": at}
    connection.execute(
        upsert(connection)(channel)
        .values(**key, **values)
        .on_conflict_do_update(index_elements=list(key), set_=values)
    )
    return before


def untie(connection: Connection, who: Person, where: ConversationReference, at: datetime) -> None:
    before = body_of(connection, where)
    if before is not None:
        _check(connection, who, before, at)
        connection.execute(delete(channel).where(_at(where)))


def _check(connection: Connection, who: Person, number: int, at: datetime) -> None:
    """Whoever may announce a body's meetings says where the body is to be heard."""
    region = connection.execute(select(body.c.region_id).where(body.c.id == number)).scalar()
    if region is None:
        raise Refused("no-such-body")
    authorise(connection, who, Action.ANNOUNCE_MEETING, region, [number], wall(at).date())


def _at(where: ConversationReference) -> ColumnElement[bool]:
    return and_(
        channel.c.platform == where.platform, channel.c.tenant == where.tenant,
        channel.c.conversation == where.conversation,
    )  # fmt: skip
