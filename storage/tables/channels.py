"""Which channel is a body's own."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from storage.tables.base import Moment, metadata, to

channel = Table(  # a channel that belongs to a body; who tied it stands in the log
    "channel", metadata,
    Column("platform", String(10), primary_key=True),
    Column("tenant", String(80), primary_key=True),
    Column("conversation", String(300), primary_key=True),
    to("body", index=True),
    Column("tied_at", Moment, nullable=False),
)  # fmt: skip
