"""Dialogue days, their sessions, registrations, seats and queues, and what participants need."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.base import Moment, id_, metadata, to

dialogue = Table(
    "dialogue", metadata, id_(), to("region"),
    Column("title", String(200), nullable=False),
    Column("format", String(10), nullable=False),
    Column("place", String(200), nullable=False, server_default=""),
    Column("link", String(500), nullable=False, server_default=""),
    Column("starts", DateTime, nullable=False),  # wall time of the first session
    Column("ends", DateTime, nullable=False),  # wall time, end of the last session
    Column("last_day", Date, nullable=False),  # the last day to register, inclusive
    Column("state", String(10), nullable=False, server_default="draft"),
    Column("fields", JSON, nullable=False),  # what registration asks: [{"name", "only_for"}]
    Column("offer_hours", Integer, nullable=False, server_default="48"),
    Column("summary_due", String(60), nullable=False, server_default=""),  # a month: "2027-05"
    Column("code", String(12)),  # said on site, ticks off attendance
    to("dialogue", "copied_from", null=True),
    Column("uid", String(80), nullable=False, unique=True),  # iCalendar UID
    Column("sequence", Integer, nullable=False, server_default="0"),  # iCalendar SEQUENCE
    Column("changed_at", Moment, nullable=False),
    CheckConstraint("format in ('place','digital','hybrid')", name="format"),
    CheckConstraint("state in ('draft','open','closed','held','cancelled')", name="state"),
    Index("ix_dialogue_region_starts", "region_id", "starts"),
)  # fmt: skip

# `taken` and `waiting` repeat what the seats say, so that a seat is given by one conditional UPDATE
# however many there are. storage.dialogues alone writes them, and the database holds the border.
dialogue_session = Table(
    "dialogue_session", metadata, id_(), to("dialogue", index=True),
    Column("position", Integer, nullable=False),  # from 1, in order of time
    Column("part", String(10), nullable=False),  # fm | em | day | digital
    Column("title", String(80), nullable=False, server_default=""),  # "" shows the part
    Column("starts", DateTime, nullable=False),  # wall time
    Column("ends", DateTime, nullable=False),
    Column("capacity", Integer),  # null: as many as come
    Column("audience", String(200), nullable=False, server_default=""),  # a recommendation, no bar
    Column("taken", Integer, nullable=False, server_default="0"),  # registered and offered
    Column("waiting", Integer, nullable=False, server_default="0"),
    Column("queued", Integer, nullable=False, server_default="0"),  # places in the queue ever given
    UniqueConstraint("dialogue_id", "position"),
    CheckConstraint("taken >= 0 and waiting >= 0", name="counts"),
    CheckConstraint("capacity is null or taken <= capacity", name="seats"),
)  # fmt: skip

registration = Table(
    "registration", metadata, id_(), to("dialogue"), to("person", index=True),
    to("person", "made_by"),
    Column("role", String(40), nullable=False, server_default=""),  # category: principal …
    Column("together", Boolean, nullable=False, server_default=text("false")),  # all sessions or none
    to("person", "substitute_id", null=True),  # who was asked to come instead; counts with their yes
    to("person", "in_place_of", null=True),  # whose seats these were
    Column("dinner", Boolean), Column("lodging", Boolean),
    Column("sequence", Integer, nullable=False, server_default="0"),  # iCalendar SEQUENCE
    Column("made_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("dialogue_id", "person_id"),
)  # fmt: skip

seat = Table(
    "seat", metadata, id_(), to("registration", index=True), to("dialogue_session", "session_id"),
    Column("state", String(10), nullable=False),
    Column("place", Integer),  # in the queue, counted over all platforms; only grows
    Column("offer_until", Moment),
    Column("since", Moment, nullable=False),
    UniqueConstraint("registration_id", "session_id"),
    CheckConstraint(
        "state in ('registered','waiting','offered','expired','cancelled','replaced','late',"
        "'present','absent')", name="state",
    ),
    Index("ix_seat_session_state_place", "session_id", "state", "place"),
)  # fmt: skip

# Diet and access: read by the event's coordinator alone, deleted 14 days after the event.
need = Table(
    "need", metadata, to("registration", primary_key=True),
    Column("diet", String(300), nullable=False, server_default=""),
    Column("access", String(500), nullable=False, server_default=""),
)  # fmt: skip

topic = Table(  # a wish of what to talk about; without a person it is anonymous, also in the audit
    "topic", metadata, id_(), to("dialogue", index=True), to("person", null=True),
    Column("text", String(500), nullable=False),
)  # fmt: skip

checkpoint = Table(  # what is agreed with Skolverket
    "checkpoint", metadata, to("dialogue", primary_key=True),
    Column("point", String(12), primary_key=True),
    Column("done_at", Moment), to("person", "done_by", null=True),
    CheckConstraint("point in ('planning','invitation','content','arrangement')", name="point"),
)  # fmt: skip

declined = Table(  # a municipality that was invited and said no, so that it is not reminded
    "declined", metadata, to("dialogue", primary_key=True), to("municipality", primary_key=True),
    to("person"), Column("at", Moment, nullable=False),
)  # fmt: skip

guest = Table(  # an invitation by mail to somebody in no workspace
    "guest", metadata, id_(), to("dialogue", index=True), to("person"), to("person", "invited_by"),
    Column("secret_hash", LargeBinary(32), nullable=False, unique=True),  # SHA-256
    Column("made_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("revoked_at", Moment),
    UniqueConstraint("dialogue_id", "person_id"),
)  # fmt: skip

guest_request = Table(  # somebody else with a forwarded link, waiting for the coordinator
    "guest_request", metadata, id_(), to("guest", index=True),
    Column("name", String(120), nullable=False),
    Column("email", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(10), nullable=False, server_default="asked"),
    UniqueConstraint("guest_id", "email"),
    CheckConstraint("state in ('asked','invited','declined')", name="state"),
)  # fmt: skip
