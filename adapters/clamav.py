"""Has ClamAV look at files before they are kept, over its own socket."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

from bot.errors import SettingsError

CHUNK = 64 * 1024
SECONDS = 30.0
Verdict = Literal["", "virus", "unscanned"]


class ScannerAway(Exception):
    """ClamAV does not answer, or not as it should."""


@dataclass(frozen=True, slots=True)
class ClamAv:
    """`address` is unix:/run/clamav/clamd.ctl or tcp:host:3310."""

    address: str

    def check(self) -> None:
        """Raise SettingsError for what is no address."""
        kind, _, rest = self.address.partition(":")
        host, _, port = rest.rpartition(":")
        fits = rest.startswith("/") if kind == "unix" else bool(host) and port.isdecimal()
        if kind not in {"unix", "tcp"} or not fits:
            raise SettingsError(
                "NATVERKSBOT_CLAMAV must be unix:/path/of/clamd.ctl or tcp:host:3310"
            )

    async def version(self) -> str:
        return await self._ask(b"zVERSION\0", b"")

    async def scan(self, data: bytes) -> Verdict:
        """What is wrong with a file; what could not be looked at is not taken either."""
        try:
            said = await self._ask(b"zINSTREAM\0", data)
        except ScannerAway:
            return "unscanned"
        if said.endswith(" FOUND"):
            return "virus"
        return "" if said.endswith(": OK") else "unscanned"

    async def _ask(self, order: bytes, data: bytes) -> str:
        try:
            async with asyncio.timeout(SECONDS):
                return await self._talk(order, data)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            raise ScannerAway(type(error).__name__) from error

    async def _talk(self, order: bytes, data: bytes) -> str:
        reader, writer = await self._open()
        try:
            writer.write(order)
            if order.startswith(b"zINSTREAM"):
                for at in range(0, len(data), CHUNK):
                    piece = data[at : at + CHUNK]
                    writer.write(len(piece).to_bytes(4) + piece)
                    await writer.drain()
                writer.write(bytes(4))
            await writer.drain()
            answer = await reader.readuntil(b"\0")
            return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
        finally:
            writer.close()

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        kind, _, rest = self.address.partition(":")
        if kind == "unix":
            return await asyncio.open_unix_connection(rest)
        host, _, port = rest.rpartition(":")
        return await asyncio.open_connection(host, int(port))
