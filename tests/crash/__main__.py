"""`python -m tests.crash --times 1000`: on SQLite, and with two processes on PostgreSQL."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path
from uuid import uuid4

from tests.crash.run import kill_again_and_again
from tests.databases import SERVER, administer, answers


async def main(times: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crash.sqlite"
        print(
            "SQLite, one process:", await kill_again_and_again(f"sqlite:///{path}", times, 1, seed)
        )
    if not answers():
        print("PostgreSQL does not answer at NATVERKSBOT_TEST_POSTGRES: not run")
        return
    name = f"crash_{uuid4().hex[:12]}"
    await administer(f'create database "{name}"')
    try:
        url = SERVER.rsplit("/", 1)[0] + "/" + name
        print("PostgreSQL, two processes:", await kill_again_and_again(url, times, 2, seed))
    finally:
        await administer(f'drop database "{name}" with (force)')


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1000, help="how often a process is killed")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    asyncio.run(main(options.times, options.seed))
