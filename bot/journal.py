"""What is open in one conversation with one person: the only stored state of a dialog.

A journal keeps what was meant, under names, never under line or step numbers. It is plain JSON, so
that it survives a restart, another process and a new version of the dialog.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

LIFETIME = timedelta(hours=24)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one dialog that waits for an answer.

    `entries` holds, by key, what was answered (`ask:day`), said (`say:hello`) and done (`do:save`).
    `heard` is what started the run: intent, language, entities, and a button's value.
    """

    id: str
    dialog: str
    heard: Json
    entries: Json = field(default_factory=dict)
    open: str | None = None  # key of the question that waits
    kind: str | None = None  # what kind of answer it waits for (bot.form.FieldKind)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Open runs, the newest last; requests that wait their turn; and what was last talked about."""

    runs: tuple[Run, ...] = ()
    waiting: tuple[Json, ...] = ()  # `heard` of further clauses of a compound request
    last: Json = field(default_factory=dict)  # `heard` of the newest answered question
    undo: Json = field(default_factory=dict)  # how to take back the newest change, if it can be
    at: datetime | None = None  # aware, UTC: when it was last touched
    version: int = 0  # optimistic lock

    def expired(self, now: datetime) -> bool:
        return self.at is not None and now - self.at > LIFETIME

    @property
    def empty(self) -> bool:
        return not (self.runs or self.waiting or self.last or self.undo)

    def to_json(self) -> Json:
        return {
            "runs": [
                {"id": r.id, "dialog": r.dialog, "heard": r.heard, "entries": r.entries,
                 "open": r.open, "kind": r.kind}
                for r in self.runs
            ],
            "waiting": list(self.waiting),
            "last": self.last,
            "undo": self.undo,
        }  # fmt: skip

    @staticmethod
    def from_json(data: Mapping[str, Any], at: datetime | None, version: int) -> Conversation:
        """Read what an earlier version wrote, too: what is missing is empty."""
        return Conversation(
            runs=tuple(
                Run(
                    r["id"],
                    r["dialog"],
                    r.get("heard", {}),
                    r.get("entries", {}),
                    r.get("open"),
                    r.get("kind"),
                )
                for r in data.get("runs", ())
            ),
            waiting=tuple(data.get("waiting", ())),
            last=data.get("last", {}),
            undo=data.get("undo", {}),
            at=at,
            version=version,
        )

    def with_top(self, run: Run) -> Conversation:
        """The newest run replaced by this one."""
        return replace(self, runs=(*self.runs[:-1], run))
