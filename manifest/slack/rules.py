"""What Slack refuses in a manifest, as far as it can be known without asking Slack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

Json = Mapping[str, Any]
# Each event with the scopes of which one is enough; none: no scope is needed.
EVENTS: Mapping[str, frozenset[str]] = {
    "app_home_opened": frozenset(),
    "app_mention": frozenset({"app_mentions:read"}),
    "app_uninstalled": frozenset(),
    "file_shared": frozenset({"files:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read"}),
    "member_left_channel": frozenset({"channels:read", "groups:read"}),
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "message.im": frozenset({"im:history"}),
    "message.mpim": frozenset({"mpim:history"}),
    "team_join": frozenset({"users:read"}),
    "tokens_revoked": frozenset(),
}
SCOPES = frozenset(
    "app_mentions:read channels:history channels:read chat:write chat:write.public commands "
    "files:read files:write groups:history groups:read im:history im:read im:write mpim:history "
    "mpim:read mpim:write team:read users:read users:read.email".split()
)
COMMAND = re.compile(r"/[a-z0-9_-]{1,31}")
NAME = re.compile(r"[a-z0-9._-]{1,80}")


def findings(manifest: Json) -> Iterator[str]:
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    scopes = set(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", []))
    if manifest.get("_metadata", {}).get("major_version") != 2:
        yield "_metadata.major_version must be 2."
    yield from _shown(manifest.get("display_information", {}))
    yield from _features(features)
    yield from (f"{scope} is no known bot scope." for scope in sorted(scopes - SCOPES))
    yield from _events(settings.get("event_subscriptions", {}), scopes)
    if features.get("slash_commands") and "commands" not in scopes:
        yield "Slash commands need the scope commands."
    if features.get("shortcuts") and "commands" not in scopes:
        yield "Shortcuts need the scope commands."
    yield from _addresses(features, settings)


def _length(where: str, text: str, least: int, most: int) -> Iterator[str]:
    if not least <= len(text) <= most:
        yield f"{where} must be {least} to {most} characters."


def _shown(shown: Json) -> Iterator[str]:
    yield from _length("name", shown.get("name", ""), 1, 35)
    yield from _length("description", shown.get("description", ""), 0, 140)
    if "long_description" in shown:
        yield from _length("long_description", shown["long_description"], 175, 4000)
    if not re.fullmatch(r"#([0-9a-fA-F]{3}){1,2}", shown.get("background_color", "#000")):
        yield "background_color must be # and three or six hexadecimal digits."


def _features(features: Json) -> Iterator[str]:
    if not NAME.fullmatch(features.get("bot_user", {}).get("display_name", "")):
        yield "bot_user.display_name takes a to z, digits, dot, hyphen and underscore only."
    shortcuts = features.get("shortcuts", [])
    if len(shortcuts) > 10:
        yield "There are more than 10 shortcuts."
    for shortcut in shortcuts:
        key = (shortcut.get("type"), shortcut.get("callback_id"))
        if [(each.get("type"), each.get("callback_id")) for each in shortcuts].count(key) > 1:
            yield "A shortcut's callback_id stands twice."
        yield from _length("A shortcut's name", shortcut.get("name", ""), 1, 24)
        yield from _length("A shortcut's description", shortcut.get("description", ""), 1, 150)
        yield from _length("A shortcut's callback_id", shortcut.get("callback_id", ""), 1, 255)
        if shortcut.get("type") not in {"global", "message"}:
            yield "A shortcut's type must be global or message."
    yield from _commands(features.get("slash_commands", []))


def _commands(commands: list[Json]) -> Iterator[str]:
    names = [command.get("command", "") for command in commands]
    if len(names) > 50 or len(names) != len(set(names)):
        yield "Slash commands must be at most 50, each with its own name."
    for command in commands:
        if not COMMAND.fullmatch(command.get("command", "")):
            yield "A slash command takes / and a to z, digits, hyphen, at most 32 characters."
        yield from _length("A command's description", command.get("description", ""), 1, 2000)
        yield from _length("A command's usage_hint", command.get("usage_hint", ""), 0, 1000)
        if command.get("should_escape") is not True:
            yield "A slash command must have should_escape."


def _events(subscription: Json, scopes: set[str]) -> Iterator[str]:
    events = subscription.get("bot_events", [])
    if len(events) > 100:
        yield "There are more than 100 events."
    for event in events:
        if event not in EVENTS:
            yield f"{event} is no known event."
        elif EVENTS[event] and not EVENTS[event] & scopes:
            yield f"{event} needs the scope {' or '.join(sorted(EVENTS[event]))}."


def _addresses(features: Json, settings: Json) -> Iterator[str]:
    addresses = [command.get("url") for command in features.get("slash_commands", [])]
    addresses += [
        settings.get(part, {}).get("request_url")
        for part in ("event_subscriptions", "interactivity")
    ]
    if settings.get("socket_mode_enabled") is True:
        if any(addresses):
            yield "In Socket Mode there is no request address."
        return
    for address in addresses:
        parts = urlsplit(address or "")
        if parts.scheme != "https" or not parts.hostname:
            yield "Every request address must begin with https://."
            return
