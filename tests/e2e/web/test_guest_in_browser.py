"""A guest's page in a real browser: with and without JavaScript, in both languages, axe clean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestServer, unused_port
from playwright.async_api import expect
from sqlalchemy import Connection, select

from adapters.app import build
from adapters.settings import for_demo
from storage import timers
from storage.dialogues import guests
from storage.session import open_database
from storage.tables import dialogue, region
from tests.storage.world import someone

pytestmark = pytest.mark.browser
AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


class StillClock:
    def now(self) -> datetime:
        return AT


@pytest.fixture
async def link(tmp_path):
    url = f"sqlite:///{tmp_path / 'demo.sqlite'}"
    settings = for_demo(url, unused_port())
    server = TestServer(await build(settings, StillClock()), host="localhost", port=settings.port)
    await server.start_server()
    database = open_database(url)

    def invite(c: Connection) -> str:
        eva = someone(c, "Eva Exempelqvist")
        number = c.execute(
            select(dialogue.c.id)
            .join(region, region.c.id == dialogue.c.region_id)
            .where(region.c.key == "skaraborg")
        ).scalar_one()
        made = guests.invite(c, eva, number, "pia@af.example", "Pia", "sv", settings.public_url, AT)
        timers.cancel(c, f"guest:{made}")  # the mail, which would hold a link of its own
        return guests.new_secret(c, made)

    secret = await database.write(invite)
    await database.close()
    yield f"{settings.public_url}/guest/{secret}"
    await server.close()


@pytest.mark.parametrize("javascript", [True, False])
async def test_a_guest_comes_changes_and_leaves(chromium, link, shot, axe, javascript) -> None:
    context = await chromium.new_context(
        locale="sv-SE", java_script_enabled=javascript, viewport={"width": 390, "height": 844}
    )
    page = await context.new_page()
    await page.goto(link)
    await expect(page.get_by_text("Inbjudan gäller Pia A.")).to_be_visible()
    await check(page, axe, javascript)
    await page.get_by_label("förmiddag").check()
    await page.get_by_label("Jag har läst").check()
    await page.get_by_role("button", name="Bekräfta och anmäl mig").click()
    await expect(page.get_by_role("status")).to_contain_text("bekräftad")
    await expect(page.get_by_text("anmäld förmiddag 08.30–11.45")).to_be_visible()
    await check(page, axe, javascript)
    await shot(page, f"guest-{'script' if javascript else 'plain'}")
    await page.get_by_label("eftermiddag").check()
    await page.get_by_role("button", name="Spara ändringen").click()
    await expect(page.get_by_text("anmäld hela dagen")).to_be_visible()
    await page.get_by_role("button", name="Avanmäl mig").click()
    await expect(page.get_by_role("status")).to_contain_text("avanmäld")
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_text("This invitation is for Pia A.")).to_be_visible()
    await check(page, axe, javascript)
    await context.close()


async def check(page, axe: str, javascript: bool) -> None:
    """No finding of axe; a page without scripts is drawn from the same template."""
    if not javascript:
        return
    await page.evaluate(axe)
    found = await page.evaluate("axe.run()")
    assert [(each["id"], each["help"]) for each in found["violations"]] == []
