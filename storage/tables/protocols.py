"""Protocols with their versions, verdicts and sendings; decisions and action points; their search."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)

from storage.tables.base import Moment, id_, metadata, to

approval_rule = Table(  # how a body approves its protocols; without a row: the chair, in 7 days
    "approval_rule", metadata, to("body", primary_key=True),
    Column("required", Boolean, nullable=False, server_default=text("true")),
    Column("by", String(10), nullable=False, server_default="chair"),
    Column("days", Integer, nullable=False, server_default="7"),
    CheckConstraint('"by" in (\'chair\',\'presidium\')', name="by"),
)  # fmt: skip

protocol = Table(  # of one meeting; without a row it is missing
    "protocol", metadata, id_(), to("meeting", unique=True),
    Column("state", String(20), nullable=False),  # bot.rules.protocol.State
    Column("version", Integer, nullable=False),  # the newest one's number
    to("person", "approver_id", null=True),
    Column("approve_by", Date),  # the last day
    Column("changed_at", Moment, nullable=False),
    CheckConstraint(
        "state in ('draft','for_approval','remarked','approved','dispatched','not_sent')",
        name="state",
    ),
    Index("ix_protocol_state", "state"),
)  # fmt: skip

protocol_version = Table(
    "protocol_version", metadata, id_(), to("protocol"),
    Column("number", Integer, nullable=False),  # from 1
    to("file"),
    Column("sha256", String(64), nullable=False, index=True),  # of the file when it came, hex
    to("person", "uploaded_by"), Column("at", Moment, nullable=False),
    UniqueConstraint("protocol_id", "number"),
)  # fmt: skip

protocol_verdict = Table(  # who said what of which version; never changed but for being voided
    "protocol_verdict", metadata, id_(), to("protocol", index=True),
    Column("number", Integer, nullable=False),  # of the version
    Column("sha256", String(64), nullable=False),  # of what was read
    to("person"), Column("at", Moment, nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("remark", Text, nullable=False, server_default=""),
    Column("voided_at", Moment),  # an approval, when a newer version came
    CheckConstraint("verdict in ('approved','remarked')", name="verdict"),
)  # fmt: skip

protocol_proposal = Table(  # a file from somebody else than the secretary, who takes it or not
    "protocol_proposal", metadata, id_(), to("meeting", index=True),
    to("file"),
    to("person", "proposed_by"), Column("at", Moment, nullable=False),
    Column("state", String(10), nullable=False, server_default="open"),
    CheckConstraint("state in ('open','taken','declined')", name="state"),
)  # fmt: skip

dispatch = Table(  # one letter to one mailbox, followed until its server has answered
    "dispatch", metadata, id_(), to("body"), to("protocol", null=True, index=True),
    Column("kind", String(20), nullable=False),
    Column("address", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),  # of what was sent
    Column("state", String(10), nullable=False, server_default="waiting"),
    Column("answer", String(300), nullable=False, server_default=""),  # the server's last words
    Column("queued_at", Moment, nullable=False),
    Column("answered_at", Moment),
    CheckConstraint("kind in ('protocol','members','meetings')", name="kind"),
    CheckConstraint("state in ('waiting','accepted','failed')", name="state"),
    Index("ix_dispatch_body", "body_id", "kind", "queued_at"),
)  # fmt: skip

decision = Table(
    "decision", metadata, id_(), to("region"), to("body", index=True), to("meeting", null=True),
    Column("decided_on", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("paragraph", String(20), nullable=False, server_default=""),  # § 4
    Column("state", String(10), nullable=False, server_default="confirmed"),
    CheckConstraint("state in ('proposed','confirmed')", name="state"),
    Index("ix_decision_meeting", "meeting_id"),
)  # fmt: skip

action_point = Table(
    "action_point", metadata, id_(), to("region"), to("body", index=True), to("meeting", null=True),
    Column("text", Text, nullable=False),
    to("person", null=True), to("municipality", null=True),  # who does it: one of the two
    Column("due_words", String(60), nullable=False, server_default=""),  # as it was said
    Column("due_on", Date),  # the last day that the words leave
    Column("state", String(10), nullable=False, server_default="open"),
    Column("done_at", Moment),
    CheckConstraint("state in ('proposed','open','done')", name="state"),
    Index("ix_action_point_meeting", "meeting_id"),
)  # fmt: skip

passage = Table(  # what can be searched: a paragraph of an approved protocol, or a decision
    "passage", metadata, id_(), to("body", index=True), to("meeting", null=True, index=True),
    to("decision", null=True),
    Column("held_on", Date, nullable=False),
    Column("paragraph", String(20), nullable=False, server_default=""),
    Column("heading", String(200), nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Index("ix_passage_decision", "decision_id", sqlite_where=text("decision_id IS NOT NULL"),
          postgresql_where=text("decision_id IS NOT NULL")),
)  # fmt: skip

SEARCH = "passage_search"  # the full-text index beside `passage`; each database has its own kind
_SEARCH_TABLES = {
    "sqlite": (
        f"CREATE VIRTUAL TABLE {SEARCH} USING fts5(words, ends, "
        "tokenize='unicode61 remove_diacritics 0')",
    ),
    "postgresql": (
        f"CREATE TABLE {SEARCH} (id INTEGER PRIMARY KEY REFERENCES passage (id) "
        "ON DELETE CASCADE, words TSVECTOR NOT NULL)",
        f"CREATE INDEX ix_{SEARCH} ON {SEARCH} USING gin (words)",
    ),
}
event.listen(passage, "before_drop", DDL(f"DROP TABLE IF EXISTS {SEARCH}"))  # type: ignore[no-untyped-call]
for _dialect, _statements in _SEARCH_TABLES.items():
    for _statement in _statements:
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(passage, "after_create", _ddl.execute_if(dialect=_dialect))
