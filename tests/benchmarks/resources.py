"""Memory at rest, and the processor time from start to ready."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.rig import rig

BARE = """
import re, time
from pathlib import Path
import slack_bolt.async_app, botbuilder.core
size = re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(time.process_time(), int(size[1]) / 1024)
"""


@dataclass(frozen=True)
class Resources:
    bare: float  # MiB of a process that has only imported Bolt and botbuilder-core
    rest: float  # of our server, ready and not yet asked
    bare_start: float  # processor seconds
    ready: float


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    line = next(each for each in status if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


async def resources() -> Resources:
    made = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BARE, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await made.communicate()
    bare_start, bare = (float(each) for each in said.split())
    async with rig(("ours",)) as there:
        server = there.servers["ours"]
        return Resources(bare, _resident(server.pid), bare_start, server.ready)
