"""Meetings as an iCalendar file (RFC 5545): one event per day, stable ids, changes that count up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

ZONE = ZoneInfo("Europe/Stockholm")
AGAIN = timedelta(hours=1)  # how often a subscriber may ask for news
BEFORE = timedelta(days=-1)  # when the alarm goes off

# The European Union's rule, as every calendar program knows it; it holds since 1996.
_STOCKHOLM = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""
_BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting. `days` are wall times in Stockholm; `changed_at` is aware."""

    uid: str
    title: str
    days: tuple[tuple[datetime, datetime], ...]
    location: str
    description: str
    link: str
    sequence: int
    cancelled: bool
    changed_at: datetime
    hybrid: bool = False  # there is a place besides the link


def calendar(name: str, entries: Sequence[Entry]) -> bytes:
    """An event that has been published keeps its UID through every change; a higher SEQUENCE wins.

    Text of any kind is safe: what the format forbids is taken out, and the rest is escaped.
    """
    from icalendar import Calendar, Timezone, vDuration, vText  # noqa: PLC0415 - only who wants one pays

    found: Calendar = Calendar()
    found.add("prodid", "-//Nätverksboten//SV")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", vText(" ".join(clean(name).split())))
    found.add("refresh-interval", vDuration(AGAIN), parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", vDuration(AGAIN))
    found.add_component(Timezone.from_ical(_STOCKHOLM))
    for entry in entries:
        for number, (starts, ends) in enumerate(entry.days, 1):
            found.add_component(_event(entry, number, starts, ends))
    return bytes(found.to_ical())


def clean(text: str) -> str:
    """As it will be read: one kind of line break, a line feed, and no other control characters."""
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", text))


def _event(entry: Entry, number: int, starts: datetime, ends: datetime) -> Event:
    from icalendar import Event  # noqa: PLC0415

    uid, title, link = _line(entry.uid), clean(entry.title), _link(entry.link)
    event = Event()
    event.add("uid", uid if number == 1 else f"{uid}-{number}")
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", starts.replace(tzinfo=ZONE))
    event.add("dtend", ends.replace(tzinfo=ZONE))
    event.add("summary", title)
    event.add("location", _where(entry, link))
    event.add("description", clean(entry.description))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if link:
        event.add("url", link)
    if not entry.cancelled:
        event.add_component(_alarm(title))
    return event


def _alarm(title: str) -> Alarm:
    from icalendar import Alarm  # noqa: PLC0415

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", BEFORE)
    return alarm


def _where(entry: Entry, link: str) -> str:
    """Calendars make the link in LOCATION a button to join."""
    place = clean(entry.location)
    if not link:
        return place
    return f"{place}, {link}" if entry.hybrid and place else link


def _line(text: str) -> str:
    return re.sub(r"\s", "", clean(text))


def _link(text: str) -> str:
    """An address that can be opened, or nothing."""
    found = _line(text)
    try:
        parts = urlsplit(found)
    except ValueError:
        return ""
    return found if parts.scheme in {"http", "https"} and parts.netloc else ""
