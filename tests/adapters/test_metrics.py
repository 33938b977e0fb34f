"""What whoever runs the bot can see of it, and who can."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestClient, TestServer, unused_port
from prometheus_client.parser import text_string_to_metric_families

from adapters.app import DESK, build
from adapters.core import SetClock
from adapters.settings import for_demo, read
from bot.errors import SettingsError
from bot.testing import Chat
from storage import demo
from tests.conftest import START

TOKEN = "a token of the tests"


async def serve(tmp_path, token: str = "") -> TestClient:
    port = unused_port()
    settings = replace(for_demo(f"sqlite:///{tmp_path / 'demo.sqlite'}", port), metrics_token=token)
    client = TestClient(
        TestServer(await build(settings, SetClock(START)), host="localhost", port=port)
    )
    await client.start_server()
    return client


@pytest.fixture
async def client(tmp_path) -> AsyncIterator[TestClient]:
    found = await serve(tmp_path)
    yield found
    await found.close()


async def figures(client: TestClient) -> dict[str, float]:
    text = await (await client.get("/metrics")).text()
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def chat(client: TestClient, name: str) -> Chat:
    desk = client.app[DESK]
    known = await desk.store.database.read(demo.identities)
    return Chat(desk.engine, SetClock(datetime(2026, 11, 23, 8, tzinfo=UTC)), known[name, "teams"])


async def test_turns_misses_and_time_are_counted(client: TestClient) -> None:
    bo = await chat(client, "Bo Fiktivsson")
    await bo.say("när är nästa möte?")
    await bo.say("bananpaj med grädde och vaniljsås")
    found = await figures(client)
    assert found["natverksbot_turns_total answered teams"] == 2
    assert found["natverksbot_turn_seconds_count teams"] == 2
    assert found["natverksbot_turn_seconds_bucket +Inf teams"] == 2
    assert found["natverksbot_misses_total sv"] == 1
    assert found["natverksbot_outbox_letters dead"] == 0
    assert found["natverksbot_inbox_open_turns"] == 0


async def test_a_letter_that_waits_is_seen(client: TestClient) -> None:
    bo, asta = await chat(client, "Bo Fiktivsson"), await chat(client, "Asta Fiktberg")
    await bo.say("hej")
    await asta.say("ställ in vuxnätverkets möte den 11 mars")
    await asta.say("ja")
    assert (await figures(client))["natverksbot_outbox_letters waiting"] > 0


async def test_a_bug_is_counted_as_one(client: TestClient, monkeypatch) -> None:
    bo = await chat(client, "Bo Fiktivsson")

    def broken(*_) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("bot.handling.Handling.run", broken)
    await bo.say("när är nästa möte?")
    found = await figures(client)
    assert found["natverksbot_turns_total failed teams"] == 1
    assert found["natverksbot_errors_total bug"] == 1


async def test_nothing_of_it_is_about_a_person(client: TestClient) -> None:
    bo = await chat(client, "Bo Fiktivsson")
    await bo.say("när är nästa möte?")
    await bo.say("hemligheten är bananpaj med grädde")
    text = await (await client.get("/metrics")).text()
    for word in ("Fikt", "banan", bo.who.user, bo.who.tenant):
        assert word not in text


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-For": "203.0.113.7"}, {"Forwarded": "for=203.0.113.7"},
                {"X-Real-IP": "203.0.113.7"}],
)  # fmt: skip
async def test_what_a_proxy_passes_on_is_refused(client: TestClient, headers: dict) -> None:
    response = await client.get("/metrics", headers=headers)
    assert response.status == 403
    assert "NATVERKSBOT_METRICS_TOKEN" in await response.text()


@pytest.mark.parametrize(
    ("given", "status"),
    [(f"Bearer {TOKEN}", 200), (f"bearer {TOKEN}", 403), (f"Bearer {TOKEN}x", 403), ("", 403),
     (f"Basic {TOKEN}", 403), ("Bearer å", 403)],
)  # fmt: skip
async def test_with_a_token_only_the_token_counts(tmp_path, given: str, status: int) -> None:
    client = await serve(tmp_path, TOKEN)
    headers = {"Authorization": given, "X-Forwarded-For": "203.0.113.7"}
    assert (await client.get("/metrics", headers=headers)).status == status
    await client.close()


def test_a_token_that_can_be_guessed_is_refused_without_showing_it() -> None:
    keys = {"NATVERKSBOT_SEAL_KEYS": "x" * 32}
    with pytest.raises(SettingsError, match="METRICS_TOKEN") as error:
        read({**keys, "NATVERKSBOT_METRICS_TOKEN": "short-7Q"})
    assert "7Q" not in str(error.value)
    assert TOKEN not in repr(read({**keys, "NATVERKSBOT_METRICS_TOKEN": TOKEN}))
