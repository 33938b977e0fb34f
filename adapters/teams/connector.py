"""The few addresses of Microsoft's connector that the bot uses, with errors that have a name."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

import aiohttp
from yarl import URL

from adapters.couriers import CourierError, NotSent, Reason, Refused, Throttled, Unknown
from adapters.teams.gate import allowed
from adapters.teams.http import Http
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
TRIES = 3
SIZE = 80 * 1024  # bytes as UTF-16, the way Teams counts
_json = json.JSONEncoder(ensure_ascii=False).encode
BLOCKED = {"ConversationBlockedByUser", "MessageWritesBlocked", "BotDisabledByAdmin"}
Sleep = Callable[[float], Awaitable[None]]


class Connector:
    def __init__(
        self,
        http: Http,
        tokens: Tokens,
        settings: TeamsSettings,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._settings = settings
        self._sleep = sleep

    async def send(self, service: str, conversation: str, activity: Mapping[str, object]) -> str:
        """The new message's id; "" if the platform gave none."""
        path = f"v3/conversations/{_q(conversation)}/activities"
        return _id(await self._call("POST", service, path, activity))

    async def reply(
        self, service: str, conversation: str, to: str, activity: Mapping[str, object]
    ) -> str:
        path = f"v3/conversations/{_q(conversation)}/activities/{_q(to)}"
        return _id(await self._call("POST", service, path, activity))

    async def update(
        self, service: str, conversation: str, message: str, activity: Mapping[str, object]
    ) -> None:
        path = f"v3/conversations/{_q(conversation)}/activities/{_q(message)}"
        await self._call("PUT", service, path, {**activity, "id": message})

    async def delete(self, service: str, conversation: str, message: str) -> None:
        path = f"v3/conversations/{_q(conversation)}/activities/{_q(message)}"
        await self._call("DELETE", service, path, None)

    async def create_personal(self, service: str, bot: str, user: str, tenant: str) -> str:
        """The id of the chat with one person; the same person gives the same chat."""
        body = {
            "isGroup": False, "bot": {"id": bot}, "members": [{"id": user}], "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }  # fmt: skip
        made = _id(await self._call("POST", service, "v3/conversations", body))
        if not made:
            raise Unknown("no conversation id")
        return made

    async def create_post(
        self, service: str, channel: str, tenant: str, activity: Mapping[str, object]
    ) -> str:
        data = {"channel": {"id": channel}, "tenant": {"id": tenant}}
        body = {"isGroup": True, "channelData": data, "activity": activity}
        return _id(await self._call("POST", service, "v3/conversations", body))

    async def member(self, service: str, conversation: str, user: str) -> Mapping[str, object]:
        path = f"v3/conversations/{_q(conversation)}/members/{_q(user)}"
        return await self._call("GET", service, path, None)

    async def upload(self, url: str, content: bytes) -> None:
        """Put a file where Teams asked for it. The address carries its own right: no token goes."""
        last = len(content) - 1
        headers = {"Content-Range": f"bytes 0-{last}/{len(content)}",
                   "Content-Type": "application/octet-stream"}  # fmt: skip
        try:
            async with self._http.session.put(
                URL(url, encoded=True), data=content, headers=headers, timeout=TIMEOUT,
                allow_redirects=False,
            ) as response:  # fmt: skip
                status = response.status
        except (aiohttp.ClientError, TimeoutError):
            raise NotSent("no answer to an upload") from None
        if status not in {200, 201}:
            raise NotSent(f"upload status {status}")

    async def typing(self, service: str, conversation: str) -> None:
        await self.send(service, conversation, {"type": "typing"})

    async def _call(
        self, method: str, service: str, path: str, body: Mapping[str, object] | None
    ) -> dict[str, object]:
        if not allowed(service, self._settings):
            raise Refused("forbidden", "service address")
        data = None if body is None else _json(body)
        if data is not None and 4 * len(data) > SIZE and len(data.encode("utf-16-le")) > SIZE:
            raise Refused("too_big")
        url = URL(f"{service.rstrip('/')}/{path}", encoded=True)
        for number in range(TRIES):
            try:
                return await self._once(method, url, data)
            except NotSent as error:
                if number == TRIES - 1 or not isinstance(error, _Again):
                    raise
            await self._sleep(2.0**number * random.uniform(0.5, 1.0))  # noqa: S311
        raise AssertionError("unreachable")

    async def _once(self, method: str, url: URL, data: str | None) -> dict[str, object]:
        token = await self._tokens.get()
        headers = {"Content-Type": "application/json"} if data is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        try:
            async with self._http.session.request(
                method, url, data=None if data is None else data.encode(), headers=headers,
                timeout=TIMEOUT, allow_redirects=False,
            ) as response:  # fmt: skip
                raw = await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise _Again("no connection") from None
        except (aiohttp.ClientError, TimeoutError):
            raise (Unknown("no answer") if method == "POST" else _Again("no answer")) from None
        if response.status < 300:
            return _taken(method, raw)
        if response.status == 401:
            self._tokens.drop(token)
        raise failure(method, response.status, response.headers.get("Retry-After"), raw)


class _Again(NotSent):
    """Certainly not taken, and worth another try at once."""


def failure(method: str, status: int, retry_after: str | None, raw: bytes) -> CourierError:
    """What an answer that is no success means for the message."""
    detail = f"status {status}"
    if status == 429:
        return Throttled(_seconds(retry_after))
    if status in {401, 412, 503}:
        return _Again(detail)
    if status in {403, 404, 410}:
        code = _code(raw)
        reason: Reason = "blocked" if code in BLOCKED else "forbidden" if status == 403 else "gone"
        return Refused(reason, code or detail)
    if status == 413:
        return Refused("too_big", detail)
    if status >= 500:
        if method == "POST":
            return Unknown(detail)
        return _Again(detail) if status in {502, 504} else NotSent(detail)
    if status < 400:
        return NotSent("redirected")
    return NotSent(detail)  # our mistake, not a dead address


def _taken(method: str, raw: bytes) -> dict[str, object]:
    if not raw.strip():
        return {}
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        raise (Unknown if method == "POST" else NotSent)("an answer that is not JSON") from None
    return value if isinstance(value, dict) else {}


def _code(raw: bytes) -> str:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return ""
    error = value.get("error") if isinstance(value, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and code.isalnum() else ""


def _seconds(text: str | None) -> float | None:
    return min(float(text), 900.0) if text and text.isascii() and text.isdecimal() else None


def _id(answer: Mapping[str, object]) -> str:
    value = answer.get("id")
    return value if isinstance(value, str) else ""


def _q(text: str) -> str:
    return quote(text, safe="")
