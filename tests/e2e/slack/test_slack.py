import json

import pytest

pytestmark = pytest.mark.node


async def test_a_question_in_a_direct_message_is_answered_with_blocks(slack):
    opened = await slack.api("conversations.open", users="U0BOT")
    await slack.api(
        "chat.postMessage", channel=opened["channel"]["id"], text="När är nästa nätverksträff?"
    )
    sent = (await slack.calls("chat.postMessage"))[0]
    assert sent["result"]["ok"]
    assert sent["asked"]["blocks"]
    assert sent["asked"]["channel"] == opened["channel"]["id"]


async def test_a_mention_in_a_channel_is_answered_in_its_thread(slack):
    said = await slack.api(
        "chat.postMessage", channel="C0NET", text="<@U0BOT> när är nästa nätverksträff?"
    )
    sent = (await slack.calls("chat.postMessage"))[0]
    assert (sent["asked"]["channel"], sent["asked"]["thread_ts"]) == ("C0NET", said["ts"])


async def test_a_command_in_a_direct_message_is_answered(slack):
    opened = await slack.api("conversations.open", users="U0BOT")
    fields = {
        "command": "/traff",
        "text": "hjälp",
        "channel_id": opened["channel"]["id"],
        "channel_name": "directmessage",
    }
    assert (await slack.test("interact", kind="command", fields=fields))["status"] == 200
    assert (await slack.calls("chat.postMessage"))[0]["result"]["ok"]


async def test_the_same_delivery_twice_is_answered_once(slack):
    opened = await slack.api("conversations.open", users="U0BOT")
    event = {"type": "message", "channel_type": "im", "channel": opened["channel"]["id"], "user": slack.who.user,
             "text": "hjälp", "ts": "1.1"}  # fmt: skip
    for _ in range(2):
        assert (await slack.test("event", event=event, id="EvSame"))["status"] == 200
    await slack.calls("chat.postMessage")
    await slack.desk.idle()
    texts = [each["asked"]["text"] for each in await slack.calls("chat.postMessage")]
    assert len(texts) == len(set(texts))


async def test_the_start_page_is_published(slack):
    event = {"type": "app_home_opened", "tab": "home", "user": slack.who.user, "channel": "D1"}
    assert (await slack.test("event", event=event))["status"] == 200
    sent = (await slack.calls("views.publish"))[0]
    assert sent["asked"]["view"]["type"] == "home"
    assert sent["result"]["ok"], sent["result"]


async def test_a_pressed_button_reaches_its_dialog(slack):
    opened = await slack.api("conversations.open", users="U0BOT")
    channel = opened["channel"]["id"]
    await slack.api("chat.postMessage", channel=channel, text="När är nästa nätverksträff?")
    sent = (await slack.calls("chat.postMessage"))[0]
    buttons = [
        each
        for block in sent["asked"]["blocks"]
        for each in block.get("elements", ())
        if "value" in each
    ]
    ts = sent["result"]["ts"]
    fields = {"channel": {"id": channel}, "actions": [{"type": "button", **buttons[0]}],
              "container": {"type": "message", "message_ts": ts, "channel_id": channel}}  # fmt: skip
    assert (await slack.test("interact", kind="block_actions", fields=fields))["status"] == 200
    await slack.desk.idle()
    ours = [each for each in await slack.seen("calls") if "xoxb" in str(each["token"])]
    assert len(ours) > 1, json.dumps(buttons, ensure_ascii=False)


async def test_an_uninstalled_app_is_taken_note_of(slack):
    assert (await slack.test("event", event={"type": "app_uninstalled"}))["status"] == 200
    await slack.desk.idle()
    assert await slack.seen("calls") == []
