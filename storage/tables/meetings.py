"""Meetings, their days, bodies, agendas, answers and swaps of hosts."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    String,
    Table,
    text,
)

from storage.tables.base import Moment, id_, metadata, to

meeting = Table(
    "meeting", metadata, id_(), to("region"),
    Column("theme", String(300), nullable=False, server_default=""),
    Column("format", String(10), nullable=False),
    Column("place", String(200), nullable=False, server_default=""),
    Column("link", String(500), nullable=False, server_default=""),
    to("municipality", "host_id", null=True),  # the host municipality, and so the secretary
    to("person", "secretary_id", null=True),  # who of the host's people writes
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
    "meeting_day", metadata, to("meeting", primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1
    Column("starts", DateTime, nullable=False),  # wall time
    Column("ends", DateTime, nullable=False),
)  # fmt: skip

# `ends` and `cancelled` repeat the meeting's, so that the next meeting of a body is one step in
# one index however many meetings there are. storage.meetings alone writes them.
meeting_body = Table(
    "meeting_body", metadata, to("meeting", primary_key=True), to("body", primary_key=True),
    Column("ends", DateTime, nullable=False),
    Column("cancelled", Boolean, nullable=False, server_default=text("false")),
    Index("ix_meeting_body_next", "body_id", "cancelled", "ends"),
)  # fmt: skip

agenda_item = Table(
    "agenda_item", metadata, id_(), to("meeting", index=True),
    Column("position", Integer, nullable=False),
    Column("title", String(300), nullable=False),
    Column("state", String(10), nullable=False, server_default="accepted"),
    to("person", "proposed_by", null=True),
    CheckConstraint("state in ('proposed','accepted','declined')", name="state"),
)  # fmt: skip

meeting_answer = Table(
    "meeting_answer", metadata, to("meeting", primary_key=True),
    to("person", primary_key=True, index=True),
    Column("answer", String(3), nullable=False),  # yes | no
    Column("at", Moment, nullable=False),
    CheckConstraint("answer in ('yes','no')", name="answer"),
)  # fmt: skip

# Two municipalities swap hosting: it counts when both have accepted.
host_swap = Table(
    "host_swap", metadata, id_(),
    to("meeting", "first_id"), to("meeting", "second_id"),
    to("person", "proposed_by"), Column("proposed_at", Moment, nullable=False),
    to("municipality", "awaits_id"),  # whose yes is missing
    Column("state", String(10), nullable=False, server_default="pending"),
    to("person", "answered_by", null=True), Column("answered_at", Moment),
    CheckConstraint("state in ('pending','accepted','declined')", name="state"),
)  # fmt: skip
