"""Whole conversations, each in Slack and in Teams, as people have them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Connection, select

from adapters.core import SetClock, make_engine
from adapters.desk import Desk
from adapters.slack import SlackSettings
from adapters.slack import setup as slack_setup
from adapters.teams import TeamsSettings
from adapters.teams import setup as teams_setup
from bot.turn import Identity
from storage.demo.write import SLACK
from storage.people import link
from storage.store import SqlStore
from storage.tables import municipality, person
from tests.adapters.teams.bench import files_of
from tests.conftest import KEY, START
from tests.scenarios.platforms import APP, SECRET, Member, Shown, SlackMember, Stub, TeamsMember

TENANT = "scenario-tenant"
Enter = Callable[[str, str, str], Any]


@dataclass(frozen=True, slots=True)
class Line:
    """Who does what, and what the messages that follow must hold."""

    who: str
    does: str
    expects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    kind: str
    lines: tuple[Line, ...]


def read(text: str) -> list[Scenario]:
    """`# name · personal|channel`, `Full Name> words or [button]`, `< parts … of one message`.

    `@ 2027-05-03 08:00` lets time pass until then, in Swedish wall time.
    """
    found: list[Scenario] = []
    for part in text.split("\n# ")[1:]:
        head, *rest = part.splitlines()
        name, _, kind = head.partition(" · ")
        lines: list[Line] = []
        for row in rest:
            if row.startswith("@"):
                lines.append(Line("@", row[1:].strip(), ()))
            elif row.startswith("<"):
                last = lines[-1]
                lines[-1] = Line(last.who, last.does, (*last.expects, row[1:].strip()))
            elif "> " in row:
                who, _, does = row.partition("> ")
                lines.append(Line(who.strip(), does.strip(), ()))
        found.append(Scenario(name.strip(), kind.strip() or "personal", tuple(lines)))
    return found


SCENARIOS = [
    each
    for file in sorted((Path(__file__).parent / "scripts").glob("*.txt"))
    for each in read("\n" + file.read_text("utf-8"))
]


@pytest.fixture
async def enter(store: SqlStore, clock: SetClock) -> AsyncIterator[Enter]:
    """Gives a person's client by full name, platform and kind of conversation."""
    stub = Stub()
    async with TestServer(stub.app()) as outside:
        stub.url = str(outside.make_url("/"))
        app = web.Application()
        desk = Desk(engine=make_engine(store, (KEY,)), store=store, clock=clock, couriers={})
        slack = SlackSettings(
            SECRET, "xoxb-test", APP, frozenset({SLACK}), api_url=f"{stub.url}api"
        )
        desk.couriers["slack"] = slack_setup(app, desk, slack, clock)
        desk.couriers["teams"] = teams_setup(
            app, desk, TeamsSettings(anonymous=True, demo=True), clock, files_of(store, clock)
        )
        async with TestClient(TestServer(app)) as client:

            async def go(name: str, platform: str, kind: str) -> Member:
                who = await store.database.write(lambda c: account(c, name, platform))
                make = SlackMember if platform == "slack" else TeamsMember
                return make(who, client, desk, stub, clock, kind)

            yield go


def account(connection: Connection, name: str, platform: str) -> Identity:
    """An account of the person on the platform, tied to them as an administrator would."""
    plain, _, town = name.partition(", ")
    found = select(person.c.id).outerjoin(
        municipality, municipality.c.id == person.c.municipality_id
    )
    found = found.where(person.c.name == plain)
    if town:
        found = found.where(municipality.c.name == town)
    number = connection.execute(found).scalars().one()
    tenant = SLACK if platform == "slack" else TENANT
    link(connection, number, (platform, tenant, f"U{number}SCENE"), START)
    return Identity(platform, tenant, f"U{number}SCENE", plain, "sv-SE")  # type: ignore[arg-type]


def holds(expected: str, shown: Shown) -> bool:
    """Every part between … stands in the message, every [button] is there; (private) is private."""
    words, rest = shown.words.casefold(), expected
    if "(private)" in rest:
        rest = rest.replace("(private)", "")
        if not shown.private:
            return False
    for part in rest.split("…"):
        wanted = part.strip()
        if wanted.startswith("["):
            if any(each.strip(" ]") not in shown.buttons for each in wanted.split("[")[1:]):
                return False
        elif wanted.startswith("¬"):
            if wanted[1:].strip().casefold() in words:
                return False
        elif wanted.casefold() not in words:
            return False
    return True


@pytest.mark.parametrize("platform", ["slack", "teams"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=[each.name for each in SCENARIOS])
async def test_it_comes_out_right(scenario: Scenario, platform: str, enter: Enter) -> None:
    people: dict[str, Member] = {}
    for line in scenario.lines:
        if line.who == "@":
            until = datetime.fromisoformat(line.does).replace(tzinfo=START.tzinfo)
            got = await next(iter(people.values())).passes(until)
            for expected in line.expects:
                assert any(holds(expected, each) for each in got), (line, [e.words for e in got])
            continue
        if line.who not in people:
            people[line.who] = await enter(line.who, platform, scenario.kind)
        member = people[line.who]
        pressed = line.does.startswith("[")
        got = await (member.press(line.does) if pressed else member.say(line.does))
        for expected in line.expects:
            assert any(holds(expected, each) for each in got), (line, [each.words for each in got])
