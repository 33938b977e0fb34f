"""The servers side by side, the stand-in for the platforms, and the senders."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
from aiohttp import web

from tests.benchmarks import crowd, traffic
from tests.storage.world import AT as START

AT_ONCE = 8
Request = Callable[[int, str], tuple[bytes, dict[str, str]]]


@dataclass(frozen=True)
class Target:
    """One way of asking one server."""

    name: str
    kind: str  # which server
    path: str
    request: Request
    answers: bool = True  # whether an answer comes by a call of its own


@dataclass
class Server:
    url: str
    pid: int
    ready: float  # processor seconds from its start until it was ready


@dataclass
class Rig:
    stub: traffic.Stub
    place: str  # the stand-in's address
    session: aiohttp.ClientSession
    servers: dict[str, Server] = field(default_factory=dict)

    def targets(self) -> list[Target]:
        events, messages = "/slack/events", "/api/messages"

        def now(person: int, channel: str) -> tuple[bytes, dict[str, str]]:
            return traffic.slack(person, channel, time.time())

        def then(person: int, channel: str) -> tuple[bytes, dict[str, str]]:
            return traffic.slack(person, channel, START.timestamp())

        def signed(person: int, channel: str) -> tuple[bytes, dict[str, str]]:
            return traffic.teams(person, channel, f"{self.place}/")

        every = [
            Target("bare aiohttp JSON POST", "bare", events, now, answers=False),
            Target("Bolt echo as documented", "bolt", events, now),
            Target("our Slack turn", "ours", events, then),
            Target("stock botbuilder echo", "microsoft", messages, signed),
            Target("our Teams turn, signed", "ours", messages, signed),
        ]
        return [each for each in every if each.kind in self.servers]

    async def load(self, target: Target, turns: int, *, at_once: int = AT_ONCE) -> list[float]:
        """Seconds from each request to its answer; every sender is another person."""
        url = self.servers[target.kind].url + target.path
        took: list[float] = []

        async def sender(number: int) -> None:
            channel = f"D{number:03}"
            for _ in range(number, turns, at_once):
                body, headers = target.request(number, channel)
                arrived = self.stub.expect(channel)
                before = time.perf_counter()
                async with self.session.post(url, data=body, headers=headers) as answer:
                    assert answer.status < 300, (target.name, answer.status, await answer.text())
                if target.answers:
                    async with asyncio.timeout(30):
                        await arrived
                took.append(time.perf_counter() - before)

        await asyncio.gather(*(sender(each) for each in range(at_once)))
        await asyncio.sleep(0.1)  # what a server still does after its answer belongs to the turn
        return took

    async def ask(self, kind: str, what: str, **query: str) -> aiohttp.ClientResponse:
        return await self.session.get(f"{self.servers[kind].url}/bench/{what}", params=query)


@asynccontextmanager
async def rig(kinds: Sequence[str]) -> AsyncIterator[Rig]:
    """Start the servers; without Microsoft's package its echo is left out."""
    stub = traffic.Stub()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="natverksbot-bench-"))
        file = Path(folder) / "crowd.sqlite"
        await crowd.make(file)
        runner = web.AppRunner(stub.app(), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        place = f"http://127.0.0.1:{runner.addresses[0][1]}"
        pool = aiohttp.TCPConnector(limit=0)
        session = await stack.enter_async_context(aiohttp.ClientSession(connector=pool))
        made = Rig(stub, place, session)
        for kind in kinds:
            if kind == "microsoft" and find_spec("botbuilder.integration") is None:
                continue
            made.servers[kind] = await stack.enter_async_context(_server(kind, place, file))
        yield made


@asynccontextmanager
async def _server(kind: str, stub: str, file: Path) -> AsyncIterator[Server]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.servers", kind, stub, f"sqlite:///{file}",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    try:
        port, used = (await process.stdout.readline()).split()
        yield Server(f"http://127.0.0.1:{int(port)}", process.pid, float(used))
    finally:
        process.stdin.close()
        await process.wait()
