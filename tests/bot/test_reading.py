"""Answers that nobody would give are misread, never a mistake of the program."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.errors import Misread
from bot.form import Choice, Field
from bot.reading import Reading, read

CHOICES = (Choice("a", "Förmiddag"), Choice("b", "Eftermiddag"))
READING = Reading("sv", datetime(2026, 11, 23, 8, tzinfo=UTC), CHOICES)


@pytest.mark.parametrize("text", ["9" * 5000, "0", "3", "\u0663", "²"])
def test_a_number_that_is_no_choice_is_misread(text: str) -> None:
    with pytest.raises(Misread):
        read(Field("choice"), text, READING)


def test_a_number_picks_a_choice() -> None:
    assert read(Field("choice"), "2", READING) == "b"
