"""Turns and replies as JSON and back, without loss."""

from __future__ import annotations

import base64
import dataclasses
from datetime import datetime
from functools import cache
from typing import Any

from bot import form, reply, turn

_CLASSES: dict[str, type[Any]] = {
    each.__name__: each
    for each in (
        turn.Turn, turn.Identity, turn.ConversationReference, turn.FileRef, turn.Said,
        turn.Pressed, turn.Submitted, turn.Attached, turn.Joined, turn.Left,
        reply.Text, reply.Card, reply.FormPrompt, reply.File, reply.Button, reply.Fact,
        reply.Picture, form.FormView, form.FieldView, form.Choice,
    )
}  # fmt: skip
_TAG = "$"
_PLAIN = {str, int, float, bool, type(None)}


def to_json(value: Any) -> Any:
    """Data classes carry their name, bytes are base64, moments ISO; what has its default is left out."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if dataclasses.is_dataclass(kind):
        found: dict[str, Any] = {_TAG: kind.__name__}
        for name, default in _fields(kind):
            inner = getattr(value, name)
            if inner != default:
                found[name] = to_json(inner)
        return found
    if isinstance(value, bytes):
        return {_TAG: "bytes", "base64": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {_TAG: "moment", "iso": value.isoformat()}
    if isinstance(value, tuple | list):
        return [to_json(each) for each in value]
    if isinstance(value, dict):
        return {key: to_json(each) for key, each in value.items()}
    return value


def from_json(value: Any) -> Any:
    """Raise KeyError for a name that no version of this program has written."""
    if isinstance(value, list):
        return tuple(from_json(each) for each in value)
    if not isinstance(value, dict):
        return value
    tag = value.get(_TAG)
    if tag is None:
        return {key: from_json(each) for key, each in value.items()}
    if tag == "bytes":
        return base64.b64decode(value["base64"])
    if tag == "moment":
        return datetime.fromisoformat(value["iso"])
    facts = {key: from_json(each) for key, each in value.items() if key != _TAG}
    return _CLASSES[tag](**facts)


@cache
def _fields(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """The names of a data class's fields, with their defaults."""
    return tuple((each.name, _default(each)) for each in dataclasses.fields(kind))


def _default(each: dataclasses.Field[Any]) -> Any:
    if each.default_factory is not dataclasses.MISSING:
        return each.default_factory()
    return each.default
