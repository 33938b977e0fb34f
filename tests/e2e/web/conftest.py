from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from playwright.async_api import async_playwright

from tests.adapters.web.fakes import Doors, FakeDesk, make_app

HERE = Path(__file__).parent
ARTIFACTS = HERE.parents[2] / "artifacts" / "web"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture
async def site():
    """The demo's address and the desk behind it."""
    port = unused_port()
    desk = FakeDesk()
    app: web.Application = make_app(f"http://127.0.0.1:{port}", desk, Doors(), demo=True)
    server = TestServer(app, port=port)
    await server.start_server()
    yield f"http://127.0.0.1:{port}", desk
    await server.close()


@pytest.fixture
async def chromium():
    path = shutil.which("chromium")
    if path is None and not os.environ.get("CI"):
        pytest.skip("no chromium on this machine")
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
def shot():
    ARTIFACTS.mkdir(parents=True, exist_ok=True)

    async def take(page, name: str) -> None:
        await page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)

    return take


@pytest.fixture(scope="session")
def axe() -> str:
    script = HERE / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        if npm is None and not os.environ.get("CI"):
            pytest.skip("no npm on this machine")
        subprocess.run([npm or "npm", "ci", "--ignore-scripts"], cwd=HERE, check=True, timeout=120)
    return script.read_text("utf-8")
