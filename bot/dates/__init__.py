"""From words to a date value, and back: Swedish and English by our own rules, the rest by dateparser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.dates import reading
from bot.dates.reading import LOV
from bot.dates.show import question, show, to_line
from bot.dates.value import DateValue, Found, Operator, Precision

__all__ = [
    "LOV", "DateValue", "Found", "Operator", "Precision", "find", "question", "read", "show",
    "to_line",
]  # fmt: skip


def read(
    text: str,
    *,
    now: datetime,
    lang: str = "sv",
    prefer: str = "future",
    lov: Mapping[str, tuple[int, ...]] = LOV,
) -> DateValue | None:
    """What the whole text means; None unless all of it is a date with polite words around it.

    `now` is aware; `lov` holds the ISO weeks of the region's school holidays. Other languages
    than Swedish and English go to dateparser, and what it reads always carries a question.
    """
    found = reading.answer(text, reading.setting(now, lang, prefer, lov, whole=True))
    if found is None and lang[:2] not in ("sv", "en"):
        from bot.dates import other  # noqa: PLC0415 - heavy, and rarely needed

        return other.read(
            text, now=reading.setting(now, lang, prefer, lov, whole=True).now, lang=lang
        )
    return found


def find(
    text: str,
    *,
    now: datetime,
    lang: str = "sv",
    prefer: str = "future",
    lov: Mapping[str, tuple[int, ...]] = LOV,
) -> list[Found]:
    """Date expressions in running text, from the left, as half-open spans of characters."""
    return list(reading.found(text, reading.setting(now, lang, prefer, lov, whole=False)))
