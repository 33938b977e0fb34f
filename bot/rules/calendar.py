"""Meetings as an iCalendar file (RFC 5545): one event per day, stable ids, changes that count up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Stockholm")


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


def calendar(name: str, entries: Sequence[Entry]) -> bytes:
    """Text of any kind is escaped by the library; a line break in a title cannot make a second event."""
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - only who wants a calendar pays

    found = Calendar()
    found.add("prodid", "-//Nätverksboten//SV")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", name)
    for entry in entries:
        for number, (starts, ends) in enumerate(entry.days, 1):
            event = Event()
            event.add("uid", entry.uid if number == 1 else f"{entry.uid}-{number}")
            event.add("dtstamp", entry.changed_at)
            event.add("dtstart", starts.replace(tzinfo=ZONE))
            event.add("dtend", ends.replace(tzinfo=ZONE))
            event.add("summary", entry.title)
            event.add("location", entry.link or entry.location)
            event.add("description", entry.description)
            event.add("sequence", entry.sequence)
            event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
            if entry.link:
                event.add("url", entry.link)
            if not entry.cancelled:
                alarm = Alarm()
                alarm.add("action", "DISPLAY")
                alarm.add("description", entry.title)
                alarm.add("trigger", timedelta(days=-1))
                event.add_component(alarm)
            found.add_component(event)
    found.add_missing_timezones()
    return bytes(found.to_ical())
