"""The figures on the held-back voices, pinned a little below what was reached."""

from __future__ import annotations

from tests.bot.understand.figures import lines, measure


def test_the_held_back_voices_are_understood_as_well_as_they_were() -> None:
    got = measure(lines())

    assert got["right first"] >= 0.93
    assert got["right within one click"] >= 0.97
    assert got["direct wrong"] <= 0.02
    assert got["wrong draft"] <= 0.01
    assert got["out of scope answered"] <= 0.05
    assert got["language"] >= 0.995
