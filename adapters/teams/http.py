"""One pooled HTTP session for everything that goes out to Microsoft."""

from __future__ import annotations

import aiohttp


class Http:
    """Opens its session at first use, so that a courier can exist before the loop runs."""

    def __init__(self, session: aiohttp.ClientSession | None = None) -> None:
        self._session = session

    @property
    def session(self) -> aiohttp.ClientSession:
        if self._session is None:
            jar = aiohttp.DummyCookieJar()
            self._session = aiohttp.ClientSession(cookie_jar=jar, trust_env=False)
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
