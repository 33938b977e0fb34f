"""Slack's payloads as turns. Pure; None for what nobody here answers, on purpose."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from adapters.slack.form import answers_of, place_of
from adapters.slack.gate import tenant_of
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
)

_MARK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_HEARD = {None, "file_share", "thread_broadcast"}  # edits, deletions and bots are left alone
Json = Mapping[str, Any]


def plain(text: str, bot: str = "") -> str:
    """What the person typed: without the bot's mention, links as their words, entities resolved."""

    def word(found: re.Match[str]) -> str:
        target, label = found[1], found[2]
        if bot and target == f"@{bot}":
            return " "
        return label or target.removeprefix("mailto:")

    bare = _MARK.sub(word, text)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def event(body: Json, at: datetime, bot: str = "") -> Turn | None:
    """`bot` is the bot's own user where the event does not tell it."""
    bot = bot_of(body) or bot
    happened = body["event"]
    kind = happened["type"]
    if kind == "app_uninstalled" or (
        kind == "tokens_revoked" and _map(happened.get("tokens")).get("bot")
    ):
        return _gone(body, at)
    user = happened.get("user")
    if not isinstance(user, str) or not user or happened.get("bot_id"):
        return None
    if kind == "message":
        direct = happened.get("channel_type") == "im"
        return _said(body, at, bot) if direct and happened.get("subtype") in _HEARD else None
    if kind == "app_mention":
        return None if happened.get("edited") else _said(body, at, bot)
    if kind == "member_joined_channel" and user == bot:
        place = _text(happened, "channel")
        where = ConversationReference("slack", tenant_of(body), place, "channel")
        who = _who(body, _text(happened, "inviter") or user)
        return Turn(f"ev:{body['event_id']}", Joined(), who, where, at)
    if kind == "app_home_opened" and happened.get("tab") == "messages":
        where = ConversationReference("slack", tenant_of(body), _text(happened, "channel"),
                                      extra={"user": user})  # fmt: skip
        return Turn(f"hello:{tenant_of(body)}:{user}", Joined(), _who(body, user), where, at)
    return None


def command(body: Json, at: datetime) -> Turn:
    direct = body.get("channel_name") == "directmessage"
    extra = {"user": _text(body, "user_id"), "response_url": _text(body, "response_url")}
    where = ConversationReference(
        "slack", _text(body, "team_id"), _text(body, "channel_id"),
        "personal" if direct else "channel",
        extra={key: value for key, value in extra.items() if value},
    )  # fmt: skip
    text = plain(_text(body, "text"))
    return Turn(f"co:{_key(body)}", Said(text), _who(body, _text(body, "user_id")), where, at)


def action(body: Json, at: datetime) -> Turn | None:
    """None for a press that carries nothing, such as a button that only opens an address."""
    first = _map(next(iter(_list(body.get("actions"))), None))
    token = first.get("value")
    user = _text(_map(body.get("user")), "id")
    if not isinstance(token, str) or not token or not user:
        return None
    box, channel, message = (_map(body.get(name)) for name in ("container", "channel", "message"))
    place = _text(channel, "id") or _text(box, "channel_id") or user
    alone = bool(box.get("is_ephemeral"))  # such a message is changed by its response_url only
    shown = "" if alone else _text(box, "message_ts")
    extra = {"user": user, "message": shown, "response_url": _text(body, "response_url")}
    thread = _text(message, "thread_ts") or _text(box, "thread_ts")
    kind = _kind(place)
    if kind != "personal":
        thread = thread or shown
    kept = {key: value for key, value in extra.items() if value}
    where = ConversationReference("slack", tenant_of(body), place, kind, thread or None, kept)
    return Turn(f"ac:{_key(body)}", Pressed(token), _who(body, user), where, at)


def submission(body: Json, at: datetime) -> Turn:
    view = _map(body.get("view"))
    user = _text(_map(body.get("user")), "id")
    place = place_of(view)
    where = ConversationReference(
        "slack", tenant_of(body), place.channel or user, _kind(place.channel or user),
        place.thread or None, {"user": user},
    )  # fmt: skip
    what = Submitted(place.token, answers_of(view))
    return Turn(f"vi:{_key(body)}", what, _who(body, user), where, at)


def shortcut(body: Json, at: datetime) -> Turn:
    """On a message its text is the question, answered to that person; elsewhere it has no words."""
    user = _text(_map(body.get("user")), "id")
    text = plain(_text(_map(body.get("message")), "text"))
    where = ConversationReference("slack", tenant_of(body), user, extra={"user": user})
    return Turn(f"sh:{_key(body)}", Said(text), _who(body, user), where, at)


def who_opened(body: Json) -> Identity | None:
    """Whose start page is to be drawn."""
    happened = body["event"]
    if happened["type"] != "app_home_opened" or happened.get("tab") != "home":
        return None
    return _who(body, _text(happened, "user"))


def bot_of(body: Json) -> str:
    for each in _list(body.get("authorizations")):
        if _map(each).get("is_bot"):
            return _text(_map(each), "user_id")
    return ""


def _said(body: Json, at: datetime, bot: str) -> Turn:
    happened = body["event"]
    kind: Kind = "personal" if happened.get("channel_type") == "im" else "channel"
    thread = _text(happened, "thread_ts")
    if kind == "channel":
        thread = thread or _text(happened, "ts")
    user = _text(happened, "user")
    where = ConversationReference(
        "slack", tenant_of(body), _text(happened, "channel"), kind, thread or None, {"user": user}
    )
    text = plain(_text(happened, "text"), bot)
    files = tuple(_file(_map(each)) for each in _list(happened.get("files")))
    what: What = Attached(files, text) if files else Said(text)
    return Turn(f"ev:{body['event_id']}", what, _who(body, user), where, at)


def _gone(body: Json, at: datetime) -> Turn:
    team = tenant_of(body)
    where = ConversationReference("slack", team, team, "group")
    return Turn(f"ev:{body['event_id']}", Left(tenant_wide=True),
                Identity("slack", team, team), where, at)  # fmt: skip


def _file(file: Json) -> FileRef:
    size = file.get("size")
    return FileRef(
        name=_text(file, "name"), url=_text(file, "url_private_download"),
        size=size if isinstance(size, int) else None,
        mime=_text(file, "mimetype") or None, id=_text(file, "id") or None,
    )  # fmt: skip


def _who(body: Json, user: str) -> Identity:
    team = tenant_of(body)
    happened, person = _map(body.get("event")), _map(body.get("user"))
    homes = {
        _text(happened, "user_team"), _text(happened, "source_team"),
        _text(body, "actor_team_id"), _text(person, "team_id"),
    } - {""}  # fmt: skip
    if _text(body, "team_id") != team and happened:
        homes = homes or {
            _text(happened, "team")
        }  # in a foreign channel nobody is ours unless told
    return Identity("slack", team, user, external=bool(homes - {team}))


def _kind(place: str) -> Kind:
    return "personal" if place[:1] in {"D", "U", "W"} else "channel"


def _key(body: Json) -> str:
    trigger = _text(body, "trigger_id")
    if trigger:
        return trigger
    packed = json.dumps(body, sort_keys=True, ensure_ascii=True).encode()
    return hashlib.sha256(packed).hexdigest()


def _text(found: Json, name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


def _map(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
