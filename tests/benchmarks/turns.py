"""Whole turns over HTTP: what a server's process uses of the processor for each of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.rig import Rig, Target, rig

TURNS, SLOW_TURNS, WARM, ROUNDS = 300, 60, 60, 3  # a stock botbuilder turn takes 12 ms and more


@dataclass
class Case:
    target: Target
    whole: list[float] = field(default_factory=list)  # µs per turn, a figure a round
    loop: list[float] = field(default_factory=list)  # of it in the event loop's thread
    counts: Counter[str] = field(default_factory=Counter)  # at the stand-in, per turn

    @property
    def cpu(self) -> float:
        return median(self.whole)

    @property
    def turns(self) -> int:
        return SLOW_TURNS if self.target.kind == "microsoft" else TURNS


@dataclass
class Measured:
    cases: list[Case]
    answer: str  # the words of our last answer in Slack
    profile: str = ""

    def cpu(self, name: str) -> float:
        return next((each.cpu for each in self.cases if name in each.target.name), float("nan"))


async def measure(*, profile: bool) -> Measured:
    """The rounds are interleaved, so that a noisy minute falls on every case."""
    async with rig(("bare", "bolt", "ours", "microsoft")) as there:
        cases = [Case(each) for each in there.targets()]
        for case in cases:
            await there.load(case.target, WARM)
        answer = ""
        for _ in range(ROUNDS):
            for case in cases:
                await _round(there, case)
                if case.target.name == "our Slack turn":
                    answer = str(there.stub.last.get("text", ""))
        found = Measured(cases, answer)
        if profile:
            found.profile = await _profiled(there, cases[2])
        return found


async def _used(there: Rig, case: Case) -> tuple[float, float]:
    async with await there.ask(case.target.kind, "cpu") as answer:
        whole, loop = await answer.json()
    return whole, loop


async def _round(there: Rig, case: Case) -> None:
    before, counts = await _used(there, case), there.stub.counts.copy()
    await there.load(case.target, case.turns)
    after = await _used(there, case)
    case.whole.append((after[0] - before[0]) / case.turns * 1e6)
    case.loop.append((after[1] - before[1]) / case.turns * 1e6)
    case.counts = Counter(
        {name: number / case.turns for name, number in (there.stub.counts - counts).items()}
    )


async def _profiled(there: Rig, case: Case) -> str:
    async with await there.ask("ours", "profile/start"):
        pass
    await there.load(case.target, TURNS)
    text = ""
    for by, rows in (("tottime", "15"), ("cumulative", "70")):
        async with await there.ask("ours", "profile/stop", by=by, rows=rows) as answer:
            text += await answer.text()
    return text
