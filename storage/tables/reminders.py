"""What people asked to be reminded of, and when bodies and people want to be."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table

from storage.tables.base import Moment, id_, metadata, to

reminder = Table(  # when it is said stands in its timer
    "reminder", metadata, id_(), to("person", index=True),
    Column("about", String(300), nullable=False),  # the person's own words
    Column("made_at", Moment, nullable=False),
)  # fmt: skip

reminders_off = Table(  # who wants no reminders but those asked for
    "reminders_off", metadata, to("person", primary_key=True),
    Column("since", Moment, nullable=False),
)  # fmt: skip

reminder_days = Table(  # bodies that are not reminded a week and a day before their meetings
    "reminder_days", metadata, to("body", primary_key=True),
    Column("days", JSON, nullable=False),  # whole days before, the most first
)  # fmt: skip
