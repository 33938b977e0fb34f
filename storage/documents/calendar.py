"""A calendar (iCalendar) as one table of meetings, one row an event, times in Sweden."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage.documents import DocumentError
from storage.documents.table import Lines

COLUMNS = ("UID", "Rubrik", "Datum", "Till datum", "Start", "Slut", "Plats", "Länk", "Kategori",
           "Inställt", "Upprepas")  # fmt: skip
_HOME = ZoneInfo("Europe/Stockholm")


def paragraphs(data: bytes) -> tuple[list[str], dict[str, str]]:
    from icalendar import Calendar  # noqa: PLC0415

    try:
        events = [each for cal in Calendar.from_ical(data, multiple=True) for each in cal.events]
        rows = [_row(each) for each in events]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise DocumentError("unreadable") from error
    if not rows:
        raise DocumentError("empty")
    lines = Lines()
    lines.sheet("Kalender")
    lines.rows([COLUMNS])
    lines.rows(sorted(rows, key=lambda row: (str(row[2]), str(row[4]))))
    return lines.whole(), {}


def _row(event: Any) -> list[object]:
    starts, ends = _when(event)
    return [
        event.get("UID", ""), event.get("SUMMARY", ""), _day(starts), _last(starts, ends),
        _clock(starts), _clock(ends), event.get("LOCATION", ""), event.get("URL", ""),
        _categories(event), "ja" if event.get("STATUS") == "CANCELLED" else "",
        "ja" if event.get("RRULE") else "",
    ]  # fmt: skip


def _when(event: Any) -> tuple[Any, Any]:
    starts = _wall(event["DTSTART"].dt) if event.get("DTSTART") else None
    if starts is None:
        return None, None
    if event.get("DTEND"):
        return starts, _wall(event["DTEND"].dt)
    if event.get("DURATION"):
        return starts, starts + event["DURATION"].dt
    return starts, starts if isinstance(starts, datetime) else starts + timedelta(days=1)


def _wall(moment: Any) -> Any:
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(_HOME).replace(tzinfo=None)
    return moment


def _day(moment: Any) -> Any:
    return moment.date() if isinstance(moment, datetime) else moment


def _last(starts: Any, ends: Any) -> date | str:
    """The last day, where it is another than the first. Of whole days the end is the day after."""
    if ends is None:
        return ""
    last = ends.date() if isinstance(ends, datetime) else ends - timedelta(days=1)
    return "" if last <= _day(starts) else last


def _clock(moment: Any) -> str:
    return f"{moment:%H:%M}" if isinstance(moment, datetime) else ""


def _categories(event: Any) -> str:
    found = event.get("CATEGORIES")
    several = found if isinstance(found, list) else [found] if found is not None else []
    return ", ".join(str(word) for each in several for word in each.cats)
