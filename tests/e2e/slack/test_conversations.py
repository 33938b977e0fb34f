"""Whole conversations by the emulated Slack: said there, answered there."""

import asyncio
import base64

import pytest

pytestmark = pytest.mark.node
BO = pytest.mark.parametrize("slack", ["Bo Fiktivsson"], indirect=True)


def words(shown):
    return "\n".join(each["asked"]["text"] for each in shown)


def buttons(shown):
    return [
        element["text"]["text"] for each in shown for block in each["asked"]["blocks"]
        for element in block.get("elements", ())
    ]  # fmt: skip


async def direct(slack):
    return (await slack.api("conversations.open", users="U0BOT"))["channel"]["id"]


@BO
async def test_s01_the_next_meeting_with_a_slip_of_the_pen(slack):
    shown = await slack.say(await direct(slack), "När e nästa nätverksmötte?")
    for each in ("torsdag 10 december 2026", "v. 50", "09.00–12.00", "Skövde", "Portalen", "Dag Låtsasberg",
                 "Du har inte svarat ännu"):  # fmt: skip
        assert each in words(shown)
    assert buttons(shown) == ["Jag kommer", "Kan inte", "Lägg i kalendern", "Dagordning"]


@BO
async def test_s05_a_month_is_a_month_and_the_errand_stays(slack):
    channel = await direct(slack)
    first = await slack.say(channel, "vem är värd i mars")
    second = await slack.say(channel, "nej jag menar i maj")
    for each in ("Lidköping", "11 mars 2027", "Cilla Påhittström"):
        assert each in words(first)
    for each in ("maj 2027", "22 april", "Mariestad", "3 juni", "Falköping"):
        assert each in words(second)
    assert "23 maj" not in words(second)


@BO
async def test_an_answer_is_kept_shown_on_the_start_page_and_taken_back(slack):
    channel = await direct(slack)
    opened = {"type": "app_home_opened", "tab": "home", "user": slack.who.user, "channel": channel}
    await slack.test("event", event=opened)
    before = (await slack.calls("views.publish"))[-1]["asked"]["view"]
    (card,) = await slack.say(channel, "När är nästa träff?")
    assert "Du kommer" in words(await slack.press(card, "Jag kommer"))
    after = (await slack.calls("views.publish", 2))[-1]["asked"]["view"]
    assert before != after
    assert "Du har inte svarat ännu" in words(await slack.say(channel, "ångra"))


@BO
async def test_a_calendar_file_is_shared_in_the_conversation(slack):
    channel = await direct(slack)
    (card,) = await slack.say(channel, "När är nästa träff?")
    (share,) = await slack.press(card, "Lägg i kalendern")
    (kept,) = await slack.seen("files")
    assert (share["method"], share["asked"]["channel_id"]) == (
        "files.completeUploadExternal",
        channel,
    )
    assert base64.b64decode(kept["content_base64"]).startswith(b"BEGIN:VCALENDAR")


@BO
async def test_in_a_thread_the_answer_stays_in_the_thread(slack):
    first = await slack.api("chat.postMessage", channel="C0NET", text="Hur gör vi med träffen?")
    text = "<@U0BOT> när är nästa nätverksträff?"
    await slack.api("chat.postMessage", channel="C0NET", text=text, thread_ts=first["ts"])
    (sent,) = await slack.calls("chat.postMessage")
    assert sent["asked"]["thread_ts"] == first["ts"]
    assert "Du har inte svarat" not in sent["asked"]["text"]


@BO
async def test_several_turns_cost_one_auth_test_and_one_look_at_the_person(slack):
    channel = await direct(slack)
    for _ in range(3):
        await slack.say(channel, "hjälp")
    ours = [each["method"] for each in await slack.ours()]
    assert (ours.count("auth.test"), ours.count("users.info")) == (1, 1)


@BO
async def test_two_at_once_are_each_answered(slack):
    channel = await direct(slack)
    texts = ["När är nästa träff?", "hjälp"]
    await asyncio.gather(
        *(slack.api("chat.postMessage", channel=channel, text=each) for each in texts)
    )
    assert len(await slack.calls("chat.postMessage", 2)) == 2
