"""Next, this, last: what stands before a weekday, a month or a season."""

from __future__ import annotations

from typing import Final

from bot.dates.atoms import (
    Hit,
)

_SOON: Final = frozenset({"kommande", "nästkommande", "coming", "följande", "following"})


def modifier(hit: Hit) -> str:
    if "NEXT" in hit.values:
        return "this" if hit.words[0] in _SOON or _SOON & set(hit.words) else "next"
    if "LAST" in hit.values:
        return "last2" if hit.get("LAST") == 2 else "last"
    if "THIS" in hit.values:
        return "this"
    return ""
