"""The servers that are measured, each alone in its process: `servers KIND STUB_URL`.

Every one of them also tells what it has used of the processor, and can profile its event loop.
"""

from __future__ import annotations

import asyncio
import cProfile
import io
import pstats
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.benchmarks.traffic import APP, SECRET, TOKEN

KEY = b"a key that is only used in benchmarks"


async def bare(stub: str) -> web.Application:
    """As little as a JSON webhook can be."""
    del stub

    async def take(request: web.Request) -> web.Response:
        return web.json_response({"text": (await request.json())["event"]["text"]})

    app = web.Application()
    app.router.add_post("/slack/events", take)
    return app


async def bolt(stub: str) -> web.Application:
    """Slack's own example: a listener that says the message back, with the client as it comes."""
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    client = AsyncWebClient(token=TOKEN, base_url=f"{stub}/api/")
    app = AsyncApp(token=TOKEN, signing_secret=SECRET, client=client)

    @app.event("message")
    async def echo(event: dict[str, Any], say: Any) -> None:
        await say(event["text"])

    return app.server(port=0, path="/slack/events").web_app


async def ours(stub: str) -> web.Application:
    """The real server with the demo's data on disk; its clock stands at the demo's now."""
    from adapters.app import build
    from adapters.core import SetClock
    from adapters.settings import Settings
    from adapters.slack import SlackSettings
    from adapters.teams import TeamsSettings
    from storage.demo.write import SLACK
    from tests.conftest import START

    folder = tempfile.TemporaryDirectory(prefix="natverksbot-bench-")
    settings = Settings(
        database=f"sqlite:///{Path(folder.name) / 'demo.sqlite'}", seal_keys=(KEY,), demo=True,
        slack=SlackSettings(SECRET, TOKEN, APP, frozenset({SLACK}), api_url=f"{stub}/api"),
        teams=TeamsSettings(anonymous=True, demo=True),
    )  # fmt: skip
    app = await build(settings, SetClock(START))

    async def clean(_: web.Application) -> None:
        folder.cleanup()

    app.on_cleanup.append(clean)
    return app


KINDS = {"bare": bare, "bolt": bolt, "ours": ours}


def gauge(app: web.Application) -> None:
    profile = cProfile.Profile(time.thread_time)  # waiting is no work

    async def cpu(request: web.Request) -> web.Response:
        """Seconds: of the whole process, and of the thread that the event loop runs in."""
        del request
        used = resource.getrusage(resource.RUSAGE_SELF)
        return web.json_response([used.ru_utime + used.ru_stime, time.thread_time()])

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
    app.router.add_get("/bench/profile/start", start)
    app.router.add_get("/bench/profile/stop", stop)


async def serve(kind: str, stub: str) -> None:
    """Say the port on standard output; end when standard input ends."""
    app = await KINDS[kind](stub)
    gauge(app)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


def main(kind: str, stub: str) -> None:
    """Ours runs on the loop that the product runs on, the others on Python's, as they come."""
    factory = None
    if kind == "ours":
        from adapters.app import new_loop as factory
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(serve(kind, stub))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
