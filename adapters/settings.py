"""Every setting: read once from the environment, checked at start; secrets never show."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.slack import SlackSettings
from bot.errors import SettingsError

PREFIX = "NATVERKSBOT_"
DATABASE = "sqlite:///natverksboten.sqlite"
HOST = "127.0.0.1"
PORT = 3978


@dataclass(frozen=True, slots=True)
class Settings:
    database: str = DATABASE
    seal_keys: tuple[bytes, ...] = field(default=(), repr=False)
    host: str = HOST
    port: int = PORT
    public_url: str = f"http://localhost:{PORT}"
    demo: bool = False
    slack: SlackSettings | None = None


def read(environment: Mapping[str, str]) -> Settings:
    """Raise SettingsError that names the setting and what to do, never its value."""
    keys = tuple(
        key.encode() for key in environment.get(f"{PREFIX}SEAL_KEYS", "").split(",") if key
    )
    if not keys:
        raise SettingsError(
            f"{PREFIX}SEAL_KEYS is empty: set it to a random text of at least 32 characters, "
            "the same on every process (several, with commas between, while you change it)"
        )
    if any(len(key) < 32 for key in keys):
        raise SettingsError(f"{PREFIX}SEAL_KEYS: every key needs at least 32 characters")
    return Settings(
        database=environment.get("DATABASE_URL", DATABASE),
        seal_keys=keys,
        host=environment.get(f"{PREFIX}HOST", HOST),
        port=_port(environment.get(f"{PREFIX}PORT", str(PORT))),
        public_url=environment.get(f"{PREFIX}PUBLIC_URL", f"http://localhost:{PORT}").rstrip("/"),
        slack=_slack(environment),
    )


def for_demo(database: str, port: int = PORT) -> Settings:
    """Keys made up for this one process."""
    key = secrets.token_bytes(32)
    return Settings(database, (key,), port=port, public_url=f"http://localhost:{port}", demo=True)


def _slack(environment: Mapping[str, str]) -> SlackSettings | None:
    """None when nothing of Slack is set; half of it is an error."""
    names = ("SIGNING_SECRET", "BOT_TOKEN", "APP_ID", "TEAMS")
    found = {name: environment.get(f"{PREFIX}SLACK_{name}", "").strip() for name in names}
    missing = [f"{PREFIX}SLACK_{name}" for name, value in found.items() if not value]
    if len(missing) == len(names):
        return None
    if missing:
        raise SettingsError(f"Slack needs {', '.join(missing)} too")
    teams = frozenset(each.strip() for each in found["TEAMS"].split(",") if each.strip())
    return SlackSettings(
        signing_secret=found["SIGNING_SECRET"], bot_token=found["BOT_TOKEN"],
        app_id=found["APP_ID"], teams=teams,
        api_url=environment.get(f"{PREFIX}SLACK_API_URL", "https://slack.com/api"),
    )  # fmt: skip


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"{PREFIX}PORT must be a number from 1 to 65535")
    return int(text)
