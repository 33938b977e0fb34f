from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from adapters.web.rate import Rate
from bot.turn import Pressed, Said, Submitted


async def test_the_demo_lists_people_by_region_and_finds_them_by_words(open_browser):
    browser = await open_browser()
    _, everybody = await browser.get("/")
    assert everybody.index("Skåne") < everybody.index("Västerbotten")
    _, found = await browser.get("/?q=ledamot+skell")
    assert "Bo Lind" in found
    assert "Anna Ek" not in found


async def test_what_a_person_says_reaches_the_desk_as_that_person(open_browser):
    browser = await open_browser()
    await browser.be(2)
    response, page = await browser.post("/say", text="När är nästa möte?")
    assert response.status == 200
    assert "<h2>Nätverksmöte i december</h2>" in page
    turn = browser.desk.turns[0]
    assert turn.what == Said("När är nästa möte?")
    assert turn.who.key == ("web", "Västerbotten", "2")


async def test_a_script_gets_only_the_answer(open_browser):
    browser = await open_browser()
    await browser.be()
    _, body = await browser.post("/say", headers={"X-Fragment": "1"}, text="möte")
    assert "<html" not in body
    assert "Jag kommer" in body


async def test_the_same_post_twice_has_one_effect(open_browser):
    browser = await open_browser()
    await browser.be()
    same = str(uuid4())
    await browser.post("/press", token="coming", id=same)
    response, page = await browser.post("/press", token="coming", id=same)
    assert response.status == 200
    assert "redan tagit emot" in page
    assert [turn.what for turn in browser.desk.turns] == [Pressed("coming")]


async def test_a_button_can_open_a_form_whose_errors_stand_at_the_field(open_browser):
    browser = await open_browser()
    await browser.be()
    _, page = await browser.post("/press", token="form:book")
    assert 'name="f.title"' in page
    assert browser.desk.turns == []
    _, page = await browser.post(
        "/submit", **{"token": "form-token", "f.title": "", "f.day": "snart"}
    )
    assert "Skriv en rubrik." in page
    assert 'aria-invalid="true"' in page
    assert 'value="snart"' in page
    _, page = await browser.post("/submit", **{"token": "form-token", "f.title": "Möte"})
    assert "Bokat." in page
    assert browser.desk.turns[-1].what == Submitted("form-token", {"title": "Möte"})


@pytest.mark.parametrize(
    ("text", "answer"), [("", "Skriv något först"), ("a" * 40_001, "för långt")]
)
async def test_an_empty_or_endless_message_gets_a_polite_answer(open_browser, text, answer):
    browser = await open_browser()
    await browser.be()
    response, page = await browser.post("/say", text=text)
    assert response.status == 200
    assert answer in page
    assert browser.desk.turns == []


async def test_the_page_speaks_english_when_asked_and_keeps_it(open_browser):
    browser = await open_browser()
    await browser.be()
    await browser.get("/?lang=en")
    _, page = await browser.get("/")
    assert '<html lang="en">' in page
    assert "Write to the bot" in page


async def test_without_the_demo_nobody_can_choose_whom_to_be(open_browser):
    browser = await open_browser(demo=False)
    _, page = await browser.get("/in/good-link")
    response, _ = await browser.post("/as", person="1")
    assert response.status == 404
    _, page = await browser.get("/")
    assert "engångslänk" in page


async def test_looking_at_a_sign_in_link_does_not_use_it_up(open_browser):
    browser = await open_browser(demo=False)
    for _ in range(3):
        response, page = await browser.get("/in/good-link")
        assert response.status == 200
        assert "Set-Cookie: session" not in str(response.headers)
    assert browser.doors.links == {"good-link"}
    response, _ = await browser.post("/in/good-link")
    cookie = response.cookies["session"]
    assert (response.status, cookie["httponly"], cookie["samesite"]) == (303, True, "Lax")
    _, page = await browser.get("/")
    assert "Du är Anna Ek" in page


async def test_a_sign_in_link_works_once_among_twenty_at_the_same_time(open_browser):
    browser = await open_browser(demo=False)
    await browser.get("/in/good-link")
    answers = await asyncio.gather(*(browser.post("/in/good-link") for _ in range(20)))
    assert sorted(response.status for response, _ in answers).count(303) == 1
    assert {response.status for response, _ in answers} <= {303, 403, 410}


async def test_signing_out_ends_the_session_on_the_server(open_browser):
    browser = await open_browser(demo=False)
    await browser.get("/in/good-link")
    await browser.post("/in/good-link")
    await browser.get("/")
    await browser.post("/out")
    assert browser.doors.sessions == set()
    response, _ = await browser.post("/say", text="hej")
    assert response.status in {401, 403}


async def test_a_flood_of_posts_is_slowed_down_politely(open_browser):
    browser = await open_browser()
    await browser.be()
    answers = [await browser.post("/press", token="coming") for _ in range(60)]
    slowed = [body for response, body in answers if response.status == 429]
    assert slowed
    assert "Vänta några sekunder" in slowed[0]


def test_a_bucket_fills_again_at_its_pace():
    seconds = [0.0]
    rate = Rate(burst=2, per_second=1, now=lambda: seconds[0])
    assert [rate.allows("a") for _ in range(3)] == [True, True, False]
    assert rate.allows("b")
    seconds[0] = 1.0
    assert [rate.allows("a") for _ in range(2)] == [True, False]


async def test_a_fault_inside_shows_no_trace(open_browser, monkeypatch):
    browser = await open_browser()
    await browser.be()

    async def broken(turn):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(browser.desk, "answer", broken)
    response = await browser.client.post(
        "/say", data={"csrf": browser.csrf, "id": str(uuid4()), "text": "hej"}
    )
    body = await response.text()
    assert response.status == 500
    assert "Något gick fel hos oss" in body
    assert "secret detail" not in body


@pytest.mark.parametrize(
    ("path", "sv", "en"),
    [("/privacy", "Det här sparas inte", "This is not kept"),
     ("/terms", "Så används boten", "How the bot is used")],
)  # fmt: skip
async def test_what_is_kept_can_be_read_without_signing_in(open_browser, path, sv, en):
    browser = await open_browser(demo=False)
    response, page = await browser.get(path)
    assert response.status == 200
    assert sv in page
    assert f'href="{path}?lang=en"' in page
    _, page = await browser.get(f"{path}?lang=en")
    assert en in page


async def test_the_regions_contact_is_named_and_escaped(open_browser):
    browser = await open_browser()
    _, page = await browser.get("/privacy")
    assert "Kontoret &lt;kontakt@region.example&gt;" in page


@pytest.mark.parametrize(
    ("link", "status", "words"),
    [("/in/old-link", 410, "för gammal"), ("/in/never", 404, "stämmer inte"),
     ("/in/%ED%A0%80", 404, "stämmer inte")],
)  # fmt: skip
async def test_a_link_that_does_not_work_says_why_and_how_to_get_another(
    open_browser, link, status, words
):
    browser = await open_browser(demo=False)
    response, page = await browser.get(link)
    assert response.status == status
    assert words in page
    assert "logga in" in page
    await browser.get("/in/good-link")  # a page with a form, for its token
    response, page = await browser.post(link)
    assert response.status == status
    assert words in page


async def test_signing_in_again_ends_the_session_before(open_browser):
    browser = await open_browser(demo=False)
    await browser.get("/in/good-link")
    await browser.post("/in/good-link")
    browser.doors.links.add("second-link")
    await browser.get("/in/second-link")
    await browser.post("/in/second-link")
    assert browser.doors.ended == ["session-1"]


async def test_a_link_that_was_used_says_so(open_browser):
    browser = await open_browser(demo=False)
    await browser.get("/in/good-link")
    await browser.post("/in/good-link")
    response, page = await browser.get("/in/good-link")
    assert response.status == 410
    assert "redan använd" in page


@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/at/all", "/calendar", "/in/", "/say", "/å"])
async def test_what_is_no_page_says_so_in_the_readers_language(open_browser, path):
    browser = await open_browser()
    response, page = await browser.get(path, headers={"Accept-Language": "en"})
    assert response.status == 404
    assert "There is no such page" in page


@pytest.mark.parametrize("path", ["/", "/privacy", "/terms", "/static/chat.css", "/nowhere"])
async def test_the_head_of_a_page_is_that_of_the_page(open_browser, path):
    browser = await open_browser()
    whole, _ = await browser.get(path)
    response = await browser.client.head(path)
    assert (response.status, await response.read()) == (whole.status, b"")
    for name in ("Content-Type", "Content-Security-Policy", "Cache-Control"):
        assert response.headers[name] == whole.headers[name]


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "TRACE", "PATCH"])
async def test_other_methods_are_not_allowed(open_browser, method):
    browser = await open_browser()
    response = await browser.client.request(method, "/")
    assert response.status == 405
    assert "GET" in response.headers["Allow"]
