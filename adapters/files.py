"""Files as links: `/files/<token>`, signed and good for one day. Any adapter may hand them out."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import quote

from aiohttp import web

from bot.ports import Clock
from bot.reply import File
from storage import handouts
from storage.session import Database

LIFE = timedelta(days=1)
LINK = ""  # the purpose of a token that stands in an address
_MAC = 16  # bytes
_TOKEN = 60  # characters
_HEADERS = {
    "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer", "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Robots-Tag": "noindex",
}  # fmt: skip
_GONE = {
    "sv": "Länken gäller inte längre. Be boten om filen igen, så får du en ny.",
    "en": "The link no longer works. Ask the bot for the file again and you will get a new one.",
}


@dataclass(frozen=True, slots=True)
class Handout:
    number: int
    name: str
    mime: str
    content: bytes
    until: datetime


class Files:
    def __init__(
        self, database: Database, keys: Sequence[bytes], public_url: str, clock: Clock
    ) -> None:
        """The first key signs; all keys open, so that a key can be changed while links live."""
        self._database = database
        self._keys = [hashlib.sha256(b"files" + key).digest() for key in keys]
        self._public_url = public_url
        self._clock = clock

    async def keep(self, file: File, purpose: str = LINK) -> str:
        """A token with which the file can be opened, for this purpose only, during a day."""
        now = self._clock.now()
        until = datetime.fromtimestamp(int((now + LIFE).timestamp()), UTC)
        number = await self._database.write(
            lambda c: handouts.keep(c, file.name[:200], file.mime, file.content, until, now)
        )
        return self._sign(number, until, purpose)

    async def open(self, token: str, purpose: str = LINK) -> Handout | Literal["gone", "forged"]:
        """Nothing is looked up for a token that was not made here."""
        number, until = self._read(token, purpose)
        if number is None:
            return "forged"
        now = self._clock.now()
        if until <= now:
            return "gone"
        row = await self._database.read(lambda c: handouts.find(c, number, now))
        return Handout(number, row.name, row.mime, row.content, until) if row else "gone"

    def address(self, kept: Handout) -> str:
        return f"{self._public_url}/files/{self._sign(kept.number, kept.until, LINK)}"

    async def route(self, request: web.Request) -> web.Response:
        found = await self.open(request.match_info["token"])
        if isinstance(found, Handout):
            name = quote(found.name, safe="")
            disposition = f"attachment; filename*=UTF-8''{name}"
            headers = {**_HEADERS, "Content-Disposition": disposition, "Content-Type": found.mime}
            return web.Response(body=found.content, headers=headers)
        english = request.headers.get("Accept-Language", "").lower().startswith("en")
        status = 410 if found == "gone" else 404
        return web.Response(status=status, text=_GONE["en" if english else "sv"], headers=_HEADERS)

    def _sign(self, number: int, until: datetime, purpose: str) -> str:
        body = number.to_bytes(8) + int(until.timestamp()).to_bytes(8)
        return base64.urlsafe_b64encode(_mac(self._keys[0], body, purpose) + body).decode()

    def _read(self, token: str, purpose: str) -> tuple[int | None, datetime]:
        never = datetime.min.replace(tzinfo=UTC)
        if len(token) > _TOKEN:
            return None, never
        try:
            raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        except ValueError:
            return None, never
        mac, body = raw[:_MAC], raw[_MAC:]
        known = [hmac.compare_digest(mac, _mac(key, body, purpose)) for key in self._keys]
        if not any(known) or base64.urlsafe_b64encode(raw).decode() != token:
            return None, never
        return int.from_bytes(body[:8]), datetime.fromtimestamp(int.from_bytes(body[8:]), UTC)


def _mac(key: bytes, body: bytes, purpose: str) -> bytes:
    return hmac.new(key, purpose.encode() + b"\0" + body, hashlib.sha256).digest()[:_MAC]


def setup(app: web.Application, files: Files) -> None:
    app.router.add_get("/files/{token}", files.route)
