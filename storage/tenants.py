"""Several workspaces and organisations on one server, each seeing only its regions."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.ready import Ready
from storage.tables.tenants import tenant_region

_REGIONS = Ready(
    select(tenant_region.c.region_id).where(
        tenant_region.c.platform == bindparam("of_platform"),
        tenant_region.c.tenant == bindparam("of_tenant"),
    )
)


def regions(connection: Connection, platform: str, tenant: str) -> frozenset[int] | None:
    """None for a tenant that nobody has tied: it sees the regions of whoever writes from it."""
    found = _REGIONS.all(connection, of_platform=platform, of_tenant=tenant)
    return frozenset(row.region_id for row in found) or None


def tie(connection: Connection, platform: str, tenant: str, numbers: list[int]) -> None:
    """From now on these regions and no other are seen from there; none unties it."""
    connection.execute(
        delete(tenant_region).where(
            tenant_region.c.platform == platform, tenant_region.c.tenant == tenant
        )
    )
    rows = [{"platform": platform, "tenant": tenant, "region_id": each} for each in numbers]
    if rows:
        connection.execute(insert(tenant_region), rows)
    from storage.people import directory_changed  # noqa: PLC0415 - people ask here who is seen

    directory_changed(connection)
