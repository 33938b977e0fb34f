"""Every language but Swedish and English: dateparser, the whole phrase only, always to be confirmed."""

from __future__ import annotations

import warnings
from datetime import datetime

from bot.dates.value import DateValue, Precision

LONGEST = 80  # characters; a longer text is no date


def read(text: str, *, now: datetime, lang: str) -> DateValue | None:
    """A day, or a moment where the words hold digits of a clock; None for what it cannot read."""
    if len(text) > LONGEST:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser  # noqa: PLC0415 - 0.1 s that only other languages pay

        try:
            found = dateparser.parse(
                text, languages=[lang.split("-", maxsplit=1)[0]],
                settings={"RELATIVE_BASE": now, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY",
                          "REQUIRE_PARTS": ["day", "month"]},
            )  # fmt: skip
        except ValueError:
            return None
    if found is None:
        return None
    timed = ":" in text and (found.hour, found.minute) != (now.hour, now.minute)
    return DateValue(
        Precision.EXACT if timed else Precision.DAY,
        found.replace(tzinfo=None) if timed else found.date(), None, text,
        notes=("other_language",),
    )  # fmt: skip
