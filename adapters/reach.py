"""What `natverksbot check --online` asks of Slack, the mail server and the bot's own address."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from adapters.core import SystemClock
from adapters.settings import PREFIX, Settings
from bot.errors import SettingsError
from bot.ports import Clock
from manifest.slack.app import SCOPES

LATE = timedelta(seconds=60)  # Slack and Teams refuse what is five minutes off
_WAIT = aiohttp.ClientTimeout(total=10)
_TOKEN = {
    "invalid_auth": "is wrong: copy it again from OAuth & Permissions",
    "not_authed": "is wrong: copy it again from OAuth & Permissions",
    "account_inactive": "belongs to a removed app: install it again",
    "token_revoked": "was taken back: install the app again",
}


async def slack(found: Settings, clock: Clock | None = None) -> str | None:
    """Whether the token works, has every scope, and the clock is right."""
    if found.slack is None:
        return None
    url = f"{found.slack.api_url}/auth.test"
    headers = {"Authorization": f"Bearer {found.slack.bot_token}"}
    try:
        async with (
            aiohttp.ClientSession(timeout=_WAIT) as opened,
            opened.post(url, headers=headers, allow_redirects=False) as got,
        ):
            answer = await got.json(content_type=None)
            scopes, date = got.headers.get("X-OAuth-Scopes", ""), got.headers.get("Date", "")
    except (aiohttp.ClientError, TimeoutError, ValueError):
        raise SettingsError(
            f"{url} does not answer: let the server out to port 443 of slack.com"
        ) from None
    if not isinstance(answer, dict) or not answer.get("ok"):
        why = str(answer.get("error", "")) if isinstance(answer, dict) else ""
        told = _TOKEN.get(why, f"was refused ({why[:40]}): install the app again")
        raise SettingsError(f"{PREFIX}SLACK_BOT_TOKEN {told}")
    _on_time(date, (clock or SystemClock()).now())
    team = str(answer.get("team_id", ""))
    if team not in found.slack.teams:
        raise SettingsError(f"{PREFIX}SLACK_TEAMS does not hold {team}, where the token belongs")
    missing = sorted(set(SCOPES) - {each.strip() for each in scopes.split(",")})
    if scopes and missing:
        raise SettingsError(
            f"Slack has not given {', '.join(missing)}: natverksbot manifest build, put the manifest "
            "into the app and install it again"
        )
    return f"the token works in {team}, with every scope"


def _on_time(date: str, now: datetime) -> None:
    try:
        theirs = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return
    if abs(theirs - now) > LATE:
        seconds = int((now - theirs).total_seconds())
        raise SettingsError(
            f"the clock of this machine is {seconds:+} s off: turn on time synchronisation (NTP)"
        )


async def mail(found: Settings) -> str | None:
    """Whether the server takes us; nothing is sent."""
    if found.mail is None:
        return None
    import aiosmtplib  # noqa: PLC0415

    from adapters.mail.settings import PORTS  # noqa: PLC0415

    kind = found.mail.security
    port = found.mail.port or PORTS[kind]
    client = aiosmtplib.SMTP(
        hostname=found.mail.host, port=port, use_tls=kind == "tls", start_tls=kind == "starttls",
        cert_bundle=found.mail.certificate or None, timeout=10,
    )  # fmt: skip
    where = f"{found.mail.host}:{port}"
    try:
        await client.connect()
        if found.mail.user:
            await client.login(found.mail.user, found.mail.password)
        await client.mail(found.mail.sender)
        await client.rset()
        await client.quit()
    except aiosmtplib.SMTPAuthenticationError:
        raise SettingsError(
            f"{where} refuses {PREFIX}SMTP_USER: see that user and password are right"
        ) from None
    except aiosmtplib.SMTPResponseException as error:
        raise SettingsError(
            f"{where} refuses {PREFIX}MAIL_FROM ({error.code}): let the account send as it"
        ) from None
    except (aiosmtplib.SMTPException, OSError):
        raise SettingsError(
            f"{where} does not answer as {kind}: see host, port, and {PREFIX}SMTP_SECURITY"
        ) from None
    finally:
        client.close()
    return f"{where} takes mail from {found.mail.sender}"


async def address(found: Settings) -> str | None:
    """Whether the bot answers at its own address, which needs the server to run."""
    url = f"{found.public_url}/healthz"
    try:
        async with (
            aiohttp.ClientSession(timeout=_WAIT) as opened,
            opened.get(url, allow_redirects=False) as got,
        ):
            status = got.status
    except (aiohttp.ClientError, TimeoutError):
        raise SettingsError(
            f"{url} does not answer: start the server, open the port, and see DNS and certificate"
        ) from None
    if status != 200:
        raise SettingsError(f"{url} answers {status}: see where the proxy sends it")
    return f"{found.public_url} answers"
