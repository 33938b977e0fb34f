"""What Teams sent, as a Turn. Pure: the payload has passed the gate already."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adapters.teams.actions import FORM_SENT
from adapters.teams.form import answers
from adapters.teams.gate import tenant_of
from bot.turn import (
    Attached,
    ConversationReference,
    FileRef,
    Identity,
    Joined,
    Kind,
    Left,
    Pressed,
    Said,
    Submitted,
    Turn,
    What,
)  # fmt: skip

Payload = Mapping[str, Any]
MENTIONS = 50  # of one message
NAME = 120  # characters of a mentioned name
LONGEST = 100_000  # characters kept of a message; what is too long for the engine is told by it
_KINDS: dict[str, Kind] = {"personal": "personal", "groupChat": "group", "channel": "channel"}
_PRIVATE = "https://teams.microsoft.com/l/chat/0/0?users="  # and the bot: bots get files only there
_DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"


def to_turn(payload: Payload, now: datetime) -> Turn | None:
    """None for what is passed over on purpose: reactions, edits, roster changes, unknown events."""
    what = _what(payload)
    if what is None:
        return None
    where = where_of(payload)
    return Turn(f"{where.conversation}:{payload['id']}", what, _who(payload), where, now)


def _what(payload: Payload) -> What | None:
    kind = payload["type"]
    value = _dict(payload.get("value"))
    if kind == "message":
        return _message(payload, value)
    if kind == "invoke":
        return _invoke(_text(payload.get("name")), value)
    if kind == "installationUpdate":
        if payload.get("action") == "add":
            return Joined()
        if payload.get("action") == "remove":
            return Left()
    return None


def _message(payload: Payload, value: Payload) -> What | None:
    if value:
        token = _text(value.get("token"))
        if token and FORM_SENT in value:
            return Submitted(token, answers(value))
        return Pressed(token) if token else None
    text = said(payload)
    files = _files(payload)
    if files:
        return Attached(files, text)
    return Said(text)


def _invoke(name: str, value: Payload) -> What | None:
    if name == "adaptiveCard/action":
        token = _text(_dict(_dict(value.get("action")).get("data")).get("token"))
        return Pressed(token) if token else None
    data = _dict(value.get("data"))
    token = _text(data.get("token"))
    if name == "task/fetch" and token:
        return Pressed(token)
    if name == "task/submit" and token:
        return Submitted(token, answers(data))
    return None


def said(payload: Payload) -> str:
    """The text without the bot's own mention; other people's mentions keep their names."""
    text = _text(payload.get("text"))
    bot = payload["recipient"]["id"]
    names: dict[str, str] = {}
    for each in _list(payload.get("entities"))[:MENTIONS]:
        if each.get("type") == "mention" and _text(each.get("text")):
            person = _dict(each.get("mentioned"))
            mine = person.get("id") == bot
            names.setdefault(each["text"], "" if mine else _text(person.get("name"))[:NAME])
    if names:  # in one pass, so that a name can hold no mention of its own
        marks = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
        text = re.sub(marks, lambda found: names[found[0]], text)[:LONGEST]
    return html.unescape(text).replace("\xa0", " ").strip()


def _files(payload: Payload) -> tuple[FileRef, ...]:
    found = []
    for each in _list(payload.get("attachments")):
        kind, name = _text(each.get("contentType")), _text(each.get("name"))
        content = _dict(each.get("content"))
        if kind == _DOWNLOAD and (url := _text(content.get("downloadUrl"))):
            found.append(FileRef(name, url, id=_text(content.get("uniqueId")) or None))
        elif kind.startswith("image/") and (url := _text(each.get("contentUrl"))):
            found.append(FileRef(name or "bild", url, mime=kind))
    return tuple(found)


def _who(payload: Payload) -> Identity:
    sender = payload["from"]
    client: Payload = next(
        (each for each in _list(payload.get("entities")) if each.get("type") == "clientInfo"), {}
    )
    locale = _text(payload.get("locale")) or _text(client.get("locale")) or None
    return Identity(
        "teams", tenant_of(payload), _text(sender.get("aadObjectId")) or sender["id"],
        _text(sender.get("name")), locale, _zone(_text(client.get("timezone"))),
    )  # fmt: skip


def where_of(payload: Payload) -> ConversationReference:
    conversation = payload["conversation"]
    base, _, thread = conversation["id"].partition(";messageid=")
    extra = {
        "service_url": payload["serviceUrl"], "bot": payload["recipient"]["id"],
        "user": payload["from"]["id"], "activity": payload["id"],
    }  # fmt: skip
    pressed = _text(payload.get("replyToId"))
    if pressed and payload.get("value"):
        extra["pressed"] = pressed
    kind = _KINDS.get(_text(conversation.get("conversationType")), "personal")
    if kind == "personal" and (thread or conversation.get("isGroup") is True):
        kind = "channel" if thread else "group"  # the narrower reading would tell too much
    if kind != "personal":
        extra["private"] = _PRIVATE + extra["bot"]
    return ConversationReference("teams", tenant_of(payload), base, kind, thread or None, extra)


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else "Europe/Stockholm"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "Europe/Stockholm"


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
