"""What a delivery costs, whatever else is planned; how late it leaves; what waiting costs."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Connection

from adapters.core import SystemClock, make_engine, open_store
from adapters.desk import Desk
from adapters.sender import Sender
from adapters.slack.api import Api
from adapters.slack.deliver import SlackCourier
from adapters.slack.installations import Installation, Installations
from bot.ports import Receipt, Result
from bot.reply import Text
from bot.turn import ConversationReference
from storage import outbox
from storage.store import SqlStore
from tests.conftest import KEY

MESSAGES, ROUNDS, AT_ONCE = 400, 3, 20
DUE = 200  # of the scheduled ones, in a sweep
LATER = 20  # letters whose lateness is measured
IDLE = 5.0  # seconds
WORDS = "Mötet är torsdag 10 december i Skövde."


def _stub(ready: multiprocessing.SimpleQueue) -> None:  # type: ignore[type-arg]
    async def take(request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"ok": True, "ts": "1.0"})

    async def serve() -> None:
        app = web.Application()
        app.router.add_post("/api/{method}", take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        ready.put(runner.addresses[0][1])
        await asyncio.Event().wait()

    asyncio.run(serve())


def _put(connection: Connection, count: int, at: datetime, name: str) -> None:
    for number in range(count):
        where = ConversationReference("slack", "T1", f"C{number % 100}", "channel")
        outbox.put(connection, where, [Text(WORDS)], f"{name}-{number}", "sv", at, run_at=at)


async def _cpu(work: Callable[[], Awaitable[object]]) -> float:
    """µs of this process for each message."""
    start = time.process_time()
    await work()
    return (time.process_time() - start) / MESSAGES * 1e6


async def _many(send: Callable[[int], Awaitable[object]]) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> None:
        async with gate:
            await send(number)

    await asyncio.gather(*(one(number) for number in range(MESSAGES)))


async def costs(file: Path) -> dict[str, float]:
    """µs of CPU for each message, median: bare aiohttp, slack_sdk with one session, the engine."""
    context = multiprocessing.get_context("spawn")
    ready = context.SimpleQueue()
    stub = context.Process(target=_stub, args=(ready,), daemon=True)
    stub.start()
    url = f"http://127.0.0.1:{await asyncio.to_thread(ready.get)}/api"
    clock = SystemClock()
    database, store = await open_store(f"sqlite:///{file}", clock)
    store.sender = outbox.Sender("bench", limits={})
    found: dict[str, list[float]] = {"bare": [], "slack_sdk": [], "engine": []}
    try:
        async with aiohttp.ClientSession() as session:
            sdk = AsyncWebClient("xoxb", base_url=f"{url}/", session=session, retry_handlers=[])
            api = Api(url)
            api.session = session
            slack = SlackCourier(api, Installations(_token, _nobody, clock))
            sender = Sender(make_engine(store, (KEY,)), clock, {"slack": slack})

            async def bare(number: int) -> None:
                body = {"channel": f"C{number % 100}", "text": WORDS}
                async with session.post(f"{url}/chat.postMessage", json=body) as got:
                    await got.json()

            async def through_sdk(number: int) -> None:
                await sdk.chat_postMessage(channel=f"C{number % 100}", text=WORDS)

            for turn in range(ROUNDS + 1):
                at = clock.now()
                await database.write(lambda c, t=turn, a=at: _put(c, MESSAGES, a, f"r{t}"))
                measured = {
                    "bare": await _cpu(lambda: _many(bare)),
                    "slack_sdk": await _cpu(lambda: _many(through_sdk)),
                    "engine": await _cpu(sender.send_due),
                }
                if turn:  # the first round warms up
                    for name, cost in measured.items():
                        found[name].append(cost)
    finally:
        stub.kill()
        await database.close()
    return {name: median(each) for name, each in found.items()}


async def _token(tenant: str) -> Installation:
    del tenant
    return Installation("xoxb", "UB")


async def _nobody(token: str) -> str:
    del token
    return "UB"


_FILL = """
with recursive n(i) as (select {first} union all select i + 1 from n where i < {last})
insert into outbox (dedup, reference, reply, language, lane, run_at)
select 'far-' || i, '{{}}', '{{}}', 'sv', 'slack|T9|C' || (i % 500), '2099-01-01 08:00:00.000000' from n
"""
_FILL_TIMERS = """
with recursive n(i) as (select {first} union all select i + 1 from n where i < {last})
insert into timer (kind, subject, key, zone, due_at, run_at, facts)
select 'far', 'meeting:' || i, '', 'Europe/Stockholm', '2099-01-01 08:00:00.000000',
       '2099-01-01 08:00:00.000000', '{{}}' from n
"""


async def sweeps(file: Path, sizes: tuple[int, ...] = (1_000, 1_000_000)) -> dict[int, float]:
    """Ms of CPU to claim and settle the due ones, with so many letters and timers planned."""
    clock = SystemClock()
    database, store = await open_store(f"sqlite:///{file}", clock)
    store.sender = outbox.Sender("bench", limits={})
    engine = make_engine(store, (KEY,))
    found: dict[int, float] = {}
    had = 0
    try:
        for size in sizes:
            for statement in (_FILL, _FILL_TIMERS):
                sql = statement.format(first=had + 1, last=size)
                await database.write(lambda c, sql=sql: c.exec_driver_sql(sql))
            had = size
            times = []
            for turn in range(ROUNDS + 2):
                at = clock.now()
                await database.write(lambda c, s=size, t=turn, a=at: _put(c, DUE, a, f"{s}-{t}"))
                start = time.process_time()
                await engine.fire()
                letters = await engine.exchange((), AT_ONCE)
                while letters:
                    sent = [Result(each, "sent", "m") for each in letters]
                    letters = await engine.exchange(sent, AT_ONCE)
                times.append((time.process_time() - start) * 1e3)
            found[size] = median(times[2:])
    finally:
        await database.close()
    return found


class _Stopwatch:
    """Takes everything at once and notes how late it came."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.due: dict[str, datetime] = {}

    async def send(self, where: ConversationReference, reply: Text, lang: str) -> Receipt:
        del lang
        now = datetime.now(UTC)  # noqa: TID251
        self.late.append((now - self.due[reply.text]).total_seconds() * 1e3)
        return Receipt(where.conversation)

    async def typing(self, where: ConversationReference) -> None:
        pass


async def waiting(file: Path) -> tuple[list[float], float]:
    """How late letters leave, in ms; and the CPU in % of a desk that waits for the next one."""
    clock = SystemClock()
    database, store = await open_store(f"sqlite:///{file}", clock)
    watch = _Stopwatch()
    desk = Desk(
        engine=make_engine(store, (KEY,)), store=store, clock=clock, couriers={"slack": watch}
    )
    await desk.start()
    try:
        now = clock.now()
        for number in range(LATER):
            at = now + timedelta(milliseconds=300 + 97 * number)
            watch.due[str(number)] = at
            await _later(store, number, at)
        async with asyncio.timeout(30):
            while len(watch.late) < LATER:  # noqa: ASYNC110 - what is measured must not be touched
                await asyncio.sleep(0.5)
        start = time.process_time()
        await asyncio.sleep(IDLE)
        idle = (time.process_time() - start) / IDLE * 100
    finally:
        await desk.stop()
        await database.close()
    return sorted(watch.late), idle


async def _later(store: SqlStore, number: int, at: datetime) -> None:
    where = ConversationReference("slack", "T1", f"C{number}", "channel")
    await store.write(
        lambda s: s.post(where, [Text(str(number))], f"late-{number}", "sv", person=None,
                         about="meeting:1", run_at=at)
    )  # fmt: skip
