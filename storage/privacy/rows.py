"""Which rows of a table are a person's."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, or_, select, tuple_

from storage.privacy.places import PLACES
from storage.tables import (
    address,
    conversation,
    guest,
    guest_request,
    identity,
    metadata,
    need,
    person,
    registration,
    seat,
)


@cache
def tables() -> tuple[Table, ...]:
    """The tables that hold personal data: each before what it points to, and accounts, by which
    other rows are found, last.
    """
    known = {each.table for each in PLACES}
    found = [each for each in reversed(metadata.sorted_tables) if each.name in known]
    return tuple(sorted(found, key=lambda each: each is identity))


def links(table: Table) -> list[Column[Any]]:
    """The columns that hold a person's number."""
    return [
        column for column in table.columns
        if column.name == "person_id"
        or any(key.column is person.c.id for key in column.foreign_keys)
    ]  # fmt: skip


def mine(connection: Connection, table: Table, number: int) -> ColumnElement[bool] | None:
    """The condition that finds a person's rows; None for a table whose rows are nobody's own."""
    if table is person:
        return person.c.id == number
    if (found := links(table)) and table is not guest:
        return or_(*(column == number for column in found))
    accounts = (identity.c.person_id == number) & (identity.c.confirmed_at.is_not(None))
    if table is guest:
        return guest.c.person_id == number
    if table is guest_request:
        return guest_request.c.guest_id.in_(select(guest.c.id).where(guest.c.person_id == number))
    if table in {need, seat}:
        of_person = select(registration.c.id).where(registration.c.person_id == number)
        return table.c.registration_id.in_(of_person)
    if table is address:
        keys = select(identity.c.platform, identity.c.tenant, identity.c.user).where(accounts)
        return tuple_(address.c.platform, address.c.tenant, address.c.user).in_(keys)
    if table is conversation:
        return or_(False, *_conversations(connection, accounts))
    return None


def _conversations(
    connection: Connection, accounts: ColumnElement[bool]
) -> list[ColumnElement[bool]]:
    """Keys are "p|platform|tenant|user", and in a channel "c|platform|tenant|user|…"."""
    found = []
    for row in connection.execute(
        select(identity.c.platform, identity.c.tenant, identity.c.user).where(accounts)
    ):
        whose = f"{row.platform}|{row.tenant}|{row.user}"
        found.append(conversation.c.key == f"p|{whose}")
        found.append(conversation.c.key.startswith(f"c|{whose}|", autoescape=True))
    return found
