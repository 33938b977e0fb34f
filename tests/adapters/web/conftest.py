from __future__ import annotations

import re
from uuid import uuid4

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer, unused_port

from tests.adapters.web.fakes import Doors, FakeDesk, make_app


class Browser:
    """A client that keeps cookies and copies the CSRF token off the pages, as a form does."""

    def __init__(self, client: TestClient, desk: FakeDesk, doors: Doors) -> None:
        self.client, self.desk, self.doors = client, desk, doors
        self.csrf = ""

    async def get(self, path: str, **more) -> tuple[ClientResponse, str]:
        return await self._read(await self.client.get(path, allow_redirects=False, **more))

    async def post(self, path: str, headers=None, **fields) -> tuple[ClientResponse, str]:
        data = {"csrf": self.csrf, "id": str(uuid4())} | fields
        return await self._read(
            await self.client.post(path, data=data, headers=headers, allow_redirects=False)
        )

    async def _read(self, response: ClientResponse) -> tuple[ClientResponse, str]:
        assert response.status < 500
        body = await response.text()
        if found := re.search(r'name="csrf" value="([0-9a-f]+)"', body):
            self.csrf = found[1]
        return response, body

    async def be(self, person: int = 1) -> None:
        await self.get("/")
        response, _ = await self.post("/as", person=str(person))
        assert response.status == 303
        await self.get("/")


@pytest.fixture
async def open_browser():
    clients = []

    async def make(*, demo: bool = True) -> Browser:
        desk, doors, port = FakeDesk(), Doors(), unused_port()
        app = make_app(f"http://127.0.0.1:{port}", desk, doors, demo=demo)
        client = TestClient(TestServer(app, port=port))
        await client.start_server()
        clients.append(client)
        return Browser(client, desk, doors)

    yield make
    for client in clients:
        await client.close()
