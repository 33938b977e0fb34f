"""Socket Mode against a stub of apps.connections.open and its websocket."""

import asyncio
import json

import pytest
from aiohttp import WSMsgType, web

from adapters.slack import SlackSettings, setup, socket
from bot.engine import Outcome
from bot.turn import Pressed, Said
from tests.adapters.slack.conftest import SetClock, command, event, press
from tests.adapters.slack.stub import FORM, FakeDesk

SAID = event("Ev1", type="message", channel_type="im", channel="D1", user="U1", text="hej")


class SocketSlack:
    """Opens connections; each one that is made waits in `connections`."""

    def __init__(self):
        self.opened, self.answers, self.connections = 0, [], asyncio.Queue()

    async def open(self, request):
        self.opened += 1
        assert request.headers["Authorization"] == "Bearer xapp-1"
        if self.answers:
            return self.answers.pop(0)
        return web.json_response({"ok": True, "url": str(request.url.with_path("/link"))})

    async def link(self, request):
        connection = web.WebSocketResponse()
        await connection.prepare(request)
        await connection.send_json({"type": "hello", "num_connections": 1})
        acknowledged, over = asyncio.Queue(), asyncio.Event()
        self.connections.put_nowait((connection, acknowledged, over))
        async for message in connection:
            if message.type is WSMsgType.TEXT:
                acknowledged.put_nowait(json.loads(message.data))
        over.set()
        return connection


class Line:
    def __init__(self, slack, desk, client):
        self.slack, self.desk, self.client = slack, desk, client

    async def connected(self):
        async with asyncio.timeout(5):
            return await self.slack.connections.get()


@pytest.fixture
async def line(aiohttp_client, aiohttp_server, monkeypatch):
    monkeypatch.setattr(socket, "WAITS", (0.01,))
    slack, desk, outside, app = SocketSlack(), FakeDesk(), web.Application(), web.Application()
    outside.router.add_post("/api/apps.connections.open", slack.open)
    outside.router.add_get("/link", slack.link)
    server = await aiohttp_server(outside)
    settings = SlackSettings(
        "", "xoxb-1", "A1", frozenset({"T1"}), "xapp-1", api_url=str(server.make_url("/api"))
    )
    setup(app, desk, settings, SetClock())
    made = Line(slack, desk, await aiohttp_client(app))
    yield made
    await made.client.close()


def envelope(payload, kind="events_api", number="e1"):
    return {
        "type": kind,
        "envelope_id": number,
        "payload": payload,
        "accepts_response_payload": True,
    }


async def tell(connection, acknowledged, *envelopes):
    for each in envelopes:
        await connection.send_json(each)
    async with asyncio.timeout(5):
        return [await acknowledged.get() for _ in envelopes]


async def test_an_event_is_in_the_inbox_before_it_is_acknowledged(line):
    connection, acknowledged, _ = await line.connected()
    may = asyncio.Event()
    accept = line.desk.accept

    async def slowly(turn):
        await may.wait()
        return await accept(turn)

    line.desk.accept = slowly
    await connection.send_json(envelope(SAID))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(acknowledged.get(), 0.1)
    may.set()
    assert await asyncio.wait_for(acknowledged.get(), 5) == {"envelope_id": "e1"}
    assert [turn.what for turn in line.desk.worked] == [Said("hej")]


async def test_what_did_not_get_into_the_inbox_is_not_acknowledged(line):
    connection, acknowledged, _ = await line.connected()
    accept = line.desk.accept

    async def fails(turn):
        line.desk.accept = accept
        raise OSError("the database is away")

    line.desk.accept = fails
    await connection.send_json(envelope(SAID, number="lost"))
    again = await tell(connection, acknowledged, envelope(SAID, number="again"))
    assert again == [{"envelope_id": "again"}]
    assert len(line.desk.worked) == 1


async def test_a_repeated_envelope_is_acknowledged_and_not_carried_out_again(line):
    connection, acknowledged, _ = await line.connected()
    repeated = envelope(SAID, number="e2") | {"retry_attempt": 1, "retry_reason": "timeout"}
    got = await tell(connection, acknowledged, envelope(SAID), repeated)
    assert [each["envelope_id"] for each in got] == ["e1", "e2"]
    assert len(line.desk.worked) == 1


async def test_commands_presses_and_forms_come_the_same_way(line):
    connection, acknowledged, _ = await line.connected()
    line.desk.outcome = Outcome(form=FORM.with_errors({}, {"what": "Skriv något"}))
    filled = {"type": "view_submission", "api_app_id": "A1", "team": {"id": "T1"}, "user": {"id": "U1"},
              "view": {"id": "V1", "type": "modal", "callback_id": "form", "state": {"values": {}}}}  # fmt: skip
    await tell(connection, acknowledged, envelope(command(), "slash_commands"))
    await tell(
        connection, acknowledged, envelope(json.loads(press("tok")["payload"]), "interactive")
    )
    (answer,) = await tell(connection, acknowledged, envelope(filled, "interactive"))
    assert [turn.what for turn in line.desk.worked][:2] == [Said("möten"), Pressed("tok")]
    assert answer["payload"] == {"response_action": "errors", "errors": {"what": "Skriv något"}}


@pytest.mark.parametrize("strange", [
    SAID | {"team_id": "T9"}, SAID | {"api_app_id": "A9"}, SAID | {"event": []}, None, [], "x",
    {"type": "event_callback", "api_app_id": "A1", "team_id": "T1"},
])  # fmt: skip
async def test_what_is_not_for_us_is_acknowledged_and_dropped(line, strange):
    connection, acknowledged, _ = await line.connected()
    got = await tell(connection, acknowledged, envelope(strange), envelope(SAID, number="e2"))
    assert {each["envelope_id"] for each in got} == {"e1", "e2"}
    assert len(line.desk.worked) == 1


@pytest.mark.parametrize(
    "frame",
    ["", "{", "[]", '"x"', "null", "{}", '{"type":3}', "[" * 5000, '{"type":"x","envelope_id":7}'],
)
async def test_a_strange_frame_does_not_end_the_connection(line, frame):
    connection, acknowledged, _ = await line.connected()
    await connection.send_str(frame)
    await connection.send_bytes(b"\xff")
    assert await tell(connection, acknowledged, envelope(SAID)) == [{"envelope_id": "e1"}]


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_a_connection_that_slack_takes_back_is_replaced(line, reason):
    connection, *_ = await line.connected()
    await connection.send_json({"type": "disconnect", "reason": reason})
    again, acknowledged, _ = await line.connected()
    assert await tell(again, acknowledged, envelope(SAID)) == [{"envelope_id": "e1"}]


async def test_a_warning_keeps_the_connection(line):
    connection, acknowledged, _ = await line.connected()
    await connection.send_json({"type": "disconnect", "reason": "warning"})
    assert await tell(connection, acknowledged, envelope(SAID)) == [{"envelope_id": "e1"}]
    assert line.slack.opened == 1


async def test_a_connection_that_breaks_is_opened_again(line):
    connection, *_ = await line.connected()
    await connection.close()
    again, acknowledged, _ = await line.connected()
    assert await tell(again, acknowledged, envelope(SAID)) == [{"envelope_id": "e1"}]


@pytest.mark.parametrize("answer", [
    lambda: web.Response(status=500), lambda: web.Response(status=429, headers={"Retry-After": "0"}),
    lambda: web.json_response({"ok": False, "error": "internal_error"}), lambda: web.Response(text="<html>"),
    lambda: web.json_response({"ok": False, "error": "invalid_auth"}), lambda: web.json_response({"ok": True, "url": "no address"}),
])  # fmt: skip
async def test_a_refused_connection_is_tried_again(line, answer):
    connection, *_ = await line.connected()
    line.slack.answers = [answer(), answer()]
    await connection.close()
    again, acknowledged, _ = await line.connected()
    assert await tell(again, acknowledged, envelope(SAID)) == [{"envelope_id": "e1"}]
    assert line.slack.opened == 4


async def test_when_the_bot_stops_what_came_in_is_acknowledged_and_the_connection_closed(line):
    connection, acknowledged, over = await line.connected()
    may, begun = asyncio.Event(), asyncio.Event()
    accept = line.desk.accept

    async def slowly(turn):
        begun.set()
        await may.wait()
        return await accept(turn)

    line.desk.accept = slowly
    await connection.send_json(envelope(SAID))
    await asyncio.wait_for(begun.wait(), 5)
    closing = asyncio.create_task(line.client.close())
    assert not closing.done()
    may.set()
    assert await asyncio.wait_for(acknowledged.get(), 5) == {"envelope_id": "e1"}
    await asyncio.wait_for(over.wait(), 5)
    await closing
    assert len(line.desk.worked) == 1


async def test_nothing_is_heard_by_http_without_a_signing_secret(line):
    assert (await line.client.post("/slack/events", json=SAID)).status == 404
