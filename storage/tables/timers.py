"""Rules that are to be looked at later."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.base import Moment, id_, metadata

timer = Table(
    "timer", metadata, id_(),
    Column("kind", String(40), nullable=False),  # bot.timer.Rule.kind
    Column("subject", String(80), nullable=False),  # meeting:7
    Column("key", String(120), nullable=False, server_default=""),
    Column("wall", DateTime),  # as it was meant; null where a moment was meant
    Column("zone", String(40), nullable=False),
    Column("due_at", Moment, nullable=False),  # the moment that follows from wall and zone
    Column("run_at", Moment, nullable=False),  # the next try
    Column("facts", JSON, nullable=False),  # ids and states
    Column("person_id", Integer),  # whose it is, if it is one person's
    Column("state", String(10), nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", String(300)),
    UniqueConstraint("kind", "subject", "key"),
    CheckConstraint("state in ('pending','done','cancelled','dead')", name="state"),
    Index("ix_timer_due", "run_at", sqlite_where=text("state = 'pending'"),
          postgresql_where=text("state = 'pending'")),
    Index("ix_timer_subject", "subject"),
    Index("ix_timer_person", "person_id", "due_at"),
)  # fmt: skip
