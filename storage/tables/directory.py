"""Regions, municipalities, bodies, people, identities, roles."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from storage.tables.base import Moment, id_, metadata, to

region = Table(
    "region", metadata, id_(),
    Column("key", String(40), nullable=False, unique=True),  # skaraborg; the web's tenant
    Column("name", String(120), nullable=False),
    Column("zone", String(40), nullable=False, server_default="Europe/Stockholm"),
    Column("sportlov_week", Integer),  # ISO week, differs by region
)  # fmt: skip

municipality = Table(
    "municipality", metadata, id_(), to("region"),
    Column("name", String(80), nullable=False),
    UniqueConstraint("region_id", "name"),
)  # fmt: skip

body = Table(
    "body", metadata, id_(), to("region"), to("body", "parent_id", null=True),
    Column("name", String(120), nullable=False),  # Nätverket Vuxenutbildning Skaraborg
    Column("short", String(60), nullable=False),  # vuxnätverket: how people call it
    Column("aliases", JSON, nullable=False, server_default="[]"),  # further names, lower case
    Column("kind", String(20), nullable=False),
    Column("least_per_year", Integer),  # meetings per calendar year
    Column("least_per_half_year", Integer),
    Column("mailbox", String(200)),
    UniqueConstraint("region_id", "name"),
    CheckConstraint(
        "kind in ('network','directors','presidium','working_group','steering_group','committee',"
        "'conference','subregional','office')", name="kind",
    ),
)  # fmt: skip

body_municipality = Table(
    "body_municipality", metadata,
    to("body", primary_key=True), to("municipality", primary_key=True, index=True),
)  # fmt: skip

person = Table(
    "person", metadata, id_(), to("region"), to("municipality", null=True, index=True),
    Column("name", String(120), nullable=False),
    Column("title", String(80), nullable=False, server_default=""),  # Rektor, Nämndordförande …
    Column("email", String(200)),  # a hint, never a key
    Column("language", String(2)),  # stored choice
    Column("left_on", Date),  # the last day in service
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ix_person_region_name", "region_id", "name"),
)  # fmt: skip

identity = Table(
    "identity", metadata, id_(), to("person", index=True),
    Column("platform", String(10), nullable=False),
    Column("tenant", String(80), nullable=False),
    Column("user", String(120), nullable=False),
    Column("confirmed_at", Moment),  # null: a link that awaits confirmation from the other side
    Column("blocked_at", Moment),  # the person blocked the bot there
    UniqueConstraint("platform", "tenant", "user"),
)  # fmt: skip

role = Table(
    "role", metadata, id_(), to("person", index=True), to("region"),
    to("body", null=True, index=True),  # null: the whole region (coordinator, admin)
    Column("role", String(20), nullable=False),  # bot.rules.roles.Role
    Column("since", Date),  # both days inclusive
    Column("until", Date),
)  # fmt: skip
