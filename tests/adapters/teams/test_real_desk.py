"""The real desk, engine and demo database behind the Teams route, with a stub for Microsoft."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters.core import SetClock, make_engine
from adapters.desk import Desk
from adapters.teams import TeamsSettings, setup
from storage import demo
from storage.store import SqlStore
from tests.adapters.teams.bench import activity, files_of


async def test_a_person_asks_chooses_and_is_answered(store: SqlStore, clock: SetClock) -> None:
    known = await store.database.read(demo.identities)
    who = next(each for (_, platform), each in known.items() if platform == "teams")
    got: list[dict[str, Any]] = []
    arrived = asyncio.Event()

    async def take(request: web.Request) -> web.Response:
        got.append(await request.json())
        if got[-1]["type"] == "message":
            arrived.set()
        return web.json_response({"id": f"m{len(got)}"}, status=201)

    connector = web.Application()
    connector.router.add_post("/v3/conversations/{id}/activities", take)
    app = web.Application()
    desk = Desk(engine=make_engine(store, (b"k" * 32,)), store=store, clock=clock, couriers={})
    settings = TeamsSettings(anonymous=True, demo=True)
    desk.couriers["teams"] = setup(app, desk, settings, clock, files_of(store, clock))
    async with TestServer(connector) as microsoft, TestClient(TestServer(app)) as client:
        sent = activity(
            serviceUrl=str(microsoft.make_url("/")), text="När är nästa möte?",
            **{"from": {"id": "29:x", "aadObjectId": who.user, "name": who.name}},
            channelData={"tenant": {"id": who.tenant}}, conversation={"id": "a:1"}, locale="sv-SE",
        )  # fmt: skip
        assert (await client.post("/api/messages", json=sent)).status == 202
        async with asyncio.timeout(10):
            await arrived.wait()
        await desk.idle()
        card = next(each for each in got if each["type"] == "message")["attachments"][0]["content"]
        assert "Vilket nätverk" in str(card["body"])
        press = {"action": {"type": "Action.Execute", "data": card["actions"][0]["data"]}}
        invoke = {
            **sent,
            "type": "invoke",
            "id": "i-1",
            "name": "adaptiveCard/action",
            "value": press,
        }
        answered = await client.post("/api/messages", json={**invoke, "replyToId": "m1"})
        assert (answered.status, (await answered.json())["statusCode"]) == (200, 200)
        said = str(got[1:]) + await answered.text()
        assert card["actions"][0]["title"].split()[-1] in said
