"""The bot in Microsoft's Agents Playground: personal chat, group, channel, cards, installation."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.core import SetClock
from storage.store import SqlStore
from tests.e2e.teams.conftest import known
from tests.e2e.teams.playground import Playground

pytestmark = pytest.mark.node


def said(event: dict[str, Any]) -> bool:
    message = event.get("message") or {}
    return event.get("action") == "createMessage" and bool(
        message.get("text") or message.get("attachments")
    )


async def test_the_bot_answers_in_a_personal_chat(teams: Playground) -> None:
    await teams.say("hjälp", teams.personal)
    assert (await teams.expect(said))["actionConversationId"] == teams.personal


async def test_the_bot_answers_in_a_group_when_mentioned(teams: Playground) -> None:
    await teams.say("hjälp", teams.group, mention=True)
    assert (await teams.expect(said))["actionConversationId"] == teams.group


async def test_the_bot_answers_in_the_thread_of_a_channel(teams: Playground) -> None:
    await teams.say("hjälp", teams.channel, mention=True)
    event = await teams.expect(said)
    assert ";messageid=" in event["actionConversationId"]


async def test_the_bot_says_hello_when_it_is_installed(teams: Playground) -> None:
    await teams.install(teams.personal)
    assert (await teams.expect(said))["actionConversationId"] == teams.personal


def card(event: dict[str, Any]) -> bool:
    return said(event) and bool(event["message"]["attachments"])


@pytest.mark.parametrize("way", ["execute", "submit"])
async def test_a_press_on_a_card_is_answered(
    teams: Playground, store: SqlStore, clock: SetClock, way: str
) -> None:
    await known(teams, store, clock)
    await teams.say("hjälp", teams.personal)
    event = await teams.expect(card)
    actions = event["message"]["attachments"][0]["content"]["actions"]
    press = next(each for each in actions if each["type"] == "Action.Execute")
    before = len(teams.events)
    message = event["message"]["messageId"]
    if way == "execute":
        answer = await teams.execute(teams.personal, message, press["data"])
        assert answer["type"].startswith("application/vnd.microsoft.")
    else:
        await teams.submit(teams.personal, message, press["data"])
    await teams.expect(lambda each: said(each) and each in teams.events[before:])


def texts(teams: Playground, conversation: str) -> str:
    return str([
        each["message"].get("text", "") or each["message"]["attachments"]
        for each in teams.events if said(each) and each["actionConversationId"] == conversation
    ])  # fmt: skip


async def test_what_only_one_person_may_see_goes_from_the_channel_to_the_personal_chat(
    teams: Playground, store: SqlStore, clock: SetClock
) -> None:
    await known(teams, store, clock)
    await teams.say("jag kommer på nästa nätverksträff", teams.channel, mention=True)
    private = await teams.expect(lambda each: card(each) and "Stämmer det" in str(each))
    assert private["actionConversationId"] == teams.personal
    told = await teams.expect(lambda each: said(each) and "privat" in str(each))
    assert ";messageid=" in told["actionConversationId"]
    assert "Stämmer det" not in texts(teams, told["actionConversationId"])


async def test_a_submit_changes_the_card_in_place(
    teams: Playground, store: SqlStore, clock: SetClock
) -> None:
    await known(teams, store, clock)
    await teams.say("När är nästa nätverksträff?", teams.personal)
    event = await teams.expect(card)
    come = event["message"]["attachments"][0]["content"]["actions"][0]
    message = event["message"]["messageId"]
    await teams.submit(teams.personal, message, come["fallback"]["data"])
    changed = await teams.expect(lambda each: each.get("action") == "updateMessage")
    assert changed["message"]["messageId"] == message
    assert "Noterat: du kommer" in str(changed)


async def test_a_slow_answer_is_announced_by_typing(
    teams: Playground, store: SqlStore, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await known(teams, store, clock)
    monkeypatch.setattr("adapters.desk.TYPING_AFTER", 0.0)
    await teams.say("hjälp", teams.personal)
    await teams.expect(lambda each: each.get("action") == "typing")
    await teams.expect(said)
