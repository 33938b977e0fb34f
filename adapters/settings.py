"""Every setting: read once from the environment, checked at start; secrets never show."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

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
    )


def for_demo(database: str, port: int = PORT) -> Settings:
    """Keys made up for this one process."""
    key = secrets.token_bytes(32)
    return Settings(database, (key,), port=port, public_url=f"http://localhost:{port}", demo=True)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"{PREFIX}PORT must be a number from 1 to 65535")
    return int(text)
