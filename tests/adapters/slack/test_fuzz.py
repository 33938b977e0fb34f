"""Signed payloads with anything anywhere: answered or refused, never an error of ours."""

import json
import random
from urllib.parse import urlencode

import pytest

from tests.adapters.slack.conftest import command, event, press
from tests.adapters.slack.test_gate import signed

FORM = "application/x-www-form-urlencoded"
TEAM = {"api_app_id": "A1", "team": {"id": "T1"}, "user": {"id": "U1"}, "trigger_id": "t"}
SEEDS = [
    event(type="message", channel_type="im", channel="D1", user="U1", text="hej", ts="1.1", thread_ts="1.0",
          files=[{"id": "F1", "name": "n", "size": 1}]),
    event(type="app_mention", channel="C1", user="U1", text="<@UB> hej", ts="1.1"),
    event(type="app_mention", channel="C1", user="U1", text="x") | {"is_ext_shared_channel": True, "team_id": "T9"},
    event(type="app_home_opened", tab="home", user="U1", channel="D1", view={}),
    event(type="app_home_opened", tab="messages", user="U1", channel="D1"),
    event(type="member_joined_channel", user="UB", inviter="U1", channel="C1"),
    event(type="tokens_revoked", tokens={"bot": ["UB"]}), event(type="app_uninstalled"),
    json.loads(press("tok")["payload"]), json.loads(press("form")["payload"]), command(),
    TEAM | {"type": "view_submission", "view": {"type": "modal", "private_metadata": '{"t":"form","c":"C1","h":""}',
            "state": {"values": {"a": {"a": {"type": "plain_text_input", "value": "x"}}}}}},
    TEAM | {"type": "view_closed", "view": {"type": "modal"}}, TEAM | {"type": "shortcut", "callback_id": "ask"},
    TEAM | {"type": "message_action", "message": {"text": "x"}, "channel": {"id": "C1"}},
    TEAM | {"type": "block_suggestion", "action_id": "a", "block_id": "b", "value": "x"},
]  # fmt: skip
JUNK = [
    None, True, 0, -1, 1e9, "", "x", "U1", "T1", "<@U1>", "\u202e", "\x00", [], {}, [None], [{}], {"id": None},
    {"id": "U1"}, [[[]]], "a" * 5000, {"type": 3}, {"values": {"a": {"b": {"value": []}}}}, {"values": [1]},
]  # fmt: skip
NAMES = (
    "event view actions user channel container message team type authorizations is_ext_shared_channel files "
    "enterprise is_enterprise_install bot_id subtype edited response_url state user_team function_data "
    "assistant_thread channel_type inviter tokens callback_id command"
).split()


def spoil(value, dice):
    if dice.random() < 0.1:
        return dice.choice(JUNK)
    if isinstance(value, dict):
        spoilt = {
            k: spoil(v, dice) if dice.random() < 0.4 else v
            for k, v in value.items()
            if dice.random() > 0.05
        }
        return spoilt | ({dice.choice(NAMES): dice.choice(JUNK)} if dice.random() < 0.1 else {})
    return [spoil(each, dice) for each in value] if isinstance(value, list) else value


def packed(payload):
    if isinstance(payload, dict) and "command" in payload and "type" not in payload:
        return urlencode({name: str(value) for name, value in payload.items()}).encode(), FORM
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM


@pytest.mark.parametrize("seed", range(len(SEEDS)))
async def test_nothing_signed_makes_an_error(world, seed):
    dice, statuses = random.Random(seed), []
    for _ in range(60):
        right = SEEDS[seed]
        payload = spoil(right, dice)
        if isinstance(payload, dict):  # let most of them through to the listeners
            payload |= {
                name: right[name]
                for name in ("type", "api_app_id", "team", "command")
                if name in right
            }
        body, kind = packed(payload)
        raw = signed(body, kind=kind)
        answer = await world.client.post("/slack/events", data=raw.body, headers=raw.headers)
        statuses.append(answer.status)
    assert set(statuses) <= {200, 400, 403}
    assert 200 in statuses
