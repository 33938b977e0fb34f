"""Microsoft Teams: an adapter on botbuilder-core with its own gate and its own connector."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from adapters.desk import Desk
from adapters.files import Files
from adapters.teams.bot import TeamsBot
from adapters.teams.connector import Connector
from adapters.teams.consent import Consents
from adapters.teams.deliver import TeamsCourier
from adapters.teams.files import fetch
from adapters.teams.http import Http
from adapters.teams.jwks import Jwks
from adapters.teams.routes import MessagesRoute, TeamsAdapter
from adapters.teams.settings import TeamsSettings
from adapters.teams.tokens import Tokens
from bot.ports import Clock

__all__ = ["TeamsCourier", "TeamsSettings", "setup"]
PATH = "/api/messages"


def setup(
    app: web.Application, desk: Desk, settings: TeamsSettings, clock: Clock, files: Files
) -> TeamsCourier:
    """Add the route to the app; the courier is the caller's to give to the desk.

    Raise SettingsError at once for settings that would let strangers in. The session closes in
    on_cleanup, which runs after the desk has drained.
    """
    settings.check()
    http = Http()
    connector = Connector(http, Tokens(http, settings, clock), settings)
    consents = Consents(connector, files, settings)
    courier = TeamsCourier(
        connector, consents, desk.text, dialogs=not settings.anonymous,
        bring=partial(fetch, http, settings),
    )  # fmt: skip
    jwks = Jwks(http, settings.metadata_url, clock)
    adapter = TeamsAdapter(settings, clock, jwks, connector)
    route = MessagesRoute(adapter, TeamsBot(desk, courier, consents))

    async def close(_: web.Application) -> None:
        await http.close()

    app.on_cleanup.append(close)
    app.router.add_route("*", PATH, route.handle)
    return courier
