"""What is kept about people, how long, and how it goes."""

from storage.privacy.about import About, about, is_erased
from storage.privacy.erase import Duty, Leaving, again, erase, erased, leaving
from storage.privacy.retention import KIND, Done, begin, decide, decided, next_night, rules_of, run

__all__ = [
    "KIND", "About", "Done", "Duty", "Leaving", "about", "again", "begin", "decide", "decided",
    "erase", "erased", "is_erased", "leaving", "next_night", "rules_of", "run",
]  # fmt: skip
