"""Files that people sent, whole, so that one backup holds everything."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, LargeBinary, String, Table, text

from storage.tables.base import Moment, id_, metadata, to

file = Table(
    "file", metadata, id_(), to("person", index=True),  # who sent it
    Column("name", String(120), nullable=False),
    Column("kind", String(20), nullable=False),  # txt, docx, odt, pdf
    Column("size", Integer, nullable=False),  # bytes
    Column("sha256", String(64), nullable=False),  # hex
    Column("content", LargeBinary, nullable=False),
    Column("paragraphs", JSON, nullable=False),  # its words, as storage.documents found them
    Column("problem", String(20), nullable=False, server_default=""),  # then nothing else is kept
    Column("subject", String(80), index=True),  # what it belongs to, e.g. report:3; null: nothing yet
    Column("at", Moment, nullable=False),
    Index("ix_file_loose", "at", sqlite_where=text("subject IS NULL"),
          postgresql_where=text("subject IS NULL")),
)  # fmt: skip
