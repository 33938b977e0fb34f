"""Requests from Slack against a fake desk and a fake Slack."""

import gzip
import io
import json
import logging

import pytest

from bot.engine import Outcome
from bot.reply import Text
from bot.turn import Joined, Left, Pressed, Said, Submitted
from manifest.slack.app import COMMANDS, SHORTCUTS
from tests.adapters.slack.conftest import command, event, press
from tests.adapters.slack.stub import FORM
from tests.adapters.slack.test_gate import HOSTILE, signed

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
    json.loads(press("x", actions=["x"])["payload"]), json.loads(press("x", actions=[{"type": 3}])["payload"]),
    event(type="app_mention", user="U1") | {"authorizations": [None]}, event(type="app_mention", user="U1") | {"authorizations": ["x"]},
    event(type="member_joined_channel", user="U1") | {"authorizations": [{"team_id": [[]], "is_bot": True}]},
    event(type="app_mention", user="U1", assistant_thread=3, function_data=[], view="x", item=1),
    {"type": "view_submission", "api_app_id": "A1", "team": {"id": "T1"}, "view": {"state": [], "private_metadata": "[]"}},
    {"type": "view_submission", "api_app_id": "A1", "team": {"id": "T1"}, "is_enterprise_install": {}, "enterprise": {"id": 3}},
])  # fmt: skip
async def test_an_odd_but_signed_payload_never_breaks_the_handler(world, odd):
    assert (await world.post(odd))[0] in {200, 400}


@pytest.mark.parametrize("reason", ["http_timeout", "http_error", "connection_failed"])
async def test_a_retry_is_answered_and_not_carried_out_again(world, reason):
    said = event(type="message", channel_type="im", channel="D1", user="U1", text="hej")
    head = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": reason}
    assert (await world.post(said))[0] == (await world.post(said, **head))[0] == 200
    assert len(world.desk.worked) == 1


async def test_a_retry_of_what_never_arrived_is_carried_out(world):
    said = event(type="message", channel_type="im", channel="D1", user="U1", text="hej")
    await world.post(said, **{"X-Slack-Retry-Num": "2"})
    assert len(world.desk.worked) == 1


async def test_what_did_not_get_into_the_inbox_may_come_again(world):
    accept = world.desk.accept

    async def fails(turn):
        world.desk.accept = accept
        raise OSError("the database is away")

    world.desk.accept = fails
    said = event(type="message", channel_type="im", channel="D1", user="U1", text="hej")
    assert [(await world.post(said))[0] for _ in range(2)] == [503, 200]
    assert len(world.desk.worked) == 1


@pytest.mark.parametrize("what", [
    event(type="reaction_added", user="U1"), event(type="message", subtype="channel_join", user="U1", channel="C1"),
    event(type="app_rate_limited"), {"type": "app_rate_limited", "api_app_id": "A1", "team_id": "T1"},
    {"type": "view_closed", "api_app_id": "A1", "team": {"id": "T1"}, "user": {"id": "U1"}, "view": {"type": "modal"}},
    {"type": "block_suggestion", "api_app_id": "A1", "team": {"id": "T1"}, "user": {"id": "U1"}},
    {"type": "workflow_step_edit", "api_app_id": "A1", "team": {"id": "T1"}, "user": {"id": "U1"}},
    {"type": "never_heard_of", "api_app_id": "A1", "team": {"id": "T1"}},
])  # fmt: skip
async def test_what_nobody_knows_is_answered_200(world, what):
    assert (await world.post(what))[0] == 200
    assert world.desk.worked == []


@pytest.mark.parametrize("name", [*COMMANDS, "/never-heard-of"])
async def test_every_name_of_the_command_is_heard(world, name):
    assert (await world.post(command(command=name), form=True)) == (200, "")
    assert [turn.what for turn in world.desk.worked] == [Said("möten")]


async def test_the_check_of_the_certificate_runs_nothing(world):
    checked = {"ssl_check": "1", "token": "x"}
    assert (await world.post(checked, form=True)) == (200, "")
    assert (await world.post(checked | command(), form=True)) == (200, "")
    answer = await world.client.post("/slack/events", data=checked)
    assert answer.status == 401
    assert world.desk.worked == []


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "identity"])
async def test_a_packed_body_is_refused_before_it_is_unpacked(world, coding):
    bomb = gzip.compress(b" " * (200 << 20), 9) if coding == "gzip" else b"x"
    raw = signed(bomb)
    answer = await world.client.post(
        "/slack/events", data=raw.body, headers=dict(raw.headers) | {"Content-Encoding": coding}
    )
    assert answer.status == 415


@pytest.mark.parametrize("body", [
    b"payload=" + b"%5B" * 100_000, b"&".join(b"f%d=1" % n for n in range(20_000)), b"command=" + b"%" * 100_000,
    b"command=%2Ftraff&" + b"=" * 1000, b"payload=%7B%22type%22%3A%22x%22%2C%22a%22%3A" + b"9" * 100_000 + b"%7D",
])  # fmt: skip
async def test_a_body_made_to_cost_time_is_refused(world, body):
    raw = signed(body, kind="application/x-www-form-urlencoded")
    answer = await world.client.post("/slack/events", data=raw.body, headers=raw.headers)
    assert 400 <= answer.status < 500
    assert world.desk.worked == []


def shared(**more):
    """From a channel that another organisation shares with ours: the outer team is theirs."""
    said = {"type": "app_mention", "channel": "C1", "user": "U1", "ts": "1.1", "text": "<@UB> hej"}
    return event(**said | more) | {"team_id": "T9", "is_ext_shared_channel": True}


@pytest.mark.parametrize(("more", "external"), [
    ({}, True), ({"user_team": "T9"}, True), ({"team": "T9"}, True), ({"user_team": "T1", "source_team": "T9"}, True),
    ({"team": "T1"}, False), ({"user_team": "T1"}, False),
])  # fmt: skip
async def test_in_a_shared_channel_only_who_is_known_as_ours_is_ours(world, more, external):
    assert (await world.post(shared(**more)))[0] == 200
    (turn,) = world.desk.worked
    assert (turn.who.tenant, turn.where.tenant, turn.who.external) == ("T1", "T1", external)


@pytest.mark.parametrize("more", [
    {"is_ext_shared_channel": False}, {"is_ext_shared_channel": "true"}, {"authorizations": []},
    {"authorizations": [{"team_id": "T9", "is_bot": True}]}, {"authorizations": [None, {"team_id": None}]},
    {"team_id": "T1", "authorizations": [{"team_id": "T9", "is_bot": True}]},
])  # fmt: skip
async def test_a_foreign_team_without_our_authorization_is_refused(world, more):
    assert (await world.post(shared() | more))[0] == 403
    assert world.desk.worked == []


MESSAGE = {"channel": {"id": "C1"},
           "message": {"type": "message", "user": "U2", "text": "när är nästa &lt;träff&gt;?", "ts": "1.1"}}  # fmt: skip


@pytest.mark.parametrize(("callback", "more", "said"), [
    ("ask", {}, "hjälp"), ("ask_about", MESSAGE, "när är nästa <träff>?"),
])  # fmt: skip
async def test_a_shortcut_is_answered_to_who_took_it(world, callback, more, said):
    kind = {"global": "shortcut", "message": "message_action"}[SHORTCUTS[callback][0]]
    taken = {"type": kind, "api_app_id": "A1", "team": {"id": "T1"}, "user": {"id": "U1"},
             "callback_id": callback, "trigger_id": "t7"} | more  # fmt: skip
    assert (await world.post({"payload": json.dumps(taken)}, form=True))[0] == 200
    (turn,) = world.desk.worked
    assert turn.what == Said(said)
    assert (turn.where.conversation, turn.where.kind) == ("U1", "personal")


async def test_a_pressed_ephemeral_message_is_answered_by_its_response_url(world):
    box = {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": True}
    await world.post(press("tok", container=box, response_url="https://hooks.example"), form=True)
    (turn,) = world.desk.worked
    assert dict(turn.where.extra) == {"user": "U1", "response_url": "https://hooks.example"}
    assert turn.where.thread is None
