"""`python -m tests.benchmarks [turns] [busy] [inside] [resources] [registrations] [delivery] [--profile]`: all made
in one run.

The machine may be shared and noisy: only the ratios mean anything, and nothing here fails on them.
Memory is read from /proc, so `inside` and `resources` need Linux. Microsoft's echo needs
`pip install -e '.[bench]'` and is left out without it.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import (
    busy,
    crowd,
    delivery,
    inside,
    registrations,
    resources,
    statements,
    turns,
)
from tests.benchmarks.traffic import ASKED

WIDTH = 34


def _line(name: str, *cells: str) -> None:
    print(f"{name:<{WIDTH}}" + "".join(f"{cell:>13}" for cell in cells))


def _goal(name: str, reached: float, goal: float) -> None:
    _line(name, f"{reached:.2f}", f"≤ {goal:g}", "reached" if reached <= goal else "missed")


def show_turns() -> None:
    found = asyncio.run(turns.measure(profile="--profile" in sys.argv))
    bare, bolt, stock = (found.cpu(name) for name in ("bare", "Bolt", "stock"))
    slack, teams = found.cpu("our Slack"), found.cpu("our Teams")
    _line("whole turns", "CPU µs", "of it loop", "calls", "connections", "token+keys")
    for case in found.cases:
        loop = sorted(case.loop)[len(case.loop) // 2]
        asked = case.counts["tokens"] + case.counts["keys"]
        _line(
            case.target.name, f"{case.cpu:.0f}", f"{loop:.0f}", f"{case.counts['answers']:.2f}",
            f"{case.counts['connections']:.2f}", f"{asked:.2f}",
        )  # fmt: skip
    print()
    _line("ratio", "reached", "goal")
    _goal("Slack turn ÷ Bolt's echo", slack / bolt, 1.0)
    _goal("Slack turn ÷ bare aiohttp", slack / bare, 8)
    _goal("Teams turn ÷ stock botbuilder", teams / stock, 0.10)
    _goal("Teams turn ÷ bare aiohttp", teams / bare, 8)
    print(f"our answer: {found.answer!r}\n")
    if found.profile:
        print(f"our Slack turn, {turns.TURNS} turns, event loop's thread:\n{found.profile}")


def show_busy() -> None:
    found = asyncio.run(busy.latency())
    _line(f"{busy.CROWD} people at once", "p50 ms", "p99 ms")
    for each in found:
        _line(each.name, f"{each.half:.0f}", f"{each.slow:.0f}")
    p99 = {each.name: each.slow for each in found}
    _goal("p99 ÷ Bolt's", p99["our Slack turn"] / p99["Bolt echo as documented"], 1.0)
    print()
    _line(f"{busy.SLOW_CROWD} at once, 100 ms answers", "held ms", "goal")
    for held in asyncio.run(busy.stalls()):
        _line(held.name, f"{held.longest:.0f}", "≤ 50")
    print()


def show_inside() -> None:
    with TemporaryDirectory(prefix="natverksbot-bench-") as folder:
        file = Path(folder) / "crowd.sqlite"
        crowd.prepare(file)
        made, begun = asyncio.run(_statements(file))
    _line("statements of a turn", f"{made} in {begun} transactions")
    print()
    _line("a turn between its writes", "CPU µs", "÷ smallest")
    first = 0.0
    for size, cost in inside.growth():
        first = first or cost
        _line(f"{size:,} meetings", f"{cost:.0f}", f"{cost / first:.2f}")
    print()
    middle, slow = inside.understanding()
    loading, size = inside.loading()
    _line("understanding", "p50 µs", "p99 µs", "load ms", "load MiB")
    _line("held-back voices", f"{middle:.0f}", f"{slow:.0f}", f"{loading:.0f}", f"{size:.1f}")
    print()


async def _statements(file: Path) -> tuple[int, int]:
    async with statements.bench(file) as there:
        for _ in range(2):
            made, begun = await there.statements(there.turn(ASKED[0]))
        return len(made), begun


def show_resources() -> None:
    found = asyncio.run(resources.resources())
    _line("resources", "MiB", "start, CPU s")
    _line("Bolt and botbuilder imported", f"{found.bare:.0f}", f"{found.bare_start:.2f}")
    _line("our server, ready", f"{found.rest:.0f}", f"{found.ready:.2f}")
    _goal("MiB at rest", found.rest, 110)
    _goal("start ÷ bare imports", found.ready / found.bare_start, 2.0)


def show_registrations() -> None:
    cost = registrations.costs()
    _line("registrations", "wall µs", "CPU µs")
    _line("plain insert, committed", f"{cost.plain:.0f}", f"{cost.plain_cpu:.0f}")
    _line("registration, committed", f"{cost.register:.0f}", f"{cost.register_cpu:.0f}")
    _goal("registration ÷ plain insert", cost.register / cost.plain, 2.5)
    first = 0.0
    for size, spent in registrations.growth():
        first = first or spent
        _line(f"{size:,} registered before", f"{spent:.0f} µs", f"{spent / first:.2f}")
    rush = registrations.rush()
    _line(f"{registrations.CROWD} presses at once", "seconds", "CPU µs each", "seats", "places")
    _line("", f"{rush.seconds:.1f}", f"{rush.cpu:.0f}", f"{rush.seated}", f"{rush.places}",
          f"{rush.strange} strange")  # fmt: skip
    _goal("seconds until all are answered", rush.seconds, 10)
    print()


def show_delivery() -> None:
    with TemporaryDirectory(prefix="natverksbot-bench-") as folder:
        cost = asyncio.run(delivery.costs(Path(folder) / "cost.sqlite"))
        late, idle = asyncio.run(delivery.waiting(Path(folder) / "late.sqlite"))
        swept = asyncio.run(delivery.sweeps(Path(folder) / "sweep.sqlite"))
    _line("a message, sent", "CPU µs")
    for name, each in cost.items():
        _line(name, f"{each:.0f}")
    _goal("through the engine ÷ slack_sdk", cost["engine"] / cost["slack_sdk"], 2.0)
    few, many = sorted(swept)
    _line(f"{delivery.DUE} due of so many planned", "CPU ms")
    for size in (few, many):
        _line(f"{size:,}", f"{swept[size]:.0f}")
    _goal("1,000,000 planned ÷ 1,000", swept[many] / swept[few], 1.2)
    _line("due to sent", f"{late[len(late) // 2]:.0f} ms", f"at most {late[-1]:.0f} ms")
    _line("a desk that waits", f"{idle:.2f} % CPU")
    print()


PARTS = {
    "turns": show_turns, "busy": show_busy, "inside": show_inside, "resources": show_resources,
    "registrations": show_registrations,
    "delivery": show_delivery,
}  # fmt: skip


def main() -> None:
    asked = [each for each in sys.argv[1:] if each in PARTS]
    for name in asked or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
