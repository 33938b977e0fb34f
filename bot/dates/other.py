"""Every language but Swedish and English: dateparser, the whole phrase only, always to be confirmed."""

from __future__ import annotations

import re
import warnings
from datetime import datetime

from bot.dates.almanac import month_span, year_span
from bot.dates.value import DateValue, Precision

LONGEST = 80  # characters; a longer text is no date
# dateparser knows "12 de marzo" but not the article that people put before it.
_ARTICLE = re.compile(r"\s*(?:el|le|la|il|am|den|der|op|em|o|w|na|u)\s+(?=\S)", re.IGNORECASE)


def read(text: str, *, now: datetime, lang: str) -> DateValue | None:
    """A day, a moment, a month or a year; None for what it cannot read.

    dateparser turns a month or a year into a day, so its own word for the period decides.
    """
    if len(text) > LONGEST or not re.search(r"[^\W\d_]{3}", text):
        return None
    found = _parse(text, now, lang) or _parse(_ARTICLE.sub("", text, count=1), now, lang)
    if found is None:
        return None
    moment, period = found
    precision, start, end = Precision.DAY, moment.date(), None
    if period == "month":
        precision, (start, end) = Precision.MONTH, month_span(moment.year, moment.month)
    elif period == "year":
        precision, (start, end) = Precision.SEASON, year_span(moment.year)
    elif period == "time":
        precision, start = Precision.EXACT, moment.replace(second=0, microsecond=0)
    elif period not in ("day", "week"):  # "in two weeks" is a day counted in weeks
        return None
    return DateValue(precision, start, end, text, notes=("other_language",))


def _parse(text: str, now: datetime, lang: str) -> tuple[datetime, str] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dateparser.date import DateDataParser  # noqa: PLC0415 - only other languages pay

        try:
            parser = DateDataParser(
                languages=[lang.split("-", maxsplit=1)[0].lower()],
                settings={
                    "RELATIVE_BASE": now, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY",
                    "RETURN_TIME_AS_PERIOD": True, "RETURN_AS_TIMEZONE_AWARE": False,
                },
            )  # fmt: skip
            data = parser.get_date_data(text)
        except (ValueError, TypeError, OverflowError):
            return None
    return None if data.date_obj is None else (data.date_obj, str(data.period))
