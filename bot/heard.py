"""What was understood of one request, as a dialog sees it and a journal keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.dates import DateValue
from bot.files import FileHandle
from bot.journal import Json


@dataclass(frozen=True, slots=True)
class Found:
    """One thing named in a request: its type, the words, and for a date what they mean."""

    type: str
    value: str
    when: DateValue | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """`value` is what a pressed button carried; it is empty for what was said."""

    intent: str
    lang: str
    text: str = ""
    entities: tuple[Found, ...] = ()
    value: Mapping[str, Any] = field(default_factory=dict)
    negated: bool = False
    about_other: bool = False
    files: tuple[FileHandle, ...] = ()

    def first(self, kind: str) -> str | None:
        return next((each.value for each in self.entities if each.type == kind), None)

    def all(self, kind: str) -> tuple[str, ...]:
        return tuple(each.value for each in self.entities if each.type == kind)

    @property
    def when(self) -> DateValue | None:
        """The first day that was said; one that was ruled out ("inte på torsdag") only if alone."""
        said = [each.when for each in self.entities if each.when is not None]
        return next(
            (each for each in said if "excluded" not in each.notes), said[0] if said else None
        )

    def with_entities(self, newer: tuple[Found, ...]) -> Heard:
        """The same request with other facts: what is named anew replaces what was of its type."""
        types = {each.type for each in newer}
        kept = tuple(each for each in self.entities if each.type not in types)
        return replace(self, entities=(*kept, *newer))

    def to_json(self) -> Json:
        return {
            "intent": self.intent,
            "lang": self.lang,
            "entities": [
                [e.type, e.value, e.when.to_json() if e.when else None] for e in self.entities
            ],
            "value": dict(self.value),
            "about_other": self.about_other,
            "files": [each.to_json() for each in self.files],
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Heard:
        """The words themselves are not kept: only what they meant."""
        return Heard(
            intent=data.get("intent", ""),
            lang=data.get("lang", "sv"),
            entities=tuple(
                Found(kind, value, DateValue.from_json(when) if when else None)
                for kind, value, when in data.get("entities", ())
            ),
            value=data.get("value", {}),
            about_other=data.get("about_other", False),
            files=tuple(FileHandle.from_json(each) for each in data.get("files", ())),
        )
