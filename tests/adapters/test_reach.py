"""What a first installation gets wrong outside itself, held against stand-ins."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port
from aiosmtpd import smtp
from aiosmtpd.controller import Controller

from adapters import reach
from adapters.core import SetClock
from adapters.mail import MailSettings
from adapters.settings import Settings
from adapters.slack.settings import SlackSettings
from bot.errors import SettingsError
from manifest.slack.app import SCOPES

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


class Slack:
    def __init__(self) -> None:
        self.answer: dict[str, object] = {"ok": True, "team_id": "T1"}
        self.scopes = ",".join(SCOPES)
        self.date = NOW

    async def handle(self, request: web.Request) -> web.Response:
        headers = {"X-OAuth-Scopes": self.scopes, "Date": format_datetime(self.date, usegmt=True)}
        return web.json_response(self.answer, headers=headers)


@pytest.fixture
async def slack() -> AsyncIterator[tuple[Slack, Settings]]:
    stand_in, app = Slack(), web.Application()
    app.router.add_post("/api/auth.test", stand_in.handle)
    async with TestServer(app) as server:
        given = SlackSettings(
            "s", "xoxb-7Q", "A1", frozenset({"T1"}), api_url=str(server.make_url("/api"))
        )
        yield stand_in, Settings(slack=given)


async def test_a_token_that_works_says_so(slack: tuple[Slack, Settings]) -> None:
    told = await reach.slack(slack[1], SetClock(NOW))

    assert told == "the token works in T1, with every scope"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"answer": {"ok": False, "error": "invalid_auth"}}, "is wrong: copy it again"),
        ({"answer": {"ok": False, "error": "token_revoked"}}, "install the app again"),
        ({"answer": {"ok": True, "team_id": "T2"}}, "does not hold T2"),
        ({"scopes": "chat:write"}, "has not given app_mentions:read"),
        ({"date": NOW.replace(minute=4)}, "clock of this machine is -240 s off"),
    ],
)  # fmt: skip
async def test_what_is_wrong_with_slack_is_told(
    slack: tuple[Slack, Settings], change: dict[str, object], words: str
) -> None:
    for name, value in change.items():
        setattr(slack[0], name, value)

    with pytest.raises(SettingsError, match=words) as told:
        await reach.slack(slack[1], SetClock(NOW))
    assert "7Q" not in str(told.value)


async def test_a_closed_port_is_told(slack: tuple[Slack, Settings]) -> None:
    url = f"http://127.0.0.1:{unused_port()}"
    closed = replace(slack[1], slack=replace(slack[1].slack, api_url=url), public_url=url)

    with pytest.raises(SettingsError, match="port 443"):
        await reach.slack(closed)
    with pytest.raises(SettingsError, match="open the port"):
        await reach.address(closed)


class Picky:
    async def handle_MAIL(
        self, server: smtp.SMTP, session: object, envelope: object, address: str, options: list[str]
    ) -> str:
        return "250 OK" if address == "bot@region.example" else "553 not yours"


@pytest.mark.parametrize(
    ("sender", "words"), [("bot@region.example", ""), ("annan@region.example", "553")]
)
async def test_the_mail_server_is_asked_whether_it_takes_us(sender: str, words: str) -> None:
    port = unused_port()
    server = Controller(Picky(), hostname="127.0.0.1", port=port)
    server.start()
    found = Settings(mail=MailSettings("127.0.0.1", sender, "none", port))
    try:
        if words:
            with pytest.raises(SettingsError, match=words):
                await reach.mail(found)
        else:
            assert await reach.mail(found) == f"127.0.0.1:{port} takes mail from {sender}"
    finally:
        server.stop()
    with pytest.raises(SettingsError, match="does not answer"):
        await reach.mail(found)
