"""Microsoft Teams: an adapter on botbuilder-core with its own gate and its own connector."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from adapters.desk import Desk
from adapters.teams.connector import Connector
from adapters.teams.deliver import TeamsCourier
from adapters.teams.jwks import Jwks
from adapters.teams.routes import MessagesRoute, TeamsAdapter, TeamsBot
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens
from bot.ports import Clock

__all__ = ["TeamsCourier", "TeamsSettings", "setup"]
PATH = "/api/messages"


def setup(app: web.Application, desk: Desk, settings: TeamsSettings, clock: Clock) -> None:
    """Add the route to the app and the courier to the desk. Raise SettingsError at once."""
    settings.check()

    async def running(_: web.Application) -> AsyncIterator[None]:
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(cookie_jar=jar, trust_env=False) as session:
            connector = Connector(session, Tokens(session, settings, clock), settings)
            courier = TeamsCourier(connector, desk.text)
            desk.couriers["teams"] = courier
            jwks = Jwks(session, settings.metadata_url, clock)
            route.append(
                MessagesRoute(
                    TeamsAdapter(settings, clock, jwks, connector), TeamsBot(desk, courier)
                )
            )
            yield

    route: list[MessagesRoute] = []

    async def handle(request: web.Request) -> web.Response:
        return await route[-1].handle(request)

    app.cleanup_ctx.append(running)
    app.router.add_route("*", PATH, handle)
