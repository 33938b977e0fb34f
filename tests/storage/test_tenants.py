"""Each workspace sees its own regions, on every database."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from bot.rules.roles import Role
from storage import demo, imports, tenants
from storage.people import directory_version, find_person, link
from storage.session import Database
from storage.tables import role
from tests.storage.world import AT, TODAY, someone

WORK = ("slack", "T0TIED", "U1")


async def test_from_a_tied_workspace_no_other_region_is_seen(database: Database) -> None:
    await database.write(demo.fill)

    def work(connection: Connection) -> None:
        bo, nora = someone(connection, "Bo Fiktivsson"), someone(connection, "Nora Provén")
        link(connection, bo.id, WORK, AT)
        link(connection, nora.id, ("slack", "T0TIED", "U2"), AT)
        connection.execute(
            insert(role).values(person_id=bo.id, region_id=nora.region, role=Role.COORDINATOR)
        )
        free = find_person(connection, WORK, TODAY)
        assert free is not None
        assert free.regions == (bo.region, nora.region)
        assert find_person(connection, ("slack", "T0TIED", "U2"), TODAY) is not None

        before = directory_version(connection)
        tenants.tie(connection, "slack", "T0TIED", [bo.region])
        assert directory_version(connection) > before
        tied = find_person(connection, WORK, TODAY)
        assert tied is not None
        assert tied.regions == (bo.region,)
        assert find_person(connection, ("slack", "T0TIED", "U2"), TODAY) is None

        number = imports.find_region(connection, "Stockholms län")
        assert number == nora.region
        tenants.tie(connection, "slack", "T0TIED", [number])
        assert find_person(connection, WORK, TODAY) is None
        tenants.tie(connection, "slack", "T0TIED", [])
        assert find_person(connection, WORK, TODAY) is not None

    await database.write(work)
