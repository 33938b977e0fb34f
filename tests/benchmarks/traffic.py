"""What the platforms would send: signed events, and a stand-in that takes the answers."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
from typing import Any

from aiohttp import web

SECRET, TOKEN, APP = "only-for-benchmarks", "xoxb-benchmarks", "A0BENCH"
ASK = "när är nästa nätverksträff?"
_number = itertools.count(1)


def slack(user: str, team: str, channel: str, at: float) -> tuple[bytes, dict[str, str]]:
    """A direct message, signed at `at` (seconds since 1970)."""
    number = next(_number)
    event = {"type": "message", "channel_type": "im", "channel": channel, "user": user,
             "text": ASK, "ts": f"{int(at)}.{number:06}"}  # fmt: skip
    body = json.dumps({
        "type": "event_callback", "api_app_id": APP, "team_id": team, "event": event,
        "event_id": f"Ev{number:08}", "event_time": int(at),
        "authorizations": [{"team_id": team, "user_id": "U0BOT", "is_bot": True}],
    }).encode()  # fmt: skip
    stamp = str(int(at))
    mark = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    return body, {
        "Content-Type": "application/json", "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": "v0=" + mark.hexdigest(),
    }  # fmt: skip


def teams(user: str, tenant: str, channel: str, service: str) -> tuple[bytes, dict[str, str]]:
    """A personal message without a token."""
    body = json.dumps({
        "type": "message", "id": f"a-{next(_number)}", "channelId": "msteams",
        "serviceUrl": service, "text": ASK, "locale": "sv-SE",
        "from": {"id": f"29:{user}", "aadObjectId": user, "name": "Bo"},
        "recipient": {"id": "28:app-1", "name": "Boten"},
        "conversation": {"id": channel, "conversationType": "personal", "tenantId": tenant},
        "channelData": {"tenant": {"id": tenant}},
    }).encode()  # fmt: skip
    return body, {"Content-Type": "application/json"}


class Stub:
    """Slack's and Teams's side. A sender waits for the answer in its own conversation."""

    def __init__(self) -> None:
        self.waiting: dict[str, asyncio.Future[None]] = {}
        self.requests = self.connections = 0
        self.last: dict[str, Any] = {}
        self._known: set[Any] = set()

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/api/auth.test", self._who)
        app.router.add_post("/api/chat.postMessage", self._slack)
        app.router.add_post("/v3/conversations/{id}/activities", self._teams)
        return app

    def expect(self, channel: str) -> asyncio.Future[None]:
        self.waiting[channel] = asyncio.get_running_loop().create_future()
        return self.waiting[channel]

    async def _who(self, request: web.Request) -> web.Response:
        self._count(request)
        return web.json_response(
            {"ok": True, "team_id": "T0DEMO", "user_id": "U0BOT", "bot_id": "B0BOT", "url": "x"}
        )

    async def _slack(self, request: web.Request) -> web.Response:
        form = request.content_type != "application/json"
        got = dict(await request.post()) if form else await request.json()
        self._arrived(request, str(got["channel"]), got)
        return web.json_response({"ok": True, "ts": "1.000001", "channel": got["channel"]})

    async def _teams(self, request: web.Request) -> web.Response:
        got = await request.json()
        if got["type"] == "message":
            self._arrived(request, request.match_info["id"], got)
        return web.json_response({"id": "m1"}, status=201)

    def _count(self, request: web.Request) -> None:
        self.requests += 1
        if request.transport not in self._known:
            self._known.add(request.transport)
            self.connections += 1

    def _arrived(self, request: web.Request, channel: str, got: dict[str, Any]) -> None:
        self._count(request)
        self.last = got
        future = self.waiting.get(channel)
        if future and not future.done():
            future.set_result(None)
