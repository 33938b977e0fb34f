"""The connector against a stub that answers what it was told to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.couriers import CourierError, NotSent, Refused, Throttled, Unknown
from adapters.teams.connector import Connector
from adapters.teams.consent import Consents
from adapters.teams.deliver import TeamsCourier
from adapters.teams.http import Http
from adapters.teams.settings import TeamsSettings
from bot.reply import Text
from bot.turn import ConversationReference
from tests.adapters.teams.lint import faults

MESSAGE = {"type": "message", "text": "hej", "textFormat": "plain"}
Answer = tuple[int, str, dict[str, str]]


class FixedToken:
    def __init__(self) -> None:
        self.dropped: list[str] = []

    async def get(self) -> str:
        return "own-token"

    def drop(self, token: str) -> None:
        self.dropped.append(token)


class Stub:
    def __init__(self) -> None:
        self.script: list[Answer] = []
        self.calls: list[tuple[str, str, Any, str]] = []
        self.slept: list[float] = []
        self.faults: list[str] = []
        self.url = ""
        self.connector: Connector

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.json() if request.can_read_body else None
        if isinstance(body, dict) and body.get("type") in {"message", "typing"}:
            self.faults += faults(body)
        bearer = request.headers.get("Authorization", "")
        self.calls.append((request.method, request.rel_url.raw_path, body, bearer))
        number = len(self.calls)
        status, text, headers = (
            self.script.pop(0) if self.script else (201, f'{{"id":"m{number}"}}', {})
        )
        if status == 0:
            assert request.transport is not None
            request.transport.close()
        return web.Response(status=status or 500, text=text, headers=headers)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    async def send(self) -> str:
        return await self.connector.send(self.url, "19:x@thread.tacv2;messageid=1", MESSAGE)


@pytest.fixture
async def stub() -> AsyncIterator[Stub]:
    made = Stub()
    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", made.handle)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        made.url = str(server.make_url("/")).replace("0.0.0.0", "127.0.0.1")
        settings = TeamsSettings(anonymous=True, demo=True)
        made.connector = Connector(Http(session), FixedToken(), settings, made.sleep)  # type: ignore[arg-type]
        yield made
    assert made.faults == []


async def test_a_message_gets_its_id_and_the_thread_is_quoted(stub: Stub) -> None:
    assert await stub.send() == "m1"
    method, path, body, bearer = stub.calls[0]
    assert (method, body, bearer) == ("POST", MESSAGE, "Bearer own-token")
    assert path == "/v3/conversations/19%3Ax%40thread.tacv2%3Bmessageid%3D1/activities"


@pytest.mark.parametrize(
    ("answer", "error", "calls"),
    [
        ((429, "", {"Retry-After": "7"}), Throttled, 1),
        ((502, "<html>", {}), Unknown, 1),
        ((504, "", {}), Unknown, 1),
        ((500, "", {}), Unknown, 1),
        ((0, "", {}), Unknown, 1),
        ((200, "<html>proxy</html>", {}), Unknown, 1),
        ((412, "", {}), NotSent, 3),
        ((503, "", {}), NotSent, 3),
        ((401, "", {}), NotSent, 3),
        ((403, '{"error":{"code":"ConversationBlockedByUser"}}', {}), Refused, 1),
        ((404, "<html>", {}), Refused, 1),
        ((413, "<html>", {}), Refused, 1),
        ((400, "{", {}), NotSent, 1),
        ((302, "", {"Location": "https://evil.example/"}), NotSent, 1),
    ],
)
async def test_every_failure_has_its_name_and_an_unsure_post_is_not_repeated(
    stub: Stub, answer: Answer, error: type[CourierError], calls: int
) -> None:
    stub.script = [answer] * 5
    with pytest.raises(error):
        await stub.send()
    assert len(stub.calls) == calls


async def test_the_wait_that_teams_asks_for_is_told(stub: Stub) -> None:
    stub.script = [(429, "", {"Retry-After": "7"})]
    with pytest.raises(Throttled) as caught:
        await stub.send()
    assert caught.value.retry_after == 7


async def test_a_precondition_failure_is_tried_again_after_a_pause(stub: Stub) -> None:
    stub.script = [(412, "", {})]
    assert await stub.send() == "m2"
    assert len(stub.slept) == 1


async def test_an_update_is_repeated_because_it_cannot_double(stub: Stub) -> None:
    stub.script = [(502, "", {}), (504, "", {})]
    await stub.connector.update(stub.url, "a:1", "m1", MESSAGE)
    assert [call[0] for call in stub.calls] == ["PUT"] * 3


async def test_an_empty_answer_gives_no_id(stub: Stub) -> None:
    stub.script = [(202, "", {})]
    assert await stub.send() == ""


async def test_too_much_text_is_refused_before_it_is_sent(stub: Stub) -> None:
    with pytest.raises(Refused, match="too_big"):
        await stub.connector.send(stub.url, "a:1", {"text": "å" * 41_000})
    assert stub.calls == []


async def test_the_token_goes_to_no_other_host(stub: Stub) -> None:
    with pytest.raises(Refused):
        await stub.connector.send("https://evil.example/", "a:1", MESSAGE)
    assert stub.calls == []


def courier(stub: Stub) -> TeamsCourier:
    settings = TeamsSettings(anonymous=True, demo=True)
    consents = Consents(stub.connector, None, settings)  # type: ignore[arg-type] - no file is sent
    return TeamsCourier(stub.connector, consents, lambda lang, name: f"{lang}:{name}")


def channel(stub: Stub) -> ConversationReference:
    extra = {"service_url": stub.url, "bot": "28:b", "user": "29:u", "activity": "a-1"}
    return ConversationReference("teams", "t-1", "19:x", "channel", "1", extra)


async def test_what_one_person_may_see_goes_to_the_personal_chat(stub: Stub) -> None:
    stub.script = [(201, '{"id":"a:chat"}', {})]
    one = courier(stub)
    for text in ("hemligt 1", "hemligt 2"):
        await one.send(channel(stub), Text(text, seen_by="person"), "sv")
    said = [(path.split("/")[3:4], body.get("text")) for _, path, body, _ in stub.calls]
    assert said == [
        ([], None), (["a%3Achat"], "hemligt 1"), (["19%3Ax%3Bmessageid%3D1"], "sv:private-answer"),
        (["a%3Achat"], "hemligt 2"),
    ]  # fmt: skip


async def test_when_the_personal_chat_is_closed_the_channel_only_hears_how_to_open_it(
    stub: Stub,
) -> None:
    stub.script = [(403, "", {})]
    await courier(stub).send(channel(stub), Text("hemligt", seen_by="person"), "sv")
    assert [body.get("text") for _, _, body, _ in stub.calls] == [None, "sv:private-closed"]


async def test_a_replacing_reply_updates_the_pressed_message(stub: Stub) -> None:
    where = channel(stub)
    where = ConversationReference("teams", "t-1", "a:1", extra={**where.extra, "pressed": "m9"})
    receipt = await courier(stub).send(where, Text("nytt", replaces=True), "sv")
    assert receipt.message == "m9"
    assert stub.calls[0][0] == "PUT"
