"""Which body some words name, however they are bent."""

from __future__ import annotations

import pytest

from storage.body_names import best

NAMES = (
    ("Nätverket Vuxenutbildning Skaraborg", "VUX"),
    ("Arbetsgrupp Kvalitet", "Kvalitet"),
    ("Arbetsgrupp Resurser", "Resurser"),
    ("Grupp",),  # says nothing
)
NOBODYS = (False,) * len(NAMES)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("vux", 0), ("nätverkets", 0), ("vuxenutbildning", 0), ("kvalitetsgruppens", 1),
        ("kvalitett", 1), ("kvaltiet", 1), ("resuser", 2),
        ("kvalitet och annat", 1), ("gruppen", None), ("körsång", None), ("", None),
    ],
)  # fmt: skip
def test_words_name_a_body(words: str, place: int | None) -> None:
    assert best(words, NAMES, NOBODYS) == place


def test_among_equals_it_is_ones_own() -> None:
    twins = (("Styrgruppen",), ("Styrgruppen",))

    assert best("styrgruppen", twins, (False, False)) is None
    assert best("styrgruppen", twins, (False, True)) == 1
    assert best("styrgruppens", twins, (True, False)) == 0
