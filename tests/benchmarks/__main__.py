"""`python -m tests.benchmarks [--profile]`: one table, made in one run.

The machine may be shared and noisy: only the ratios mean anything, and nothing here fails on them.
"""

from __future__ import annotations

import asyncio
import sys

from tests.benchmarks import inside, turns


def _line(name: str, *cells: str) -> None:
    print(f"{name:<36}" + "".join(f"{cell:>12}" for cell in cells))


def _turns(found: turns.Measured) -> None:
    bare, bolt = found.cases[0].cpu, found.cases[1].cpu
    _line("whole turns", "CPU µs", "of it loop", "÷ bare", "÷ Bolt", "calls", "connections")
    for case in found.cases:
        loop = sorted(case.loop)[len(case.loop) // 2]
        _line(
            case.name, f"{case.cpu:.0f}", f"{loop:.0f}", f"{case.cpu / bare:.2f}",
            f"{case.cpu / bolt:.2f}", f"{case.calls:.2f}", f"{case.connections:.2f}",
        )  # fmt: skip
    checked = inside.gate()
    _line(
        "the Teams gate with a token",
        f"{checked:.0f}",
        "",
        f"{checked / bare:.2f}",
        f"{checked / bolt:.2f}",
    )
    print(f"our answer: {found.answer!r}\n")


def _query() -> None:
    _line("next_meeting on SQLite", "CPU µs", "÷ smallest")
    first = 0.0
    for size in inside.SIZES:
        cost = inside.query(size)
        first = first or cost
        _line(f"{size:,} meetings", f"{cost:.0f}", f"{cost / first:.2f}")
    print()


def _understanding() -> None:
    middle, slow = inside.understanding()
    _line("understanding", "p50 µs", "p99 µs", "load ms")
    _line("the training's sentences", f"{middle:.0f}", f"{slow:.0f}", f"{inside.loading():.0f}")


def main() -> None:
    found = asyncio.run(turns.measure(profile="--profile" in sys.argv))
    _turns(found)
    _query()
    _understanding()
    if found.profile:
        print(f"\nour Slack turn, {turns.TURNS} turns, event loop's thread:\n{found.profile}")


if __name__ == "__main__":
    main()
