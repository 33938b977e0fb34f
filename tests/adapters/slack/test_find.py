"""A message carries its ticket, and is found again by it."""

import pytest
from aiohttp import web

from adapters.couriers import Refused
from bot.reply import File, Text
from bot.turn import ConversationReference
from tests.adapters.slack.stub import refused

EXTRA = {"ticket": "abc", "made": "2026-11-23T08:00:00+00:00"}
CHANNEL = ConversationReference("slack", "T1", "C1", "channel", extra=EXTRA)
WORDS = Text("Mötet är i Skara.")


def message(ticket, ts="5.5"):
    payload = {"event_type": "natverksbot_letter", "event_payload": {"ticket": ticket}}
    return {"ts": ts, "text": "x", "metadata": payload}


def history(*messages, **more):
    return lambda: web.json_response({"ok": True, "messages": list(messages), **more})


async def test_a_letter_carries_its_ticket_and_an_answer_carries_none(world):
    await world.courier.send(CHANNEL, WORDS, "sv")
    await world.courier.send(ConversationReference("slack", "T1", "C1", "channel"), WORDS, "sv")

    letter, answer = world.slack.said("chat.postMessage")
    assert letter["metadata"] == message("abc")["metadata"]
    assert "metadata" not in answer


@pytest.mark.parametrize("thread", [None, "1.1"])
async def test_it_is_found_by_its_ticket(world, thread):
    method = "conversations.replies" if thread else "conversations.history"
    world.slack.answers[method] = [history(message("other", "4.4"), {"ts": "1"}, message("abc"))]
    where = ConversationReference("slack", "T1", "C1", "channel", thread, EXTRA)

    assert (await world.courier.find(where, WORDS)).message == "5.5"


async def test_what_is_not_there_has_not_arrived(world):
    world.slack.answers["conversations.history"] = [history(message("other"))]

    assert await world.courier.find(CHANNEL, WORDS) is None


@pytest.mark.parametrize(
    ("where", "reply", "answer"),
    [
        (CHANNEL, WORDS, refused("missing_scope")),
        (CHANNEL, WORDS, history(message("other"), has_more=True)),
        (CHANNEL, Text("x", seen_by="person"), history()),
        (CHANNEL, File("a.ics", b"x", "text/calendar", "x"), history()),
        (ConversationReference("slack", "T1", "U1", extra=EXTRA), WORDS, history()),
        (ConversationReference("slack", "T1", "D1"), WORDS, history()),
        (ConversationReference("slack", "T1", "C1", "channel", None,
                               EXTRA | {"response_url": "https://x.example"}), WORDS, history()),
    ],
)  # fmt: skip
async def test_where_it_cannot_be_seen_nobody_says_that_it_did_not_arrive(
    world, where, reply, answer
):
    world.slack.answers["conversations.history"] = [answer]

    with pytest.raises(Refused):
        await world.courier.find(where, reply)
