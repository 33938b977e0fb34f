"""Where a reply goes, where else when it cannot go there, and what a failure means."""

import pytest
from aiohttp import web

from adapters.couriers import NotSent, Refused, Throttled, Unknown
from bot.reply import Button, Card, Fact, File, Text
from bot.turn import ConversationReference
from tests.adapters.slack.stub import refused, status

DIRECT = ConversationReference("slack", "T1", "D1", extra={"user": "U1"})
CHANNEL = ConversationReference("slack", "T1", "C1", "channel", "1.1", {"user": "U1"})
MINE, ALL = Text("Du kommer.", seen_by="person"), Text("Mötet är i Skara.")
CALENDAR = File("mote.ics", b"BEGIN:VCALENDAR", "text/calendar", "Här är mötet.")
LONG = Text("ord " * 9000)


def pressed(**extra):
    kept = {"user": "U1", "response_url": "https://unused.example"} | extra
    return ConversationReference("slack", "T1", "C1", "channel", "1.1", kept)


async def test_a_personal_reply_in_a_channel_is_ephemeral_and_in_the_thread(world):
    await world.courier.send(CHANNEL, MINE, "sv")
    receipt = await world.courier.send(CHANNEL, ALL, "sv")

    (alone,), (shared,) = (
        world.slack.said("chat.postEphemeral"),
        world.slack.said("chat.postMessage"),
    )
    assert (alone["channel"], alone["user"], alone["thread_ts"]) == ("C1", "U1", "1.1")
    assert (shared["channel"], shared["thread_ts"], receipt.message) == ("C1", "1.1", "9.9")


@pytest.mark.parametrize(
    "error", ["not_in_channel", "user_not_in_channel", "is_archived", "channel_not_found"]
)
async def test_where_a_channel_is_closed_a_personal_reply_goes_directly(world, error):
    world.slack.answers["chat.postEphemeral"] = [refused(error)]

    await world.courier.send(CHANNEL, MINE, "sv")

    (direct,) = world.slack.said("chat.postMessage")
    assert direct["channel"] == "D9"
    assert "thread_ts" not in direct


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived", "channel_not_found"])
async def test_a_public_reply_to_a_closed_channel_blames_the_address(world, error):
    world.slack.answers["chat.postMessage"] = [refused(error)]

    with pytest.raises(Refused) as caught:
        await world.courier.send(CHANNEL, ALL, "sv")

    assert caught.value.blames_address


async def test_a_message_that_slack_cannot_read_does_not_blame_the_address(world):
    world.slack.answers["chat.postMessage"] = [refused("invalid_blocks")]

    with pytest.raises(Refused) as caught:
        await world.courier.send(CHANNEL, ALL, "sv")

    assert not caught.value.blames_address


async def test_a_reply_takes_the_place_of_the_message_whose_button_was_pressed(world):
    await world.courier.send(pressed(message="5.5"), Text("Klart", replaces=True), "sv")

    (changed,) = world.slack.said("chat.update")
    assert (changed["channel"], changed["ts"]) == ("C1", "5.5")


@pytest.mark.parametrize(
    "error", ["message_not_found", "cant_update_message", "edit_window_closed"]
)
async def test_a_message_that_cannot_be_changed_is_said_anew(world, error):
    world.slack.answers["chat.update"] = [refused(error)]

    await world.courier.send(pressed(message="5.5"), Text("Klart", replaces=True), "sv")

    assert len(world.slack.said("chat.postMessage")) == 1


async def test_what_is_personal_never_takes_the_place_of_what_all_can_see(world):
    hidden = Text("Du kommer.", replaces=True, seen_by="person")

    await world.courier.send(pressed(message="5.5"), hidden, "sv")

    assert world.slack.said("chat.update") == world.slack.said("chat.postMessage") == []
    assert len(world.slack.said("chat.postEphemeral")) == 1


@pytest.mark.parametrize("replaces", [True, False])
async def test_an_ephemeral_message_is_answered_by_its_response_url(world, replaces):
    where = pressed(response_url=f"{world.url}/respond")

    await world.courier.send(where, Text("Klart", replaces=replaces), "sv")

    (said,) = world.slack.said("response_url")
    assert (said["replace_original"], said["response_type"]) == (replaces, "ephemeral")


@pytest.mark.parametrize("number", [404, 410])
async def test_a_response_url_that_is_used_up_does_not_lose_the_answer(world, number):
    world.slack.answers["response_url"] = [status(number)]

    await world.courier.send(pressed(response_url=f"{world.url}/respond"), MINE, "sv")

    assert len(world.slack.said("chat.postEphemeral")) == 1


async def test_a_command_among_others_is_answered_there_though_the_bot_is_not_in_it(world):
    world.slack.answers["chat.postMessage"] = [refused("channel_not_found")]
    extra = {"user": "U1", "response_url": f"{world.url}/respond"}

    await world.courier.send(ConversationReference("slack", "T1", "D7", extra=extra), ALL, "sv")

    assert len(world.slack.said("response_url")) == 1


async def test_a_file_is_shared_in_its_thread_in_three_steps(world):
    await world.courier.send(CHANNEL, CALENDAR, "sv")

    (share,) = world.slack.said("files.completeUploadExternal")
    assert world.slack.uploads == {"F1": b"BEGIN:VCALENDAR"}
    assert (share["channel_id"], share["thread_ts"]) == ("C1", "1.1")
    assert share["files"] == [{"id": "F1", "title": "mote.ics"}]
    assert share["blocks"][0]["text"]["text"] == "Här är mötet."
    assert world.slack.said("chat.postMessage") == []


async def test_a_personal_file_in_a_channel_goes_directly_and_only_the_person_hears_of_it(world):
    await world.courier.send(
        CHANNEL, File("a.ics", b"x", "text/calendar", "Ditt möte.", seen_by="person"), "sv"
    )

    (share,), (word,) = (
        world.slack.said(method)
        for method in ("files.completeUploadExternal", "chat.postEphemeral")
    )
    assert share["channel_id"] == "D9"
    assert "thread_ts" not in share
    assert "direktmeddelande" in word["text"]
    assert "Ditt möte" not in word["text"]


async def test_a_file_to_a_person_without_a_known_channel_opens_one(world):
    where = ConversationReference("slack", "T1", "U1", extra={"user": "U1"})

    await world.courier.send(where, CALENDAR, "sv")

    assert world.slack.said("files.completeUploadExternal")[0]["channel_id"] == "D9"


@pytest.mark.parametrize(
    ("lang", "words"), [("sv", "tog inte emot filen"), ("en", "did not take the file")]
)
@pytest.mark.parametrize(("method", "answer"), [
    ("files.getUploadURLExternal", refused("missing_scope")), ("files.getUploadURLExternal", status(500)),
    ("upload", status(500)), ("upload", status(403)), ("files.completeUploadExternal", refused("not_in_channel")),
])  # fmt: skip
async def test_a_file_that_slack_refuses_is_told_in_words(world, method, answer, lang, words):
    world.slack.answers[method] = [answer]

    await world.courier.send(DIRECT, CALENDAR, lang)

    (said,) = world.slack.said("chat.postMessage")
    assert words in said["text"]
    assert "mote.ics" in said["text"]


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"]
)
async def test_a_throttled_file_is_tried_again_by_whoever_sends_it(world, method):
    world.slack.answers[method] = [status(429, **{"Retry-After": "7"})]

    with pytest.raises(Throttled):
        await world.courier.send(DIRECT, CALENDAR, "sv")
    await world.courier.send(DIRECT, CALENDAR, "sv")

    assert len(world.slack.said("files.completeUploadExternal")) == (
        2 if "complete" in method else 1
    )
    assert world.slack.said("chat.postMessage") == []


async def test_a_file_that_may_have_arrived_is_not_sent_in_words_too(world):
    world.slack.answers["files.completeUploadExternal"] = [status(504)]

    with pytest.raises(Unknown):
        await world.courier.send(DIRECT, CALENDAR, "sv")

    assert world.slack.said("chat.postMessage") == []


async def test_the_buttons_of_a_file_follow_it(world):
    button = Button("Ångra", token="tok")

    await world.courier.send(DIRECT, File("a.ics", b"x", "text/calendar", "", (button,)), "sv")

    (said,) = world.slack.said("chat.postMessage")
    assert said["blocks"][-1]["elements"][0]["value"] == "tok"


@pytest.mark.parametrize("reply", [
    LONG, Card("Titel", "", tuple(Fact("Möte", "ord " * 60) for _ in range(90))), Card("t" * 200),
    Text("Välj", tuple(Button(f"Val {n}", token="x" * 300) for n in range(60))),
    Card("Titel", facts=(Fact("Plats", "å" * 2500),)),
])  # fmt: skip
async def test_what_is_too_long_is_shortened_and_whole_in_a_file(world, reply):
    await world.courier.send(CHANNEL, reply, "sv")

    (share,) = world.slack.said("files.completeUploadExternal")
    assert world.slack.uploads["F1"].decode() == reply.plain
    assert (share["files"][0]["title"], share["channel_id"]) == ("hela-svaret.txt", "C1")


async def test_what_is_too_long_is_at_least_shortened_when_no_file_may_be_sent(world):
    world.slack.answers["files.getUploadURLExternal"] = [refused("missing_scope")]

    await world.courier.send(CHANNEL, LONG, "sv")

    (said,) = world.slack.said("chat.postMessage")
    assert said["blocks"][-1]["text"]["text"] == "… (förkortat)"


@pytest.mark.parametrize(("answer", "error"), [
    (status(429, **{"Retry-After": "7"}), Throttled), (status(429, **{"Retry-After": "²"}), Throttled),
    (status(429, **{"Retry-After": "9" * 400}), Throttled), (refused("ratelimited"), Throttled),
    (refused("token_revoked"), Refused), (status(503), Unknown), (refused("internal_error"), Unknown),
    (lambda: web.Response(text="<html>"), Unknown), (lambda: web.json_response([1]), Unknown),
    (lambda: web.Response(text="{", content_type="application/json"), Unknown), (status(302), Refused),
])  # fmt: skip
async def test_a_failure_is_told_by_its_meaning(world, answer, error):
    world.slack.answers["chat.postMessage"] = [answer]

    with pytest.raises(error):
        await world.courier.send(DIRECT, ALL, "sv")


async def test_a_closed_door_means_not_sent(world):
    world.courier.api.url = "http://127.0.0.1:1"

    with pytest.raises(NotSent):
        await world.courier.send(DIRECT, ALL, "sv")


async def test_a_workspace_without_the_app_gets_nothing(world):
    with pytest.raises(Refused, match="revoked"):
        await world.courier.send(ConversationReference("slack", "T9", "D1"), ALL, "sv")

    assert world.slack.calls == []
