"""Socket Mode: Slack's payloads over a connection that we open, for a pilot behind a firewall."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp

from adapters.couriers import CourierError, Throttled
from adapters.slack.api import Api
from adapters.slack.gate import Rejected, believed, parse_json
from adapters.slack.settings import SlackSettings

log = logging.getLogger(__name__)
WAITS = (0.1, 1.0, 5.0, 15.0, 60.0)  # seconds before the next try to connect
HEARTBEAT = 20.0  # seconds between pings; without a pong the connection counts as lost
SIZE = 4 << 20  # bytes of the largest frame
Json = dict[str, Any]
Dispatch = Callable[[Json], Awaitable[tuple[int, str]]]


class Socket:
    """One connection at a time. Slack announces that it will close it: then the next is opened."""

    def __init__(self, api: Api, settings: SlackSettings, dispatch: Dispatch) -> None:
        self._api = api
        self._settings = settings
        self._dispatch = dispatch
        self._closed = asyncio.Event()
        self._running: set[asyncio.Task[None]] = set()

    async def run(self, session: aiohttp.ClientSession) -> None:
        failures = 0
        while not self._closed.is_set():
            wait = WAITS[min(failures, len(WAITS) - 1)]
            try:
                address = await self._address()
                async with session.ws_connect(
                    address, heartbeat=HEARTBEAT, max_msg_size=SIZE
                ) as connection:
                    failures = 0 if await self._listen(connection) else failures + 1
            except Throttled as error:
                failures, wait = failures + 1, min(error.retry_after or wait, 900.0)
            except (CourierError, aiohttp.ClientError, OSError) as error:
                failures += 1
                log.warning("no connection to Slack: %s", error, extra={"platform": "slack"})
            if failures:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closed.wait(), wait)

    async def close(self) -> None:
        """Take nothing more; what has come in is carried out and acknowledged."""
        self._closed.set()
        if self._running:
            await asyncio.wait(self._running, timeout=5)

    async def _address(self) -> str:
        found = await self._api.call("apps.connections.open", {}, self._settings.app_token)
        return str(found.get("url", ""))

    async def _listen(self, connection: aiohttp.ClientWebSocketResponse[bool]) -> bool:
        """Until the connection ends; whether Slack had greeted us on it."""
        greeted = False
        closing = asyncio.create_task(self._closed.wait())
        try:
            while True:
                coming = asyncio.create_task(connection.receive())
                await asyncio.wait({coming, closing}, return_when=asyncio.FIRST_COMPLETED)
                if not coming.done():
                    coming.cancel()
                    return greeted
                message = coming.result()
                if message.type is not aiohttp.WSMsgType.TEXT:
                    if message.type in _OVER:
                        return greeted
                    continue
                envelope = _envelope(message.data)
                kind = envelope.get("type")
                greeted = greeted or kind == "hello"
                if kind == "disconnect" and envelope.get("reason") != "warning":
                    return greeted
                if isinstance(envelope.get("envelope_id"), str):
                    self._begin(connection, envelope)
        finally:
            closing.cancel()
            if self._running:
                await asyncio.wait(self._running, timeout=5)

    def _begin(self, connection: aiohttp.ClientWebSocketResponse[bool], envelope: Json) -> None:
        task = asyncio.create_task(self._take(connection, envelope))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _take(
        self, connection: aiohttp.ClientWebSocketResponse[bool], envelope: Json
    ) -> None:
        """Acknowledge what is in the inbox; what is not, Slack sends again."""
        text = ""
        given = envelope.get("payload")
        try:
            payload = believed(given if isinstance(given, dict) else {}, self._settings)
            status, text = await self._dispatch(payload)
        except Rejected as error:
            log.warning("slack envelope refused: %s", error.why)
            status = error.status
        except Exception:
            log.exception("slack envelope failed")
            status = 503
        if status >= 500:
            return
        answer: Json = {"envelope_id": envelope["envelope_id"]}
        if text.startswith("{"):
            answer["payload"] = json.loads(text)
        with suppress(ConnectionError, aiohttp.ClientError):
            await connection.send_json(answer)


def _envelope(text: str) -> Json:
    try:
        return parse_json(text)
    except Rejected as error:
        log.warning("slack frame refused: %s", error.why)
        return {}


_OVER = {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED,
         aiohttp.WSMsgType.ERROR}  # fmt: skip
