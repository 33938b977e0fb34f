"""The real desk behind the Teams route, with a stub for Microsoft: forms, files, outages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from adapters import files as file_links
from adapters.core import SetClock, make_engine
from adapters.desk import Desk
from adapters.teams import TeamsSettings, setup
from bot.turn import Identity
from storage import demo
from storage.store import SqlStore
from tests.adapters.teams.bench import activity, files_of
from tests.adapters.teams.lint import card_faults
from tests.adapters.teams.stub import Microsoft


@dataclass
class Person:
    who: Identity
    client: TestClient[Any, Any]
    desk: Desk
    microsoft: Microsoft
    kind: str = "personal"
    numbers: Any = field(default_factory=count)

    async def send(self, **more: Any) -> tuple[int, Any]:
        made = activity(
            id=f"in{next(self.numbers)}", serviceUrl=self.microsoft.url, locale="sv-SE",
            **{"from": {"id": f"29:{self.who.user}", "aadObjectId": self.who.user}},
            channelData={"tenant": {"id": self.who.tenant}},
            conversation={"id": "a:1", "conversationType": self.kind},
        ) | more  # fmt: skip
        answer = await self.client.post("/api/messages", json=made)
        text = await answer.text()
        await self.desk.idle()
        return answer.status, (await answer.json() if text.startswith("{") else text)

    async def say(self, text: str) -> tuple[int, Any]:
        return await self.send(text=text)

    async def invoke(self, name: str, **value: Any) -> tuple[int, Any]:
        return await self.send(type="invoke", name=name, value=value, replyToId="m1")

    async def press(self, title: str) -> tuple[int, Any]:
        action = {"type": "Action.Execute", "verb": "press", "data": self.button(title)["data"]}
        return await self.invoke("adaptiveCard/action", action=action)

    def button(self, title: str) -> dict[str, Any]:
        found = [
            each for card in self.microsoft.cards() for each in card.get("actions", [])
            if each["title"] == title
        ]  # fmt: skip
        return found[-1]  # type: ignore[no-any-return]


@pytest.fixture
async def bo(
    store: SqlStore, clock: SetClock, request: pytest.FixtureRequest
) -> AsyncIterator[Person]:
    microsoft = Microsoft()
    async with TestServer(microsoft.app(), host="localhost") as outside:
        microsoft.url = str(outside.make_url("/"))
        hosts = frozenset({"localhost"}) if getattr(request, "param", False) else frozenset()
        settings = TeamsSettings(anonymous=True, demo=True, upload_hosts=hosts)
        app = web.Application()
        desk = Desk(engine=make_engine(store, (b"k" * 32,)), store=store, clock=clock, couriers={})
        kept = files_of(store, clock)
        file_links.setup(app, kept)
        desk.couriers["teams"] = setup(app, desk, settings, clock, kept)
        who = (await store.database.read(demo.identities))["Bo Fiktivsson", "teams"]
        async with TestClient(TestServer(app)) as client:
            yield Person(who, client, desk, microsoft)
    assert microsoft.faults == []


async def asked(bo: Person) -> None:
    await bo.say("När är nästa nätverksträff?")
    assert bo.button("Jag kommer")


async def test_a_press_changes_the_card_in_the_answer(bo: Person) -> None:
    await asked(bo)
    status, answer = await bo.press("Jag kommer")
    assert (status, answer["statusCode"]) == (200, 200)
    assert "Noterat: du kommer" in str(answer["value"])


async def test_a_submit_from_an_old_client_updates_the_card_in_place(bo: Person) -> None:
    await asked(bo)
    await bo.send(value=bo.button("Jag kommer")["fallback"]["data"], text="", replyToId="m1")
    method, path, body = bo.microsoft.calls[-1]
    assert (method, path) == ("PUT", "/conversations/a%3A1/activities/m1")
    assert "Noterat: du kommer" in str(body)


async def test_replies_to_a_press_that_are_throttled_arrive_later(
    bo: Person, clock: SetClock
) -> None:
    await asked(bo)
    before = len(bo.microsoft.calls)
    bo.microsoft.script = [429, 429]
    status, _ = await bo.press("Dagordning")
    assert status == 200
    assert len(bo.microsoft.calls) == before
    for _ in range(3):
        clock.at += timedelta(minutes=1)
        await bo.desk.idle()
    assert len(bo.microsoft.calls) > before


async def test_a_file_is_a_link_where_teams_takes_none(bo: Person) -> None:
    await asked(bo)
    await bo.press("Lägg i kalendern")
    link = urlsplit(bo.microsoft.cards()[-1]["actions"][0]["url"])
    answer = await bo.client.get(link.path)
    assert (await answer.read()).startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize("bo", [True], indirect=True)
async def test_a_file_is_asked_for_taken_and_shown(bo: Person) -> None:
    await asked(bo)
    await bo.press("Lägg i kalendern")
    context = bo.microsoft.cards()[-1]["acceptContext"]
    info = {"contentUrl": "https://x.example/f", "uploadUrl": f"{bo.microsoft.url}upload",
            "uniqueId": "u1", "fileType": "ics", "name": "mote.ics"}  # fmt: skip
    status, _ = await bo.invoke(
        "fileConsent/invoke", type="fileUpload", action="accept", context=context, uploadInfo=info
    )
    assert status == 200
    ((content, extent, authorised),) = bo.microsoft.uploads
    assert content.startswith(b"BEGIN:VCALENDAR")
    assert (extent, authorised) == (f"bytes 0-{len(content) - 1}/{len(content)}", False)
    shown, gone = bo.microsoft.calls[-2:]
    assert shown[2]["attachments"][0]["contentType"].endswith("file.info")
    assert (gone[0], gone[1]) == ("DELETE", "/conversations/a%3A1/activities/m1")


@pytest.mark.parametrize("bo", [True], indirect=True)
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"action": "decline"}, "Då lägger jag inte dit filen"),
        ({"uploadInfo": {"uploadUrl": "https://evil.example/upload"}}, "tog inte emot"),
        ({"uploadInfo": {"uploadUrl": "http://localhost@evil.example/"}}, "tog inte emot"),
        ({"uploadInfo": {"uploadUrl": ["x"]}}, "tog inte emot"),
        ({"uploadInfo": None}, "tog inte emot"),
        ({"context": {"token": "forged"}}, "finns inte kvar"),
        ({"context": None}, "finns inte kvar"),
    ],
    ids=range(7),
)
async def test_a_file_that_teams_does_not_get_is_never_sent_elsewhere(
    bo: Person, changes: dict[str, Any], words: str
) -> None:
    await asked(bo)
    await bo.press("Lägg i kalendern")
    context = bo.microsoft.cards()[-1]["acceptContext"]
    value = {"action": "accept", "context": context, "uploadInfo": {}, **changes}
    assert (await bo.invoke("fileConsent/invoke", **value))[0] == 200
    assert bo.microsoft.uploads == []
    assert words in bo.microsoft.words()


@pytest.mark.parametrize("bo", [True], indirect=True)
async def test_nobody_else_can_answer_the_question_about_a_file(bo: Person) -> None:
    await asked(bo)
    await bo.press("Lägg i kalendern")
    context = bo.microsoft.cards()[-1]["acceptContext"]
    info = {"uploadUrl": f"{bo.microsoft.url}upload"}
    value = {"action": "accept", "context": context, "uploadInfo": info}
    other = {"id": "a:2", "conversationType": "personal"}
    await bo.send(type="invoke", name="fileConsent/invoke", value=value, conversation=other)
    assert bo.microsoft.uploads == []


async def form_in_chat(bo: Person, name: str = "Asta Fiktberg") -> dict[str, Any]:
    bo.who = (await bo.desk.store.database.read(demo.identities))[name, "teams"]
    await bo.say("boka ett nytt möte med vuxnätverket den 6 maj 2027")
    await bo.send(value=bo.button("Fyll i formuläret")["data"], text="", replyToId="m1")
    card = bo.microsoft.cards()[-1]
    assert card["actions"][0]["data"]["form.sent"] is True
    return card


FILLED = {"clock": "9-12", "kind": "place", "place": "Biblioteket"}


async def test_a_form_is_filled_in_inside_the_chat_where_no_dialog_opens(bo: Person) -> None:
    data = (await form_in_chat(bo))["actions"][0]["data"]
    wrong = {**data, "day": "banan", **FILLED}
    await bo.send(value=wrong, text="", replyToId="m2")
    method, path, body = bo.microsoft.calls[-1]
    assert (method, path.rsplit("/", 1)[-1]) == ("PUT", "m2")
    assert "Attention" in str(body)
    assert "Biblioteket" in str(body)
    await bo.send(value={**data, "day": "2027-05-06", **FILLED}, text="", replyToId="m2")
    assert "torsdag 6 maj 2027" in str(bo.microsoft.calls[-1][2])


async def test_a_form_pressed_as_execute_is_drawn_in_the_chat(bo: Person) -> None:
    await form_in_chat(bo)
    before = len(bo.microsoft.calls)
    action = {"data": bo.button("Fyll i formuläret")["data"]}
    status, answer = await bo.invoke("adaptiveCard/action", action=action)
    assert (status, answer["statusCode"]) == (200, 200)
    assert "form.sent" in str(bo.microsoft.calls[before:])


async def test_a_form_that_cannot_be_drawn_now_is_offered_later(
    bo: Person, clock: SetClock
) -> None:
    await form_in_chat(bo)
    before = len(bo.microsoft.calls)
    bo.microsoft.script = [429, 429, 429]
    await bo.send(value=bo.button("Fyll i formuläret")["data"], text="", replyToId="m1")
    assert len(bo.microsoft.calls) == before
    clock.at += timedelta(minutes=1)
    await bo.desk.idle()
    assert "Nytt möte" in str(bo.microsoft.calls[before:])


async def test_a_dialog_opens_shows_what_is_wrong_and_closes(bo: Person) -> None:
    await form_in_chat(bo)
    data = {"token": bo.button("Fyll i formuläret")["data"]["token"]}
    _, opened = await bo.invoke("task/fetch", data=data)
    assert opened["task"]["type"] == "continue"
    assert card_faults(opened["task"]["value"]["card"]["content"]) == []
    sent = opened["task"]["value"]["card"]["content"]["actions"][0]["data"]
    _, again = await bo.invoke("task/submit", data={**sent, "day": "banan", **FILLED})
    assert "Attention" in str(again)
    status, closed = await bo.invoke("task/submit", data={**sent, "day": "2027-05-06", **FILLED})
    assert (status, closed) == (200, "")
    assert "torsdag 6 maj 2027" in str(bo.microsoft.calls[-1][2])


async def test_a_private_form_asked_for_in_a_channel_goes_to_the_personal_chat(bo: Person) -> None:
    await form_in_chat(bo)
    before = len(bo.microsoft.calls)
    await bo.send(
        value=bo.button("Fyll i formuläret")["data"], text="", replyToId="m1",
        conversation={"id": "19:x@thread.tacv2;messageid=1", "conversationType": "channel"},
    )  # fmt: skip
    forms = [path for _, path, body in bo.microsoft.calls[before:] if "form.sent" in str(body)]
    assert forms != []
    assert all("19%3Ax" not in path for path in forms)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"type": "messageReaction", "reactionsAdded": [{"type": "like"}]}, 202),
        ({"type": "conversationUpdate", "membersAdded": [{"id": "29:x"}, {"id": "28:app-1"}]}, 202),
        ({"type": "conversationUpdate", "membersRemoved": [{"id": "28:app-1"}]}, 202),
        ({"type": "installationUpdate", "action": "add"}, 202),
        ({"type": "installationUpdate", "action": "remove"}, 202),
        ({"type": "installationUpdate", "action": "add-upgrade"}, 202),
        ({"type": "endOfConversation"}, 202), ({"type": "messageUpdate"}, 202),
        ({"type": "messageDelete"}, 202), ({"type": "event", "name": "x"}, 202),
        ({"type": "typing"}, 202), ({"type": "sparkles"}, 202), ({"type": "trace"}, 202),
        ({"type": "invoke", "name": "composeExtension/query"}, 501),
        ({"type": "invoke", "name": "sparkles"}, 501), ({"type": "invoke"}, 501),
        ({"type": "invoke", "name": "task/fetch", "value": {}}, 200),
        ({"type": "invoke", "name": "task/submit", "value": {"data": {"token": "forged"}}}, 200),
        ({"type": "invoke", "name": "adaptiveCard/action", "value": {}}, 200),
        ({"type": "invoke", "name": "fileConsent/invoke", "value": {}}, 200),
    ],
    ids=str,
)  # fmt: skip
async def test_every_kind_of_activity_is_answered_as_teams_wants(
    bo: Person, sent: dict[str, Any], status: int
) -> None:
    assert (await bo.send(**sent))[0] == status


async def test_the_bot_greets_where_it_is_installed(bo: Person) -> None:
    await bo.send(type="installationUpdate", action="add")
    assert len(bo.microsoft.cards()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"}, {"X-Forwarded-For": "10.0.0.1"}, {"Via": "1.1 x"},
        {"Forwarded": "for=10.0.0.1"}, {"Host": "evil.example"}, {"Host": ""},
    ],
    ids=str,
)  # fmt: skip
async def test_the_demo_takes_nothing_from_elsewhere(bo: Person, headers: dict[str, str]) -> None:
    made = activity(serviceUrl=bo.microsoft.url)
    answer = await bo.client.post("/api/messages", json=made, headers=headers)
    assert answer.status in {400, 403}
    assert bo.microsoft.calls == []
