"""Many at once: how long an answer takes, and how long the event loop is held."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.rig import Target, rig

CROWD, ROUND = 256, 1024  # people at once, turns
SLOW_CROWD, ANSWER = 100, 0.1  # people at once, seconds that the platform takes over an answer


@dataclass(frozen=True)
class Busy:
    name: str
    half: float  # ms: p50 and p99 of the time to an answer
    slow: float


@dataclass(frozen=True)
class Held:
    name: str
    longest: float  # ms


async def latency() -> list[Busy]:
    async with rig(("bolt", "ours")) as there:
        found = []
        for target in _slack(there.targets()):
            await there.load(target, CROWD, at_once=CROWD)
            took = sorted(await there.load(target, ROUND, at_once=CROWD))
            found.append(
                Busy(target.name, took[len(took) // 2] * 1e3, took[len(took) * 99 // 100] * 1e3)
            )
        return found


async def stalls() -> list[Held]:
    """The longest time that another task had to wait for its turn in the event loop."""
    async with rig(("bolt", "ours", "microsoft")) as there:
        found = []
        for target in there.targets():
            await there.load(target, SLOW_CROWD, at_once=SLOW_CROWD)
            there.stub.delay = ANSWER
            async with await there.ask(target.kind, "watch"):
                pass
            await there.load(target, SLOW_CROWD * 2, at_once=SLOW_CROWD)
            async with await there.ask(target.kind, "stall") as answer:
                found.append(Held(target.name, float(await answer.json()) * 1e3))
            there.stub.delay = 0.0
        return found


def _slack(targets: list[Target]) -> list[Target]:
    return [each for each in targets if each.path == "/slack/events"]
