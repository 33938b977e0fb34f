from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bot.rules.calendar import Entry, calendar, clean

HOME = ZoneInfo("Europe/Stockholm")
ENTRY = Entry(
    uid="abc@natverksboten.example",
    title="Nätverket Vuxenutbildning Skaraborg",
    days=((datetime(2026, 12, 10, 9), datetime(2026, 12, 10, 12)),),
    location="Portalen, Skövde",
    description="Värd: Skövde",
    link="",
    sequence=2,
    cancelled=False,
    changed_at=datetime(2026, 11, 1, 8, tzinfo=UTC),
)
LYCKSELE = replace(
    ENTRY,
    days=(
        (datetime(2027, 10, 13, 10), datetime(2027, 10, 13, 15)),
        (datetime(2027, 10, 14, 10), datetime(2027, 10, 14, 15)),
    ),
)


def events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def only(entry: Entry) -> Event:
    (event,) = events(calendar("Mina möten", [entry]))
    return event


def test_a_meeting_becomes_an_event_at_swedish_wall_time() -> None:
    event = only(ENTRY)
    assert event["SUMMARY"] == ENTRY.title
    assert event["LOCATION"] == "Portalen, Skövde"
    assert event.decoded("DTSTART") == datetime(2026, 12, 10, 9, tzinfo=HOME)
    assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert event.decoded("DTSTAMP") == ENTRY.changed_at
    assert (event["SEQUENCE"], event["STATUS"]) == (2, "CONFIRMED")


def test_the_zone_is_described() -> None:
    (zone,) = Calendar.from_ical(calendar("x", [ENTRY])).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Stockholm"


def test_two_days_are_two_events_with_ids_that_stay() -> None:
    found = events(calendar("x", [LYCKSELE]))
    assert [e["UID"] for e in found] == [ENTRY.uid, f"{ENTRY.uid}-2"]
    assert [e.decoded("DTSTART").day for e in found] == [13, 14]
    moved = replace(LYCKSELE, sequence=3)
    assert [e["UID"] for e in events(calendar("x", [moved]))] == [e["UID"] for e in found]


def test_a_cancelled_meeting_says_so_and_rings_no_alarm() -> None:
    event = only(replace(ENTRY, cancelled=True, sequence=3))
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 3, ENTRY.uid)
    assert event.walk("VALARM") == []


def test_the_alarm_goes_off_a_day_before() -> None:
    (alarm,) = only(ENTRY).walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-1)


def test_a_digital_meeting_has_its_link_as_place_and_address() -> None:
    link = "https://mote.skaraborg.example/261203"
    event = only(replace(ENTRY, location="digitalt", link=link))
    assert event["LOCATION"] == event["URL"] == link


def test_a_hybrid_meeting_has_both_place_and_link() -> None:
    link = "https://mote.skaraborg.example/261203"
    event = only(replace(ENTRY, link=link, hybrid=True))
    assert event["LOCATION"] == f"Portalen, Skövde, {link}"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "https://", "http://[", "bara ord"]
)
def test_what_is_no_web_address_is_no_link(link: str) -> None:
    event = only(replace(ENTRY, link=link))
    assert "URL" not in event
    assert event["LOCATION"] == "Portalen, Skövde"


def test_a_line_break_in_an_address_or_id_starts_nothing_new() -> None:
    bad = "x\r\nATTENDEE:mailto:eve@bad.example"
    content = calendar(
        bad, [replace(ENTRY, uid=bad, link=f"https://a.example/{bad}", location=bad)]
    )
    assert not any(line.startswith(b"ATTENDEE") for line in content.split(b"\r\n"))


def test_the_same_meetings_give_the_same_bytes() -> None:
    assert calendar("x", [ENTRY, LYCKSELE]) == calendar("x", [ENTRY, LYCKSELE])


def test_the_hour_stays_when_the_clocks_change() -> None:
    for day in (datetime(2027, 3, 27), datetime(2027, 3, 29), datetime(2027, 11, 1)):
        span = (day.replace(hour=9), day.replace(hour=12))
        assert only(replace(ENTRY, days=(span,))).decoded("DTSTART").hour == 9


ANY = st.text(st.characters(), max_size=200)


@settings(max_examples=150, deadline=None)
@given(title=ANY, place=ANY, words=ANY, name=ANY)
def test_any_text_comes_back_as_it_went_in(title: str, place: str, words: str, name: str) -> None:
    content = calendar(name, [replace(ENTRY, title=title, location=place, description=words)])
    (event,) = events(content)
    assert str(event["SUMMARY"]) == clean(title)
    assert str(event["LOCATION"]) == clean(place)
    assert str(event["DESCRIPTION"]) == clean(words)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in content.split(b"\r\n"))
