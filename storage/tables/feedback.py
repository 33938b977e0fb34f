"""Feedback between a body and the one above it, in either direction, followed until done."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, String, Table

from storage.tables.base import Moment, id_, metadata, to

feedback = Table(
    "feedback", metadata, id_(), to("region"),
    to("body", "from_id"), to("body", "to_id"),
    Column("text", String(3000), nullable=False),
    Column("reach", String(10), nullable=False),  # the chair alone, or the body's channel
    to("meeting", null=True),  # where it is taken up
    to("person"), Column("at", Moment, nullable=False),
    Column("state", String(10), nullable=False, server_default="open"),
    to("person", "done_by", null=True), Column("done_on", Date),
    CheckConstraint("reach in ('chair','channel')", name="reach"),
    CheckConstraint("state in ('open','done')", name="state"),
    Index("ix_feedback_region_state", "region_id", "state"),
)  # fmt: skip
