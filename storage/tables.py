"""The tables, with each column's meaning and unit where the name does not tell it.

Wall times are naive and belong to the region's zone; moments are aware UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    text,
)  # fmt: skip

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware moment; kept as UTC, given back as aware UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        del dialect
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _to(table: str, name: str | None = None, *, null: bool = False, **more: Any) -> Column[int]:
    return Column(name or f"{table}_id", ForeignKey(f"{table}.id"), nullable=null, **more)


region = Table(
    "region", metadata, _id(),
    Column("key", String(40), nullable=False, unique=True),  # skaraborg; the web's tenant
    Column("name", String(120), nullable=False),
    Column("zone", String(40), nullable=False, server_default="Europe/Stockholm"),
    Column("sportlov_week", Integer),  # ISO week, differs by region
)  # fmt: skip

municipality = Table(
    "municipality", metadata, _id(), _to("region"),
    Column("name", String(80), nullable=False),
    UniqueConstraint("region_id", "name"),
)  # fmt: skip

body = Table(
    "body", metadata, _id(), _to("region"), _to("body", "parent_id", null=True),
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
    _to("body", primary_key=True), _to("municipality", primary_key=True, index=True),
)  # fmt: skip

person = Table(
    "person", metadata, _id(), _to("region"), _to("municipality", null=True, index=True),
    Column("name", String(120), nullable=False),
    Column("title", String(80), nullable=False, server_default=""),  # Rektor, Nämndordförande …
    Column("email", String(200)),  # a hint, never a key
    Column("language", String(2)),  # stored choice
    Column("left_on", Date),  # the last day in service
    Column("version", Integer, nullable=False, server_default="1"),
    Index("ix_person_region_name", "region_id", "name"),
)  # fmt: skip

identity = Table(
    "identity", metadata, _id(), _to("person", index=True),
    Column("platform", String(10), nullable=False),
    Column("tenant", String(80), nullable=False),
    Column("user", String(120), nullable=False),
    Column("confirmed_at", Moment),  # null: a link that awaits confirmation from the other side
    Column("blocked_at", Moment),  # the person blocked the bot there
    UniqueConstraint("platform", "tenant", "user"),
)  # fmt: skip

role = Table(
    "role", metadata, _id(), _to("person", index=True), _to("region"),
    _to("body", null=True, index=True),  # null: the whole region (coordinator, admin)
    Column("role", String(20), nullable=False),  # bot.rules.roles.Role
    Column("since", Date),  # both days inclusive
    Column("until", Date),
)  # fmt: skip

meeting = Table(
    "meeting", metadata, _id(), _to("region"),
    Column("theme", String(300), nullable=False, server_default=""),
    Column("format", String(10), nullable=False),
    Column("place", String(200), nullable=False, server_default=""),
    Column("link", String(500), nullable=False, server_default=""),
    _to("municipality", "host_id", null=True),  # the host municipality, and so the secretary
    _to("person", "secretary_id", null=True),  # who of the host's people writes
    Column("starts", DateTime, nullable=False),  # wall time of the first day
    Column("ends", DateTime, nullable=False),  # wall time, end of the last day
    Column("cancelled_at", Moment),
    Column("uid", String(80), nullable=False, unique=True),  # iCalendar UID
    Column("sequence", Integer, nullable=False, server_default="0"),  # iCalendar SEQUENCE
    Column("changed_at", Moment, nullable=False),
    CheckConstraint("format in ('place','digital','hybrid')", name="format"),
    Index("ix_meeting_region_starts", "region_id", "starts"),
)  # fmt: skip

meeting_day = Table(
    "meeting_day", metadata, _to("meeting", primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1
    Column("starts", DateTime, nullable=False),  # wall time
    Column("ends", DateTime, nullable=False),
)  # fmt: skip

# `ends` and `cancelled` repeat the meeting's, so that the next meeting of a body is one step in
# one index however many meetings there are. storage.meetings alone writes them.
meeting_body = Table(
    "meeting_body", metadata, _to("meeting", primary_key=True), _to("body", primary_key=True),
    Column("ends", DateTime, nullable=False),
    Column("cancelled", Boolean, nullable=False, server_default=text("false")),
    Index("ix_meeting_body_next", "body_id", "cancelled", "ends"),
)  # fmt: skip

agenda_item = Table(
    "agenda_item", metadata, _id(), _to("meeting", index=True),
    Column("position", Integer, nullable=False),
    Column("title", String(300), nullable=False),
    Column("state", String(10), nullable=False, server_default="accepted"),
    _to("person", "proposed_by", null=True),
    CheckConstraint("state in ('proposed','accepted','declined')", name="state"),
)  # fmt: skip

meeting_answer = Table(
    "meeting_answer", metadata, _to("meeting", primary_key=True),
    _to("person", primary_key=True, index=True),
    Column("answer", String(3), nullable=False),  # yes | no
    Column("at", Moment, nullable=False),
    CheckConstraint("answer in ('yes','no')", name="answer"),
)  # fmt: skip

# Two municipalities swap hosting: it counts when both have accepted.
host_swap = Table(
    "host_swap", metadata, _id(),
    _to("meeting", "first_id"), _to("meeting", "second_id"),
    _to("person", "proposed_by"), Column("proposed_at", Moment, nullable=False),
    _to("municipality", "awaits_id"),  # whose yes is missing
    Column("state", String(10), nullable=False, server_default="pending"),
    _to("person", "answered_by", null=True), Column("answered_at", Moment),
    CheckConstraint("state in ('pending','accepted','declined')", name="state"),
)  # fmt: skip

feed = Table(  # a calendar subscription: its address is its secret
    "feed", metadata, _id(), _to("person", index=True), _to("body", null=True),
    Column("secret_hash", LargeBinary(32), nullable=False, unique=True),  # SHA-256
    Column("language", String(2), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)  # fmt: skip

signin = Table(  # a one-time link into the web chat, and the session it opened
    "signin", metadata, _id(), _to("person", index=True),
    Column("secret_hash", LargeBinary(32), nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("session_hash", LargeBinary(32), unique=True),
    Column("session_expires_at", Moment),
)  # fmt: skip

inbox = Table(
    "inbox", metadata, _id(),
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

outbox = Table(
    "outbox", metadata, _id(),
    Column("dedup", String(240), nullable=False, unique=True),  # turn id and position
    Column("reference", JSON, nullable=False),  # bot.turn.ConversationReference
    Column("reply", JSON, nullable=False),  # emptied when sent
    Column("language", String(2), nullable=False),
    Column("state", String(10), nullable=False, server_default="pending"),
    Column("run_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("message", String(300)),  # the platform's id of the message
    Column("error", String(300)),
    CheckConstraint("state in ('pending','sending','sent','unsure','dead')", name="state"),
    Index("ix_outbox_due", "run_at", sqlite_where=text("state = 'pending'"),
          postgresql_where=text("state = 'pending'")),
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
    "audit", metadata, _id(),
    Column("at", Moment, nullable=False, index=True),
    _to("person", null=True),
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
