"""Microsoft's connector, as far as the bot sees it: refuses what Teams refuses, fails as told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.adapters.teams.lint import faults


@dataclass
class Microsoft:
    """`script` holds statuses for the next calls; when it is empty everything is taken."""

    url: str = ""
    script: list[int] = field(default_factory=list)
    calls: list[tuple[str, str, Any]] = field(default_factory=list)
    uploads: list[tuple[bytes, str, bool]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_put("/upload", self.upload)
        app.router.add_route("*", "/v3/{rest:.*}", self.take)
        return app

    async def take(self, request: web.Request) -> web.Response:
        body = await request.json() if request.can_read_body else None
        status = self.script.pop(0) if self.script else 201
        if isinstance(body, dict) and "type" in body:
            found = faults(body)
            self.faults += found
            status = 400 if found else status
        if status >= 300:
            return web.Response(status=status, headers={"Retry-After": "1"})
        self.calls.append((request.method, request.rel_url.raw_path.removeprefix("/v3"), body))
        return web.json_response({"id": f"m{len(self.calls)}"}, status=status)

    async def upload(self, request: web.Request) -> web.Response:
        status = self.script.pop(0) if self.script else 201
        content = await request.read()
        self.uploads.append(
            (content, request.headers["Content-Range"], "Authorization" in request.headers)
        )
        return web.Response(status=status)

    def cards(self) -> list[dict[str, Any]]:
        return [
            each["content"]
            for _, _, body in self.calls
            for each in (body or {}).get("attachments", [])
        ]

    def words(self) -> str:
        return str([body for _, _, body in self.calls])
