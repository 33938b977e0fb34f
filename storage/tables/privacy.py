"""What people decided about their own data, and regions about theirs."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Integer, String, Table

from storage.tables.base import Moment, metadata, to

erasure = Table(  # who was erased, by number alone; repeated after a restore
    "erasure", metadata, to("person", primary_key=True), Column("at", Moment, nullable=False),
)  # fmt: skip

retention = Table(  # a region's decision to destroy a class of records
    "retention", metadata, to("region", primary_key=True),
    Column("class", String(20), primary_key=True),  # bot.rules.retention.Class
    Column("days", Integer, nullable=False),
    Column("reference", String(120), nullable=False),  # the decision's number
    Column("decided_on", Date, nullable=False),
    CheckConstraint("days > 0", name="days"),
    CheckConstraint("reference <> ''", name="reference"),
)  # fmt: skip
