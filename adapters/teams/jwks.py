"""Microsoft's public keys: fetched off the request's way, kept, looked up again when needed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

import aiohttp
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from adapters.teams.gate import SigningKey
from adapters.teams.http import Http
from bot.ports import Clock

log = logging.getLogger(__name__)

FRESH = 24 * 3600.0  # seconds
STALE = 5 * 24 * 3600.0  # seconds that old keys are still served while the host is down
PAUSE = 60.0  # seconds between two looks
TIMEOUT = aiohttp.ClientTimeout(total=5)
SMALLEST = 2048  # bits


class Jwks:
    def __init__(self, http: Http, metadata_url: str, clock: Clock) -> None:
        self._http = http
        self._url = metadata_url
        self._clock = clock
        self._keys: dict[str, SigningKey] = {}
        self._fetched = self._tried = float("-inf")
        self._lock = asyncio.Lock()

    async def keys(self, *, unknown: bool = False) -> Mapping[str, SigningKey]:
        """`unknown` asks for a new look, which happens at most once a minute."""
        if unknown or self._now() - self._fetched > FRESH:
            async with self._lock:  # who comes while somebody looks waits for what is found
                if self._now() - self._tried >= PAUSE:
                    await self._refresh()
        return self._keys if self._now() - self._fetched <= STALE else {}

    async def _refresh(self) -> None:
        self._tried = self._now()
        try:
            metadata = await self._get(self._url)
            found = read_keys(await self._get(str(metadata["jwks_uri"])))
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            log.warning("the signing keys could not be fetched: %s", type(error).__name__)
            return
        if found:
            self._keys, self._fetched = found, self._tried

    async def _get(self, url: str) -> dict[str, object]:
        if not url.startswith("https://") and not self._url.startswith("http://"):
            raise ValueError("keys must come over https")
        async with self._http.session.get(url, timeout=TIMEOUT, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError("no keys")
            value = await response.json(content_type=None)
        if not isinstance(value, dict):
            raise ValueError("not an object")  # noqa: TRY004 - bad input, not a bug
        return value

    def _now(self) -> float:
        return self._clock.now().timestamp()


def read_keys(document: Mapping[str, object]) -> dict[str, SigningKey]:
    """Every usable RSA key; anything else in the document is passed over."""
    keys: dict[str, SigningKey] = {}
    listed = document.get("keys")
    for each in listed if isinstance(listed, list) else []:
        if not isinstance(each, dict) or each.get("kty") != "RSA":
            continue
        kid, endorsed = each.get("kid"), each.get("endorsements")
        if not isinstance(kid, str) or not isinstance(endorsed, list):
            continue
        try:
            key = jwt.PyJWK(each, algorithm="RS256").key
        except (jwt.PyJWTError, ValueError, TypeError):
            continue
        if isinstance(key, RSAPublicKey) and key.key_size >= SMALLEST:
            keys[kid] = SigningKey(key, frozenset(str(one) for one in endorsed))
    return keys
