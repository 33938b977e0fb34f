"""What can be measured without a server: a turn as the data grows, and the understanding."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, insert

from bot.handling import Handling
from bot.ports import Session
from bot.turn import Turn
from bot.understand import load, understand
from storage.tables import meeting, meeting_body, meeting_day
from tests.benchmarks import crowd
from tests.benchmarks.statements import Bench, bench
from tests.benchmarks.traffic import ASKED
from tests.bot.understand.figures import NOW, lines
from tests.storage.world import AT as START

SIZES = (100, 1_000, 10_000, 100_000)
FIRST = datetime(1999, 1, 1, 9)  # wall time
LOADING = """
import re, time
from pathlib import Path
import bot.understand
def resident():
    size = re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())
    return int(size[1]) / 1024
size, start = resident(), time.process_time()
bot.understand.load()
print(time.process_time() - start, resident() - size)
"""


def growth() -> Iterator[tuple[int, float]]:
    """µs in the event loop for a turn of a person whose network has had so many meetings."""
    with TemporaryDirectory(prefix="natverksbot-bench-") as folder:
        file = Path(folder) / "crowd.sqlite"
        crowd.prepare(file)
        had = 0
        for size in SIZES:
            yield size, asyncio.run(_grown(file, had, size))
            had = size


async def _grown(file: Path, had: int, size: int) -> float:
    async with bench(file) as there:
        await there.database.write(lambda c: _held(c, range(had, size)))
        return await _cost(there)


def _held(connection: Connection, numbers: range) -> None:
    """Meetings of the crowd's network, an hour each, long ago."""
    body = crowd.body_of(connection)
    region = connection.execute(meeting.select().limit(1)).one().region_id
    days = {n: FIRST + timedelta(hours=2 * n) for n in numbers}
    made = [
        {"region_id": region, "format": "digital", "starts": day, "uid": f"{n}@bench",
         "ends": day + timedelta(hours=1), "changed_at": START}
        for n, day in days.items()
    ]  # fmt: skip
    ids = connection.execute(
        insert(meeting).returning(meeting.c.id, sort_by_parameter_order=True), made
    ).scalars().all()  # fmt: skip
    ends = [row["ends"] for row in made]
    connection.execute(
        insert(meeting_body),
        [{"meeting_id": n, "body_id": body, "ends": end} for n, end in zip(ids, ends, strict=True)],
    )
    connection.execute(
        insert(meeting_day),
        [
            {"meeting_id": n, "number": 1, "starts": row["starts"], "ends": row["ends"]}
            for n, row in zip(ids, made, strict=True)
        ],
    )


async def _cost(there: Bench) -> float:
    """µs of what a turn does between its two writes."""
    turns = [there.turn(text, person) for person in range(8) for text in ASKED]

    def look(session: Session, turn: Turn) -> None:
        handling = Handling(there.engine.core, turn, session)
        handling.run()
        assert handling.replies

    found = []
    for turn in turns * 8:
        before = time.thread_time_ns()
        await there.store.read(partial(look, turn=turn))
        found.append((time.thread_time_ns() - before) / 1000)
    return median(found)


def understanding() -> tuple[float, float]:
    """µs: the middle and the 99th of 100, over the held-back voices."""
    load()
    found = []
    for _, _, text in lines():
        before = time.thread_time_ns()
        understand(text, now=NOW)
        found.append((time.thread_time_ns() - before) / 1000)
    found.sort()
    return median(found), found[len(found) * 99 // 100]


def loading() -> tuple[float, float]:
    """Processor time in ms and memory in MiB of `load()` in a new process, imports not counted."""
    runs = [
        subprocess.run([sys.executable, "-c", LOADING], check=True, capture_output=True, text=True)
        for _ in range(3)
    ]
    figures = [[float(word) for word in each.stdout.split()] for each in runs]
    return median(each[0] for each in figures) * 1000, median(each[1] for each in figures)
