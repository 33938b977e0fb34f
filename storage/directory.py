"""The proper names of regions, for understanding what people write."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from bot.understand import Names
from storage.tables import body, municipality, person, region


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
