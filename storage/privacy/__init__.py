"""What is kept about people, how long, and how it goes."""

from storage.privacy.about import About, about, is_erased
from storage.privacy.erase import Duty, Leaving, again, erase, erased, leaving, names
from storage.privacy.retention import (
    KIND,
    Done,
    begin,
    decide,
    decided,
    erased_here,
    next_night,
    number,
    repeat,
    rules_of,
    run,
    run_and_log,
)

__all__ = [
    "KIND",
    "About",
    "Done",
    "Duty",
    "Leaving",
    "about",
    "again",
    "begin",
    "decide",
    "decided",
    "erase",
    "erased",
    "erased_here",
    "is_erased",
    "leaving",
    "names",
    "next_night",
    "number",
    "repeat",
    "rules_of",
    "run",
    "run_and_log",
]  # fmt: skip
