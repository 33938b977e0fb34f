"""The Slack manifest (format 2). Slack shows one language only: Swedish."""

from __future__ import annotations

from typing import Any

EVENTS = (
    "app_home_opened", "app_mention", "app_uninstalled",
    "member_joined_channel", "message.im", "tokens_revoked",
)  # fmt: skip
# channels:read is for member_joined_channel: without it Slack tells nothing of public channels.
SCOPES = (
    "app_mentions:read", "channels:read", "chat:write", "commands",
    "im:history", "im:write", "users:read",
)  # fmt: skip
COMMANDS = ("/traff", "/network-meeting")  # Slack takes no å, ä or ö here
ABOUT = "Håller reda på nätverkets träffar, anmälningar och protokoll."
LONG = (
    "Fråga när nästa träff är, anmäl dig och hitta protokollen, direkt i Slack. "
    "Skriv till boten i ett meddelande, nämn den i en kanal eller skriv /traff. "
    "Skriv hjälp så visar boten vad den kan göra för dig."
)


def manifest(public_url: str) -> dict[str, Any]:
    address = f"{public_url}/slack/events"
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
            "shortcuts": [_shortcut()],
            "slash_commands": [_command(name, address) for name in COMMANDS],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"request_url": address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, "request_url": address},
            "org_deploy_enabled": False,
            "socket_mode_enabled": False,
            "token_rotation_enabled": False,
        },
    }


def _shortcut() -> dict[str, str]:
    return {
        "name": "Fråga Nätverksboten",
        "type": "global",
        "callback_id": "ask",
        "description": "Se vad boten kan göra för dig",
    }


def _command(name: str, address: str) -> dict[str, Any]:
    return {
        "command": name,
        "url": address,
        "description": "Fråga om nätverkets träffar",
        "usage_hint": "när är nästa träff?",
        "should_escape": True,
    }
