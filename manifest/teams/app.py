"""The Teams manifest: Swedish in the manifest itself, English beside it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

VERSION = "1.28"
SCOPES = ("personal", "team", "groupChat")

# Title, description and what is sent: Swedish, then English. Every one is a question the bot knows.
STARTERS = (
    (
        ("Nästa träff", "Se när och var nätverket ses nästa gång", "När är nästa träff?"),
        ("Next meeting", "See when and where the network meets next", "When is the next meeting?"),
    ),
    (
        ("Hjälp", "Se vad boten kan göra för dig", "hjälp"),
        ("Help", "See what the bot can do for you", "help"),
    ),
)

NAMES = {
    "sv": ("Nätverksboten", "Nätverksboten för regionala nätverk"),
    "en": ("Nätverksboten", "Nätverksboten for regional networks"),
}
ABOUT = {
    "sv": (
        "Håller reda på nätverkets träffar, anmälningar och protokoll.",
        "Fråga när nästa träff är, anmäl dig och hitta protokollen. "
        "Skriv hjälp i chatten så visar boten vad den kan.",
    ),
    "en": (
        "Keeps track of the network's meetings, sign-ups and minutes.",
        "Ask when the next meeting is, sign up and find the minutes. "
        "Write help in the chat and the bot shows what it can do.",
    ),
}


def manifest(app_id: str, public_url: str, version: str) -> dict[str, Any]:
    name, about = NAMES["sv"], ABOUT["sv"]
    schema = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}/"
    return {
        "$schema": f"{schema}MicrosoftTeams.schema.json",
        "manifestVersion": VERSION,
        "version": version,
        "id": app_id,
        "developer": {
            "name": "Nätverksboten",
            "websiteUrl": f"{public_url}/",
            "privacyUrl": f"{public_url}/privacy",
            "termsOfUseUrl": f"{public_url}/terms",
        },
        "localizationInfo": {
            "defaultLanguageTag": "sv-se",
            "additionalLanguages": [{"languageTag": "en", "file": "en.json"}],
        },
        "name": {"short": name[0], "full": name[1]},
        "description": {"short": about[0], "full": about[1]},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#1B4D89",
        "bots": [_bot(app_id)],
        "validDomains": [urlsplit(public_url).hostname],
    }


def english() -> dict[str, str]:
    name, about = NAMES["en"], ABOUT["en"]
    texts = {
        "$schema": "https://developer.microsoft.com/json-schemas/teams/"
        f"v{VERSION}/MicrosoftTeams.Localization.schema.json",
        "name.short": name[0],
        "name.full": name[1],
        "description.short": about[0],
        "description.full": about[1],
    }
    for at, (_, words) in enumerate(STARTERS):
        for key, text in zip(("title", "description", "prompt"), words, strict=True):
            texts[f"bots[0].commandLists[0].commands[{at}].{key}"] = text
    return texts


def _bot(app_id: str) -> dict[str, Any]:
    commands = [
        {"type": "prompt", "title": title, "description": about, "prompt": prompt}
        for (title, about, prompt), _ in STARTERS
    ]
    return {
        "botId": app_id,
        "scopes": list(SCOPES),
        "supportsFiles": True,
        "isNotificationOnly": False,
        "commandLists": [{"scopes": list(SCOPES), "commands": commands}],
    }
