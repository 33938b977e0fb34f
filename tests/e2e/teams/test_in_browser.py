"""A person in the Agents Playground, in Chromium: asks, presses, sees the card change in place."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from adapters.core import SetClock
from storage.store import SqlStore
from tests.e2e.teams.conftest import ARTIFACTS, known
from tests.e2e.teams.playground import Playground

pytestmark = [pytest.mark.node, pytest.mark.browser]


async def say(page: Page, text: str) -> None:
    await page.get_by_role("textbox").last.press_sequentially(text)
    await page.get_by_role("button", name="Send Message").click()


async def shot(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=ARTIFACTS / f"{name}.png")


async def test_a_person_asks_for_the_next_meeting_and_says_that_they_come(
    demo: Playground, chromium: Browser
) -> None:
    page = await chromium.new_page(viewport={"width": 1200, "height": 900})
    await page.goto(demo.base)
    await say(page, "När är nästa nätverksträff?")
    come = page.get_by_role("button", name="Jag kommer")
    await expect(come).to_be_visible()
    await expect(page.get_by_text("Du har inte svarat ännu").first).to_be_visible()
    await shot(page, "card")
    await come.click()
    await expect(page.get_by_text("Noterat: du kommer").first).to_be_visible()
    await expect(page.get_by_text("Du har inte svarat ännu")).to_have_count(0)
    await expect(come).to_have_count(1)
    await shot(page, "answered")


async def test_a_list_a_file_and_a_form_can_be_read(demo: Playground, chromium: Browser) -> None:
    page = await chromium.new_page(viewport={"width": 1200, "height": 1300})
    await page.goto(demo.base)
    await say(page, "vilka möten har vi framöver?")
    await expect(page.get_by_text("möten framöver").first).to_be_visible()
    await shot(page, "list")
    await say(page, "När är nästa nätverksträff?")
    await page.get_by_role("button", name="Lägg i kalendern").click()
    await expect(page.get_by_role("link", name="Hämta").first).to_be_visible()
    await shot(page, "file")


async def test_a_form_is_filled_in_in_the_chat(
    teams: Playground, store: SqlStore, clock: SetClock, chromium: Browser
) -> None:
    await known(teams, store, clock, "Asta Fiktberg")
    page = await chromium.new_page(viewport={"width": 1200, "height": 1300})
    await page.goto(teams.base)
    await say(page, "boka ett nytt möte med vuxnätverket den 6 maj 2027")
    await page.get_by_role("button", name="Fyll i formuläret").click()
    await page.get_by_label("Tid, till exempel 9–12").fill("banan")
    await shot(page, "form")
    await page.get_by_label("På plats").check()
    await page.get_by_role("button", name="Lägg in").click()
    await expect(page.get_by_text("banan").first).to_be_visible()
    await shot(page, "form-wrong")
