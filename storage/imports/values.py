"""What a cell says: days, times, kinds and roles, in every way that offices write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from bot import dates
from bot.dates import Precision

BODY_KINDS = {
    "network": "nätverk network", "directors": "skolchefer skolchefsgrupp directors",
    "presidium": "presidium", "working_group": "arbetsgrupp working_group workinggroup",
    "steering_group": "styrgrupp steering_group steeringgroup",
    "committee": "beredning utskott nämnd committee", "conference": "konferens conference",
    "subregional": "delregional delregion subregional", "office": "kansli office",
}  # fmt: skip
ROLES = {
    "member": "medlem ledamot member", "chair": "ordförande chair", "presidium": "presidium",
    "secretary": "sekreterare secretary", "director": "skolchef director",
    "coordinator": "samordnare coordinator", "guest": "gäst guest",
    "admin": "administratör admin administrator",
}  # fmt: skip
FORMATS = {
    "place": "plats fysiskt fysisk påplats place inperson", "digital": "digitalt digital online teams",
    "hybrid": "hybrid",
}  # fmt: skip
ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[ T](\d\d):(\d\d)(?::\d\d)?)?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
_CLOCK = re.compile(r"(?:kl\.?\s*)?(\d{1,2})(?:[.:](\d\d))?(?::00)?")
_SPAN = re.compile(r"\s*(?:[–—-]|till|to)\s*")


@dataclass(frozen=True, slots=True)
class Days:
    first: date
    last: date
    doubt: str = ""  # serial | year: how it was read, where that should be looked at
    clock: time | None = None  # a time that stood beside the day


def one_of(names: dict[str, str], said: str) -> str | None:
    plain = re.sub(r"[^\w]", "", said.casefold())
    return next((key for key, words in names.items() if plain in words.split()), None)


@lru_cache(maxsize=4096)
def days(text: str, today: date) -> Days | None:
    """A day or a span of days; None for what is no certain day."""
    if exact := _ISO.fullmatch(text):
        try:
            day = date(int(exact[1]), int(exact[2]), int(exact[3]))
            return Days(day, day, "", time(int(exact[4]), int(exact[5])) if exact[4] else None)
        except ValueError:
            return None
    if _SERIAL.fullmatch(text):
        number = int(float(text))
        day = _EPOCH + timedelta(days=number)
        return Days(day, day, "serial") if 2000 <= day.year < 2100 else None
    now = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    found = dates.read(text, now=now)
    if found is None or found.precision not in {Precision.DAY, Precision.EXACT}:
        return None
    if dates.question(found, "sv") is not None or found.first_day is None:
        return None
    last = found.last_day or found.first_day
    return Days(found.first_day, last, "" if re.search(r"\d{4}", text) else "year")


def clocks(text: str) -> tuple[time, time | None] | None:
    """ "9", "09.00", "kl 9–12", or the part of a day that a spreadsheet keeps."""
    if re.fullmatch(r"0?\.\d+", text):
        minutes = round(float(text) * 24 * 60)
        return time(minutes // 60 % 24, minutes % 60), None
    first, *rest = _SPAN.split(text, maxsplit=1)
    starts = _clock(first)
    ends = _clock(rest[0]) if rest else None
    if starts is None or (rest and ends is None):
        return None
    return starts, ends


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


def several(text: str) -> list[str]:
    """Names divided by commas, semicolons or line breaks."""
    return [word for part in re.split(r"[,;|]", text) if (word := part.strip())]
