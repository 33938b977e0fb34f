"""The one place that joins everything: settings, database, engine, adapters, the aiohttp app."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import logging
import os
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from adapters import erasures, files
from adapters.collector import unwatched
from adapters.core import SystemClock, make_engine, open_store
from adapters.desk import Desk
from adapters.guests import GuestBook
from adapters.settings import Settings
from adapters.web import WebSettings
from adapters.web import setup as web_setup
from bot.dialog import Teller
from bot.engine import Fetch
from bot.errors import NotFetched, SettingsError
from bot.ports import Clock, Courier
from bot.turn import FileRef, Turn
from bot.understand import load
from dialogs.meetings.ics import ics
from storage import feeds, outbox, privacy, signin
from storage.session import Database

log = logging.getLogger(__name__)

Row = tuple[int, str, str, str, str]
SIZE = 1024 * 1024  # bytes of the largest request
DESK: web.AppKey[Desk] = web.AppKey("desk", Desk)


async def build(settings: Settings, clock: Clock | None = None) -> web.Application:
    """The app, ready to be started. Raise BotError for anything that cannot work."""
    clock = clock or SystemClock()
    database, store = await open_store(settings.database, clock)
    if settings.scanner is not None:
        store.scan = settings.scanner.scan
    if settings.demo:
        from storage import demo  # noqa: PLC0415 - only the demo needs it

        await database.write(demo.fill)
        await database.write(lambda c: demo.let_playground_in(c, clock.now()))
    await database.write(lambda c: privacy.begin(c, clock.now()))
    load()
    couriers: dict[str, Courier] = {}
    fetchers: dict[str, Fetch] = {}
    desk = Desk(
        engine=make_engine(store, settings.seal_keys, settings.public_url, _fetch(fetchers)),
        store=store,
        clock=clock,
        couriers=couriers,
    )
    app = bare()
    app[DESK] = desk
    _health(app, database)
    _metrics(app, desk, database, settings.metrics_token)
    kept = files.Files(database, settings.seal_keys, settings.public_url, clock)
    files.setup(app, kept)
    if settings.slack is not None:
        from adapters import slack  # noqa: PLC0415 - Slack's SDK is loaded only where it is used

        courier = slack.setup(app, desk, settings.slack, clock)
        desk.couriers["slack"], fetchers["slack"] = courier, courier.fetch
    if settings.teams is not None:
        from adapters import teams  # noqa: PLC0415 - botbuilder likewise

        teams_courier = teams.setup(app, desk, settings.teams, clock, kept)
        desk.couriers["teams"], fetchers["teams"] = teams_courier, teams_courier.fetch
    if settings.mail is not None:
        from adapters.mail import MailCourier  # noqa: PLC0415

        only = ".example" if settings.demo else settings.mail.only
        desk.couriers["mail"] = MailCourier(replace(settings.mail, only=only), clock)
    _web(app, desk, database, settings, clock)
    listed = erasures.path_of(settings.database, os.environ)
    app.cleanup_ctx.append(
        _running(desk, database, listed)
    )  # the last to start is the first to stop
    return app


def _fetch(fetchers: Mapping[str, Fetch]) -> Fetch:
    """Brings a file home from the platform on which it was sent."""

    async def fetch(turn: Turn, ref: FileRef) -> bytes:
        if turn.where.platform not in fetchers:
            raise NotFetched
        return await fetchers[turn.where.platform](turn, ref)

    return fetch


def bare() -> web.Application:
    """Without routes. Bodies stay as they came: a packed one is refused, never unpacked."""
    return web.Application(client_max_size=SIZE, handler_args={"auto_decompress": False})


async def start(settings: Settings, clock: Clock | None = None) -> web.Application:
    """Build the app to serve with it."""
    with unwatched():
        return await build(settings, clock)


def run(settings: Settings) -> None:
    """Serve until the process is told to stop."""
    _greet(settings)
    try:
        web.run_app(start(settings), host=settings.host, port=settings.port, print=None,
                    access_log=None, loop=new_loop())  # fmt: skip
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise SettingsError(
            f"port {settings.port} is taken by another program: choose one with "
            "`demo --port 3979`, or with NATVERKSBOT_PORT for `serve`"
        ) from None


def new_loop() -> asyncio.AbstractEventLoop:
    """uvloop's, where it exists: on Windows it does not."""
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


def _greet(settings: Settings) -> None:
    if settings.demo:
        sys.stdout.write(
            f"Nätverksboten (demo): open {settings.public_url}/ and choose whom to be.\n"
            "Try: Bo Fiktivsson (member), Asta Fiktberg (chair), Nora Provén (several groups).\n"
            "Ask: När är nästa nätverksträff? · Vem är värd i mars? · Who is the chair?\n"
            "In Microsoft's Agents Playground you are Bo Fiktivsson (the README says how).\n"
            "Everything is invented and gone when you stop it with Ctrl+C.\n"
        )
        sys.stdout.flush()


def _running(desk: Desk, database: Database, listed: Path | None):  # type: ignore[no-untyped-def]  # noqa: ANN202
    async def during(app: web.Application) -> AsyncIterator[None]:
        del app
        await desk.start()
        forgetting = [asyncio.create_task(_forget(desk))]
        if listed is not None:
            forgetting.append(asyncio.create_task(erasures.keep(database, listed)))
        yield
        for each in forgetting:
            each.cancel()
        await desk.stop()
        await database.close()

    return during


async def _forget(desk: Desk) -> None:
    """What is past its time is erased, soon after the start and then every hour."""
    while True:
        try:
            await desk.store.purge()
        except Exception:
            log.exception("forgetting failed, will be tried again")
        await asyncio.sleep(3600)


def _health(app: web.Application, database: Database) -> None:
    async def healthz(request: web.Request) -> web.Response:
        del request
        return web.Response(text="ok")

    async def readyz(request: web.Request) -> web.Response:
        del request
        try:
            await database.read(outbox.waiting)
        except Exception:  # noqa: BLE001 - whatever it is, the answer is no
            return web.Response(status=503, text="the database does not answer")
        return web.Response(text="ready")

    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)


def _metrics(app: web.Application, desk: Desk, database: Database, token: str) -> None:
    from adapters.metrics import Metrics, add_route  # noqa: PLC0415 - only a server needs it

    metrics = Metrics()
    desk.engine.watch = metrics.saw
    add_route(app, database, metrics, token)


def _web(
    app: web.Application, desk: Desk, database: Database, settings: Settings, clock: Clock
) -> None:
    async def people() -> list[Row]:
        from storage import demo  # noqa: PLC0415

        return await database.read(demo.people)

    async def redeem(secret: str) -> str | None:
        now = clock.now()
        return await database.write(lambda c: signin.redeem(c, secret, now))

    async def link_state(secret: str) -> str:
        now = clock.now()
        return await database.read(lambda c: signin.state(c, secret, now))

    async def who(token: str) -> Row | None:
        now = clock.now()
        return await database.read(lambda c: signin.who(c, token, now))

    async def end(token: str) -> None:
        now = clock.now()
        await database.write(lambda c: signin.end(c, token, now))

    async def calendar(secret: str) -> bytes | None:
        now = clock.now()
        found = await database.read(lambda c: feeds.content(c, secret, now))
        if found is None:
            return None
        return ics(found.meetings, Teller(found.language, desk.engine.core.texts), found.body)

    csrf = hashlib.sha256(b"web pages" + settings.seal_keys[0]).digest()
    web_setup(
        app, desk, settings=WebSettings(settings.public_url, csrf, settings.contact),
        demo_people=people if settings.demo else None, redeem=redeem, link_state=link_state,
        session_person=who, calendar=calendar, end_session=end,
        guests=GuestBook(database, desk.engine.core.texts, clock),
    )  # fmt: skip
