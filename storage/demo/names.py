"""Names that nobody bears."""

from __future__ import annotations

from collections.abc import Iterator

FIRST = (
    "Alva Björn Clara David Elin Filip Gun Hanna Ivar Jenny Kaj Lisa Mona Nils Oskar Petra Ragnar "
    "Sara Tove Ulf Vera Wilma Yngve Åke Ärla Östen Amir Fatima Leila Omar"
).split()
LAST = (
    "Attrappander Demolund Exempelgren Fiktivlind Hittepåsson Låtsasdal Modellquist Obefintlig "
    "Påhittsberg Provberg Skenmark Testander Tänktgren Uppdiktsson"
).split()


def invented() -> Iterator[str]:
    """Four hundred different full names, always in the same order."""
    for turn in range(len(LAST)):
        for number, first in enumerate(FIRST):
            yield f"{first} {LAST[(number * 7 + turn) % len(LAST)]}"


def outside() -> Iterator[str]:
    """The same names from the other end: for those who are in neither workspace."""
    yield from list(invented())[::-1]


def ascii_name(text: str) -> str:
    """For the left or right part of an address."""
    return text.casefold().translate(str.maketrans("åäöé ", "aaoe.")).replace(",", "")
