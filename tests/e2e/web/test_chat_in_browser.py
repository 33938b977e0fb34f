from __future__ import annotations

import pytest
from playwright.async_api import expect

from bot.turn import Pressed
from tests.e2e.web.conftest import ARTIFACTS

pytestmark = pytest.mark.browser


async def choose(page, address: str) -> None:
    await page.goto(address)
    await page.get_by_role("button", name="Anna Ek").click()
    await expect(page.get_by_role("log")).to_contain_text("Hej Anna")


async def ask(page, text: str) -> None:
    await page.locator("#text").fill(text)
    await page.keyboard.press("Enter")


async def faults(page, axe: str) -> list[str]:
    """Serious and critical faults. The script goes in past the policy, as a test tool may."""
    await page.evaluate(axe)
    found = await page.evaluate("axe.run()")
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


async def test_a_person_asks_answers_and_fills_in_a_form(site, chromium, shot):
    address, desk = site
    page = await chromium.new_page(locale="sv-SE", viewport={"width": 1100, "height": 900})
    complaints = []
    page.on("console", lambda each: complaints.append(each.text) if each.type == "error" else None)
    page.on("pageerror", lambda each: complaints.append(str(each)))
    await page.goto(address)
    await shot(page, "choose")
    await choose(page, address)
    await ask(page, "När är nästa möte?")
    await expect(page.get_by_role("article")).to_contain_text("Nätverksmöte i december")
    await expect(page.locator("#text")).to_have_value("")
    await shot(page, "card")
    await page.get_by_role("button", name="Jag kommer").dblclick()
    await expect(page.get_by_role("log")).to_contain_text("Tack, du är anmäld.")
    assert [turn.what for turn in desk.turns].count(Pressed("coming")) == 1
    await ask(page, "Boka ett möte")
    await page.get_by_role("button", name="Öppna formuläret").click()
    await expect(page.get_by_role("heading", name="Boka möte")).to_be_visible()
    await shot(page, "form")
    await page.get_by_role("button", name="Boka", exact=True).click()
    await expect(page.locator(".summary")).to_be_focused()
    await shot(page, "form-error")
    await page.get_by_label("Rubrik").fill("Decembermöte")
    await page.get_by_role("button", name="Boka", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text("Bokat.")
    assert complaints == []


async def test_the_whole_way_works_by_keyboard_in_english(site, chromium, shot):
    address, _ = site
    page = await chromium.new_page(locale="en-GB", viewport={"width": 900, "height": 800})
    await page.goto(address)
    for _ in range(20):
        await page.keyboard.press("Tab")
        if "Anna Ek" in await page.evaluate("document.activeElement.innerText"):
            break
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Write to the bot")).to_be_visible()
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.id") == "text":
            break
    await page.keyboard.type("When is the next meeting?")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("article")).to_contain_text("Network meeting")
    await page.locator("#text").focus()
    for _ in range(20):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.innerText") == "I am coming":
            break
    await shot(page, "keyboard-focus")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("you are signed up")


async def test_a_lost_answer_is_told_and_sending_again_has_one_effect(site, chromium):
    address, desk = site
    page = await chromium.new_page(locale="sv-SE")
    await choose(page, address)

    async def lose(route):
        await route.fetch()
        await route.abort()

    await page.route("**/say", lose)
    await ask(page, "möte")
    await expect(page.get_by_role("alert")).to_contain_text("kom inte fram")
    await expect(page.locator("#text")).to_have_value("möte")
    await page.unroute("**/say")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("redan tagit emot")
    await ask(page, "ett annat möte")
    await expect(page.get_by_role("article")).to_be_visible()
    assert len(desk.turns) == 2


async def test_it_works_without_scripts(site, chromium, shot):
    address, _ = site
    context = await chromium.new_context(java_script_enabled=False, locale="sv-SE")
    page = await context.new_page()
    await choose(page, address)
    await page.get_by_label("Skriv till boten").fill("möte")
    await page.get_by_role("button", name="Skicka").click()
    await page.get_by_role("button", name="Jag kommer").click()
    await expect(page.get_by_role("log")).to_contain_text("Tack, du är anmäld.")
    await context.close()


PDF = {"name": "protokoll.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
DROP = """async () => {
    const data = new DataTransfer();
    data.items.add(new File(["%PDF-1.7"], "släppt.pdf", { type: "application/pdf" }));
    const where = document.getElementById("log");
    for (const kind of ["dragover", "drop"])
      where.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
}"""


async def test_a_file_is_chosen_or_dropped_and_its_way_is_shown(site, chromium):
    address, desk = site
    page = await chromium.new_page(locale="sv-SE")
    complaints = []
    page.on("console", lambda each: complaints.append(each.text) if each.type == "error" else None)
    page.on("pageerror", lambda each: complaints.append(str(each)))
    await choose(page, address)
    await page.locator("#text").fill("här kommer protokollet")
    await page.get_by_label("Bifoga en fil").set_input_files(PDF)
    await page.get_by_role("button", name="Ladda upp").click()
    await expect(page.get_by_role("log")).to_contain_text("protokoll.pdf")
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(page.get_by_role("progressbar")).to_be_hidden()
    await page.evaluate(DROP)
    await expect(page.get_by_role("log")).to_contain_text("släppt.pdf")
    await expect(page.get_by_role("article")).to_have_count(2)
    assert [each[0] for each in desk.files] == ["protokoll.pdf", "släppt.pdf"]
    assert [turn.what.text for turn in desk.turns] == ["här kommer protokollet", ""]
    assert complaints == []
    await page.close()


async def test_a_file_is_sent_without_scripts(site, chromium):
    address, desk = site
    context = await chromium.new_context(java_script_enabled=False, locale="sv-SE")
    page = await context.new_page()
    await choose(page, address)
    await page.get_by_label("Bifoga en fil").set_input_files(PDF)
    await page.get_by_role("button", name="Ladda upp").click()
    await expect(page.get_by_role("log")).to_contain_text("protokoll.pdf")
    assert desk.files == [("protokoll.pdf", b"%PDF-1.7")]
    await context.close()


@pytest.mark.parametrize("look", [(s, w) for s in ("light", "dark") for w in (320, 1100)])
async def test_no_serious_accessibility_fault(site, chromium, shot, axe, look):
    address, _ = site
    scheme, width = look
    context = await chromium.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, locale="sv-SE",
        bypass_csp=True, reduced_motion="reduce",
    )  # fmt: skip
    page = await context.new_page()
    await page.goto(address)
    assert await faults(page, axe) == []
    await choose(page, address)
    await ask(page, "När är nästa möte?")
    await expect(page.get_by_role("article")).to_be_visible()
    assert await faults(page, axe) == []
    await shot(page, f"card-{scheme}-{width}")
    await ask(page, "boka")
    await page.get_by_role("button", name="Öppna formuläret").click()
    await page.get_by_role("button", name="Boka", exact=True).click()
    await expect(page.locator(".summary")).to_be_visible()
    assert await faults(page, axe) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
    screen = await page.screenshot()
    (ARTIFACTS / f"screen-{scheme}-{width}.png").write_bytes(screen)
    await shot(page, f"form-{scheme}-{width}")
    await context.close()
