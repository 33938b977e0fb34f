"""The guest's page over HTTP, with the real database behind it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestClient, TestServer, unused_port
from sqlalchemy import Connection, func, select

from adapters.app import build
from adapters.settings import for_demo
from storage import timers
from storage.dialogues import guests
from storage.session import open_database
from storage.tables import dialogue, need, person, region, registration
from tests.storage.world import someone

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


class StillClock:
    def now(self) -> datetime:
        return AT


class Guest:
    """One browser with one link."""

    def __init__(self, client: TestClient, database, path: str) -> None:
        self.client, self.database, self.path = client, database, path
        self.csrf = ""

    async def look(self, query: str = "") -> tuple[int, str]:
        response = await self.client.get(self.path + query)
        body = await response.text()
        if found := re.search(r'name="csrf" value="([0-9a-f]+)"', body):
            self.csrf = found[1]
        return response.status, body

    async def do(self, action: str, **fields: str) -> tuple[int, str]:
        data = {"csrf": self.csrf, "do": action} | {
            k.replace("_", "-"): v for k, v in fields.items()
        }
        response = await self.client.post(self.path, data=data)
        return response.status, await response.text()

    async def part(self, name: str) -> str:
        _, body = await self.look()
        found = re.search(rf'name="(part-\d+)" value="1"[^>]*> <span>{name}', body)
        assert found
        return found[1]


@pytest.fixture
async def guest(tmp_path):
    url = f"sqlite:///{tmp_path / 'demo.sqlite'}"
    settings = for_demo(url, unused_port())
    server = TestServer(await build(settings, StillClock()), host="localhost", port=settings.port)
    client = TestClient(server)
    await client.start_server()
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
    yield Guest(client, database, f"/guest/{secret}")
    await database.close()
    await client.close()


async def test_a_guest_registers_changes_and_cancels(guest: Guest) -> None:
    status, body = await guest.look()
    assert status == 200
    assert "Inbjudan gäller Pia A." in body
    assert "onsdag 10 februari 2027" in body
    morning, afternoon = await guest.part("förmiddag"), await guest.part("eftermiddag")

    status, body = await guest.do("confirm", **{morning: "1", "privacy": "1", "diet": "7Q-kost"})
    assert status == 200
    assert "anmäld förmiddag 08.30–11.45" in body
    assert "7Q-kost" not in body
    status, body = await guest.do("change", **{morning: "1", afternoon: "1"})
    assert "anmäld hela dagen" in body
    status, body = await guest.do("leave")
    assert "inte anmäld" in body
    assert await count(guest, need, need.c.diet == "7Q-kost") == 0


async def test_a_page_is_read_as_often_as_a_robot_likes(guest: Guest) -> None:
    before = await count(guest, registration)
    for _ in range(10):
        await guest.client.head(guest.path)
        assert (await guest.look("?do=leave&said=confirm"))[0] == 200
    assert await count(guest, registration) == before


async def test_without_the_pages_token_nothing_is_done(guest: Guest) -> None:
    morning = await guest.part("förmiddag")
    before = await count(guest, registration)
    guest.csrf = "0" * 64

    status, _ = await guest.do("confirm", **{morning: "1", "privacy": "1"})

    assert status == 403
    assert await count(guest, registration) == before


async def test_what_is_missing_is_said_and_nothing_is_saved(guest: Guest) -> None:
    morning = await guest.part("förmiddag")
    before = await count(guest, registration)

    assert "Välj minst en del" in (await guest.do("confirm", privacy="1"))[1]
    assert "Kryssa i att du godkänner" in (await guest.do("confirm", **{morning: "1"}))[1]
    assert (
        "finns inte på den dialogdagen"
        in (await guest.do("confirm", **{"part-99999": "1", "privacy": "1"}))[1]
    )
    assert "Bekräfta inbjudan först" in (await guest.do("leave"))[1]
    assert (await guest.do("anything"))[0] == 400
    assert await count(guest, registration) == before


async def test_a_second_confirmation_says_that_there_was_one(guest: Guest) -> None:
    morning = await guest.part("förmiddag")
    await guest.do("confirm", **{morning: "1", "privacy": "1"})

    assert "redan bekräftad" in (await guest.do("confirm", **{morning: "1", "privacy": "1"}))[1]


async def test_a_forwarded_link_says_whose_it_is_and_lets_another_ask(guest: Guest) -> None:
    _, body = await guest.look()
    assert "Attrappsson" not in body
    assert "pia@af.example" not in body
    assert "Är du inte Pia A.?" in body

    status, body = await guest.do("ask", name="Ulf Påhitt", email="ulf@x.example")

    assert status == 200
    assert "Samordnaren har fått din fråga" in body


async def test_a_link_that_is_unknown_shows_nothing(guest: Guest) -> None:
    guest.path = "/guest/" + "A" * 43
    status, body = await guest.look()

    assert status == 404
    assert "dialog" not in body.casefold()


async def test_the_page_speaks_english_and_escapes_names(guest: Guest) -> None:
    def evil(c: Connection) -> None:
        c.execute(
            person.update()
            .where(person.c.email == "pia@af.example")
            .values(name="<script>alert(1)</script> X")
        )

    await guest.database.write(evil)
    _, body = await guest.look("?lang=en")

    assert "This invitation is for" in body
    assert "<script>alert" not in body


async def count(guest: Guest, table, *where) -> int:
    statement = select(func.count()).select_from(table)
    return await guest.database.read(lambda c: c.execute(statement.where(*where)).scalar_one())
