"""Writes mail: one connection a message, one attempt, and every failure by its meaning."""

from __future__ import annotations

import re
import secrets
import ssl
from datetime import datetime
from typing import Protocol

import aiosmtplib

from adapters.couriers import CourierError, NotSent, Refused, Unknown
from adapters.mail.message import build, one_address
from adapters.mail.settings import PORTS, MailSettings
from bot.ports import Receipt
from bot.reply import Reply
from bot.turn import ConversationReference

TIMEOUT = 30.0  # seconds for each step
_TOO_BIG = {523, 552}


class _Clock(Protocol):
    def now(self) -> datetime: ...


class MailCourier:
    def __init__(self, settings: MailSettings, clock: _Clock) -> None:
        self.settings = settings
        self._clock = clock

    async def send(self, where: ConversationReference, reply: Reply, lang: str) -> Receipt:
        to = self._checked(where.conversation)
        made = where.extra.get("made")
        mail = build(
            sender=self.settings.sender, to=to, reply=reply, lang=lang,
            ticket=where.extra.get("ticket") or secrets.token_hex(16),
            made=datetime.fromisoformat(made) if made else self._clock.now(),
        )  # fmt: skip
        client = self._client()
        try:
            await self._introduce(client)
            await self._envelope(client, to)
            answer = await self._data(client, mail.as_bytes())
            return Receipt(str(mail["Message-ID"]), answer)
        finally:
            client.close()

    async def typing(self, where: ConversationReference) -> None:
        """Mail has no sign for it."""

    def _checked(self, address: str) -> str:
        to = one_address(address)
        if not to:
            raise Refused("gone", "not one mail address")
        if not to.lower().endswith(self.settings.only):
            raise Refused("forbidden", f"only {self.settings.only} may get mail from here")
        return to

    def _client(self) -> aiosmtplib.SMTP:
        security = self.settings.security
        context = None
        if security != "none":
            context = ssl.create_default_context(cafile=self.settings.certificate or None)
        return aiosmtplib.SMTP(
            hostname=self.settings.host, port=self.settings.port or PORTS[security],
            use_tls=security == "tls", start_tls=security == "starttls", tls_context=context,
            timeout=TIMEOUT,
        )  # fmt: skip

    async def _introduce(self, client: aiosmtplib.SMTP) -> None:
        try:
            await client.connect()
            if self.settings.user:
                await client.login(self.settings.user, self.settings.password)
        except aiosmtplib.SMTPAuthenticationError as error:
            if error.code >= 500:
                raise Refused("revoked", f"login: {error.code}") from None
            raise NotSent(f"login: {error.code}") from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotSent(type(error).__name__) from None

    async def _envelope(self, client: aiosmtplib.SMTP, to: str) -> None:
        try:
            await client.mail(self.settings.sender)
            await client.rcpt(to)
        except aiosmtplib.SMTPResponseException as error:
            raise _meaning(error.code, error.message) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise NotSent(type(error).__name__) from None

    async def _data(self, client: aiosmtplib.SMTP, raw: bytes) -> str:
        """The server's yes makes it sent, and is given back; without an answer nobody knows."""
        try:
            code, said = await client.data(raw)
        except aiosmtplib.SMTPDataError as error:
            if error.code >= 500 and error.code not in _TOO_BIG:
                words = _words(error.code, error.message)
                raise Refused("too_big", f"not this mail: {words}") from None
            raise _meaning(error.code, error.message) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Unknown(type(error).__name__) from None
        return _words(code, said)


def _meaning(code: int, said: str = "") -> CourierError:
    words = f"answer {_words(code, said)}"
    if code in _TOO_BIG:
        return Refused("too_big", words)
    return Refused("gone", words) if code >= 500 else NotSent(words)


def _words(code: int, said: str) -> str:
    """A server's answer in one line, without what could disturb a terminal or a log."""
    return f"{code} {' '.join(re.sub(r'[^ -~]', ' ', said).split())}"[:200].strip()
