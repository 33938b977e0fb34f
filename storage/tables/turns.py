"""What comes in and goes out, where it goes, who is signed in, and what was done."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.base import Moment, id_, metadata, to

feed = Table(  # a calendar subscription: its address is its secret
    "feed", metadata, id_(), to("person", index=True), to("body", null=True),
    Column("secret_hash", LargeBinary(32), nullable=False, unique=True),  # SHA-256
    Column("language", String(2), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)  # fmt: skip

signin = Table(  # a one-time link into the web chat, and the session it opened
    "signin", metadata, id_(), to("person", index=True),
    Column("secret_hash", LargeBinary(32), nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("session_hash", LargeBinary(32), unique=True),
    Column("session_expires_at", Moment),
)  # fmt: skip

inbox = Table(
    "inbox", metadata, id_(),
    Column("platform", String(10), nullable=False),
    Column("tenant", String(80), nullable=False),
    Column("delivery", String(200), nullable=False),  # the platform's delivery id
    Column("turn", JSON),  # erased when done
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),
    UniqueConstraint("platform", "tenant", "delivery"),
    Index("ix_inbox_open", "received_at", sqlite_where=text("done_at IS NULL"),
          postgresql_where=text("done_at IS NULL")),
)  # fmt: skip

conversation = Table(
    "conversation", metadata,
    Column("key", String(300), primary_key=True),
    Column("state", JSON, nullable=False),  # bot.journal.Conversation
    Column("at", Moment, nullable=False, index=True),
    Column("version", Integer, nullable=False),
)  # fmt: skip

address = Table(  # where a person or a channel can be written to later
    "address", metadata,
    Column("platform", String(10), primary_key=True),
    Column("tenant", String(80), primary_key=True),
    Column("conversation", String(300), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("user", String(120)),  # of a personal conversation
    Column("reference", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Column("dead_at", Moment),  # the platform said that nothing can be sent there
    Index("ix_address_person", "platform", "tenant", "user"),
)  # fmt: skip

installation = Table(
    "installation", metadata,
    Column("platform", String(10), primary_key=True),
    Column("tenant", String(80), primary_key=True),
    Column("installed_at", Moment, nullable=False),
    Column("removed_at", Moment),
)  # fmt: skip

audit = Table(
    "audit", metadata, id_(),
    Column("at", Moment, nullable=False, index=True),
    to("person", null=True),
    Column("action", String(60), nullable=False),
    Column("subject", String(80), nullable=False, index=True),  # meeting:12
    Column("detail", JSON, nullable=False),  # ids, dates and states; never free text
)  # fmt: skip

miss = Table(  # what was not understood, counted without person or words
    "miss", metadata,
    Column("day", Date, primary_key=True),
    Column("language", String(2), primary_key=True),
    Column("best", String(40), primary_key=True),  # the intent that was nearest
    Column("count", Integer, nullable=False),
)  # fmt: skip

counter = Table(  # numbers that caches are checked by
    "counter", metadata,
    Column("name", String(20), primary_key=True),  # directory: people, roles, bodies
    Column("value", Integer, nullable=False),
)  # fmt: skip
