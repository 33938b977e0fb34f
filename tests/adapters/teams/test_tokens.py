"""The bot's own tokens: one fetch for many, a new one ahead of time, none shown."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.couriers import NotSent
from adapters.teams.http import Http
from adapters.teams.tokens import Tokens
from tests.adapters.teams.bench import SETTINGS
from tests.adapters.teams.test_routes import MovingClock


class Login:
    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.up = True
        self.clock = MovingClock()
        self.tokens: Tokens

    async def give(self, request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        self.asked.append(form or dict(request.query))
        if not self.up:
            return web.Response(status=503, text="<html>")
        return web.json_response({"access_token": f"t{len(self.asked)}", "expires_in": "3600"})


@pytest.fixture(params=["SingleTenant", "UserAssignedMSI"])
async def login(request: pytest.FixtureRequest) -> AsyncIterator[Login]:
    made, app = Login(), web.Application()
    app.router.add_route("*", "/{rest:.*}", made.give)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        url = str(server.make_url("/x"))
        settings = replace(SETTINGS, kind=request.param, login_url=url, identity_url=url)
        made.tokens = Tokens(Http(session), settings, made.clock)
        yield made


async def test_many_at_once_cause_one_fetch(login: Login) -> None:
    assert set(await asyncio.gather(*(login.tokens.get() for _ in range(20)))) == {"t1"}
    assert login.asked[0]["client_id"] == "app-1"


async def test_a_new_token_comes_ahead_of_the_end_and_an_old_one_serves_an_outage(
    login: Login,
) -> None:
    assert await login.tokens.get() == "t1"
    login.clock.at += timedelta(minutes=56)
    login.up = False
    assert await login.tokens.get() == "t1"
    login.up = True
    assert await login.tokens.get() == "t3"


async def test_without_any_token_nothing_is_sent(login: Login) -> None:
    login.up = False
    with pytest.raises(NotSent):
        await login.tokens.get()


async def test_a_token_that_was_not_taken_is_fetched_anew(login: Login) -> None:
    login.tokens.drop(await login.tokens.get())
    assert await login.tokens.get() == "t2"
