"""Which regions are seen from which workspace or organisation."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from storage.tables.base import metadata, to

tenant_region = Table(  # a tenant that stands here sees these regions and no other
    "tenant_region", metadata,
    Column("platform", String(10), primary_key=True),
    Column("tenant", String(80), primary_key=True),
    to("region", primary_key=True),
)  # fmt: skip
