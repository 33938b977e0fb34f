"""The whole adapter against a fake desk and a fake Slack."""

import io
import json
import logging
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from aiohttp import web

from adapters.couriers import NotSent, Refused, Throttled, Unknown
from adapters.slack import SlackSettings, setup
from bot.engine import Outcome
from bot.form import FieldView, FormView
from bot.reply import Card, Text
from bot.turn import ConversationReference, Joined, Left, Pressed, Said, Submitted
from tests.adapters.slack.lint import lint
from tests.adapters.slack.test_gate import HOSTILE, NOW, signed

FORM = FormView(
    "f", "Titel", "Skicka", "Avbryt", (FieldView("what", "text", "Vad?"),), token="form"
)
WRONG = FORM.with_errors({}, {"what": "Skriv något"})


class StandingClock:
    def now(self):
        return datetime.fromtimestamp(NOW, UTC)


class FakeDesk:
    def __init__(self):
        self.known, self.worked, self.outcome = {}, [], Outcome()

    async def accept(self, turn):
        return self.known.setdefault(turn.id, turn) is turn

    def work(self, turn):
        assert turn.id in self.known
        self.worked.append(turn)

    async def answer(self, turn):
        self.worked.append(turn)
        return self.outcome

    def is_form(self, token, tenant):
        return token == "form"

    async def form(self, turn):
        return FORM

    async def home(self, who):
        return (Card("Hej"),)


class FakeSlack:
    def __init__(self):
        self.calls, self.answer = [], lambda: web.json_response({"ok": True, "ts": "9.9"})

    async def handle(self, request):
        body = await request.json()
        if request.match_info["method"].startswith(("chat.", "views.")):
            assert lint(body.get("view", body)) == []
        self.calls.append((request.match_info["method"], body))
        return self.answer()


@pytest.fixture
async def world(aiohttp_client, aiohttp_server):
    slack, desk, outside, app = FakeSlack(), FakeDesk(), web.Application(), web.Application()
    outside.router.add_post("/{method}", slack.handle)
    server = await aiohttp_server(outside)
    settings = SlackSettings(
        "s3cret", "xoxb-1", "A1", frozenset({"T1"}), api_url=str(server.make_url("")).rstrip("/")
    )
    courier = setup(app, desk, settings, StandingClock())
    client = await aiohttp_client(app)

    async def post(payload, form=False):
        body = urlencode(payload).encode() if form else json.dumps(payload).encode()
        raw = signed(body, kind="application/x-www-form-urlencoded" if form else "application/json")
        answer = await client.post("/slack/events", data=raw.body, headers=raw.headers)
        return answer.status, await answer.text()

    return post, desk, slack, courier, client


def event(number="Ev1", **happened):
    return {"type": "event_callback", "api_app_id": "A1", "team_id": "T1", "event_id": number,
            "authorizations": [{"team_id": "T1", "user_id": "UB", "is_bot": True}], "event": happened}  # fmt: skip


def press(value, **more):
    inner = {"type": "block_actions", "api_app_id": "A1", "team": {"id": "T1"}, "trigger_id": "t1",
             "user": {"id": "U1", "team_id": "T1"}, "channel": {"id": "C1"},
             "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1"},
             "actions": [{"type": "button", "action_id": "b0", "block_id": "x", "value": value}]} | more  # fmt: skip
    return {"payload": json.dumps(inner)}


async def test_a_direct_message_is_taken_once(world):
    post, desk, *_ = world
    said = event(
        type="message",
        channel_type="im",
        channel="D1",
        user="U1",
        text="n&auml; &lt;b&gt; &amp;lt;",
    )
    assert [(await post(said))[0] for _ in range(2)] == [200, 200]
    assert [turn.what for turn in desk.worked] == [Said("n&auml; <b> &lt;")]


async def test_a_mention_is_answered_in_its_thread_without_the_mention(world):
    post, desk, *_ = world
    assert (
        await post(event(type="app_mention", channel="C1", user="U1", ts="5.5", text="<@UB> hej"))
    )[0] == 200
    assert (desk.worked[0].what, desk.worked[0].where.thread) == (Said("hej"), "5.5")
    assert not desk.worked[0].who.external


async def test_a_guest_from_another_workspace_is_external(world):
    post, desk, *_ = world
    await post(
        event(type="app_mention", channel="C1", user="U1", user_team="T9", ts="1.1", text="hej")
    )
    assert desk.worked[0].who.external


@pytest.mark.parametrize("more", [{"subtype": "message_changed"}, {"bot_id": "B1"}, {"user": ""}, {"type": "strange"},
                                  {"subtype": "bot_message"}, {"channel_type": "channel"}])  # fmt: skip
async def test_what_nobody_answers_is_still_taken_politely(world, more):
    post, desk, *_ = world
    base = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "x"}
    assert (await post(event(**(base | more))))[0] == 200
    assert desk.worked == []


async def test_the_bot_joins_and_leaves(world):
    post, desk, *_ = world
    await post(event("Ev1", type="member_joined_channel", user="UB", inviter="U1", channel="C1"))
    await post(event("Ev2", type="app_uninstalled"))
    await post(event("Ev3", type="tokens_revoked", tokens={"bot": ["UB"]}))
    assert [turn.what for turn in desk.worked] == [
        Joined(),
        Left(tenant_wide=True),
        Left(tenant_wide=True),
    ]


async def test_a_command_and_a_press_reach_the_desk(world):
    post, desk, *_ = world
    command = {"command": "/traff", "api_app_id": "A1", "team_id": "T1", "channel_id": "C1", "user_id": "U1",
               "text": "möten", "trigger_id": "t0", "response_url": "https://hooks.example"}  # fmt: skip
    assert (await post(command, form=True))[0] == 200
    assert (await post(press("tok"), form=True))[0] == 200
    assert [turn.what for turn in desk.worked] == [Said("möten"), Pressed("tok")]


async def test_a_form_opens_and_tells_its_errors_by_field(world):
    post, desk, slack, *_ = world
    assert (await post(press("form"), form=True))[0] == 200
    method, body = slack.calls[0]
    assert (method, body["trigger_id"], desk.worked) == ("views.open", "t1", [])
    view = body["view"] | {"id": "V1", "state": {"values": {"what": {"what": {"value": ""}}}}}
    sent = {
        "type": "view_submission",
        "api_app_id": "A1",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "view": view,
    }
    desk.outcome = Outcome(form=WRONG)
    status, text = await post({"payload": json.dumps(sent)}, form=True)
    assert (status, json.loads(text)) == (
        200,
        {"response_action": "errors", "errors": {"what": "Skriv något"}},
    )
    desk.outcome = Outcome(replies=(Text("Tack"),))
    status, text = await post({"payload": json.dumps(sent)}, form=True)
    assert (status, json.loads(text)) == (200, {"response_action": "clear"})
    assert isinstance(desk.worked[-1].what, Submitted)


async def test_the_start_page_is_published(world):
    post, _, slack, _, client = world
    await post(event(type="app_home_opened", tab="home", user="U1", channel="D1"))
    await client.close()
    assert [method for method, _ in slack.calls] == ["views.publish"]


async def test_a_verification_is_answered_only_when_signed(world):
    post, _, _, _, client = world
    assert json.loads((await post({"type": "url_verification", "challenge": "x"}))[1]) == {
        "challenge": "x"
    }
    answer = await client.post("/slack/events", json={"type": "url_verification", "challenge": "x"})
    assert answer.status == 401


async def test_a_refusal_has_a_number_and_leaves_no_content_in_the_log(world, caplog):
    *_, client = world
    caplog.set_level(logging.DEBUG)
    answer = await client.post("/slack/events", json={"type": "hemligt"})
    assert answer.status == 401
    assert answer.headers["X-Request-Id"]
    assert "hemligt" not in caplog.text


async def test_a_personal_reply_in_a_channel_is_ephemeral(world):
    *_, slack, courier, _ = world
    where = ConversationReference("slack", "T1", "C1", "channel", "1.1", {"user": "U1"})
    await courier.send(where, Text("x", seen_by="person"), "sv")
    receipt = await courier.send(where, Text("x"), "sv")
    assert [method for method, _ in slack.calls] == ["chat.postEphemeral", "chat.postMessage"]
    assert receipt.message == "9.9"


@pytest.mark.parametrize(("answer", "error"), [
    (lambda: web.Response(status=429, headers={"Retry-After": "7"}), Throttled),
    (lambda: web.json_response({"ok": False, "error": "ratelimited"}), Throttled),
    (lambda: web.json_response({"ok": False, "error": "is_archived"}), Refused),
    (lambda: web.json_response({"ok": False, "error": "token_revoked"}), Refused),
    (lambda: web.Response(status=503), Unknown),
])  # fmt: skip
async def test_a_failure_is_told_by_its_meaning(world, answer, error):
    *_, slack, courier, _ = world
    slack.answer = answer
    with pytest.raises(error):
        await courier.send(ConversationReference("slack", "T1", "D1"), Text("x"), "sv")


async def test_a_closed_door_means_not_sent(world):
    *_, courier, _ = world
    courier.settings = SlackSettings("s", "t", "A1", frozenset(), api_url="http://127.0.0.1:1")
    with pytest.raises(NotSent):
        await courier.send(ConversationReference("slack", "T1", "D1"), Text("x"), "sv")


async def test_no_hostile_request_gets_past_the_door(world, caplog):
    _, desk, slack, _, client = world
    caplog.set_level(logging.INFO)
    sent = 0
    for name, raw in HOSTILE:
        values = raw.headers.values()
        if name == "method" or any(set(v) & set("\0\r\n") or v != v.strip() for v in values):
            continue  # HTTP itself cannot carry these, or takes the blanks off
        head = {"Content-Type": ""} | dict(raw.headers)
        answer = await client.post("/slack/events", data=io.BytesIO(raw.body), headers=head)
        assert 400 <= answer.status < 500, name
        sent += 1
    assert sent >= 120
    assert (desk.known, desk.worked, slack.calls) == ({}, [], [])
    assert "event_callback" not in caplog.text


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_only_a_post_is_heard(world, method):
    *_, client = world
    assert (await client.request(method, "/slack/events")).status == 405


@pytest.mark.parametrize("odd", [
    event(type="message", channel_type="im", channel=1, user="U1", text=[], files=7),
    event(type="message", channel_type="im", user="U1", files=[None, 3, {"size": "x"}]),
    event(type="app_mention", user={"id": 1}), event(type="tokens_revoked", tokens=[]),
    event(type="member_joined_channel", user="U1") | {"authorizations": 3},
    event(type="app_mention", user="U1") | {"team_id": None, "team": {"id": "T1"}},
    json.loads(press(None)["payload"]), json.loads(press("x", actions=4)["payload"]),
    json.loads(press("x", channel=[], container=None, message=1)["payload"]),
])  # fmt: skip
async def test_an_odd_but_signed_payload_never_breaks_the_handler(world, odd):
    post, *_ = world
    assert (await post(odd))[0] in {200, 400}
