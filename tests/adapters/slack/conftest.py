"""The whole adapter against a fake desk and a fake Slack that refuses what the lint refuses."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from adapters.app import bare
from adapters.slack import SlackSettings, setup
from tests.adapters.slack.stub import FakeDesk, FakeSlack
from tests.adapters.slack.test_gate import NOW, signed


class SetClock:
    def __init__(self):
        self.at = datetime.fromtimestamp(NOW, UTC)

    def now(self):
        return self.at

    def pass_by(self, **time):
        self.at += timedelta(**time)


class World:
    """`post` gives status and body of a signed request."""

    def __init__(self, client, desk, slack, courier, clock):
        self.client, self.desk, self.slack, self.courier, self.clock = (
            client,
            desk,
            slack,
            courier,
            clock,
        )

    async def post(self, payload, form=False, **headers):
        body = urlencode(payload).encode() if form else json.dumps(payload).encode()
        kind = "application/x-www-form-urlencoded" if form else "application/json"
        stamp = str(int(self.clock.now().timestamp()))
        raw = signed(body, kind=kind, stamp=stamp)
        answer = await self.client.post(
            "/slack/events", data=raw.body, headers=raw.headers | headers
        )
        return answer.status, await answer.text()

    async def settled(self):
        """Close the app: what runs beside the requests has then ended."""
        await self.client.close()


@pytest.fixture
async def world(aiohttp_client, aiohttp_server):
    slack, desk, app, clock = FakeSlack(), FakeDesk(), bare(), SetClock()
    server = await aiohttp_server(slack.app())
    settings = SlackSettings(
        "s3cret", "xoxb-1", "A1", frozenset({"T1"}), api_url=str(server.make_url("/api"))
    )
    courier = setup(app, desk, settings, clock)
    made = World(await aiohttp_client(app), desk, slack, courier, clock)
    made.url = str(server.make_url("")).rstrip("/")
    yield made
    await made.settled()
    assert slack.found == [], "a payload that Slack would refuse"


def event(number="Ev1", **happened):
    return {"type": "event_callback", "api_app_id": "A1", "team_id": "T1", "event_id": number,
            "authorizations": [{"team_id": "T1", "user_id": "UB", "is_bot": True}], "event": happened}  # fmt: skip


def press(value, **more):
    inner = {"type": "block_actions", "api_app_id": "A1", "team": {"id": "T1"}, "trigger_id": "t1",
             "user": {"id": "U1", "team_id": "T1"}, "channel": {"id": "C1"},
             "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1"},
             "actions": [{"type": "button", "action_id": "b0", "block_id": "x", "value": value}]} | more  # fmt: skip
    return {"payload": json.dumps(inner)}


def command(text="möten", **more):
    return {"command": "/traff", "api_app_id": "A1", "team_id": "T1", "channel_id": "C1", "user_id": "U1",
            "text": text, "trigger_id": "t0", "response_url": "https://hooks.example"} | more  # fmt: skip
