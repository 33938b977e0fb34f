"""What stands in the directory of regions: proper names for understanding, and how much there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bot.understand import Names
from storage.tables import body, identity, municipality, person, region


def names(connection: Connection, regions: Sequence[int]) -> Names:
    """Municipalities, bodies with all they are called, and people, of these regions.

    The first is the home region, whose school holidays count.
    """
    bodies = connection.execute(
        select(body.c.name, body.c.short, body.c.aliases).where(body.c.region_id.in_(regions))
    )
    called = [name for row in bodies for name in (row.name, row.short, *row.aliases)]
    towns = connection.execute(
        select(municipality.c.name).where(municipality.c.region_id.in_(regions))
    ).scalars()
    people = connection.execute(
        select(person.c.name).where(person.c.region_id.in_(regions), person.c.left_on.is_(None))
    ).scalars()
    sportlov = connection.execute(
        select(region.c.sportlov_week).where(region.c.id == regions[0])
    ).scalar()
    lov = (("sportlov", (sportlov,)),) if sportlov else ()
    ordered = sorted(dict.fromkeys(called), key=len, reverse=True)
    return Names(tuple(towns), tuple(ordered), tuple(dict.fromkeys(people)), lov)


@dataclass(frozen=True, slots=True)
class Counts:
    people: int  # in service
    bodies: int
    accounts: int  # confirmed, of Slack and Teams


def counts(connection: Connection) -> Counts:
    """How much the directory holds, for whoever sets up the bot."""

    def count(statement: Select[Any]) -> int:
        return int(connection.execute(statement).scalar_one())

    return Counts(
        count(select(func.count(person.c.id)).where(person.c.left_on.is_(None))),
        count(select(func.count(body.c.id))),
        count(
            select(func.count(identity.c.id)).where(
                identity.c.confirmed_at.is_not(None), identity.c.platform.in_(("slack", "teams"))
            )
        ),
    )
