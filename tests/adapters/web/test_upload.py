"""A file from a browser: kept before its turn, with every check before its first byte is read."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
from aiohttp import FormData

from bot.turn import Attached
from storage.documents import MOST as LIMIT


async def send(browser, *, name="protokoll.pdf", data=b"%PDF-1.7", headers=None, csrf=None, **more):
    form = FormData(quote_fields=False, default_to_multipart=True)
    fields = {"csrf": browser.csrf if csrf is None else csrf, "id": str(uuid4()), "text": ""} | more
    for key, value in fields.items():
        form.add_field(key, value)
    if name is not None:
        form.add_field("file", io.BytesIO(data), filename=name, content_type="application/pdf")
    got = await browser.client.post("/attach", data=form, headers=headers, allow_redirects=False)
    return got, await got.text()


async def test_a_file_reaches_the_desk_with_its_words_and_its_person(open_browser):
    browser = await open_browser()
    await browser.be(2)

    response, page = await send(browser, text="här kommer protokollet")

    assert response.status == 200
    assert "protokoll.pdf" in page
    (turn,) = browser.desk.turns
    assert isinstance(turn.what, Attached)
    assert turn.what.text == "här kommer protokollet"
    assert [(each.name, each.kept) for each in turn.what.files] == [("protokoll.pdf", 1)]
    assert turn.who.key == ("web", "Västerbotten", "2")
    assert browser.desk.files == [("protokoll.pdf", b"%PDF-1.7")]


async def test_a_script_gets_only_the_answer(open_browser):
    browser = await open_browser()
    await browser.be()

    _, body = await send(browser, headers={"X-Fragment": "1"})

    assert "<html" not in body


async def test_the_same_upload_twice_has_one_effect(open_browser):
    browser = await open_browser()
    await browser.be()
    same = str(uuid4())

    await send(browser, id=same)
    _, page = await send(browser, id=same)

    assert "redan tagit emot" in page
    assert len(browser.desk.turns) == 1


async def test_the_page_has_a_form_that_works_without_a_script(open_browser):
    browser = await open_browser()
    await browser.be()

    _, page = await browser.get("/")

    form = page[page.index('id="attach"') :]
    assert 'method="post" action="/attach" enctype="multipart/form-data"' in form
    assert form.index('name="csrf"') < form.index('type="file"')
    assert 'type="submit"' in form[: form.index("</form>")]


@pytest.mark.parametrize("size", [LIMIT + 1, LIMIT + 3_000_000])
async def test_a_file_that_is_too_big_is_refused(open_browser, size):
    browser = await open_browser()
    await browser.be()

    response, page = await send(browser, data=b"x" * size)

    assert response.status == 413
    assert "högst 20 MB" in page
    assert browser.desk.files == []


async def test_a_foreign_page_cannot_send_a_file(open_browser):
    browser = await open_browser()
    await browser.be()

    for more in ({"csrf": ""}, {"csrf": "0" * 64}, {"headers": {"Origin": "https://evil.example"}}):
        response, _ = await send(browser, **more)
        assert response.status == 403
    assert browser.desk.files == []
    assert browser.desk.turns == []


async def test_nobody_sends_a_file_without_being_signed_in(open_browser):
    browser = await open_browser()
    await browser.get("/")

    response, _ = await send(browser)

    assert response.status == 401


@pytest.mark.parametrize("more", [{"name": None}, {"name": None, "text": "bara ord"}])
async def test_an_upload_without_a_file_says_so(open_browser, more):
    browser = await open_browser()
    await browser.be()

    response, page = await send(browser, **more)

    assert response.status == 400
    assert "Välj en fil först" in page


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [("application/x-www-form-urlencoded", b"csrf=x", 415), ("multipart/form-data", b"x", 400),
     ("multipart/form-data; boundary=b", b"", 400), ("multipart/form-data; boundary=b", b"--b\r\n\r\n", 400),
     ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n' + b"x" * 50_000, 413),
     ("application/json", b"{}", 415)],
)  # fmt: skip
async def test_what_is_no_upload_is_refused(open_browser, kind, body, status):
    browser = await open_browser()
    await browser.be()

    got = await browser.client.post("/attach", data=body, headers={"Content-Type": kind})

    assert got.status == status
    assert browser.desk.files == []


@pytest.mark.parametrize("name", ["../../x.pdf", "C:\\x.pdf", 'a"b.pdf', "<script>.pdf", "å" * 300 + ".pdf"])  # fmt: skip
async def test_a_hostile_name_is_shown_as_a_name(open_browser, name):
    browser = await open_browser()
    await browser.be()

    response, page = await send(browser, name=name)

    assert response.status == 200
    assert "<script>.pdf" not in page
    (file,) = browser.desk.turns[0].what.files
    assert len(file.name) <= 100
    assert not set(file.name) & set('/\\:"<>')
