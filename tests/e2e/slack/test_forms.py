import json

import pytest

from tests.adapters.slack.lint import lint

pytestmark = pytest.mark.node
FILLED = {"clock": "09.00–12.00", "title": "Träff", "place": "Skara"}
ASK = "boka ett nytt möte"


def _buttons(sent):
    return [e for b in sent["asked"]["blocks"] for e in b.get("elements", ()) if e.get("value")]


async def _press(slack, sent, button):
    channel = sent["asked"]["channel"]
    box = {"type": "message", "message_ts": sent["result"]["ts"], "channel_id": channel}
    fields = {"channel": {"id": channel}, "actions": [button], "container": box}
    answer = await slack.test("interact", kind="block_actions", fields=fields)
    assert answer["status"] == 200


async def _open(slack):
    """Ask for something that needs a form, choose the first body, and open the form."""
    opened = await slack.api("conversations.open", users="U0BOT")
    await slack.api("chat.postMessage", channel=opened["channel"]["id"], text=ASK)
    sent = (await slack.calls("chat.postMessage"))[0]
    await _press(slack, sent, _buttons(sent)[0])
    await slack.desk.idle()
    sent = [e for e in await slack.seen("calls") if "xoxb" in str(e["token"])][-1]
    forms = [e for e in _buttons(sent) if slack.desk.is_form(e["value"], slack.who.tenant)]
    assert forms, json.dumps(sent["asked"], ensure_ascii=False)
    await _press(slack, sent, forms[0])
    found = (await slack.calls("views.open"))[0]
    assert found["result"]["ok"], found["result"]
    return found["result"]["view"]["id"], found["asked"]["view"]


async def test_a_form_opens_and_names_the_field_that_is_wrong(slack):
    view_id, view = await _open(slack)
    inputs = [each for each in view["blocks"] if each["type"] == "input"]
    empty = {each["block_id"]: {each["block_id"]: {"value": None}} for each in inputs}
    sent = await slack.test("interact", kind="view_submission", view_id=view_id, values=empty)
    answer = json.loads(sent["body"])
    assert (sent["status"], answer["response_action"]) == (200, "errors")
    assert set(answer["errors"]) <= {each["block_id"] for each in inputs}


async def test_an_answer_that_was_throttled_comes_later(slack):
    fault = {"method": "chat.postMessage", "status": 429, "error": "ratelimited"}
    opened = await slack.api("conversations.open", users="U0BOT")
    event = {"type": "message", "channel_type": "im", "channel": opened["channel"]["id"],
             "user": slack.who.user, "text": "hjälp", "ts": "1.1"}  # fmt: skip
    await slack.test("fault", **fault, headers={"Retry-After": "1"})
    assert (await slack.test("event", event=event))["status"] == 200
    sent = await slack.calls("chat.postMessage", 2)
    assert [each["status"] for each in sent[:2]] == [429, 200]


async def test_a_form_filled_in_closes_and_is_answered(slack):
    view_id, view = await _open(slack)
    before = len(await slack.calls("chat.postMessage"))
    values = {}
    for each in (block for block in view["blocks"] if block["type"] == "input"):
        name, element = each["block_id"], each["element"]
        answer = {"value": element.get("initial_value") or FILLED.get(name)}
        if element["type"] == "datepicker":
            answer = {"selected_date": "2027-02-03"}
        elif element.get("options"):
            answer = {"selected_option": element["options"][0]}
        values[name] = {name: answer}
    sent = await slack.test("interact", kind="view_submission", view_id=view_id, values=values)
    assert json.loads(sent["body"]) == {"response_action": "clear"}
    last = (await slack.calls("chat.postMessage", before + 1))[-1]
    assert last["result"]["ok"]
    assert lint(last["asked"]) == []


async def test_what_concerns_one_person_is_shown_to_that_person_alone_in_a_channel(slack):
    await slack.api("chat.postMessage", channel="C0NET", text=f"<@U0BOT> {ASK}")
    sent = (await slack.calls("chat.postEphemeral"))[0]
    assert sent["asked"]["user"] == slack.who.user
    assert sent["result"]["ok"]
