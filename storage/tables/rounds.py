"""Question rounds: the same questions to every municipality, one answer from each."""

from __future__ import annotations

from sqlalchemy import JSON, CheckConstraint, Column, Date, Integer, String, Table, UniqueConstraint

from storage.tables.base import Moment, id_, metadata, to

question_round = Table(
    "question_round", metadata, id_(), to("region", index=True),
    Column("title", String(200), nullable=False),
    Column("deadline", JSON, nullable=False),  # bot.rules.deadline.Deadline
    Column("last_day", Date),  # the last working day; null for loose words
    to("person", "made_by"), Column("made_at", Moment, nullable=False),
    Column("state", String(10), nullable=False, server_default="open"),
    CheckConstraint("state in ('open','closed')", name="state"),
)  # fmt: skip

round_question = Table(
    "round_question", metadata, id_(), to("question_round", "round_id"),
    Column("position", Integer, nullable=False),  # from 1
    Column("text", String(1000), nullable=False),
    UniqueConstraint("round_id", "position"),
)  # fmt: skip

round_municipality = Table(  # whom it was sent to
    "round_municipality", metadata,
    to("question_round", "round_id", primary_key=True), to("municipality", primary_key=True),
)  # fmt: skip

round_answer = Table(  # one for the whole municipality, whoever of it writes
    "round_answer", metadata,
    to("round_question", "question_id", primary_key=True), to("municipality", primary_key=True),
    Column("text", String(3000), nullable=False),
    to("person"), Column("at", Moment, nullable=False),  # who wrote it last
)  # fmt: skip
