"""Every page and state of the real app in Chromium: no fault that axe finds, and how it looks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiohttp.test_utils import TestServer, unused_port
from playwright.async_api import expect

from adapters.app import DESK, build
from adapters.core import SetClock
from adapters.settings import for_demo
from bot.testing import Chat
from storage import demo
from tests.conftest import START
from tests.e2e.web.test_chat_in_browser import ask, faults

pytestmark = pytest.mark.browser
LOOKS = [
    ("light", 1100, "sv-SE"), ("dark", 1100, "en-GB"), ("light", 320, "en-GB"), ("dark", 320, "sv-SE"),
]  # fmt: skip


class Place:
    """The app as it runs outside the demo, on the demo's data; links come from a chat in Teams."""

    def __init__(self, address: str, app, clock: SetClock) -> None:
        self.address, self.desk, self.clock = address, app[DESK], clock

    async def link(self, name: str = "Bo Fiktivsson") -> str:
        known = await self.desk.store.database.read(demo.identities)
        chat = Chat(self.desk.engine, self.clock, known[name, "teams"])
        (reply,) = await chat.say("logga in")
        return reply.buttons[0].url


@pytest.fixture
async def place(tmp_path):
    port, clock = unused_port(), SetClock(START)
    url = f"sqlite:///{tmp_path / 'demo.sqlite'}"
    settings = for_demo(url, port)
    demo_app = await build(settings, clock)
    await demo_app[DESK].store.database.close()
    app = await build(replace(settings, demo=False), clock)
    server = TestServer(app, host="localhost", port=port)
    await server.start_server()
    yield Place(settings.public_url, app, clock)
    await server.close()


@pytest.fixture(params=LOOKS, ids=["-".join(str(part) for part in each) for each in LOOKS])
async def page(request, chromium):
    scheme, width, locale = request.param
    context = await chromium.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, locale=locale,
        bypass_csp=True, reduced_motion="reduce",
    )  # fmt: skip
    found = await context.new_page()
    found.look = "-".join(str(part) for part in request.param)
    yield found
    await context.close()


async def good(page, axe: str, shot, name: str) -> None:
    await shot(page, f"{name}-{page.look}")
    assert await faults(page, axe) == []
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"], name


async def test_every_page_and_state(place, page, axe, shot) -> None:
    sv = "sv-SE" in page.look
    await page.goto(place.address)
    await good(page, axe, shot, "sign-in")
    for path in ("privacy", "terms", "nowhere"):
        await page.goto(f"{place.address}/{path}")
        await good(page, axe, shot, path)
    await page.goto(f"{place.address}/in/never")
    await good(page, axe, shot, "link-unknown")
    link = await place.link()
    await page.goto(link)
    await good(page, axe, shot, "link-confirm")
    await page.get_by_role("button", name="Logga in" if sv else "Sign in").click()
    await expect(page.get_by_role("log")).to_contain_text("Bo")
    await good(page, axe, shot, "home")
    await ask(page, "vad kan du göra?" if sv else "what can you do")
    await expect(page.locator(".mine + .bot")).to_be_visible()
    await good(page, axe, shot, "help")
    await ask(page, "prenumerera på kalendern" if sv else "subscribe to the calendar")
    await page.get_by_role("button", name="Alla mina möten" if sv else "All my meetings").click()
    await expect(page.get_by_role("link", name=".ics")).to_be_visible()
    await good(page, axe, shot, "calendar-link")
    await ask(page, "ställ in mötet den 11 mars" if sv else "cancel the meeting on 11 March 2027")
    name = "Fråga Asta" if sv else "Ask Asta"
    await expect(page.get_by_role("button", name=name)).to_be_visible()
    await good(page, axe, shot, "refusal")
    for text in ("a" * 5000, "😀👍🏽🎉", "شكرا جزيلا لكم", "\u202eabc\u0007", "ord " * 900):
        await page.locator("#text").fill(text)
        await page.keyboard.press("Enter")
        await expect(page.locator("#typing")).to_be_hidden()
        await expect(page.locator("#text")).to_have_value("")
    await good(page, axe, shot, "strange")
    out = "Logga ut" if sv else "Sign out"
    await page.get_by_role("button", name=out).click()
    await expect(page.get_by_role("heading", name="Logga in" if sv else "Sign in")).to_be_visible()
    await page.goto(link)
    await good(page, axe, shot, "link-used")
    await page.goto(await _old(place))
    await good(page, axe, shot, "link-old")


async def _old(place) -> str:
    first = await place.link()
    await place.link()
    return first


async def test_the_other_language_goes_on_with_the_conversation(place, chromium, shot) -> None:
    page = await chromium.new_page(locale="sv-SE")
    await page.goto(await place.link())
    await page.get_by_role("button", name="Logga in").click()
    await ask(page, "jag kan tyvärr inte komma på nätverksträffen den 10 december")
    await expect(page.get_by_role("button", name="Ja", exact=True)).to_be_visible()
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_label("Write to the bot")).to_be_visible()
    await expect(page.get_by_role("log")).to_contain_text("jag kan tyvärr inte komma")
    await shot(page, "language-changed")
    await page.get_by_role("button", name="Ja", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text("Noterat")
    await page.reload()
    await expect(page.get_by_label("Write to the bot")).to_be_visible()


async def test_a_language_is_kept_from_the_link_to_the_chat(place, chromium) -> None:
    page = await chromium.new_page(locale="sv-SE")
    await page.goto(await place.link())
    await page.get_by_role("link", name="English").click()
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_label("Write to the bot")).to_be_visible()


async def test_a_whole_conversation_by_keyboard(place, chromium, shot) -> None:
    """Sign in, ask, fill in a form with a mistake, mend it, sign out; the mouse is never used."""
    page = await chromium.new_page(locale="sv-SE", viewport={"width": 1000, "height": 800})
    await page.goto(await place.link("Asta Fiktberg"))
    await tab_to(page, "Logga in")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Skriv till boten")).to_be_visible()
    await tab_to(page, "", "text")
    await page.keyboard.type("boka ett nytt möte för vuxnätverket")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("boka ett nytt möte för")
    await expect(page.locator("#typing")).to_be_hidden()
    await expect(page.locator("#text")).to_be_focused()
    await shot(page, "keyboard-form-offer")
    opener = page.locator("#log button").last
    for _ in range(30):
        await page.keyboard.press("Shift+Tab")
        if await opener.evaluate("node => node === document.activeElement"):
            break
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-form]")).to_be_visible()
    await shot(page, "keyboard-form")
    await tab_to(page, await page.locator("[data-form] button[type=submit]").inner_text())
    await page.keyboard.press("Enter")
    await expect(page.locator(".summary")).to_be_focused()
    await shot(page, "keyboard-form-errors")
    await tab_to(page, "Logga ut", back=True)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Logga in")).to_be_visible()


async def tab_to(page, label: str, number: str = "", *, back: bool = False) -> None:
    for _ in range(80):
        await page.keyboard.press("Shift+Tab" if back else "Tab")
        text, at = await page.evaluate(
            "[document.activeElement.innerText || '', document.activeElement.id]"
        )
        if (number and at == number) or (label and text.strip() == label):
            return
    raise AssertionError(f"{label or number} cannot be reached by keyboard")
