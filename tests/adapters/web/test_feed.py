"""A calendar feed as calendar programs ask for it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest


async def test_the_calendar_is_given_to_who_knows_its_secret(open_browser):
    browser = await open_browser()
    response, body = await browser.get("/calendar/feed.ics")
    assert response.content_type == "text/calendar"
    assert response.charset == "utf-8"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in response.headers
    assert body.startswith("BEGIN:VCALENDAR")


async def test_what_is_unknown_looks_the_same_as_what_was_revoked(open_browser):
    browser = await open_browser()
    unknown, never = await browser.get("/calendar/other.ics")
    browser.doors.feeds.clear()
    revoked, gone = await browser.get("/calendar/feed.ics")
    assert (unknown.status, revoked.status) == (404, 404)
    assert _without_number(never) == _without_number(gone)


def _without_number(page: str) -> str:
    return re.sub(r"[0-9a-f]{32,}", "", page)


@pytest.mark.parametrize("held", ["{tag}", "W/{tag}", '"other", {tag}', "*"])
async def test_who_has_it_already_is_told_so(open_browser, held):
    browser = await open_browser()
    first, _ = await browser.get("/calendar/feed.ics")
    tag = first.headers["ETag"]
    again, body = await browser.get(
        "/calendar/feed.ics", headers={"If-None-Match": held.format(tag=tag)}
    )
    assert (again.status, body) == (304, "")
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == "private, no-cache"


async def test_a_program_that_knows_only_the_date_gets_news_and_nothing_else(open_browser):
    browser = await open_browser()
    first, _ = await browser.get("/calendar/feed.ics")
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    same, _ = await browser.get("/calendar/feed.ics", headers=since)
    browser.desk.clock.at += timedelta(minutes=5)
    browser.doors.feeds["feed"] = b"BEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n"
    changed, body = await browser.get("/calendar/feed.ics", headers=since)
    assert (same.status, changed.status) == (304, 200)
    assert "X:1" in body
    assert changed.headers["ETag"] != first.headers["ETag"]


async def test_the_tag_counts_more_than_the_date(open_browser):
    browser = await open_browser()
    first, _ = await browser.get("/calendar/feed.ics")
    held = {"If-None-Match": '"old"', "If-Modified-Since": first.headers["Last-Modified"]}
    response, _ = await browser.get("/calendar/feed.ics", headers=held)
    assert response.status == 200


async def test_the_head_alone_can_be_asked_for(open_browser):
    browser = await open_browser()
    whole, _ = await browser.get("/calendar/feed.ics")
    response = await browser.client.head("/calendar/feed.ics")
    assert (response.status, await response.read()) == (200, b"")
    assert response.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize("method", ["PROPFIND", "REPORT", "PUT", "DELETE", "POST", "MKCALENDAR"])
async def test_it_is_no_calendar_server_to_write_to(open_browser, method):
    browser = await open_browser()
    response = await browser.client.request(method, "/calendar/feed.ics", data=b"<propfind/>")
    assert response.status == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


async def test_a_program_may_ask_what_it_can_do(open_browser):
    browser = await open_browser()
    response = await browser.client.options("/calendar/feed.ics")
    assert response.status == 204
    assert "DAV" not in response.headers


@pytest.mark.parametrize("secret", ["a" * 5000, "%00", "%ED%A0%80", "å", "..%2Ffeed", "%20"])
async def test_strange_secrets_are_unknown(open_browser, secret):
    browser = await open_browser()
    response, _ = await browser.get(f"/calendar/{secret}.ics")
    assert response.status == 404
