"""The emulated Slack in Node, and our adapter with the real desk, engine and demo database."""

import asyncio
import contextlib
import json
import os
import shutil
import socket
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from adapters.core import make_engine
from adapters.desk import Desk
from adapters.slack import SlackSettings, setup
from storage import demo
from tests.adapters.slack.lint import lint
from tests.conftest import KEY, START

HERE = Path(__file__).parent
PERSON = "Asta Fiktberg"


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


class Slack:
    def __init__(self, url, session):
        self.url, self.session = url, session

    async def api(self, method, **body):
        head = {"Authorization": "Bearer xoxp-member"}
        async with self.session.post(f"{self.url}/api/{method}", json=body, headers=head) as answer:
            found = await answer.json()
        assert found["ok"], found
        return found

    async def test(self, what, **body):
        async with self.session.post(f"{self.url}/_test/{what}", json=body) as answer:
            return await answer.json()

    async def seen(self, what):
        async with self.session.get(f"{self.url}/_test/{what}") as answer:
            return await answer.json()

    async def ours(self):
        """All that our side has called, each message and view linted."""
        ours = [each for each in await self.seen("calls") if "xoxb" in str(each["token"])]
        for each in ours:
            if each["method"].startswith(("chat.", "views.")):
                assert lint(each["asked"].get("view", each["asked"])) == []
        return ours

    async def calls(self, method, count=1):
        """What our side has called, once there are `count` of it."""
        async with asyncio.timeout(6):
            while True:
                found = [each for each in await self.ours() if each["method"] == method]
                if len(found) >= count:
                    return found
                await asyncio.sleep(0.05)

    async def sent(self):
        """What our side has shown anybody so far, in order."""
        await self.desk.idle()
        shown = {
            "chat.postMessage",
            "chat.postEphemeral",
            "chat.update",
            "files.completeUploadExternal",
        }
        return [each for each in await self.ours() if each["method"] in shown]

    async def say(self, channel, text):
        """What is shown in answer to a message of the person."""
        before = len(await self.sent())
        await self.api("chat.postMessage", channel=channel, text=text)
        return await self._new(before)

    async def _new(self, before):
        async with asyncio.timeout(6):
            while True:
                found = await self.sent()
                if len(found) > before:
                    return found[before:]
                await asyncio.sleep(0.05)

    async def press(self, sent, label):
        """Press a button of a message; what is shown in answer."""
        before = len(await self.sent())
        (button,) = [
            each for block in sent["asked"]["blocks"] for each in block.get("elements", ())
            if each["text"]["text"] == label
        ]  # fmt: skip
        channel, ts = sent["asked"]["channel"], sent["result"]["ts"]
        fields = {"channel": {"id": channel}, "actions": [{"type": "button", **button}],
                  "container": {"type": "message", "message_ts": ts, "channel_id": channel}}  # fmt: skip
        answer = await self.test("interact", kind="block_actions", fields=fields)
        assert answer["status"] == 200
        return await self._new(before)


@pytest.fixture(scope="session")
def node():
    found = shutil.which("node")
    if not found:
        if os.environ.get("CI"):
            pytest.fail("Node.js is missing")
        pytest.skip("Node.js is not installed")
    return found


@pytest.fixture
async def slack(node, store, clock, request):
    if not (HERE / "node_modules").is_dir():
        install = await asyncio.create_subprocess_exec("npm", "ci", "--no-audit", cwd=HERE)
        assert await install.wait() == 0
    name = getattr(request, "param", PERSON)
    who = (await store.database.read(demo.identities))[name, "slack"]
    bot, emulator = free_port(), free_port()
    url = f"http://localhost:{emulator}"
    desk = Desk(engine=make_engine(store, (KEY,)), store=store, clock=clock, couriers={})
    app = web.Application(client_max_size=1 << 20)
    settings = SlackSettings(
        "only-for-tests", "xoxb-test", "A0TEST", frozenset({who.tenant}), api_url=f"{url}/api"
    )
    desk.couriers["slack"] = setup(app, desk, settings, clock)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", bot).start()
    await desk.start()
    told = {"PORT": emulator, "BOT_URL": f"http://127.0.0.1:{bot}/slack/events", "TEAM": who.tenant,
            "NOW": int(START.timestamp()), "MEMBER": who.user}  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        node, "emulator.mjs", cwd=HERE, stdout=asyncio.subprocess.PIPE,
        env=os.environ | {key: str(value) for key, value in told.items()},
    )  # fmt: skip
    try:
        async with asyncio.timeout(20):
            while not (line := await process.stdout.readline()).startswith(b"{"):
                assert line, "the emulator did not start"
        json.loads(line)
        async with aiohttp.ClientSession() as session:
            made = Slack(url, session)
            made.desk, made.who = desk, who
            yield made
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
        await desk.stop()
        await runner.cleanup()
