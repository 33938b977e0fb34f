"""The whole way over HTTP: signed request, keys, desk, answer."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.teams import setup
from adapters.teams.bot import TeamsBot
from adapters.teams.connector import Connector
from adapters.teams.consent import Consents
from adapters.teams.deliver import TeamsCourier
from adapters.teams.http import Http
from adapters.teams.jwks import Jwks
from adapters.teams.routes import MessagesRoute, TeamsAdapter
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens
from bot.engine import Outcome
from bot.errors import SettingsError
from bot.form import FieldView, FormView
from bot.reply import Text
from bot.turn import Submitted, Turn
from tests.adapters.teams.bench import NOW, SETTINGS, activity, claims, private, token

VIEW = FormView("f", "Fråga", "Skicka", "Avbryt", (FieldView("a", "text", "Vad?"),), "t")


@dataclass
class MovingClock:
    at: datetime = field(default_factory=lambda: datetime.fromtimestamp(NOW, UTC))

    def now(self) -> datetime:
        return self.at


@dataclass
class FakeDesk:
    accepted: list[Turn] = field(default_factory=list)
    worked: list[Turn] = field(default_factory=list)
    couriers: dict[str, object] = field(default_factory=dict)
    view: FormView | None = None
    delivered: list[tuple[Turn, Outcome]] = field(default_factory=list)

    async def accept(self, turn: Turn) -> bool:
        known = any(each.id == turn.id for each in self.accepted)
        self.accepted.append(turn)
        return not known

    def work(self, turn: Turn) -> None:
        self.worked.append(turn)

    async def answer(self, turn: Turn) -> Outcome:
        if isinstance(turn.what, Submitted):
            errors = {"a": "Skriv något."}
            return Outcome(form=VIEW.with_errors(turn.what.answers, errors))
        return Outcome((Text("Tack!", replaces=True),))

    async def form(self, turn: Turn) -> FormView | None:
        del turn
        return self.view

    async def submit(self, turn: Turn) -> Outcome:
        return await self.answer(turn)

    async def deliver(self, turn: Turn, outcome: Outcome) -> None:
        self.delivered.append((turn, outcome))

    def is_form(self, token: str, tenant: str) -> bool:
        return token == "form"

    def text(self, lang: str, name: str) -> str:
        return f"{lang}:{name}"


@dataclass
class World:
    client: TestClient[Any, Any]
    desk: FakeDesk
    clock: MovingClock
    host: KeyHost

    async def post(self, key: str = "k1", **changes: Any) -> tuple[int, str]:
        bearer = token(claims(exp=int(self.clock.now().timestamp()) + 600), key=key, kid=key)
        response = await self.client.post(
            "/api/messages", json=activity(**changes), headers={"Authorization": f"Bearer {bearer}"}
        )
        assert response.headers["X-Request-Id"]
        return response.status, await response.text()


def jwk(name: str) -> dict[str, object]:
    numbers = private(name).public_key().public_numbers()

    def text(number: int) -> str:
        raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    return {
        "kty": "RSA", "kid": name, "n": text(numbers.n), "e": text(numbers.e),
        "endorsements": ["msteams"],
    }  # fmt: skip


class KeyHost:
    """Microsoft's key host, as far as the bot sees it."""

    def __init__(self) -> None:
        self.served = ["k1"]
        self.looks = 0
        self.up = True

    async def metadata(self, request: web.Request) -> web.Response:
        self.looks += 1
        if not self.up:
            return web.Response(status=503, text="<html>")
        return web.json_response({"jwks_uri": f"http://{request.host}/keys"})

    async def keys(self, _: web.Request) -> web.Response:
        return web.json_response({"keys": [jwk(name) for name in self.served]})


@pytest.fixture
async def world() -> AsyncIterator[World]:
    host, desk, clock, keys = KeyHost(), FakeDesk(), MovingClock(), web.Application()
    keys.router.add_get("/metadata", host.metadata)
    keys.router.add_get("/keys", host.keys)
    async with TestServer(keys) as server, aiohttp.ClientSession() as session:
        http = Http(session)
        settings = replace(SETTINGS, metadata_url=str(server.make_url("/metadata")))
        connector = Connector(http, Tokens(http, settings, clock), settings)
        consents = Consents(connector, None, settings)  # type: ignore[arg-type] - no file is sent
        courier = TeamsCourier(connector, consents, desk.text)
        jwks = Jwks(http, settings.metadata_url, clock)
        adapter = TeamsAdapter(settings, clock, jwks, connector)
        app = web.Application()
        app.router.add_route(
            "*", "/api/messages", MessagesRoute(adapter, TeamsBot(desk, courier, consents)).handle
        )
        async with TestClient(TestServer(app)) as client:
            yield World(client, desk, clock, host)


async def test_a_message_is_accepted_before_the_answer_and_worked_on_once(world: World) -> None:
    assert (await world.post())[0] == 202
    assert (await world.post())[0] == 202
    assert len(world.desk.worked) == 1


async def test_an_unsigned_request_is_refused_and_reaches_nobody(world: World) -> None:
    response = await world.client.post("/api/messages", json=activity())
    assert response.status == 401
    assert (await world.client.get("/api/messages")).status in {405, 415}
    assert world.desk.accepted == []


async def test_odd_shapes_in_a_signed_activity_never_become_a_server_error(world: World) -> None:
    odd: list[Any] = [None, 1, "x", [], [1], {}, {"a": []}, True]
    for name in (
        "text",
        "entities",
        "attachments",
        "value",
        "name",
        "locale",
        "replyToId",
        "action",
    ):
        for kind in ("message", "invoke", "installationUpdate"):
            for value in odd:
                status, _ = await world.post(**{"type": kind, name: value})
                assert status < 500 or (kind, status) == ("invoke", 501), (kind, name, value)


async def test_a_press_gives_the_new_card_in_the_answer(world: World) -> None:
    value = {"action": {"type": "Action.Execute", "data": {"token": "k"}}}
    status, text = await world.post(type="invoke", name="adaptiveCard/action", value=value)
    answer = json.loads(text)
    assert (status, answer["statusCode"]) == (200, 200)
    assert answer["type"] == "application/vnd.microsoft.card.adaptive"
    assert answer["value"]["type"] == "AdaptiveCard"


async def test_a_dialog_opens_and_comes_back_with_what_is_wrong(world: World) -> None:
    world.desk.view = VIEW
    data = {"data": {"token": "k", "a": ""}}
    _, opened = await world.post(type="invoke", name="task/fetch", value=data)
    _, again = await world.post(type="invoke", name="task/submit", value=data)
    assert json.loads(opened)["task"]["type"] == json.loads(again)["task"]["type"] == "continue"
    assert "Skriv något." in again


async def test_a_new_key_is_found_but_looked_for_at_most_once_a_minute(world: World) -> None:
    assert (await world.post())[0] == 202
    world.host.served = ["k3"]
    assert (await world.post("k3"))[0] == 401
    world.clock.at += timedelta(seconds=61)
    assert (await world.post("k3", id="a-2"))[0] == 202
    assert (await world.post("k9"))[0] == 401
    assert (await world.post("k9"))[0] == 401
    assert world.host.looks == 2


async def test_old_keys_serve_for_five_days_while_the_host_is_down(world: World) -> None:
    assert (await world.post())[0] == 202
    world.host.up = False
    world.clock.at += timedelta(days=4)
    assert (await world.post())[0] == 202
    world.clock.at += timedelta(days=2)
    assert (await world.post())[0] == 401


@pytest.mark.parametrize(
    "settings",
    [
        TeamsSettings(), TeamsSettings(anonymous=True), replace(SETTINGS, secret=""),
        replace(SETTINGS, tenants=frozenset()), replace(SETTINGS, metadata_url="http://x/"),
    ],
    ids=range(5),
)  # fmt: skip
def test_settings_that_would_let_strangers_in_stop_the_start(settings: TeamsSettings) -> None:
    with pytest.raises(SettingsError):
        setup(web.Application(), FakeDesk(), settings, MovingClock(), None)  # type: ignore[arg-type]


def test_the_secret_never_shows() -> None:
    assert "hemligt" not in repr(TeamsSettings(secret="hemligt"))
