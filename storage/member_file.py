"""A body's member list as a workbook: contact data only for those whom the matrix gives it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from bot.errors import Refused
from bot.rules.roles import Person
from storage import bodies
from storage.imports.template import sheet_of

HEADS = 5  # name, municipality, title, role, e-mail


def workbook(
    connection: Connection, who: Person, number: int, today: date, heads: Sequence[str],
    roles: dict[str, str],
) -> bytes:  # fmt: skip
    """`heads` names the columns, `roles` each role in the person's language."""
    found = bodies.by_id(connection, who, number)
    if found is None:
        raise Refused("no-such-body")
    people = bodies.members(connection, who, number, today)
    width = HEADS if any(each.email is not None for each in people) else HEADS - 1
    rows = [
        (each.name, each.municipality, each.title, roles[each.role.value], each.email or "")[:width]
        for each in people
    ]
    return sheet_of(found.short, [tuple(heads)[:width], *rows])
