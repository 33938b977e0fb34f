"""From "subscribe" in a chat to what a calendar program reads at the address."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer, unused_port
from icalendar import Calendar, Event

from adapters.app import DESK, build
from adapters.core import SetClock
from adapters.desk import Desk
from adapters.settings import for_demo
from bot.reply import Card
from bot.testing import Chat
from storage import demo
from tests.conftest import START


class Place:
    """The real app on the demo, and a chat on the same engine."""

    def __init__(self, client: TestClient, desk: Desk, clock: SetClock, known: dict) -> None:
        self.client, self.desk, self.clock, self.known = client, desk, clock, known

    def chat(self, name: str) -> Chat:
        return Chat(self.desk.engine, self.clock, self.known[name, "web"])

    async def link(self, chat: Chat, words: str, choice: str) -> str:
        await chat.say(words)
        (card,) = await chat.press(choice)
        assert isinstance(card, Card)
        return re.sub(r"https?://[^/]+", "", card.facts[1].value)

    async def events(self, path: str) -> list[Event]:
        response = await self.client.get(path)
        assert response.status == 200
        return list(Calendar.from_ical(await response.read()).walk("VEVENT"))


@pytest.fixture
async def place(tmp_path) -> AsyncIterator[Place]:
    port, clock = unused_port(), SetClock(START)
    settings = for_demo(f"sqlite:///{tmp_path / 'demo.sqlite'}", port)
    app = await build(settings, clock)
    client = TestClient(TestServer(app, host="localhost", port=port))
    await client.start_server()
    desk = app[DESK]
    known = await desk.store.database.read(demo.identities)
    yield Place(client, desk, clock, known)
    await client.close()


async def test_a_subscriber_sees_the_change_of_a_meeting_under_the_same_id(place: Place) -> None:
    path = await place.link(
        place.chat("Bo Fiktivsson"), "prenumerera på kalendern", "Alla mina möten"
    )
    before = {each["UID"]: each for each in await place.events(path)}
    asta = place.chat("Asta Fiktberg")
    await asta.say("flytta vuxnätverkets möte till den 17 december")
    await asta.say("ja")
    place.clock.at += timedelta(minutes=1)
    await asta.say("ställ in mötet den 11 mars")
    await asta.say("ja")
    after = {each["UID"]: each for each in await place.events(path)}

    assert after.keys() == before.keys()
    changed = [uid for uid in before if after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]]
    (moved,) = [after[uid] for uid in changed if after[uid]["STATUS"] == "CONFIRMED"]
    (called_off,) = [after[uid] for uid in changed if after[uid]["STATUS"] == "CANCELLED"]
    assert moved.decoded("DTSTART").isoformat() == "2026-12-17T09:00:00+01:00"
    assert called_off.decoded("DTSTART").isoformat() == "2027-03-11T09:00:00+01:00"
    assert moved.walk("VALARM")


async def test_two_days_are_two_events_and_the_zone_is_described(place: Place) -> None:
    path = await place.link(
        place.chat("Greta Demoson"), "ge mig en kalenderlänk", "Skolchefskonferensen"
    )
    content = await (await place.client.get(path)).read()
    found = Calendar.from_ical(content)
    days = [
        each.decoded("DTSTART").date().isoformat()
        for each in found.walk("VEVENT")
        if each.decoded("DTSTART").year == 2027 and each.decoded("DTSTART").month == 10
    ]
    assert sorted(days) == ["2027-10-13", "2027-10-14"]
    assert [each["TZID"] for each in found.walk("VTIMEZONE")] == ["Europe/Stockholm"]
    assert found["X-WR-CALNAME"] == "Skolchefskonferensen"


async def test_it_speaks_the_language_it_was_asked_for_in(place: Place) -> None:
    path = await place.link(
        place.chat("Bo Fiktivsson"), "subscribe to the calendar", "All my meetings"
    )
    first = (await place.events(path))[0]
    assert "Host:" in first["DESCRIPTION"]
    assert "Värd:" not in first["DESCRIPTION"]


async def test_a_removed_link_is_gone_the_same_second(place: Place) -> None:
    chat = place.chat("Bo Fiktivsson")
    path = await place.link(chat, "prenumerera på kalendern", "Alla mina möten")
    unchanged = await place.client.get(path)
    assert unchanged.status == 200
    await chat.press("Ta bort länken")
    gone = await place.client.get(path, headers={"If-None-Match": unchanged.headers["ETag"]})
    assert gone.status == 404


async def test_in_a_channel_the_address_is_for_the_person_alone(place: Place) -> None:
    chat = Chat(place.desk.engine, place.clock, place.known["Bo Fiktivsson", "web"], "channel")
    await chat.say("prenumerera på kalendern")
    replies = await chat.press("Alla mina möten")
    assert [reply.seen_by for reply in replies] == ["person"]
