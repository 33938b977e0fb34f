"""A file that a person sent comes from where Teams keeps it, without any token of ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.teams.files import fetch, gives
from adapters.teams.http import Http
from adapters.teams.settings import TeamsSettings
from bot.errors import NotFetched
from bot.turn import FileRef
from storage.documents import MOST as LIMIT

HERE = TeamsSettings(anonymous=True, demo=True)
TENANT = TeamsSettings(
    "app", "tenant", "secret", upload_hosts=frozenset({"kommun-my.sharepoint.com"})
)


@dataclass
class Share:
    """Keeps one file, and what came with the request for it."""

    body: bytes = b"%PDF-1.7 abc"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seen: list[str | None] = field(default_factory=list)
    url: str = ""

    async def give(self, request: web.Request) -> web.Response:
        self.seen.append(request.headers.get("Authorization"))
        return web.Response(status=self.status, body=self.body, headers=self.headers)


@pytest.fixture
async def share() -> AsyncIterator[Share]:
    found = Share()
    app = web.Application()
    app.router.add_get("/download.aspx", found.give)
    async with TestServer(app) as server:
        found.url = str(server.make_url("/download.aspx?UniqueId=1&tempauth=v1.ey%2Ba"))
        yield found


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    found = Http()
    yield found
    await found.close()


async def reason(http: Http, ref: FileRef) -> str:
    with pytest.raises(NotFetched) as caught:
        await fetch(http, HERE, ref)
    return caught.value.reason


async def test_a_file_is_brought_home_without_a_token(share: Share, http: Http) -> None:
    assert await fetch(http, HERE, FileRef("a.pdf", share.url)) == share.body
    assert share.seen == [None]


@pytest.mark.parametrize("status", [301, 302, 307, 401, 403, 404, 410, 500])
async def test_a_redirect_or_a_refusal_is_not_followed(
    share: Share, http: Http, status: int
) -> None:
    share.status, share.headers = status, {"Location": "http://127.0.0.1:1/secret"}

    assert await reason(http, FileRef("a.pdf", share.url)) == "unreachable"
    assert len(share.seen) == 1


async def test_a_file_that_is_too_big_is_let_go(share: Share, http: Http) -> None:
    share.body = b"x" * (LIMIT + 1)

    assert await reason(http, FileRef("a.pdf", share.url)) == "too-big"
    assert await reason(http, FileRef("a.pdf", share.url, LIMIT + 1)) == "too-big"
    assert len(share.seen) == 1


async def test_a_picture_is_refused_for_what_it_is(share: Share, http: Http) -> None:
    assert await reason(http, FileRef("bild", share.url, mime="image/png")) == "type"
    assert share.seen == []


async def test_a_host_that_does_not_answer(http: Http) -> None:
    assert await reason(http, FileRef("a.pdf", "http://127.0.0.1:1/x")) == "unreachable"


@pytest.mark.parametrize(
    "url",
    ["https://kommun-my.sharepoint.com/a?b=c", "https://KOMMUN-my.sharepoint.com:443/a"],
)
def test_the_tenants_own_host_is_asked(url: str) -> None:
    assert gives(url, TENANT)


@pytest.mark.parametrize(
    "url",
    ["http://kommun-my.sharepoint.com/a", "https://annan-my.sharepoint.com/a",
     "https://kommun-my.sharepoint.com.evil.example/a", "https://kommun-my.sharepoint.com:8443/a",
     "https://evil.example/?kommun-my.sharepoint.com", "https://x@kommun-my.sharepoint.com/a",
     "https://kommun-my.sharepoint.com\\@evil.example/", "https://kommun-my.sharepoint.com\n.evil.example/",
     "https://169.254.169.254/latest", "file:///etc/passwd", "https://[::1]/", "https://kommun-my.sharepoint.com:x/",
     "https://kömmun-my.sharepoint.com/", ""],
)  # fmt: skip
def test_no_other_address_is(url: str) -> None:
    assert not gives(url, TENANT)


def test_without_a_setting_it_is_sharepoint_and_nothing_else() -> None:
    open_ = TeamsSettings("app", "tenant", "secret")
    assert gives("https://kommun-my.sharepoint.com/a", open_)
    assert not gives("https://sharepoint.com.evil.example/a", open_)
    assert not gives("https://.sharepoint.com/a", open_)
    assert not gives("http://127.0.0.1/a", open_)
