"""The garbage collector during the start, when nothing is garbage yet."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unwatched() -> Iterator[None]:
    """What is imported and made inside lives as long as the process: the collector never looks."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
