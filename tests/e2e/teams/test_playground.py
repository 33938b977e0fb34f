"""The bot in Microsoft's Agents Playground: personal chat, group, channel, cards, installation."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import Connection, select

from adapters.core import SetClock, make_engine
from adapters.desk import Desk
from adapters.teams import TeamsSettings, setup
from storage.people import link
from storage.store import SqlStore
from storage.tables import person
from tests.e2e.teams.playground import CLI, HERE, Playground, playground

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is missing"),
]


@pytest.fixture(scope="module")
def packages() -> None:
    if not CLI.exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)


@pytest.fixture
async def teams(
    packages: None, store: SqlStore, clock: SetClock, tmp_path: Path
) -> AsyncIterator[Playground]:
    del packages
    app = web.Application()
    desk = Desk(engine=make_engine(store, (b"k" * 32,)), store=store, clock=clock, couriers={})
    settings = TeamsSettings(anonymous=True, demo=True)
    desk.couriers["teams"] = setup(app, desk, settings, clock)
    async with TestServer(app) as server:
        await desk.start()
        async with playground(str(server.make_url("/api/messages")), tmp_path) as made:
            yield made
        await desk.stop()


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


async def known(teams: Playground, store: SqlStore, clock: SetClock) -> None:
    """Let the playground's person be Bo Fiktivsson."""
    key = ("teams", str(teams.config["tenantId"]), str(teams.config["currentUser"]["aadObjectId"]))

    def tie(connection: Connection) -> None:
        number = connection.execute(
            select(person.c.id).where(person.c.name == "Bo Fiktivsson")
        ).scalars().first()  # fmt: skip
        assert number is not None
        link(connection, number, key, clock.now())

    await store.database.write(tie)


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
