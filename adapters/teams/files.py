"""Brings home a file that a person sent in a personal chat; no token of ours goes with the request."""

from __future__ import annotations

from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from adapters.teams.gate import LOOPBACK
from adapters.teams.http import Http
from adapters.teams.settings import TeamsSettings
from bot.errors import NotFetched
from bot.turn import FileRef
from storage.documents import MOST as LIMIT

TIMEOUT = aiohttp.ClientTimeout(total=60, connect=5)
CHUNK = 64 * 1024
_SHAREPOINT = ".sharepoint.com"  # where Teams keeps files, if the tenant's own host is not set


async def fetch(http: Http, settings: TeamsSettings, ref: FileRef) -> bytes:
    """Raise NotFetched. The address lives for minutes only, so this is done at once."""
    if ref.mime is not None and ref.mime.startswith("image/"):
        raise NotFetched("type")
    if ref.size is not None and ref.size > LIMIT:
        raise NotFetched("too-big")
    if not gives(ref.url, settings):
        raise NotFetched
    try:
        async with http.session.get(
            URL(ref.url, encoded=True), timeout=TIMEOUT, allow_redirects=False
        ) as got:
            if got.status != 200:
                raise NotFetched
            body = bytearray()
            async for part in got.content.iter_chunked(CHUNK):
                body += part
                if len(body) > LIMIT:
                    raise NotFetched("too-big")
            return bytes(body)
    except (TimeoutError, aiohttp.ClientError, ValueError) as error:
        raise NotFetched from error


def gives(url: str, settings: TeamsSettings) -> bool:
    """Whether this is an address where Teams keeps people's files, and nothing else."""
    if not url.isascii() or any(character <= " " or character in "\\\x7f" for character in url):
        return False
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None:
        return False
    if settings.anonymous:
        return host in LOOPBACK and parts.scheme in {"http", "https"}
    known = settings.upload_hosts
    right = host in known if known else host.endswith(_SHAREPOINT) and host != _SHAREPOINT
    return right and parts.scheme == "https" and port in {None, 443}
