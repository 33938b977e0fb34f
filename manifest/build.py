"""Writes what an administrator uploads: teams.zip and slack.json."""

from __future__ import annotations

import ipaddress
import json
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from bot.errors import SettingsError
from manifest.slack import app as slack
from manifest.teams import app as teams
from manifest.teams import icons

MOMENT = (1980, 1, 1, 0, 0, 0)  # the zip's oldest date: the same input gives the same bytes


def build(
    folder: Path, *, app_id: str | None, public_url: str, version: str, allow_local: bool = False,
    socket_mode: bool = False,
) -> list[Path]:  # fmt: skip
    """Gives the files made; without an app id, Slack's alone.

    Raise SettingsError when the app id is no GUID or people could not reach the address.
    """
    address = _address(public_url, allow_local=allow_local)
    files = {} if app_id is None else teams_files(_guid(app_id), address, version)
    folder.mkdir(parents=True, exist_ok=True)
    package, slack_file = folder / "teams.zip", folder / "slack.json"
    slack_file.write_bytes(_json(slack.manifest(address, socket_mode=socket_mode)))
    if not files:
        return [slack_file]
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), data, zipfile.ZIP_DEFLATED)
    return [package, slack_file]


def teams_files(app_id: str, address: str, version: str) -> dict[str, bytes]:
    return {
        "manifest.json": _json(teams.manifest(app_id, address, version)),
        "en.json": _json(teams.english()),
        "color.png": icons.color(),
        "outline.png": icons.outline(),
    }


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _guid(app_id: str) -> str:
    if not app_id.strip():
        raise SettingsError("The Teams app id is empty: set it to the bot's id in Azure.")
    try:
        return str(UUID(app_id.strip()))
    except ValueError as wrong:
        raise SettingsError("The Teams app id is no GUID: copy the bot's id from Azure.") from wrong


def _address(public_url: str, *, allow_local: bool) -> str:
    address = public_url.strip().rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError("The public address is no web address: write https:// and the host.")
    if not allow_local and parts.scheme != "https":
        raise SettingsError("The public address must begin with https://.")
    if not allow_local and _is_local(parts.hostname):
        raise SettingsError("The public address is this machine: Teams and Slack cannot reach it.")
    return address


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
