"""Which year was meant when none was said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.dates.almanac import Span
from bot.dates.atoms import Setting


def pick(setting: Setting, spans: Sequence[Span]) -> Span | None:
    """The span that fits `prefer`: not yet over, already begun, or nearest. Spans rise."""
    if not spans:
        return None
    today = setting.today
    if setting.prefer == "past":
        return next((s for s in reversed(spans) if s[0] <= today), None)
    if setting.prefer == "nearest":
        return min(spans, key=lambda s: _distance(setting, s))
    return next((s for s in spans if s[1] >= today), None)


def _distance(setting: Setting, span: Span) -> timedelta:
    today = setting.today
    return max(span[0] - today, today - span[1], timedelta())


def shifted(setting: Setting, rule: Callable[[int], Span], year: int | None, mod: str) -> Span:
    """The period of a year, or the one that "next", "last", "coming" or nothing points at."""
    if year is not None:
        return rule(year)
    today = setting.today
    spans = [rule(today.year + step) for step in range(-3, 4)]
    if mod in ("next", "coming"):
        return next(s for s in spans if s[0] > today)
    if mod.startswith("last"):
        return next(s for s in reversed(spans) if s[1] < today)
    if mod == "past":
        return next(s for s in reversed(spans) if s[0] <= today)
    if mod == "this":
        return next(s for s in spans if s[1] >= today)
    return surely(setting, spans)


def surely(setting: Setting, spans: Sequence[Span]) -> Span:
    """As `pick`, for years in a row around today: one of them always fits."""
    found = pick(setting, spans)
    assert found is not None
    return found
