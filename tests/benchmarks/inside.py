"""What can be measured without a server: the query as the data grows, and the understanding."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import create_engine, insert

from adapters.teams.gate import Verified
from bot.understand import build, load, understand
from storage.meetings import next_meeting
from storage.tables import body, meeting, meeting_body, metadata, region
from tests.adapters.teams import bench
from tests.conftest import START

SIZES = (100, 1_000, 10_000, 100_000)
FIRST = datetime(2020, 1, 1, 9)  # wall time
LOADING = (
    "import time; from bot.understand import load; "
    "a = time.process_time(); load(); print(time.process_time() - a)"
)


def _each(work: Callable[[], object], times: int) -> list[float]:
    """µs of processor time for each call."""
    found = []
    for _ in range(times):
        before = time.process_time_ns()
        work()
        found.append((time.process_time_ns() - before) / 1000)
    return found


def query(size: int) -> float:
    """µs for the next of `size` meetings of one body, asked from the middle of them."""
    engine = create_engine("sqlite://")
    made = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        {"id": n, "region_id": 1, "format": "digital", "starts": FIRST + timedelta(hours=2 * n),
         "ends": FIRST + timedelta(hours=2 * n + 1), "uid": f"{n}@bench", "changed_at": made}
        for n in range(1, size + 1)
    ]  # fmt: skip
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.execute(insert(region), [{"id": 1, "key": "r", "name": "R", "sportlov_week": 7}])
        connection.execute(
            insert(body),
            [{"id": 1, "region_id": 1, "name": "N", "short": "N", "aliases": [],
              "kind": "network", "mailbox": ""}],
        )  # fmt: skip
        connection.execute(insert(meeting), rows)
        links = [{"meeting_id": row["id"], "body_id": 1, "ends": row["ends"]} for row in rows]
        connection.execute(insert(meeting_body), links)
        at = FIRST + timedelta(hours=size)

        def ask() -> None:
            assert next_meeting(connection, [1], at) is not None

        _each(ask, 50)
        return median(median(_each(ask, 300)) for _ in range(3))


def understanding() -> tuple[float, float]:
    """µs: the middle and the 99th of 100, over the training's own sentences."""
    load()
    lines = build.utterances(sorted((Path(build.__file__).parent / "training").glob("*.tsv")))
    texts = [text for text, _ in lines][::4]
    found = []
    for text in texts:
        understand(text, now=START)
    for text in texts:
        found += _each(lambda text=text: understand(text, now=START), 1)  # type: ignore[misc]
    found.sort()
    return median(found), found[len(found) * 99 // 100]


def loading() -> float:
    """Processor time in ms of `load()` in a new process, imports not counted."""
    runs = [
        subprocess.run([sys.executable, "-c", LOADING], check=True, capture_output=True, text=True)
        for _ in range(3)
    ]
    return median(float(each.stdout) for each in runs) * 1000


def gate() -> float:
    """µs for the Teams gate on a signed token: what the turn without a token leaves out."""
    bearer = bench.token()

    def knock() -> None:
        assert isinstance(bench.knock(bearer), Verified)

    _each(knock, 50)
    return median(median(_each(knock, 300)) for _ in range(3))
