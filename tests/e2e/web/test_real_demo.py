"""The pages with the real engine and the demo's database behind them."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestServer, unused_port
from playwright.async_api import expect

from adapters.app import build
from adapters.settings import for_demo

pytestmark = pytest.mark.browser


class StillClock:
    def now(self):
        from datetime import UTC, datetime

        return datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


async def test_a_newcomer_asks_the_real_bot_and_says_they_come(chromium, shot, tmp_path):
    settings = for_demo(f"sqlite:///{tmp_path / 'demo.sqlite'}", unused_port())
    server = TestServer(await build(settings, StillClock()), host="localhost", port=settings.port)
    await server.start_server()
    page = await chromium.new_page(locale="sv-SE", viewport={"width": 1100, "height": 900})
    await page.goto(settings.public_url)
    await page.get_by_role("button", name="Bo Fiktivsson").click()
    await expect(page.get_by_role("log")).to_contain_text("Hej Bo")
    await shot(page, "real-home")
    await page.get_by_role("button", name="När är nästa möte?").click()
    answer = page.locator(".mine + .bot")
    await expect(answer).to_contain_text("Plats")
    await answer.get_by_role("button", name="Jag kommer").click()
    await expect(page.locator(".mine").last).to_contain_text("Jag kommer")
    await expect(page.locator(".mine").last.locator("+ .bot")).to_be_visible()
    await page.locator("#text").fill("Who is the chair?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("Chair of")
    await shot(page, "real-asked")
    await server.close()
