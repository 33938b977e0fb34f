"""Rules that are to be looked at later, letters that are to be sent, and how fast they may go."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
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

# A letter is pending until it is claimed (sending). Then it is sent, dead (no address takes it) or
# unsure: nobody knows whether it arrived. What is unsure is looked up, or said once more; then it
# stays unsure, with `run_at` far away. Others are skipped (said in one with another letter),
# expired (no use any more) or cancelled.
outbox = Table(
    "outbox", metadata, id_(),
    Column("dedup", String(240), nullable=False, unique=True),  # what it is for: kept once
    Column("reference", JSON, nullable=False),  # bot.turn.ConversationReference
    Column("reply", JSON, nullable=False),  # emptied when sent
    Column("language", String(2), nullable=False),
    Column("lane", String(240), nullable=False, server_default=""),  # storage.lanes
    Column("stage", Integer, nullable=False, server_default="0"),  # lanes that gave it its time
    Column("person_id", Integer),  # whom it is for: other addresses of theirs may be tried
    Column("subject", String(80)),  # mandate:42
    Column("fold", Boolean, nullable=False, server_default=text("false")),  # may be said in one
    Column("state", String(10), nullable=False, server_default="pending"),
    Column("made_at", Moment),  # when it is meant
    Column("run_at", Moment, nullable=False),  # the next try
    Column("expires_at", Moment),
    Column("owner", String(40)),  # who is sending it, until
    Column("lease_until", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),  # claims, for the fence
    Column("failures", Integer, nullable=False, server_default="0"),  # at this address
    Column("doubts", Integer, nullable=False, server_default="0"),  # said again without an answer
    Column("tried", JSON, nullable=False, server_default="[]"),  # addresses given up
    Column("message", String(300)),  # the platform's id of the message
    Column("error", String(300)),
    CheckConstraint(
        "state in ('pending','sending','sent','unsure','dead','skipped','expired','cancelled')",
        name="state",
    ),
    Index("ix_outbox_due", "run_at", "id", sqlite_where=text("state in ('pending','unsure')"),
          postgresql_where=text("state in ('pending','unsure')")),
    Index("ix_outbox_lease", "lease_until", sqlite_where=text("state = 'sending'"),
          postgresql_where=text("state = 'sending'")),
    Index("ix_outbox_subject", "subject"),
    Index("ix_outbox_person", "person_id"),
)  # fmt: skip

lane = Table(  # a platform's unit of limits: a channel, or all of a tenant
    "lane", metadata,
    Column("name", String(240), primary_key=True),
    Column("ready_at", Moment, nullable=False),  # when all that was granted is paid for
    Column("blocked_until", Moment),  # the platform said so
    Column("reason", String(20)),  # revoked: nothing of this tenant goes
)  # fmt: skip
