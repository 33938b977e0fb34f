"""The servers that are measured, each alone in its process: `servers KIND STUB_URL DATABASE`.

Every one of them also tells what it has used of the processor and how long its event loop was held,
and can profile it.
"""

from __future__ import annotations

import asyncio
import cProfile
import io
import pstats
import resource
import sys
import time
from typing import Any

from aiohttp import web

from adapters.collector import unwatched
from tests.benchmarks.traffic import (
    APP,
    ISSUER,
    METADATA,
    SECRET,
    SERVICE,
    SLACK,
    TEAMS_APP,
    TOKEN,
)

KEY = b"a key that is only used in benchmarks"
BEAT = 0.001  # seconds between two looks at how punctual the event loop is


async def bare(stub: str, database: str) -> web.Application:
    """As little as a JSON webhook can be."""
    del stub, database

    async def take(request: web.Request) -> web.Response:
        return web.json_response({"text": (await request.json())["event"]["text"]})

    app = web.Application()
    app.router.add_post("/slack/events", take)
    return app


async def bolt(stub: str, database: str) -> web.Application:
    """Slack's own example: a listener that says the message back, with the client as it comes."""
    del database
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    client = AsyncWebClient(token=TOKEN, base_url=f"{stub}/api/")
    app = AsyncApp(signing_secret=SECRET, client=client)

    @app.event("message")
    async def echo(event: dict[str, Any], say: Any) -> None:
        await say(event["text"])

    return app.server(port=0, path="/slack/events").web_app


async def microsoft(stub: str, database: str) -> web.Application:
    """Microsoft's own example: the cloud adapter and an echo. Its own token is ready at hand."""
    del database
    from botbuilder.core import ActivityHandler, TurnContext
    from botbuilder.integration.aiohttp import (
        CloudAdapter,
        ConfigurationBotFrameworkAuthentication,
    )
    from botframework.connector.auth import (
        MicrosoftAppCredentials,
        PasswordServiceClientCredentialFactory,
    )

    class Settings:
        TO_CHANNEL_FROM_BOT_LOGIN_URL = "https://login.microsoftonline.com/botframework.com"
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = "https://api.botframework.com"
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = ISSUER
        OAUTH_URL = "https://api.botframework.com"
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = stub + METADATA
        TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL = stub + METADATA

    class Ready(MicrosoftAppCredentials):
        def get_access_token(self, force_refresh: bool = False) -> str:
            return "t"

    class Factory(PasswordServiceClientCredentialFactory):
        async def create_credentials(self, app_id: str, *_: object, **__: object) -> Any:
            return Ready(app_id, "secret")

    class Echo(ActivityHandler):
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(turn_context.activity.text)

    adapter = CloudAdapter(
        ConfigurationBotFrameworkAuthentication(
            Settings, credentials_factory=Factory(TEAMS_APP, "secret")
        )
    )
    handler = Echo()

    async def messages(request: web.Request) -> web.Response:
        return await adapter.process(request, handler) or web.Response()

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    return app


async def ours(stub: str, database: str) -> web.Application:
    """The real server; its clock stands at the demo's now. Only the stand-ins' address is let in."""
    from adapters.app import start
    from adapters.core import SetClock
    from adapters.settings import Settings
    from adapters.slack import SlackSettings
    from adapters.teams import TeamsSettings, connector, gate
    from tests.benchmarks.crowd import TENANT
    from tests.storage.world import AT as START

    checked = gate.allowed

    def at_stub(url: str, settings: TeamsSettings) -> bool:
        return checked(url.replace(f"{stub}/", SERVICE), settings)

    class AtStub(TeamsSettings):
        def check(self) -> None:
            """The stand-ins speak plain HTTP."""

    gate.allowed = connector.allowed = at_stub
    settings = Settings(
        database=database, seal_keys=(KEY,),
        slack=SlackSettings(SECRET, TOKEN, APP, frozenset({SLACK}), api_url=f"{stub}/api"),
        teams=AtStub(TEAMS_APP, TENANT, "secret", tenants=frozenset({TENANT}),
                     metadata_url=stub + METADATA, login_url=stub),
    )  # fmt: skip
    return await start(settings, SetClock(START))


KINDS = {"bare": bare, "bolt": bolt, "microsoft": microsoft, "ours": ours}


def gauge(app: web.Application) -> None:
    profile = cProfile.Profile(time.thread_time)  # waiting is no work
    late: list[float] = []
    beats: list[asyncio.Task[None]] = []

    async def cpu(request: web.Request) -> web.Response:
        """Seconds: of the whole process, and of the thread that the event loop runs in."""
        del request
        used = resource.getrusage(resource.RUSAGE_SELF)
        return web.json_response([used.ru_utime + used.ru_stime, time.thread_time()])

    async def beat() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(BEAT)
            late.append(time.perf_counter() - before - BEAT)

    async def watch(request: web.Request) -> web.Response:
        del request
        late.clear()
        beats.append(asyncio.create_task(beat()))
        return web.Response()

    async def stall(request: web.Request) -> web.Response:
        """Seconds: the longest that the event loop was held since `watch`."""
        del request
        beats.pop().cancel()
        return web.json_response(max(late, default=0.0))

    async def start(request: web.Request) -> web.Response:
        del request
        profile.enable()
        return web.Response()

    async def stop(request: web.Request) -> web.Response:
        profile.disable()
        text = io.StringIO()
        stats = pstats.Stats(profile, stream=text).strip_dirs()
        stats.sort_stats(request.query["by"]).print_stats(int(request.query["rows"]))
        return web.Response(text=text.getvalue())

    app.router.add_get("/bench/cpu", cpu)
    app.router.add_get("/bench/watch", watch)
    app.router.add_get("/bench/stall", stall)
    app.router.add_get("/bench/profile/start", start)
    app.router.add_get("/bench/profile/stop", stop)


async def serve(kind: str, stub: str, database: str) -> None:
    """Say the port and the processor time used so far; end when standard input ends."""
    app = await KINDS[kind](stub, database)
    gauge(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], time.process_time(), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


def main(kind: str, stub: str, database: str) -> None:
    """Ours runs on the loop that the product runs on, the others on Python's, as they come."""
    factory = None
    if kind == "ours":
        with unwatched():
            from adapters.app import new_loop as factory
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(serve(kind, stub, database))


if __name__ == "__main__":
    main(*sys.argv[1:])
