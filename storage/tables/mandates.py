"""Mandates: who gave what to whom, the reports that are due, and everything that was done to them."""

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

goal = Table(
    "goal", metadata, id_(), to("body"),  # whose goals they are: the body that gives mandates
    Column("number", Integer, nullable=False),
    Column("title", String(300), nullable=False, server_default=""),
    UniqueConstraint("body_id", "number"),
)  # fmt: skip

mandate = Table(
    "mandate", metadata, id_(), to("region", index=True),
    Column("title", String(300), nullable=False),
    Column("short", String(60), nullable=False),  # what people call it: språkstöd
    Column("text", String(3000), nullable=False, server_default=""),
    Column("items", JSON, nullable=False, server_default="[]"),  # what it asks for, first things first
    to("body", "giver_id", index=True),
    to("person", "contact_id", null=True),  # who of the giver's people gets the reports
    to("person", "made_by", null=True),
    Column("given_on", Date, nullable=False),
)  # fmt: skip

mandate_goal = Table(
    "mandate_goal", metadata, to("mandate", primary_key=True), to("goal", primary_key=True),
    Column("priority", Integer, nullable=False),  # among the mandates of the goal, from 1
)  # fmt: skip

# A body, a person, or one municipality within a body; each owner reports by itself.
mandate_owner = Table(
    "mandate_owner", metadata, id_(), to("mandate", index=True), to("body", null=True, index=True),
    to("municipality", null=True), to("person", null=True),
    CheckConstraint("body_id is not null or person_id is not null", name="somebody"),
)  # fmt: skip

report = Table(
    "report", metadata, id_(), to("mandate_owner", "owner_id", index=True),
    Column("kind", String(10), nullable=False),
    Column("deadline", JSON, nullable=False),  # bot.rules.deadline.Deadline
    Column("last_day", Date, index=True),  # the last working day; null for loose words
    Column("given_on", Date, nullable=False),  # when this deadline was given or moved
    Column("state", String(12), nullable=False, server_default="coming"),
    Column("returned_on", Date),
    UniqueConstraint("owner_id", "kind"),
    CheckConstraint("kind in ('interim','final','next')", name="kind"),
    CheckConstraint(
        "state in ('coming','handed_in','returned','acknowledged')", name="state"
    ),
)  # fmt: skip

report_step = Table(  # what was done to a report, in order
    "report_step", metadata, id_(), to("report", index=True),
    Column("step", String(12), nullable=False),  # the state that followed
    Column("words", String(3000), nullable=False, server_default=""),  # a note, or the question
    to("person"), Column("at", Moment, nullable=False),
)  # fmt: skip

report_told = Table(  # rungs of the ladder that have been used, per deadline
    "report_told", metadata, to("report", primary_key=True),
    Column("last_day", Date, primary_key=True),
    Column("rung", String(10), primary_key=True),  # bot.rules.ladder.Rung
    Column("day", Date, nullable=False),
)  # fmt: skip

deadline_change = Table(  # asked, granted or declined; the old date stays here
    "deadline_change", metadata, id_(), to("report", index=True),
    Column("old", JSON, nullable=False), Column("new", JSON, nullable=False),
    Column("reason", String(1000), nullable=False, server_default=""),
    Column("state", String(10), nullable=False, server_default="asked"),
    to("person", "asked_by"), Column("asked_at", Moment, nullable=False),
    to("person", "decided_by", null=True), Column("decided_at", Moment),
    CheckConstraint("state in ('asked','granted','declined')", name="state"),
    Index("ix_deadline_change_state", "state"),
)  # fmt: skip
