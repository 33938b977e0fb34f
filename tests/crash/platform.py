"""Stand-ins for two platforms, in the process that survives: one can be searched, one cannot.

At times the answer is lost after the message was taken, comes as an error before it was taken, or
asks for patience.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

LOST, REFUSED, BUSY = 0.02, 0.02, 0.02  # of all calls
SLOW = 0.05  # seconds at most, before a message is taken and again before the answer


@dataclass
class Platforms:
    chance: random.Random
    taken: Counter[str] = field(default_factory=Counter)  # words -> times
    said: dict[str, list[tuple[float, str]]] = field(
        default_factory=dict
    )  # channel -> time, ticket
    unheard: Counter[str] = field(default_factory=Counter)  # words whose answer was lost on purpose
    calls: int = 0

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/slack/chat.postMessage", self._slack)
        app.router.add_post("/slack/conversations.history", self._history)
        app.router.add_post("/blind", self._blind)
        return app

    async def _slack(self, request: web.Request) -> web.StreamResponse:
        body = await self._read(request)
        ticket = body["metadata"]["event_payload"]["ticket"]
        words = body["text"]
        trouble = self._trouble()
        if trouble is not None:
            return trouble
        self.taken[words] += 1
        self.said.setdefault(body["channel"], []).append((time.time(), ticket))
        await self._answer(request, words)
        return web.json_response({"ok": True, "ts": f"{self.calls}.0"})

    async def _history(self, request: web.Request) -> web.Response:
        """The newest first, as Slack gives them."""
        asked = await request.post()
        since, most = float(str(asked["oldest"])), int(str(asked["limit"]))
        found = [
            {"ts": f"{at:.6f}", "metadata": {"event_payload": {"ticket": ticket}}}
            for at, ticket in reversed(self.said.get(str(asked["channel"]), []))
            if at > since
        ]
        more = len(found) > most
        return web.json_response({"ok": True, "messages": found[:most], "has_more": more})

    async def _blind(self, request: web.Request) -> web.StreamResponse:
        body = await self._read(request)
        trouble = self._trouble()
        if trouble is not None:
            return trouble
        self.taken[body["text"]] += 1
        await self._answer(request, body["text"])
        return web.json_response({"id": "1"})

    async def _read(self, request: web.Request) -> dict[str, Any]:
        body = await request.json()
        await asyncio.sleep(self.chance.uniform(0, SLOW))
        found: dict[str, Any] = body
        return found

    def _trouble(self) -> web.StreamResponse | None:
        self.calls += 1
        draw = self.chance.random()
        if draw < BUSY:
            return web.Response(status=429, headers={"Retry-After": "1"})
        if draw < BUSY + REFUSED:
            return web.Response(status=503)
        return None

    async def _answer(self, request: web.Request, words: str) -> None:
        await asyncio.sleep(self.chance.uniform(0, SLOW))
        if self.chance.random() < LOST and request.transport is not None:
            self.unheard[words] += 1
            request.transport.abort()
