from __future__ import annotations

from io import BytesIO

import pytest

from adapters.web.settings import WebSettings


async def test_every_page_forbids_what_it_does_not_need(open_browser):
    browser = await open_browser()
    response, page = await browser.get("/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "style=" not in page
    assert "<script>" not in page


async def test_another_host_name_is_turned_away(open_browser):
    browser = await open_browser()
    response, _ = await browser.get("/", headers={"Host": "evil.example"})
    assert response.status == 421
    assert response.headers["X-Request-Id"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_a_post_from_another_site_does_nothing(open_browser, headers):
    browser = await open_browser()
    await browser.be()
    response, _ = await browser.post("/say", headers=headers, text="hej")
    assert response.status == 403
    assert browser.desk.turns == []


@pytest.mark.parametrize("token", ["", "0" * 64, "å", "😀"])
@pytest.mark.parametrize("path", ["/say", "/press", "/submit", "/as", "/out", "/in/good-link"])
async def test_a_post_without_our_token_does_nothing(open_browser, path, token):
    browser = await open_browser()
    await browser.be()
    response, _ = await browser.post(path, csrf=token, text="hej", token="coming", person="2")
    assert response.status == 403
    assert browser.desk.turns == []
    assert browser.doors.links == {"good-link"}


async def test_a_token_of_one_session_is_void_in_the_next(open_browser):
    browser = await open_browser()
    await browser.be(1)
    old = browser.csrf
    await browser.post("/out")
    await browser.be(2)
    response, _ = await browser.post("/say", csrf=old, text="hej")
    assert response.status == 403


@pytest.mark.parametrize("path", ["/say", "/press", "/submit", "/as", "/out", "/in/x", "/nowhere"])
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"%ff%00&&&=&=;", "application/x-www-form-urlencoded"),
        (b"a=1&" * 500, "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\n", "multipart/form-data"),
        (b"{", "application/json"),
        (b"x" * 1_100_000, "application/x-www-form-urlencoded"),
    ],
)
async def test_a_malformed_post_is_the_senders_fault(open_browser, path, body, kind):
    browser = await open_browser()
    await browser.be()
    response = await browser.client.post(path, data=BytesIO(body), headers={"Content-Type": kind})
    assert 400 <= response.status < 500


@pytest.mark.parametrize("fields", [{"id": "x"}, {"id": ""}, {"id": "1" * 32}, {"token": ""}])
async def test_a_press_without_what_it_needs_is_refused(open_browser, fields):
    browser = await open_browser()
    await browser.be()
    response, _ = await browser.post("/press", **({"token": "coming"} | fields))
    assert response.status == 400
    assert browser.desk.turns == []


def test_settings_never_show_the_secret():
    assert "kkk" not in repr(WebSettings("http://localhost:8080", b"k" * 32))
