"""Every setting: read once from the environment, checked at start; secrets never show."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from adapters.clamav import ClamAv
from bot.errors import SettingsError

if TYPE_CHECKING:  # an adapter's SDK is loaded only where the adapter is set up
    from adapters.mail import MailSettings
    from adapters.mail.settings import Security
    from adapters.slack import SlackSettings
    from adapters.teams import TeamsSettings

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
    contact: str = ""  # whom people ask about what is kept of them
    metrics_token: str = field(default="", repr=False)
    slack: SlackSettings | None = None
    teams: TeamsSettings | None = None
    mail: MailSettings | None = None
    scanner: ClamAv | None = None  # looks at files before they are kept


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
        contact=_line(environment, "CONTACT"),
        metrics_token=_metrics_token(environment),
        slack=_slack(environment),
        teams=_teams(environment),
        mail=_mail(environment),
        scanner=_scanner(environment),
    )


def for_demo(database: str, port: int = PORT) -> Settings:
    """Keys made up for this one process; Teams answers Microsoft's Agents Playground alone."""
    from adapters.teams import TeamsSettings  # noqa: PLC0415

    key = secrets.token_bytes(32)
    return Settings(
        database, (key,), port=port, public_url=f"http://localhost:{port}", demo=True,
        contact="Regionkontoret, kontakt@region.example",
        teams=TeamsSettings(anonymous=True, demo=True),
    )  # fmt: skip


def _scanner(environment: Mapping[str, str]) -> ClamAv | None:
    address = environment.get(f"{PREFIX}CLAMAV", "").strip()
    if not address:
        return None
    found = ClamAv(address)
    found.check()
    return found


def _slack(environment: Mapping[str, str]) -> SlackSettings | None:
    """None when nothing of Slack is set; half of it is an error."""
    names = ("SIGNING_SECRET", "BOT_TOKEN", "APP_ID", "TEAMS", "APP_TOKEN")
    found = {name: environment.get(f"{PREFIX}SLACK_{name}", "").strip() for name in names}
    if not any(found.values()):
        return None
    spared = "SIGNING_SECRET" if found["APP_TOKEN"] else "APP_TOKEN"  # HTTP or Socket Mode
    missing = [f"{PREFIX}SLACK_{name}" for name in names if not found[name] and name != spared]
    if missing:
        raise SettingsError(f"Slack needs {', '.join(missing)} too")
    if found["APP_TOKEN"] and not found["APP_TOKEN"].startswith("xapp-"):
        raise SettingsError(f"{PREFIX}SLACK_APP_TOKEN must be the app-level token: xapp-…")
    from adapters.slack import SlackSettings  # noqa: PLC0415

    teams = _several(found["TEAMS"])
    return SlackSettings(
        signing_secret=found["SIGNING_SECRET"], bot_token=found["BOT_TOKEN"],
        app_id=found["APP_ID"], teams=teams, app_token=found["APP_TOKEN"],
        api_url=environment.get(f"{PREFIX}SLACK_API_URL", "https://slack.com/api"),
    )  # fmt: skip


def _teams(environment: Mapping[str, str]) -> TeamsSettings | None:
    """None when nothing of Teams is set; what is wrong with it is an error."""
    names = ("APP_ID", "TENANT", "SECRET", "KIND", "TENANTS", "METADATA_URL", "UPLOAD_HOSTS")
    found = {name: environment.get(f"{PREFIX}TEAMS_{name}", "").strip() for name in names}
    if not any(found.values()):
        return None
    from adapters.teams import TeamsSettings  # noqa: PLC0415
    from adapters.teams.settings import IDENTITY, METADATA  # noqa: PLC0415

    kind = found["KIND"] or "SingleTenant"
    if kind not in {"SingleTenant", "UserAssignedMSI"}:
        raise SettingsError(f"{PREFIX}TEAMS_KIND must be SingleTenant or UserAssignedMSI")
    settings = TeamsSettings(
        app_id=found["APP_ID"], tenant=found["TENANT"], secret=found["SECRET"],
        kind="UserAssignedMSI" if kind == "UserAssignedMSI" else "SingleTenant",
        tenants=_several(found["TENANTS"] or found["TENANT"]),
        metadata_url=found["METADATA_URL"] or METADATA,
        upload_hosts=_several(found["UPLOAD_HOSTS"].lower()),
        identity_header=environment.get("IDENTITY_HEADER", ""),
        identity_url=environment.get("IDENTITY_ENDPOINT") or IDENTITY,
    )  # fmt: skip
    settings.check()
    return settings


def _mail(environment: Mapping[str, str]) -> MailSettings | None:
    """None when no SMTP server is named; half of it is an error."""
    names = ("SMTP_HOST", "MAIL_FROM", "SMTP_SECURITY", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD",
             "SMTP_CERTIFICATE")  # fmt: skip
    found = {name: environment.get(f"{PREFIX}{name}", "").strip() for name in names}
    if not any(found.values()):
        return None
    for name in ("SMTP_HOST", "MAIL_FROM"):
        if not found[name]:
            raise SettingsError(f"mail needs {PREFIX}{name} too")
    from adapters.mail import MailSettings  # noqa: PLC0415

    settings = MailSettings(
        host=found["SMTP_HOST"], sender=found["MAIL_FROM"],
        security=cast("Security", found["SMTP_SECURITY"] or "starttls"),
        port=_port(found["SMTP_PORT"], "SMTP_PORT") if found["SMTP_PORT"] else 0,
        user=found["SMTP_USER"], password=found["SMTP_PASSWORD"],
        certificate=found["SMTP_CERTIFICATE"],
    )  # fmt: skip
    settings.check()
    return settings


def _line(environment: Mapping[str, str], name: str) -> str:
    found = environment.get(f"{PREFIX}{name}", "").strip()
    if len(found) > 200 or not found.isprintable():
        raise SettingsError(f"{PREFIX}{name} must be one line of at most 200 characters")
    return found


def _metrics_token(environment: Mapping[str, str]) -> str:
    token = environment.get(f"{PREFIX}METRICS_TOKEN", "").strip()
    if token and (len(token) < 16 or not token.isascii()):
        raise SettingsError(f"{PREFIX}METRICS_TOKEN needs at least 16 characters, ASCII only")
    return token


def _several(text: str) -> frozenset[str]:
    return frozenset(each.strip() for each in text.split(",") if each.strip())


def _port(text: str, name: str = "PORT") -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"{PREFIX}{name} must be a number from 1 to 65535")
    return int(text)
