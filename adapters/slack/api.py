"""One attempt at one call to Slack, on one pooled session; every failure by its meaning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from adapters.couriers import CourierError, NotSent, Reason, Refused, Throttled, Unknown

TIMEOUT, FETCHING = aiohttp.ClientTimeout(total=10), aiohttp.ClientTimeout(total=60)
CHUNK = 1 << 16  # bytes
_REFUSED: Mapping[str, Reason] = {
    "channel_not_found": "gone", "is_archived": "gone", "user_not_found": "gone",
    "users_not_found": "gone", "channel_is_limited_access": "forbidden",
    "not_in_channel": "forbidden", "restricted_action": "forbidden", "missing_scope": "forbidden",
    "user_not_in_channel": "forbidden", "cannot_dm_bot": "forbidden", "user_disabled": "blocked",
    "messages_tab_disabled": "blocked", "user_not_visible": "forbidden",
    "msg_too_long": "too_big", "msg_blocks_too_long": "too_big",
    "token_revoked": "revoked", "account_inactive": "revoked", "invalid_auth": "revoked",
    "token_expired": "revoked", "not_authed": "revoked", "team_access_not_granted": "revoked",
}  # fmt: skip
_JSON: Mapping[str, str] = {"Content-Type": "application/json"}
_FORM: Mapping[str, str] = {}  # aiohttp names the type of a form itself
_LATER = {"ratelimited", "rate_limited", "message_limit_exceeded"}
_UNSURE = {"internal_error", "fatal_error", "request_timeout", "service_unavailable"}


class Api:
    """`session` is set when the app starts and closed when it ends."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session: aiohttp.ClientSession | None = None

    async def call(self, method: str, body: Mapping[str, Any], token: str) -> dict[str, Any]:
        """Raise a CourierError by what Slack's answer means for the message."""
        return await self._method(method, token, data=_json(body), headers=_JSON)

    async def ask(self, method: str, fields: Mapping[str, Any], token: str) -> dict[str, Any]:
        """As `call`, for the methods that read no JSON."""
        return await self._method(method, token, data=fields)

    async def post(self, url: str, **what: Any) -> Any:
        """To an address that Slack gave: nothing of ours but `what` goes along."""
        return (await self._post(url, **what))[0]

    async def get(self, url: str, token: str, limit: int) -> bytes:
        """A file from Slack's own host; Refused "too_big" when it is longer than `limit`."""
        if self.session is None:
            raise NotSent("no session yet")
        head = {"Authorization": f"Bearer {token}"}
        try:
            async with self.session.get(
                url, headers=head, allow_redirects=False, timeout=FETCHING
            ) as got:
                _judge(got.status, None)
                body = bytearray()
                async for part in got.content.iter_chunked(CHUNK):
                    body += part
                    if len(body) > limit:
                        raise Refused("too_big")
                return bytes(body)
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            raise Unknown(type(error).__name__) from error

    async def _method(
        self, method: str, token: str, *, data: Any, headers: Mapping[str, str] = _FORM
    ) -> dict[str, Any]:
        head = {"Authorization": f"Bearer {token}", **headers}
        found, wait = await self._post(f"{self.url}/{method}", headers=head, data=data)
        if not isinstance(found, dict):
            raise Unknown(f"{method}: no JSON")
        if found.get("ok") is True:
            return found
        raise _meaning(str(found.get("error", "")), wait)

    async def _post(self, url: str, **what: Any) -> tuple[Any, str | None]:
        if self.session is None:
            raise NotSent("no session yet")
        try:
            async with self.session.post(
                url, allow_redirects=False, timeout=TIMEOUT, **what
            ) as got:
                wait = got.headers.get("Retry-After")
                _judge(got.status, wait)
                is_json = got.content_type == "application/json"
                return (json.loads(await got.read()) if is_json else None), wait
        except aiohttp.ClientConnectorError as error:
            raise NotSent(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            raise Unknown(type(error).__name__) from error


def _judge(status: int, wait: str | None) -> None:
    if status == 429:
        raise Throttled(_seconds(wait))
    if status >= 500:
        raise Unknown(f"HTTP {status}")
    if status in {404, 410}:
        raise Refused("gone", f"HTTP {status}")
    if status >= 300:
        raise Refused("forbidden", f"HTTP {status}")


def _meaning(error: str, wait: str | None) -> CourierError:
    if error in _LATER:
        return Throttled(_seconds(wait))
    if error in _UNSURE:
        return Unknown(error)
    return Refused(_REFUSED.get(error, "malformed"), error)


def _seconds(wait: str | None) -> float | None:
    return float(wait) if wait and wait.isascii() and wait.isdigit() and len(wait) < 7 else None


def _json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body).encode()
