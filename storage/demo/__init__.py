"""The demo: real geography, and people, addresses and decisions that are all invented.

Each region has a module of facts. What later subjects add (dialogues, mandates, protocols) becomes
further fields of `shape.Region`, further methods of `write.Writer`, and further lines in `fill`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from bot.turn import Identity
from storage.demo import dialogues, question_round
from storage.demo.mellanlandet import MELLANLANDET
from storage.demo.names import invented
from storage.demo.skaraborg import SKARABORG
from storage.demo.stockholm import STOCKHOLM
from storage.demo.vasterbotten import VASTERBOTTEN
from storage.demo.write import Writer
from storage.people import directory_changed, link, named
from storage.tables import identity, municipality, person, region

PLAYGROUND_TENANT = "00000000-0000-0000-0000-0000000000001"  # as it stands in its own defaults
PLAYGROUND_USER = "00000000-0000-0000-0000-0000000000020"
REGIONS = (SKARABORG, STOCKHOLM, VASTERBOTTEN, MELLANLANDET)


def fill(connection: Connection) -> None:
    """Write the whole demo into an empty database."""
    names = invented()
    for facts in REGIONS:
        writer = Writer(connection, facts, names)
        writer.bodies()
        writer.people()
        writer.meetings()
        writer.swaps()
        writer.mandates()
        writer.feedback()
        writer.minutes()
    dialogues.fill(connection, [each.name for facts in REGIONS for each in facts.people])
    question_round.fill(connection)
    directory_changed(connection)


def let_playground_in(connection: Connection, at: datetime) -> None:
    """Let the person whom Microsoft's Agents Playground makes up be Bo Fiktivsson."""
    bo = named(connection, "Bo Fiktivsson")[0]
    link(connection, bo, ("teams", PLAYGROUND_TENANT, PLAYGROUND_USER), at)


def people(connection: Connection) -> list[tuple[int, str, str, str, str]]:
    """Whom one can be: number, name, municipality, region, title."""
    rows = connection.execute(
        select(
            person.c.id, person.c.name, municipality.c.name.label("town"),
            region.c.name.label("region"), person.c.title,
        )
        .select_from(
            person.join(region, region.c.id == person.c.region_id).outerjoin(
                municipality, municipality.c.id == person.c.municipality_id
            )
        )
        .where(
            person.c.left_on.is_(None),
            person.c.id.in_(select(identity.c.person_id).where(identity.c.platform == "web")),
        )
        .order_by(person.c.id)
    )  # fmt: skip
    return [(r.id, r.name, r.town or "", r.region, r.title) for r in rows]


def identities(connection: Connection) -> dict[tuple[str, str], Identity]:
    """Confirmed accounts by full name and platform.

    A name that two people share also stands with the municipality behind it.
    """
    rows = connection.execute(
        select(
            person.c.name, municipality.c.name.label("town"), identity.c.platform,
            identity.c.tenant, identity.c.user,
        )
        .select_from(
            identity.join(person, person.c.id == identity.c.person_id).outerjoin(
                municipality, municipality.c.id == person.c.municipality_id
            )
        )
        .where(identity.c.confirmed_at.is_not(None))
        .order_by(person.c.id)
    )  # fmt: skip
    found: dict[tuple[str, str], Identity] = {}
    for row in rows:
        who = Identity(row.platform, row.tenant, row.user, row.name, "sv-SE")
        found.setdefault((row.name, row.platform), who)
        found[f"{row.name}, {row.town}", row.platform] = who
    return found
