"""What the platforms would send: signed requests, and a stand-in that takes the answers."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import itertools
import json
import time
from collections import Counter
from functools import cache
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from storage.demo.write import SLACK
from tests.benchmarks import crowd
from tests.storage.world import AT as START

SECRET, TOKEN, APP = "only-for-benchmarks", "xoxb-benchmarks", "A0BENCH"
TEAMS_APP, SERVICE = "app-1", "https://smba.trafficmanager.net/emea/"
ISSUER = "https://api.botframework.com"
METADATA = "/v1/.well-known/openidconfiguration"
ASKED = (
    "när är nästa nätverksträff?", "När är nästa möte?", "nästa nätverksmöte?",
    "hej, när träffas nätverket nästa gång?", "var är nästa träff", "when is the next meeting?",
)  # fmt: skip
_number = itertools.count(1)


def slack(person: int, channel: str, at: float) -> tuple[bytes, dict[str, str]]:
    """A direct message, signed at `at` (seconds since 1970)."""
    number = next(_number)
    event = {"type": "message", "channel_type": "im", "channel": channel,
             "user": crowd.user(person, "slack"), "text": ASKED[number % len(ASKED)],
             "ts": f"{int(at)}.{number:06}"}  # fmt: skip
    body = json.dumps({
        "type": "event_callback", "api_app_id": APP, "team_id": SLACK, "event": event,
        "event_id": f"Ev{number:08}", "event_time": int(at),
        "authorizations": [{"team_id": SLACK, "user_id": "U0BOT", "is_bot": True}],
    }).encode()  # fmt: skip
    stamp = str(int(at))
    mark = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    return body, {
        "Content-Type": "application/json", "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": "v0=" + mark.hexdigest(),
    }  # fmt: skip


def teams(person: int, channel: str, service: str) -> tuple[bytes, dict[str, str]]:
    """A personal message with a signed token, as Microsoft sends one token many times."""
    number = next(_number)
    user = crowd.user(person, "teams")
    body = json.dumps({
        "type": "message", "id": f"a-{number}", "channelId": "msteams",
        "serviceUrl": service, "text": ASKED[number % len(ASKED)], "locale": "sv-SE",
        "from": {"id": f"29:{user}", "aadObjectId": user, "name": "Person"},
        "recipient": {"id": f"28:{TEAMS_APP}", "name": "Boten"},
        "conversation": {"id": channel, "conversationType": "personal", "tenantId": crowd.TENANT},
        "channelData": {"tenant": {"id": crowd.TENANT}},
    }).encode()  # fmt: skip
    return body, {"Content-Type": "application/json", "Authorization": f"Bearer {bearer(service)}"}


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def bearer(service: str) -> str:
    """Good by the real clock and by the one that stands still."""
    moments = (START.timestamp(), time.time())
    claims = {
        "iss": ISSUER, "aud": TEAMS_APP, "serviceurl": service, "nbf": int(min(moments)) - 60,
        "exp": int(max(moments)) + 3600,
    }  # fmt: skip
    return jwt.encode(claims, _key(), algorithm="RS256", headers={"kid": "k1"})


def public_keys() -> dict[str, Any]:
    numbers = _key().public_key().public_numbers()

    def b64(number: int) -> str:
        raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    key = {"kty": "RSA", "kid": "k1", "use": "sig", "n": b64(numbers.n), "e": b64(numbers.e),
           "endorsements": ["msteams"]}  # fmt: skip
    return {"keys": [key]}


class Stub:
    """Slack's and Microsoft's side. A sender waits for the answer in its own conversation."""

    def __init__(self) -> None:
        self.waiting: dict[str, asyncio.Future[None]] = {}
        self.counts: Counter[str] = Counter()  # answers, connections, tokens, keys
        self.last: dict[str, Any] = {}
        self.delay = 0.0  # seconds that the platform takes over a message
        self._known: set[Any] = set()

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/api/auth.test", self._who)
        app.router.add_post("/api/chat.postMessage", self._slack)
        for path in ("/v3/conversations/{id}/activities", "/v3/conversations/{id}/activities/{to}"):
            app.router.add_post(path, self._teams)
        app.router.add_get(METADATA, self._metadata)
        app.router.add_get("/keys", self._keys)
        app.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        return app

    def expect(self, channel: str) -> asyncio.Future[None]:
        self.waiting[channel] = asyncio.get_running_loop().create_future()
        return self.waiting[channel]

    async def _who(self, request: web.Request) -> web.Response:
        self._count(request, "tokens")
        return web.json_response(
            {"ok": True, "team_id": SLACK, "user_id": "U0BOT", "bot_id": "B0BOT", "url": "x"}
        )

    async def _slack(self, request: web.Request) -> web.Response:
        form = request.content_type != "application/json"
        got = dict(await request.post()) if form else await request.json()
        await self._arrived(request, str(got["channel"]), got)
        return web.json_response({"ok": True, "ts": "1.000001", "channel": got["channel"]})

    async def _teams(self, request: web.Request) -> web.Response:
        got = await request.json()
        if got["type"] == "message":
            await self._arrived(request, request.match_info["id"], got)
        return web.json_response({"id": "m1"}, status=201)

    async def _metadata(self, request: web.Request) -> web.Response:
        self._count(request, "keys")
        home = f"http://{request.host}"
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{home}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        self._count(request, "keys")
        return web.json_response(public_keys())

    async def _token(self, request: web.Request) -> web.Response:
        self._count(request, "tokens")
        return web.json_response({"access_token": "t", "expires_in": 86400})

    def _count(self, request: web.Request, what: str) -> None:
        self.counts[what] += 1
        if request.transport not in self._known:
            self._known.add(request.transport)
            self.counts["connections"] += 1

    async def _arrived(self, request: web.Request, channel: str, got: dict[str, Any]) -> None:
        self._count(request, "answers")
        self.last = got
        future = self.waiting.get(channel)
        if future and not future.done():
            future.set_result(None)
        if self.delay:
            await asyncio.sleep(self.delay)
