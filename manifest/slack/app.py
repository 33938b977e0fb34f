"""The Slack manifest (format 2). Slack shows one language only: Swedish."""

from __future__ import annotations

from typing import Any

EVENTS = (
    "app_home_opened", "app_mention", "app_uninstalled",
    "member_joined_channel", "message.im", "tokens_revoked",
)  # fmt: skip
# channels:read is for member_joined_channel: without it Slack tells nothing of public channels.
# files:read and files:write are for minutes that people send, and calendars that they get.
SCOPES = (
    "app_mentions:read", "channels:read", "chat:write", "commands", "files:read", "files:write",
    "im:history", "im:write", "users:read",
)  # fmt: skip
COMMANDS = {  # Slack takes no å, ä or ö here: a sister /möte cannot be
    "/traff": ("Fråga om nätverkets träffar", "när är nästa träff?"),
    "/natverk": ("Fråga om nätverket och dess grupper", "vem är ordförande?"),
    "/network": ("Ask about the network’s meetings", "when is the next meeting?"),
}
SHORTCUTS = {
    "ask": ("global", "Fråga Nätverksboten", "Se vad boten kan göra för dig"),
    "ask_about": ("message", "Fråga Nätverksboten", "Få svar på frågan i meddelandet"),
}
ABOUT = "Håller reda på nätverkets träffar, anmälningar och protokoll."
LONG = (
    "Fråga när nästa träff är, anmäl dig och hitta protokollen, direkt i Slack. "
    "Skriv till boten i ett meddelande, nämn den i en kanal eller skriv /traff. "
    "Skriv hjälp så visar boten vad den kan göra för dig."
)


def manifest(public_url: str, *, socket_mode: bool = False) -> dict[str, Any]:
    """In Socket Mode the app has no address of its own: everything comes over its connection."""
    address = None if socket_mode else f"{public_url}/slack/events"
    at = {"request_url": address} if address else {}
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Nätverksboten",
            "description": ABOUT,
            "long_description": LONG,
            "background_color": "#1b4d89",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "natverksboten", "always_online": True},
            "shortcuts": [_shortcut(name) for name in SHORTCUTS],
            "slash_commands": [_command(name, address) for name in COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": at | {"bot_events": list(EVENTS)},
            "interactivity": at | {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }


def _shortcut(callback: str) -> dict[str, str]:
    kind, name, description = SHORTCUTS[callback]
    return {"name": name, "type": kind, "callback_id": callback, "description": description}


def _command(name: str, address: str | None) -> dict[str, Any]:
    description, hint = COMMANDS[name]
    command: dict[str, Any] = {"command": name} | ({"url": address} if address else {})
    return command | {"description": description, "usage_hint": hint, "should_escape": True}
