"""Drives Microsoft's Agents Playground without a browser, through its own HTTP and WebSocket."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

HERE = Path(__file__).parent
CLI = HERE / "node_modules" / "@microsoft" / "m365agentsplayground" / "cli.js"
Event = dict[str, Any]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Playground:
    def __init__(self, session: aiohttp.ClientSession, base: str, config: dict[str, Any]) -> None:
        self._session = session
        self.base = base
        self.config = config
        self.events: list[Event] = []
        self._news = asyncio.Condition()

    @property
    def personal(self) -> str:
        return str(self.config["personalChat"]["id"])

    @property
    def group(self) -> str:
        return str(self.config["groupChats"][0]["id"])

    @property
    def channel(self) -> str:
        return str(self.config["teams"][0]["channels"][0]["id"])

    async def listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            if message.type == aiohttp.WSMsgType.TEXT:
                self.events.append(message.json())
                async with self._news:
                    self._news.notify_all()

    async def expect(self, fits: Callable[[Event], bool]) -> Event:
        async with self._news, asyncio.timeout(15):
            while not (found := [each for each in self.events if fits(each)]):
                await self._news.wait()
        return found[0]

    async def say(self, text: str, conversation: str, *, mention: bool = False) -> None:
        body: dict[str, Any] = {
            "type": "text", "text": text, "textFormat": "plain",
            "from": {"id": self.config["currentUser"]["id"]},
        }  # fmt: skip
        if mention:
            bot = self.config["bot"]
            tag = f"<at>{bot['name']}</at>"
            body |= {"text": f"{tag} {text}",
                     "mentions": [{"mentioned": {"id": bot["id"]}, "text": tag}]}  # fmt: skip
        await self._post(f"/_conversation/v1/conversations/{conversation}/messages", body)

    async def execute(self, conversation: str, message: str, data: object) -> dict[str, Any]:
        action = {"type": "Action.Execute", "verb": "press", "data": data}
        body = {
            "name": "adaptiveCard/action", "value": {"action": action}, "replyToId": message,
            "from": {"id": self.config["currentUser"]["id"]}, "conversation": {"id": conversation},
        }  # fmt: skip
        answer: dict[str, Any] = await self._post("/_conversation/v1/invoke", body)
        return answer

    async def submit(self, conversation: str, message: str, value: object) -> None:
        body = {
            "conversation": {"id": conversation}, "replyToId": message, "value": value,
            "from": {"id": self.config["currentUser"]["id"]},
        }  # fmt: skip
        await self._post("/_conversation/v1/submit", body)

    async def install(self, conversation: str) -> None:
        await self._post(f"/_debug/conversation/{conversation}/installation", {})

    async def _post(self, path: str, body: object) -> Any:
        async with self._session.post(self.base + path, json=body) as response:
            text = await response.text()
            assert response.status < 300, (path, response.status, text)
            return await response.json(content_type=None) if text else None


@asynccontextmanager
async def playground(bot: str, folder: Path) -> AsyncIterator[Playground]:
    """`folder` takes the playground's logs."""
    port = free_port()
    command = ["node", str(CLI), "-e", bot, "-c", "msteams", "-p", str(port), "--dt"]
    with (folder / "out.log").open("wb") as out:
        process = subprocess.Popen(  # noqa: ASYNC220
            command, cwd=folder, stdout=out, stderr=out, start_new_session=True
        )
    base = f"http://localhost:{port}"
    try:
        async with aiohttp.ClientSession() as session:
            await _ready(session, base)
            async with session.get(base + "/_internal/v1/config") as response:
                config = (await response.json())["config"]
            made = Playground(session, base, config)
            stream = base.replace("http", "ws") + "/_ws_conversation/v1/conversations/stream"
            async with session.ws_connect(stream) as events:
                task = asyncio.create_task(made.listen(events))
                yield made
                task.cancel()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


async def _ready(session: aiohttp.ClientSession, base: str) -> None:
    async with asyncio.timeout(90):
        while True:
            try:
                async with session.get(base + "/_debug/ping") as response:
                    if response.status < 500:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
