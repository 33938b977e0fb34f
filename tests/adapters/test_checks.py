"""`natverksbot check`: what a first installation gets wrong, each with what to do."""

from __future__ import annotations

import socket

import pytest
from aiohttp.test_utils import unused_port

from adapters.checks import STEPS, carry_out, check
from adapters.core import SystemClock, open_store
from adapters.settings import read
from storage import demo

GUID = "1b2c3d4e-0000-4000-8000-123456789abc"
SLACK = {
    "NATVERKSBOT_SLACK_SIGNING_SECRET": "0123456789abcdef" * 2,
    "NATVERKSBOT_SLACK_BOT_TOKEN": "xoxb-" + "7Q", "NATVERKSBOT_SLACK_APP_ID": "A1",
    "NATVERKSBOT_SLACK_TEAMS": "T1",
}  # fmt: skip
TEAMS = {
    "NATVERKSBOT_TEAMS_APP_ID": GUID, "NATVERKSBOT_TEAMS_TENANT": GUID,
    "NATVERKSBOT_TEAMS_SECRET": "secret-7Q",
}  # fmt: skip
PUBLIC = {"NATVERKSBOT_PUBLIC_URL": "https://bot.region.example"}


@pytest.fixture
def good(tmp_path) -> dict[str, str]:
    return {
        "NATVERKSBOT_SEAL_KEYS": "x" * 32, "NATVERKSBOT_PORT": str(unused_port()),
        "NATVERKSBOT_CONTACT": "Regionkontoret", "DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite",
        **PUBLIC, **SLACK, **TEAMS,
    }  # fmt: skip


async def lines(environment: dict[str, str], capsys) -> tuple[int, dict[str, str]]:
    code = await check(environment)
    found = {}
    for line in capsys.readouterr().out.splitlines():
        mark, name, text = line[:6].strip(), line[7:21].strip(), line[22:]
        found[name] = f"{mark}: {text}"
    return code, found


async def test_a_whole_installation_is_fine(good, capsys) -> None:
    code, found = await lines(good, capsys)
    assert code == 0
    assert [name for name, text in found.items() if text.startswith("WRONG")] == []
    assert "https://bot.region.example/slack/events" in found["slack"]
    assert "https://bot.region.example/api/messages" in found["teams"]
    assert found["manifests"].startswith("ok")


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        ({"NATVERKSBOT_PUBLIC_URL": "bot.region.example"}, "address", "whole address"),
        ({"NATVERKSBOT_PUBLIC_URL": "http://bot.region.example"}, "address", "https://"),
        ({"NATVERKSBOT_PUBLIC_URL": "https://bot.region.example/bot"}, "address", "without a path"),
        ({"NATVERKSBOT_PUBLIC_URL": "http://localhost:3978"}, "address", "this machine"),
        ({"NATVERKSBOT_PUBLIC_URL": "https://127.0.0.1"}, "address", "this machine"),
        ({"DATABASE_URL": "mysql://x"}, "database", "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////nowhere/at/all/x.sqlite"}, "database", "does not exist"),
        ({"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, "database", "DATABASE_URL"),
        ({"NATVERKSBOT_SLACK_BOT_TOKEN": "xoxp-7Q"}, "slack", "xoxb-"),
        ({"NATVERKSBOT_SLACK_SIGNING_SECRET": "7Q"}, "slack", "Basic Information"),
        ({"NATVERKSBOT_SLACK_APP_ID": "B1"}, "slack", "A…"),
        ({"NATVERKSBOT_SLACK_TEAMS": "T1, region"}, "slack", "region"),
        ({"NATVERKSBOT_TEAMS_APP_ID": "the bot"}, "teams", "APP_ID"),
        ({"NATVERKSBOT_TEAMS_TENANT": "region.onmicrosoft.example"}, "teams", "TENANT"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_named_and_no_secret_is_shown(good, change, name, words) -> None:
    said = await carry_out(STEPS[name], read(good | change))
    assert said.mark == "WRONG"
    assert words in said.text
    assert "7Q" not in said.text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"NATVERKSBOT_SEAL_KEYS": ""}, "SEAL_KEYS"),
        ({"NATVERKSBOT_PORT": "http"}, "PORT"),
        ({"NATVERKSBOT_SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN"),
        ({"NATVERKSBOT_METRICS_TOKEN": "short-7Q"}, "METRICS_TOKEN"),
        ({"NATVERKSBOT_CONTACT": "a\nb"}, "CONTACT"),
    ],
)  # fmt: skip
async def test_settings_that_cannot_be_read_end_it_there(good, capsys, change, words) -> None:
    code, found = await lines(good | change, capsys)
    assert code == 1
    assert list(found) == ["settings"]
    assert words in found["settings"]
    assert "7Q" not in found["settings"]


async def test_a_port_that_is_taken_is_said(good, capsys) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        good["NATVERKSBOT_PORT"] = str(taken.getsockname()[1])
        code, found = await lines(good, capsys)
    assert code == 0
    assert found["port"].startswith("NOTE")


async def test_checking_makes_no_database(good, capsys, tmp_path) -> None:
    await lines(good, capsys)
    assert list(tmp_path.iterdir()) == []


async def test_a_database_that_is_there_is_looked_at_and_left_as_it_is(
    good, capsys, tmp_path
) -> None:
    url = f"sqlite:///{tmp_path}/old.sqlite"
    (tmp_path / "old.sqlite").touch()
    _, found = await lines({**good, "DATABASE_URL": url}, capsys)
    assert found["database"].startswith("NOTE: sqlite, empty")
    database, _ = await open_store(url, SystemClock())
    _, found = await lines({**good, "DATABASE_URL": url}, capsys)
    assert found["database"].endswith("newest")
    assert "recognise no one" in found["people"]
    await database.write(demo.fill)
    await database.close()
    _, found = await lines({**good, "DATABASE_URL": url}, capsys)
    assert "linked accounts" in found["people"]


async def test_without_slack_and_teams_nobody_can_sign_in_and_that_is_said(good, capsys) -> None:
    bare = {name: value for name, value in good.items() if name not in SLACK | TEAMS}
    code, found = await lines(bare | {"NATVERKSBOT_CONTACT": ""}, capsys)
    assert code == 0
    assert found["sign-in"].startswith("NOTE")
    assert "coordinator" in found["contact"]
