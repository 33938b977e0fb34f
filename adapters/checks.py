"""`natverksbot check`: whether the settings will work, and what to do where not. Changes nothing."""

from __future__ import annotations

import json
import re
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from adapters import reach, settings
from adapters.clamav import ScannerAway
from adapters.core import SystemClock, make_engine, open_store
from adapters.settings import PREFIX, Settings
from bot.errors import BotError, SettingsError
from storage import directory, migrations
from storage.session import open_database

Mark = Literal["ok", "NOTE", "WRONG"]


@dataclass(frozen=True, slots=True)
class Said:
    """One finding. A note is something that works, but not as most people want it."""

    text: str
    mark: Mark = "ok"


Step = Callable[[Settings], Awaitable[Said | None]]  # None: nothing to say


async def check(
    environment: Mapping[str, str], *, jsonl: bool = False, online: bool = False
) -> int:
    """Write one line per thing; 0 if all of it will work. `online` asks Slack and the servers too."""
    write = _write_json if jsonl else _write
    try:
        found = settings.read(environment)
    except BotError as error:
        write("settings", Said(str(error), "WRONG"))
        return 1
    write("settings", Said(f"read; the server will listen on {found.host}:{found.port}"))
    wrong = 0
    for name, step in (STEPS | ONLINE if online else STEPS).items():
        said = await carry_out(step, found)
        if said is not None:
            write(name, said)
            wrong += said.mark == "WRONG"
    return 1 if wrong else 0


async def carry_out(step: Step, found: Settings) -> Said | None:
    try:
        return await step(found)
    except Exception as error:  # noqa: BLE001 - each is shown with what to do
        return Said(_advice(error), "WRONG")


def _write(name: str, said: Said) -> None:
    sys.stdout.write(f"{said.mark:6} {name:14} {said.text}\n")


def _write_json(name: str, said: Said) -> None:
    line = {"check": name, "mark": said.mark, "text": said.text}
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


def _advice(error: Exception) -> str:
    if isinstance(error, BotError):
        return str(error)
    if isinstance(error, migrations.NewerDatabase):
        return "the database was made by a newer program: install that version, or restore a backup"
    return f"{type(error).__name__}: see whether DATABASE_URL is right and the database answers"


# --- the machine ----------------------------------------------------------------------------------


async def _address(found: Settings) -> Said:
    url, parts = found.public_url, urlsplit(found.public_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(
            f"{PREFIX}PUBLIC_URL must be a whole address: https://bot.region.example"
        )
    if parts.path or parts.query:
        raise SettingsError(f"{PREFIX}PUBLIC_URL must end after the host, without a path")
    by_http = found.teams is not None or (found.slack is not None and not found.slack.app_token)
    if _is_local(parts.hostname):
        if by_http:
            raise SettingsError(
                f"{PREFIX}PUBLIC_URL is this machine: Teams and Slack need one that they can reach"
            )
        return Said(f"{url}: only this machine can open it", "NOTE")
    if parts.scheme != "https":
        raise SettingsError(f"{PREFIX}PUBLIC_URL must begin with https:// outside this machine")
    return Said(url)


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


async def _port(found: Settings) -> Said:
    family = socket.AF_INET6 if ":" in found.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((found.host, found.port))
        except PermissionError:
            raise SettingsError(
                f"{PREFIX}PORT {found.port} may not be used by this account: choose one above 1023"
            ) from None
        except OSError as error:
            text = f"{found.host}:{found.port} cannot be used now ({error.strerror})"
            return Said(f"{text}: the server is running already, or choose another", "NOTE")
    return Said(f"{found.host}:{found.port} is free")


async def _zone(found: Settings) -> Said | None:
    del found
    try:
        ZoneInfo("Europe/Stockholm")
    except Exception:  # noqa: BLE001 - whatever is missing, the advice is one
        return Said("no time zones on this machine: pip install tzdata", "WRONG")
    return None


# --- what is kept ---------------------------------------------------------------------------------


def _new_file(url: str) -> Path | None:
    """The SQLite file that is not there yet; None for any other database."""
    name = url.removeprefix("sqlite://").removeprefix("/") if url.startswith("sqlite:") else ""
    return Path(name) if name and not Path(name).exists() else None


async def _database(found: Settings) -> Said:
    new = _new_file(found.database)
    if new is not None:
        if not new.parent.is_dir():
            raise SettingsError(
                f"DATABASE_URL: the folder {new.parent} does not exist, make it first"
            )
        with tempfile.TemporaryFile(dir=new.parent):  # raises where nothing may be written
            return Said(f"{new} will be made at the first start")
    database = open_database(found.database)
    try:
        version = await database.read(migrations.current)
    finally:
        await database.close()
    newest = migrations.newest()
    if version == newest:
        return Said(f"{database.dialect}, version {version}, newest")
    at = f"version {version}" if version else "empty"
    return Said(
        f"{database.dialect}, {at}: the start will bring it to {newest}; have a backup", "NOTE"
    )


async def _people(found: Settings) -> Said | None:
    if _new_file(found.database) is not None:
        return Said("nobody is in it yet, so the bot will recognise no one", "NOTE")
    database = open_database(found.database)
    try:
        if await database.read(migrations.current) != migrations.newest():
            return None
        counted = await database.read(directory.counts)
    finally:
        await database.close()
    if not counted.people:
        return Said("nobody is in it yet, so the bot will recognise no one", "NOTE")
    text = f"{counted.people} people in {counted.bodies} bodies, {counted.accounts} linked accounts"
    if not counted.accounts:
        return Said(f"{text}: tie them with natverksbot link, or nobody is recognised", "NOTE")
    return Said(text)


# --- the program ----------------------------------------------------------------------------------


async def _dialogs(found: Settings) -> Said:
    database, store = await open_store("sqlite://", SystemClock())
    try:
        engine = make_engine(store, found.seal_keys, found.public_url)
    finally:
        await database.close()
    return Said(f"{len(engine.core.dialogs)} found, their texts are whole in both languages")


async def _understanding(found: Settings) -> Said:
    from bot.understand import load  # noqa: PLC0415

    del found
    try:
        load()
    except Exception as error:  # noqa: BLE001 - whatever it is, the file is not ours
        raise SettingsError(f"bot/understand/weights.bin: {error}; install the bot again") from None
    return Said("the weights fit their checksum")


# --- the platforms --------------------------------------------------------------------------------


async def _slack(found: Settings) -> Said:
    slack = found.slack
    if slack is None:
        return Said(f"off: set {PREFIX}SLACK_… to turn it on")
    if not slack.bot_token.startswith("xoxb-"):
        raise SettingsError(f"{PREFIX}SLACK_BOT_TOKEN must be the bot token: xoxb-…")
    if slack.signing_secret and not re.fullmatch(r"[0-9a-f]{32}", slack.signing_secret):
        raise SettingsError(
            f"{PREFIX}SLACK_SIGNING_SECRET must be the 32 characters under Basic Information"
        )
    if not re.fullmatch(r"A[A-Z0-9]+", slack.app_id):
        raise SettingsError(f"{PREFIX}SLACK_APP_ID must be the app's id: A…")
    strange = [each for each in sorted(slack.teams) if not re.fullmatch(r"[TE][A-Z0-9]+", each)]
    if strange:
        raise SettingsError(f"{PREFIX}SLACK_TEAMS: {', '.join(strange)} is no workspace id (T…)")
    if slack.app_token:
        return Said("Socket Mode: no address is needed")
    return Said(
        f"Request URL for events, interactivity and commands: {found.public_url}{slack.path}"
    )


async def _teams(found: Settings) -> Said:
    teams = found.teams
    if teams is None:
        return Said(f"off: set {PREFIX}TEAMS_… to turn it on")
    for name, values in (("APP_ID", [teams.app_id]), ("TENANT", [teams.tenant]),
                         ("TENANTS", sorted(teams.tenants))):  # fmt: skip
        if not all(_is_guid(each) for each in values):
            raise SettingsError(
                f"{PREFIX}TEAMS_{name} must be an id like 1b2c…-…: copy it from Azure"
            )
    return Said(f"Messaging endpoint: {found.public_url}/api/messages")


def _is_guid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


async def _manifests(found: Settings) -> Said | None:
    if found.teams is None:
        return None
    from manifest.build import build  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="natverksbot-") as folder:
        build(Path(folder), app_id=found.teams.app_id, public_url=found.public_url,
              version="0.1.0")  # fmt: skip
    return Said("can be built: natverksbot manifest build")


async def _sign_in(found: Settings) -> Said | None:
    if found.slack is None and found.teams is None:
        text = (
            "nobody can sign in on the web: the bot gives the link in Slack or Teams, both are off"
        )
        return Said(text, "NOTE")
    return None


async def _contact(found: Settings) -> Said | None:
    if not found.contact:
        text = f"{PREFIX}CONTACT is empty: {found.public_url}/privacy names the coordinator instead"
        return Said(text, "NOTE")
    return None


async def _scanner(found: Settings) -> Said:
    if found.scanner is None:
        return Said(
            "off: files are not scanned for viruses. To turn it on, set "
            f"{PREFIX}CLAMAV to unix:/run/clamav/clamd.ctl or tcp:host:3310", "NOTE",
        )  # fmt: skip
    try:
        return Said(await found.scanner.version())
    except ScannerAway:
        return Said(
            f"ClamAV does not answer at {found.scanner.address}: no file can be taken until it does",
            "WRONG",
        )


STEPS: dict[str, Step] = {
    "address": _address, "port": _port, "time zone": _zone, "database": _database,
    "people": _people, "dialogs": _dialogs, "understanding": _understanding, "slack": _slack,
    "teams": _teams, "manifests": _manifests, "sign-in": _sign_in, "contact": _contact, "virus scan": _scanner,
}  # fmt: skip


def _asks(question: Callable[[Settings], Awaitable[str | None]]) -> Step:
    async def step(found: Settings) -> Said | None:
        told = await question(found)
        return Said(told) if told else None

    return step


ONLINE: dict[str, Step] = {
    "slack online": _asks(reach.slack), "mail online": _asks(reach.mail),
    "reached": _asks(reach.address),
}  # fmt: skip
