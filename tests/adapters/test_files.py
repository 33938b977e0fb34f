"""A file's link works for a day, for this file, and only as it was made."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.core import SetClock
from adapters.files import LIFE, Files, Handout, setup
from bot.reply import File
from storage.store import SqlStore

FILE = File("möte & träff.ics", b"BEGIN:VCALENDAR", "text/calendar", "Här är den.")
Client = TestClient[Any, Any]


@pytest.fixture
def files(store: SqlStore, clock: SetClock) -> Files:
    return Files(store.database, [b"k" * 32], "https://bot.example", clock)


@pytest.fixture
async def client(files: Files) -> AsyncIterator[Client]:
    app = web.Application()
    setup(app, files)
    async with TestClient(TestServer(app)) as made:
        yield made


async def test_the_link_gives_the_file_as_a_download(files: Files, client: Client) -> None:
    token = await files.keep(FILE)
    answer = await client.get(f"/files/{token}")
    assert (answer.status, await answer.read()) == (200, FILE.content)
    assert answer.headers["Content-Type"] == "text/calendar"
    assert answer.headers["Content-Disposition"].startswith(
        "attachment; filename*=UTF-8''m%C3%B6te"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"


async def test_a_link_that_has_expired_says_what_to_do(
    files: Files, client: Client, clock: SetClock
) -> None:
    token = await files.keep(FILE)
    clock.at += LIFE - timedelta(seconds=1)
    assert (await client.get(f"/files/{token}")).status == 200
    clock.at += timedelta(seconds=1)
    answer = await client.get(f"/files/{token}", headers={"Accept-Language": "en-GB"})
    assert answer.status == 410
    assert "Ask the bot" in await answer.text()
    assert "Be boten" in await (await client.get(f"/files/{token}")).text()


async def test_no_changed_link_opens_anything(files: Files, client: Client) -> None:
    token = await files.keep(FILE)
    raw = base64.urlsafe_b64decode(token)
    for bit in range(len(raw) * 8):
        bent = bytearray(raw)
        bent[bit // 8] ^= 1 << (bit % 8)
        assert await files.open(base64.urlsafe_b64encode(bytes(bent)).decode()) == "forged"
    for odd in ("x", token[:-1], token + "A", token + "=", "å" * 20, "A" * 5000, " " + token):
        assert await files.open(odd) == "forged"
        assert (await client.get(f"/files/{odd}")).status == 404


async def test_a_token_for_one_purpose_is_worth_nothing_for_another(files: Files) -> None:
    token = await files.keep(FILE, "teams t-1 a:1")
    assert await files.open(token) == "forged"
    assert await files.open(token, "teams t-1 a:2") == "forged"
    assert isinstance(await files.open(token, "teams t-1 a:1"), Handout)


async def test_links_outlive_a_change_of_keys_while_the_old_key_is_kept(
    store: SqlStore, clock: SetClock, files: Files
) -> None:
    token = await files.keep(FILE)
    later = Files(store.database, [b"n" * 32, b"k" * 32], "https://bot.example", clock)
    assert isinstance(await later.open(token), Handout)
    gone = Files(store.database, [b"n" * 32], "https://bot.example", clock)
    assert await gone.open(token) == "forged"


async def test_what_has_expired_is_erased_when_the_next_file_is_kept(
    store: SqlStore, files: Files, clock: SetClock
) -> None:
    await files.keep(FILE)
    clock.at += LIFE
    await files.keep(FILE)

    def count(connection: Any) -> int:
        return int(connection.exec_driver_sql("select count(*) from handout").scalar_one())

    assert await store.database.read(count) == 1
