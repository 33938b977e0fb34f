"""How fast one session may post."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

MOST_SESSIONS = 10_000


@dataclass(slots=True)
class Rate:
    """A bucket of posts per session, filled again at an even pace. Forgets the idlest sessions."""

    burst: float = 30.0
    per_second: float = 1.0
    now: Callable[[], float] = time.monotonic  # seconds; not the demo's clock, which may stand
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def allows(self, key: str) -> bool:
        now = self.now()
        left, at = self._buckets.pop(key, (self.burst, now))
        left = min(self.burst, left + (now - at) * self.per_second)
        allowed = left >= 1.0
        self._buckets[key] = (left - 1.0 if allowed else left, now)
        while len(self._buckets) > MOST_SESSIONS:
            self._buckets.popitem(last=False)
        return allowed
