"""The bot's own tokens for Microsoft's connector: cached, refreshed ahead, one fetch at a time."""

from __future__ import annotations

import asyncio

import aiohttp

from adapters.couriers import NotSent
from adapters.teams.http import Http
from adapters.teams.settings import TeamsSettings
from bot.ports import Clock

AHEAD = 300.0  # seconds before the end when a new token is fetched
TIMEOUT = aiohttp.ClientTimeout(total=10)


class Tokens:
    def __init__(self, http: Http, settings: TeamsSettings, clock: Clock) -> None:
        self._http = http
        self._settings = settings
        self._clock = clock
        self._token = ""
        self._until = float("-inf")
        self._lock = asyncio.Lock()

    async def get(self) -> str:
        """Empty in anonymous mode. Raise NotSent when no token is to be had."""
        if self._settings.anonymous:
            return ""
        if self._now() >= self._until - AHEAD:
            async with self._lock:
                if self._now() >= self._until - AHEAD:
                    await self._renew()
        return self._token

    def drop(self, token: str) -> None:
        """The platform did not take this token."""
        if token == self._token:
            self._until = float("-inf")

    async def _renew(self) -> None:
        try:
            self._token, lifetime = await self._fetch()
            self._until = self._now() + lifetime
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
            if self._now() >= self._until:
                raise NotSent("no token") from None

    async def _fetch(self) -> tuple[str, float]:
        request = self._identity() if self._settings.kind == "UserAssignedMSI" else self._secret()
        async with request as response:
            if response.status != 200:
                raise ValueError("no token")
            answer = await response.json(content_type=None)
        token, lifetime = answer["access_token"], float(answer.get("expires_in", 3600))
        if not isinstance(token, str) or not token:
            raise ValueError("no token")
        return token, lifetime

    def _secret(self) -> aiohttp.client._RequestContextManager:
        one = self._settings
        return self._http.session.post(
            f"{one.login_url}/{one.tenant}/oauth2/v2.0/token", timeout=TIMEOUT, allow_redirects=False,
            data={"grant_type": "client_credentials", "client_id": one.app_id,
                  "client_secret": one.secret, "scope": one.scope},
        )  # fmt: skip

    def _identity(self) -> aiohttp.client._RequestContextManager:
        one = self._settings
        service = bool(one.identity_header)  # App Service and Container Apps, else a machine's IMDS
        headers = {"X-IDENTITY-HEADER": one.identity_header} if service else {"Metadata": "true"}
        return self._http.session.get(
            one.identity_url, headers=headers, timeout=TIMEOUT, allow_redirects=False,
            params={"api-version": "2019-08-01" if service else "2018-02-01",
                    "resource": one.scope.removesuffix("/.default"), "client_id": one.app_id},
        )  # fmt: skip

    def _now(self) -> float:
        return self._clock.now().timestamp()
