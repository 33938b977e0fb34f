"""Requests from Slack against a fake desk and a fake Slack."""

import io
import json
import logging

import pytest

from bot.engine import Outcome
from bot.reply import Text
from bot.turn import Joined, Left, Pressed, Said, Submitted
from tests.adapters.slack.conftest import command, event, press
from tests.adapters.slack.stub import FORM
from tests.adapters.slack.test_gate import HOSTILE

WRONG = FORM.with_errors({}, {"what": "Skriv något"})


async def test_a_direct_message_is_taken_once(world):
    post, desk = world.post, world.desk
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
    post, desk = world.post, world.desk
    assert (
        await post(event(type="app_mention", channel="C1", user="U1", ts="5.5", text="<@UB> hej"))
    )[0] == 200
    assert (desk.worked[0].what, desk.worked[0].where.thread) == (Said("hej"), "5.5")
    assert not desk.worked[0].who.external


async def test_a_guest_from_another_workspace_is_external(world):
    post, desk = world.post, world.desk
    await post(
        event(type="app_mention", channel="C1", user="U1", user_team="T9", ts="1.1", text="hej")
    )
    assert desk.worked[0].who.external


@pytest.mark.parametrize("more", [{"subtype": "message_changed"}, {"bot_id": "B1"}, {"user": ""}, {"type": "strange"},
                                  {"subtype": "bot_message"}, {"channel_type": "channel"}])  # fmt: skip
async def test_what_nobody_answers_is_still_taken_politely(world, more):
    post, desk = world.post, world.desk
    base = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "x"}
    assert (await post(event(**(base | more))))[0] == 200
    assert desk.worked == []


async def test_the_bot_joins_and_leaves(world):
    post, desk = world.post, world.desk
    await post(event("Ev1", type="member_joined_channel", user="UB", inviter="U1", channel="C1"))
    await post(event("Ev2", type="app_uninstalled"))
    await post(event("Ev3", type="tokens_revoked", tokens={"bot": ["UB"]}))
    assert [turn.what for turn in desk.worked] == [
        Joined(),
        Left(tenant_wide=True),
        Left(tenant_wide=True),
    ]


async def test_a_command_and_a_press_reach_the_desk(world):
    post, desk = world.post, world.desk
    assert (await post(command(), form=True))[0] == 200
    assert (await post(press("tok"), form=True))[0] == 200
    assert [turn.what for turn in desk.worked] == [Said("möten"), Pressed("tok")]


async def test_a_form_opens_and_tells_its_errors_by_field(world):
    post, desk, slack = world.post, world.desk, world.slack
    assert (await post(press("form"), form=True))[0] == 200
    (body,) = slack.said("views.open")
    assert (body["trigger_id"], desk.worked) == ("t1", [])
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
    post, slack = world.post, world.slack
    await post(event(type="app_home_opened", tab="home", user="U1", channel="D1"))
    await world.settled()
    (body,) = slack.said("views.publish")
    assert (body["user_id"], body["view"]["type"]) == ("U1", "home")


async def test_a_verification_is_answered_only_when_signed(world):
    post, client = world.post, world.client
    assert json.loads((await post({"type": "url_verification", "challenge": "x"}))[1]) == {
        "challenge": "x"
    }
    answer = await client.post("/slack/events", json={"type": "url_verification", "challenge": "x"})
    assert answer.status == 401


async def test_a_refusal_has_a_number_and_leaves_no_content_in_the_log(world, caplog):
    client = world.client
    caplog.set_level(logging.DEBUG)
    answer = await client.post("/slack/events", json={"type": "hemligt"})
    assert answer.status == 401
    assert answer.headers["X-Request-Id"]
    assert "hemligt" not in caplog.text


async def test_no_hostile_request_gets_past_the_door(world, caplog):
    desk, slack, client = world.desk, world.slack, world.client
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
    client = world.client
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
    assert (await world.post(odd))[0] in {200, 400}
