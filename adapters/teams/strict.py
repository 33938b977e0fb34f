"""JSON as it is allowed to come in: no duplicate keys, no NaN, no abyss, only real text."""

from __future__ import annotations

import json
import re

DEPTH = 40
_SUSPECT = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")


def parse(raw: bytes) -> dict[str, object]:
    """Raise ValueError for anything but one strict JSON object in UTF-8."""
    try:
        value = json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_constant)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - bad input, not a bug
    if raw.count(b"{") + raw.count(b"[") > DEPTH or _SUSPECT.search(raw):
        _walk(value)
    return value


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("duplicate key")
    return made


def _constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _walk(value: object) -> None:
    todo: list[tuple[object, int]] = [(value, 1)]
    while todo:
        each, depth = todo.pop()
        if depth > DEPTH and isinstance(each, dict | list):
            raise ValueError("too deep")
        if isinstance(each, dict):
            todo.extend((key, depth + 1) for key in each)
            todo.extend((inner, depth + 1) for inner in each.values())
        elif isinstance(each, list):
            todo.extend((inner, depth + 1) for inner in each)
        elif isinstance(each, str):
            each.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, a ValueError
            if "\0" in each:
                raise ValueError("NUL in text")
