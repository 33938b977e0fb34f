"""What Teams refuses or spoils, said before it is sent: `faults(activity)` must be empty.

Two nets. This module knows the part of Adaptive Cards 1.5 that the bot uses, and takes nothing else:
no unknown element, no unknown property, no wrong type. `official_faults` asks Microsoft's own
library, the one that Teams draws with, as npm delivers it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CARD = "application/vnd.microsoft.card.adaptive"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
CARD_SIZE = 28 * 1024  # bytes
MESSAGE_SIZE = 80 * 1024  # bytes as UTF-16
MOST_ACTIONS = 6
HERE = Path(__file__).parent
PACKAGE = HERE / "node_modules" / "adaptivecards"

Check = Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _any_text(value: Any) -> bool:
    return isinstance(value, str)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _data(value: Any) -> bool:
    return isinstance(value, dict)


def _day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except (ValueError, TypeError):
        return False


def _web(value: Any) -> bool:
    return (
        isinstance(value, str)
        and urlsplit(value).scheme in {"http", "https"}
        and bool(urlsplit(value).hostname)
    )


def _width(value: Any) -> bool:
    pixels = isinstance(value, str) and value.endswith("px") and value[:-2].isdecimal()
    return value in {"auto", "stretch"} or pixels or _number(value)


def one_of(*values: str) -> Check:
    return lambda value: value in values


ELEMENT: dict[str, Check] = {
    "id": _text, "isVisible": _flag, "separator": _flag, "height": one_of("auto", "stretch"),
    "spacing": one_of("default", "none", "small", "medium", "large", "extraLarge", "padding",
                      "None", "Small", "Medium", "Large", "ExtraLarge", "Default", "Padding"),
}  # fmt: skip
INPUT = ELEMENT | {"label": _text, "isRequired": _flag, "errorMessage": _text}
ACTION = {
    "id": _text, "title": _text, "style": one_of("default", "positive", "destructive"),
    "mode": one_of("primary", "secondary"), "iconUrl": _web,
}  # fmt: skip
TYPES: dict[str, tuple[set[str], dict[str, Check]]] = {
    "RichTextBlock": ({"inlines"}, ELEMENT | {"inlines": lambda v: isinstance(v, list) and bool(v)}),
    "TextRun": ({"text"}, {
        "text": _text, "isSubtle": _flag, "italic": _flag, "weight": one_of("Bolder", "Default"),
        "size": one_of("Small", "Default", "Medium", "Large"), "color": one_of("Attention"),
        "selectAction": _data}),
    "Image": ({"url", "altText"}, ELEMENT | {
        "url": _web, "altText": _text, "size": one_of("Auto", "Stretch", "Small", "Medium")}),
    "ColumnSet": ({"columns"}, ELEMENT | {"columns": lambda v: isinstance(v, list) and bool(v)}),
    "Column": ({"items", "width"}, ELEMENT | {
        "items": lambda v: isinstance(v, list) and bool(v), "width": _width}),
    "Input.Text": ({"id", "label"}, INPUT | {
        "value": _any_text, "isMultiline": _flag, "maxLength": _number, "placeholder": _text}),
    "Input.Date": ({"id", "label"}, INPUT | {"value": _day}),
    "Input.Number": ({"id", "label"}, INPUT | {"value": _number, "min": _number, "max": _number}),
    "Input.ChoiceSet": ({"id", "label", "choices"}, INPUT | {
        "value": _text, "style": one_of("compact", "expanded"),
        "choices": lambda v: isinstance(v, list) and bool(v)}),
    "Action.OpenUrl": ({"title", "url"}, ACTION | {"url": _web}),
    "Action.Submit": ({"title", "data"}, ACTION | {"data": _data}),
    "Action.Execute": ({"title", "data", "verb", "fallback"}, ACTION | {
        "data": _data, "verb": _text, "fallback": _data}),
    "Action.ShowCard": ({"title", "card"}, ACTION | {"card": _data}),
}  # fmt: skip


def faults(activity: Any) -> list[str]:
    """Every fault of one outgoing activity, in words."""
    if not isinstance(activity, dict):
        return ["an activity is an object"]
    if activity.get("type") == "typing":
        return [] if set(activity) == {"type"} else ["typing carries nothing"]
    if activity.get("type") != "message":
        return [f"type {activity.get('type')!r}"]
    found = [
        f"unknown property {name}"
        for name in set(activity) - {"type", "text", "textFormat", "summary", "attachments", "id"}
    ]
    attachments = activity.get("attachments", [])
    if not attachments and not _text(activity.get("text")):
        found.append("neither text nor attachment")
    if "text" in activity and activity.get("textFormat") != "plain":
        found.append("text that may be read as markup")
    if len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le")) > MESSAGE_SIZE:
        found.append("message too big")
    if len(attachments) > 1:
        found.append("more than one attachment")
    for each in attachments:
        found += _attachment(each, activity)
    return found


def _attachment(each: dict[str, Any], activity: dict[str, Any]) -> list[str]:
    kind, content = each.get("contentType"), each.get("content")
    if kind == CARD:
        told = [] if _text(activity.get("summary")) else ["a card without a summary"]
        return told + card_faults(content)
    if kind == CONSENT and isinstance(content, dict):
        whole = _text(each.get("name")) and _number(content.get("sizeInBytes"))
        both = _data(content.get("acceptContext")) and _data(content.get("declineContext"))
        return [] if whole and both else ["a file consent that is not whole"]
    if kind == INFO and isinstance(content, dict):
        whole = _web(each.get("contentUrl")) and _text(content.get("uniqueId"))
        return [] if whole and _text(content.get("fileType")) else ["a file card that is not whole"]
    return [f"attachment {kind!r}"]


def card_faults(card: Any) -> list[str]:
    """Every fault of one Adaptive Card."""
    if not isinstance(card, dict):
        return ["a card is an object"]
    found = [] if card.get("version") == "1.5" else ["version"]
    size = len(json.dumps(card, ensure_ascii=False).encode())
    if size > CARD_SIZE:
        found.append(f"card of {size} bytes")
    found += list(_card(card, "card"))
    ids = [each["id"] for each in _walk(card) if str(each.get("type", "")).startswith("Input.")]
    found += [f"two inputs are called {name}" for name in set(ids) if ids.count(name) > 1]
    return found


def _card(card: dict[str, Any], where: str) -> Iterator[str]:
    if card.get("type") != "AdaptiveCard":
        yield f"{where}: type"
    for name in set(card) - {"type", "$schema", "version", "body", "actions"}:
        yield f"{where}: unknown property {name}"
    if not card.get("body"):
        yield f"{where}: no body"
    for number, each in enumerate(card.get("body") or []):
        yield from _element(each, f"{where}.body[{number}]", "element")
    actions = card.get("actions", [])
    for number, each in enumerate(actions):
        yield from _element(each, f"{where}.actions[{number}]", "action")
    if len([each for each in actions if each.get("mode") != "secondary"]) > MOST_ACTIONS:
        yield f"{where}: more than {MOST_ACTIONS} actions show"


def _element(each: Any, where: str, role: str) -> Iterator[str]:
    kind = each.get("type") if isinstance(each, dict) else None
    is_action = str(kind).startswith("Action.")
    if kind not in TYPES or is_action != (role == "action"):
        yield f"{where}: {kind!r} is no {role} here"
        return
    needed, known = TYPES[kind]
    for name in sorted(needed - set(each)):
        yield f"{where}: {kind} lacks {name}"
    for name, value in each.items():
        if name != "type" and name not in known:
            yield f"{where}: {kind} has no property {name}"
        elif name != "type" and not known[name](value):
            yield f"{where}: {kind}.{name} is {str(value)[:40]!r}"
    if "{{" in str(each.get("text", "")):
        yield f"{where}: text that is run as code"
    yield from _inside(each, where, kind)


def _inside(each: dict[str, Any], where: str, kind: str) -> Iterator[str]:
    for number, inner in enumerate(each.get("inlines", [])):
        yield from _element(inner, f"{where}.inlines[{number}]", "element")
    for number, column in enumerate(each.get("columns", [])):
        yield from _element(column, f"{where}.columns[{number}]", "element")
    for number, inner in enumerate(each.get("items", [])):
        yield from _element(inner, f"{where}.items[{number}]", "element")
    for name in ("selectAction", "fallback"):
        if isinstance(each.get(name), dict):
            yield from _action_inside(each[name], f"{where}.{name}")
    if kind == "Action.ShowCard" and isinstance(each.get("card"), dict):
        yield from _card(each["card"], f"{where}.card")
    for choice in each.get("choices", []):
        if set(choice) != {"title", "value"} or not all(map(_text, choice.values())):
            yield f"{where}: choice {choice!r}"
    if each.get("isRequired") and "errorMessage" not in each:
        yield f"{where}: required without saying so"


def _action_inside(action: dict[str, Any], where: str) -> Iterator[str]:
    if "title" not in action and action.get("type") == "Action.OpenUrl":
        action = {**action, "title": "link"}  # a linked text is its own title
    yield from _element(action, where, "action")


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


@cache
def official() -> str | None:
    """The path of Node.js when Microsoft's library can be asked; None without npm outside CI."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if (node is None or npm is None) and not os.environ.get("CI"):
        return None
    if not PACKAGE.exists():
        subprocess.run([npm or "npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    return node or "node"


def official_faults(cards: Sequence[Any]) -> list[list[str]]:
    """What Microsoft's own library says of each card, read as version 1.5."""
    node = official()
    assert node is not None
    done = subprocess.run(
        [node, "official.cjs"], cwd=HERE, input=json.dumps(list(cards)), capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    answer: list[list[str]] = json.loads(done.stdout)
    return answer
