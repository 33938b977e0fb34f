"""The database that is measured: the demo, and many more people in one of its networks."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import Connection, insert, select

from bot.rules.roles import Role
from storage import demo, migrations
from storage.demo.write import SLACK
from storage.people import directory_changed
from storage.session import open_database
from storage.tables import identity, person, role
from tests.storage import world
from tests.storage.world import AT as START

SIZE = 256
LIKE = "Bo Fiktivsson"  # the crowd sits where he does
TENANT = "t-1"


def user(number: int, platform: str) -> str:
    return f"{'U9' if platform == 'slack' else 'oid-'}{number:04}"


def join(connection: Connection) -> None:
    """Everybody has an account in Slack and in Teams."""
    like = world.someone(connection, LIKE)
    ids = connection.execute(
        insert(person).returning(person.c.id),
        [
            {"name": f"Person {number:04}", "region_id": like.region,
             "municipality_id": like.municipality}
            for number in range(SIZE)
        ],
    ).scalars().all()  # fmt: skip
    connection.execute(
        insert(role),
        [
            {"person_id": each, "region_id": like.region, "body_id": like.bodies[0],
             "role": Role.MEMBER.value}
            for each in ids
        ],
    )  # fmt: skip
    connection.execute(
        insert(identity),
        [
            {"person_id": each, "platform": platform, "tenant": tenant,
             "user": user(number, platform), "confirmed_at": START}
            for number, each in enumerate(ids)
            for platform, tenant in (("slack", SLACK), ("teams", TENANT))
        ],
    )  # fmt: skip
    directory_changed(connection)


async def make(file: Path) -> None:
    """The database file as an earlier run of the product would have left it."""
    database = open_database(f"sqlite:///{file}")
    await database.write(migrations.upgrade)
    await database.write(demo.fill)
    await database.write(join)
    await database.close()


def prepare(file: Path) -> None:
    asyncio.run(make(file))


def body_of(connection: Connection) -> int:
    """The network that the crowd sits in."""
    like = select(person.c.id).where(person.c.name == LIKE).scalar_subquery()
    return int(
        connection.execute(
            select(role.c.body_id).where(role.c.person_id == like, role.c.body_id.is_not(None))
        ).scalars().first() or 0
    )  # fmt: skip
