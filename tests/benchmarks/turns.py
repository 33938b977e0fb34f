"""Whole turns over HTTP: what a server's process uses of the processor for each of them.

All turns are one person's, whose turns our engine carries out one after another: the writer gets
little to commit together, so our figures are the dear side of what a busy server sees.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from statistics import median

import aiohttp
from aiohttp import web

from bot.turn import Identity
from storage import demo
from tests.benchmarks import traffic
from tests.conftest import START
from tests.storage import world

PERSON = "Bo Fiktivsson"
TURNS, WARM, AT_ONCE, ROUNDS = 300, 50, 8, 3
Request = Callable[[str], tuple[bytes, dict[str, str]]]


@dataclass
class Case:
    name: str
    kind: str  # which server
    path: str
    request: Request
    answers: bool = True  # whether an answer comes by a call of its own
    whole: list[float] = field(default_factory=list)  # µs per turn, a figure a round
    loop: list[float] = field(default_factory=list)  # of it in the event loop's thread
    calls: float = 0  # to the platform, per turn
    connections: float = 0  # new ones to the platform, per turn

    @property
    def cpu(self) -> float:
        return median(self.whole)


def cases(stub: str) -> list[Case]:
    with world.engine().connect() as connection:
        known = demo.identities(connection)
    slack, teams = known[PERSON, "slack"], known[PERSON, "teams"]

    def ours(channel: str) -> tuple[bytes, dict[str, str]]:
        return _slack(slack, channel, START.timestamp())

    def theirs(channel: str) -> tuple[bytes, dict[str, str]]:
        return _slack(slack, channel, time.time())

    def microsoft(channel: str) -> tuple[bytes, dict[str, str]]:
        return traffic.teams(teams.user, teams.tenant, channel, f"{stub}/")

    path = "/slack/events"
    return [
        Case("bare aiohttp JSON POST", "bare", path, theirs, answers=False),
        Case("Bolt echo as documented", "bolt", path, theirs),
        Case("our Slack turn", "ours", path, ours),
        Case("our Teams turn, no token", "ours", "/api/messages", microsoft),
    ]


def _slack(who: Identity, channel: str, at: float) -> tuple[bytes, dict[str, str]]:
    return traffic.slack(who.user, who.tenant, channel, at)


@asynccontextmanager
async def _server(kind: str, stub: str) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.servers", kind, stub,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    try:
        port = int(await process.stdout.readline())
        yield f"http://127.0.0.1:{port}"
    finally:
        process.stdin.close()
        await process.wait()


async def _load(
    session: aiohttp.ClientSession, stub: traffic.Stub, url: str, case: Case, turns: int
) -> None:
    async def sender(number: int) -> None:
        channel = f"D{number:03}"
        for _ in range(number, turns, AT_ONCE):
            body, headers = case.request(channel)
            arrived = stub.expect(channel)
            async with session.post(url + case.path, data=body, headers=headers) as answer:
                assert answer.status < 300, (case.name, answer.status, await answer.text())
            if case.answers:
                async with asyncio.timeout(20):
                    await arrived

    await asyncio.gather(*(sender(each) for each in range(AT_ONCE)))
    await asyncio.sleep(0.1)  # what a server still does after its answer belongs to the turn


async def _used(session: aiohttp.ClientSession, url: str) -> tuple[float, float]:
    async with session.get(f"{url}/bench/cpu") as answer:
        whole, loop = await answer.json()
    return whole, loop


async def _round(session: aiohttp.ClientSession, stub: traffic.Stub, url: str, case: Case) -> None:
    before, calls, connections = await _used(session, url), stub.requests, stub.connections
    await _load(session, stub, url, case, TURNS)
    after = await _used(session, url)
    case.whole.append((after[0] - before[0]) / TURNS * 1e6)
    case.loop.append((after[1] - before[1]) / TURNS * 1e6)
    case.calls = (stub.requests - calls) / TURNS
    case.connections = (stub.connections - connections) / TURNS


@dataclass
class Measured:
    cases: list[Case]
    answer: str  # the first words of our last answer in Slack
    profile: str = ""


async def measure(*, profile: bool) -> Measured:
    """The rounds are interleaved, so that a noisy minute falls on every case."""
    stub = traffic.Stub()
    async with AsyncExitStack() as stack:
        runner = web.AppRunner(stub.app(), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        place = f"http://127.0.0.1:{runner.addresses[0][1]}"
        session = await stack.enter_async_context(aiohttp.ClientSession())
        every = cases(place)
        urls = {
            kind: await stack.enter_async_context(_server(kind, place))
            for kind in dict.fromkeys(each.kind for each in every)
        }
        for case in every:
            await _load(session, stub, urls[case.kind], case, WARM)
        answer = ""
        for _ in range(ROUNDS):
            for case in every:
                await _round(session, stub, urls[case.kind], case)
                if case.name == "our Slack turn":
                    answer = str(stub.last.get("text", ""))
        found = Measured(every, answer)
        if profile:
            found.profile = await _profiled(session, stub, urls["ours"], every[2])
        return found


async def _profiled(
    session: aiohttp.ClientSession, stub: traffic.Stub, url: str, case: Case
) -> str:
    await session.get(f"{url}/bench/profile/start")
    await _load(session, stub, url, case, TURNS)
    ask = {"by": "cumulative", "rows": "70"}
    async with session.get(f"{url}/bench/profile/stop", params=ask) as answer:
        cumulative = await answer.text()
    async with session.get(
        f"{url}/bench/profile/stop", params={"by": "tottime", "rows": "15"}
    ) as answer:
        return await answer.text() + cumulative
