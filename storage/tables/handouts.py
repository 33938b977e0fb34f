"""Files that wait for somebody to fetch them."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, String, Table

from storage.tables.base import Moment, id_, metadata

handout = Table(  # a file that was handed out as a link; erased when the link has expired
    "handout", metadata, id_(),
    Column("name", String(200), nullable=False),
    Column("mime", String(120), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
)  # fmt: skip
