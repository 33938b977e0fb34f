"""The demo as anybody starts it, with Microsoft's Agents Playground before it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from playwright.async_api import Browser, async_playwright
from sqlalchemy import Connection, select

from adapters.app import build
from adapters.core import SetClock, make_engine
from adapters.desk import Desk
from adapters.settings import for_demo
from adapters.teams import TeamsSettings, setup
from storage.people import link
from storage.store import SqlStore
from storage.tables import person
from tests.adapters.teams.bench import files_of
from tests.e2e.teams.playground import CLI, HERE, Playground, playground

ARTIFACTS = HERE.parents[2] / "artifacts" / "teams"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class StillClock:
    def now(self) -> datetime:
        return datetime(2026, 11, 25, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def packages() -> None:
    if CLI.exists():
        return
    npm = shutil.which("npm")
    if npm is None and not os.environ.get("CI"):
        pytest.skip("no npm on this machine")
    subprocess.run([npm or "npm", "ci", "--no-audit", "--no-fund"], cwd=HERE, check=True)


@pytest.fixture
async def demo(packages: None, tmp_path: Path) -> AsyncIterator[Playground]:
    settings = for_demo(f"sqlite:///{tmp_path / 'demo.sqlite'}", unused_port())
    server = TestServer(await build(settings, StillClock()), host="localhost", port=settings.port)
    await server.start_server()
    async with playground(f"http://localhost:{settings.port}/api/messages", tmp_path) as made:
        yield made
    await server.close()


@pytest.fixture
async def teams(
    packages: None, store: SqlStore, clock: SetClock, tmp_path: Path
) -> AsyncIterator[Playground]:
    del packages
    app = web.Application()
    desk = Desk(engine=make_engine(store, (b"k" * 32,)), store=store, clock=clock, couriers={})
    settings = TeamsSettings(anonymous=True, demo=True)
    desk.couriers["teams"] = setup(app, desk, settings, clock, files_of(store, clock))
    async with TestServer(app) as server:
        await desk.start()
        async with playground(str(server.make_url("/api/messages")), tmp_path) as made:
            yield made
        await desk.stop()


async def known(
    teams: Playground, store: SqlStore, clock: SetClock, name: str = "Bo Fiktivsson"
) -> None:
    """Let the playground's person be one of the demo's."""
    key = ("teams", str(teams.config["tenantId"]), str(teams.config["currentUser"]["aadObjectId"]))

    def tie(connection: Connection) -> None:
        number = connection.execute(
            select(person.c.id).where(person.c.name == name)
        ).scalars().first()  # fmt: skip
        assert number is not None
        link(connection, number, key, clock.now())

    await store.database.write(tie)


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None and not os.environ.get("CI"):
        pytest.skip("no chromium on this machine")
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()
