"""Kill sending processes again and again, then count at the platforms."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerContext, ForkServerProcess

from aiohttp.test_utils import TestServer
from sqlalchemy import select

from adapters.core import SystemClock
from bot.reply import Text
from bot.turn import ConversationReference
from storage import migrations, outbox, timers
from storage.outbox import put
from storage.session import Database, open_database
from tests.crash import child
from tests.crash.platform import Platforms

BETWEEN = (0.05, 0.35)  # seconds from one kill to the next
RATE = 50  # letters and timers a second
DRAIN, SLOWLY = 60.0, 20.0  # seconds for what is left, and letters a second at least


@dataclass(frozen=True, slots=True)
class Figures:
    """`doubled` by whether the platform can be searched; `flagged` is unsure, and shown as that."""

    kills: int
    letters: int
    lost: int
    doubled: int
    doubled_blind: int
    worst: int  # how often the most repeated letter was said
    flagged: int
    flagged_unsaid: int

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.letters} letters: {self.lost} lost, {self.doubled} doubled "
            f"where the platform can be searched; where it cannot: {self.doubled_blind} doubled "
            f"(at most {self.worst} times), {self.flagged} left as unsure for an administrator, "
            f"of which {self.flagged_unsaid} had not arrived"
        )


async def kill_again_and_again(database: str, times: int, processes: int, seed: int) -> Figures:
    """`database` is empty and may be thrown away."""
    chance = random.Random(seed)
    platforms = Platforms(random.Random(seed + 1))
    context = _context()
    store = open_database(database)
    async with TestServer(platforms.app()) as server:
        await store.write(migrations.upgrade)
        seconds = times * sum(BETWEEN) / 2
        planned = await _plan(store, seconds, chance)
        url = str(server.make_url("")).rstrip("/")
        running = [_start(context, database, url) for _ in range(processes)]
        try:
            for _ in range(times):
                await asyncio.sleep(chance.uniform(*BETWEEN))
                victim = chance.randrange(processes)
                await asyncio.to_thread(_kill, running[victim])
                running[victim] = _start(context, database, url)
            await _drained(store, DRAIN + len(planned) / SLOWLY)
        finally:
            for each in running:
                await asyncio.to_thread(_kill, each)
    found = await _count(store, platforms, planned, times)
    await store.close()
    return found


def _context() -> ForkServerContext:
    """New processes in a hundredth of a second: all that they import is loaded before."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.crash.child"])
    return context


def _start(context: ForkServerContext, database: str, url: str) -> ForkServerProcess:
    process = context.Process(target=child.run, args=(database, url), daemon=True)
    process.start()
    return process


def _kill(process: ForkServerProcess) -> None:
    process.kill()
    process.join()
    process.close()


async def _plan(store: Database, seconds: float, chance: random.Random) -> list[str]:
    """Letters and timers, due evenly over the time of the run; gives their words."""
    start, words = datetime.now(UTC), []  # noqa: TID251
    count = int(seconds * RATE)

    def write(connection) -> None:
        for number in range(count):
            at = start + timedelta(seconds=chance.uniform(0, seconds))
            if number % 5 == 0:
                timers.plan(connection, "announce", f"meeting:{number}", at, key=str(number))
                words.append(f"timer {number}")
                continue
            platform = "teams" if number % 5 == 1 else "slack"
            where = ConversationReference(platform, child.TENANT, f"C{number % 40}", "channel")
            put(connection, where, [Text(f"{platform} {number}")], f"n{number}", "sv", start,
                run_at=at)  # fmt: skip
            words.append(f"{platform} {number}")

    await store.write(write)
    return words


async def _drained(store: Database, seconds: float) -> None:
    clock = SystemClock()
    end = clock.now() + timedelta(seconds=seconds)
    while clock.now() < end:
        await asyncio.sleep(0.2)
        found = await store.read(lambda c: (timers.next_due(c), outbox.next_due(c)))
        if all(each is None or each.year == 9999 for each in found):
            return
    left = await store.read(outbox.unsent)
    raise TimeoutError(f"the outbox was not emptied: {left}")


async def _count(
    store: Database, platforms: Platforms, planned: Sequence[str], kills: int
) -> Figures:
    table = outbox.outbox
    rows = await store.read(
        lambda c: c.execute(
            select(table.c.reply, table.c.state).where(table.c.state != "sent")
        ).all()
    )
    flagged = {row.reply["text"] for row in rows if row.state == "unsure"}
    taken: Counter[str] = platforms.taken
    blind = {each for each in planned if each.startswith("teams")}
    twice = [each for each in planned if taken[each] > 1]
    return Figures(
        kills=kills, letters=len(planned),
        lost=sum(1 for each in planned if not taken[each] and each not in flagged),
        doubled=sum(1 for each in twice if each not in blind),
        doubled_blind=sum(1 for each in twice if each in blind),
        worst=max((taken[each] for each in blind), default=0),
        flagged=len(flagged), flagged_unsaid=sum(1 for each in flagged if not taken[each]),
    )  # fmt: skip
