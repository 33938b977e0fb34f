"""A person in Slack and a person in Teams, each behind the real adapter with a stub for the platform.

What is sent and what comes back is the platforms' own JSON over HTTP, so a conversation that comes out right
here has passed gate, inbox, engine, cards and delivery.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.test_utils import TestClient

from adapters.core import SetClock
from adapters.desk import Desk
from bot.turn import Identity

SECRET = "only-for-tests"
APP = "A0TEST"


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as a person sees it: all its words, and its buttons with what they carry."""

    words: str
    buttons: Mapping[str, Any]
    private: bool
    message: str  # the platform's id of it


class Member(Protocol):
    async def say(self, text: str) -> Sequence[Shown]: ...
    async def press(self, label: str) -> Sequence[Shown]: ...
    async def passes(self, until: datetime) -> Sequence[Shown]: ...


@dataclass(slots=True)
class Stub:
    """The platform's own side: takes what is sent, in order."""

    taken: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    url: str = ""

    async def slack(self, request: web.Request) -> web.Response:
        plain = request.content_type == "application/json"
        body = await request.json() if plain else dict(await request.post())
        self.taken.append((request.match_info["method"], body))
        return web.json_response(
            {"ok": True, "ts": f"{next(self.numbers)}.0", "channel": body.get("channel"),
             "user": {"locale": "sv-SE", "tz": "Europe/Stockholm"}, "user_id": "UBOT"}
        )  # fmt: skip

    async def teams(self, request: web.Request) -> web.Response:
        body = await request.json()
        where = request.match_info.get("id", "")
        self.taken.append((where, body))
        made = f"a:{body['members'][0]['id']}" if not where else f"m{next(self.numbers)}"
        return web.json_response({"id": made}, status=201)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/api/{method}", self.slack)
        app.router.add_post("/v3/conversations", self.teams)
        app.router.add_post("/v3/conversations/{id}/activities", self.teams)
        app.router.add_put("/v3/conversations/{id}/activities/{message}", self.teams)
        return app


@dataclass(slots=True)
class _Member:
    who: Identity
    client: TestClient[Any, Any]
    desk: Desk
    stub: Stub
    clock: SetClock
    kind: str
    shown: list[Shown] = field(default_factory=list)

    def _found(self, label: str) -> tuple[Shown, Any]:
        for each in reversed(self.shown):
            for name, carried in each.buttons.items():
                if name.casefold() == label.strip("[] ").casefold():
                    return each, carried
        raise AssertionError(f"no button {label}: {[list(s.buttons) for s in self.shown]}")

    async def passes(self, until: datetime) -> Sequence[Shown]:
        """Let time pass, due moment by due moment; gives what anybody was sent meanwhile."""
        start = len(self.stub.taken)
        while True:
            await self.desk.engine.fire()
            await self.desk.idle()
            due = await self.desk.store.next_due()
            if due is None or due > until:
                break
            self.clock.at = max(self.clock.at, due)
        self.clock.at = until
        got = [each for sent in self.stub.taken[start:] if (each := shown(*sent)) is not None]
        self.shown += got
        return got

    async def _settled(self, start: int) -> list[tuple[str, dict[str, Any]]]:
        """What was sent, with the second that a lane waits between two messages."""
        await self.desk.idle()
        self.clock.at += timedelta(seconds=2)
        await self.desk.idle()
        return self.stub.taken[start:]


def shown(where: str, body: dict[str, Any]) -> Shown | None:
    """One call to a platform as somebody sees it; None for what nobody sees."""
    if where in {"chat.postMessage", "chat.postEphemeral", "chat.update"}:
        private = where == "chat.postEphemeral" or str(body.get("channel", "")).startswith("D")
        number = str(body.get("ts", "1.0"))
        return Shown(_slack_words(body), dict(_slack_buttons(body)), private, number)
    if body.get("type") == "message":
        return _teams_shown(body, private=where.startswith("a:"), message="m1")
    return None


class SlackMember(_Member):
    @property
    def _channel(self) -> str:
        return f"D{self.who.user}" if self.kind == "personal" else "C1"

    async def say(self, text: str) -> Sequence[Shown]:
        number = next(self.stub.numbers)
        if self.kind == "personal":
            said = {"type": "message", "channel_type": "im", "text": text}
        else:
            said = {"type": "app_mention", "text": f"<@UBOT> {text}"}
        event = said | {"channel": self._channel, "user": self.who.user, "ts": f"{number}.1"}
        return await self._send(
            json.dumps(
                {"type": "event_callback", "api_app_id": APP, "team_id": self.who.tenant,
                 "event_id": f"Ev{number}", "event": event,
                 "authorizations": [{"team_id": self.who.tenant, "user_id": "UBOT", "is_bot": True}]}
            ).encode(),
            "application/json",
        )  # fmt: skip

    async def press(self, label: str) -> Sequence[Shown]:
        shown, carried = self._found(label)
        action = {"type": "button", "action_id": "b0", "block_id": "x", "value": carried}
        payload = {
            "type": "block_actions", "api_app_id": APP, "team": {"id": self.who.tenant},
            "trigger_id": f"t{next(self.stub.numbers)}", "channel": {"id": self._channel},
            "user": {"id": self.who.user, "team_id": self.who.tenant}, "actions": [action],
            "container": {"type": "message", "message_ts": shown.message,
                          "channel_id": self._channel, "is_ephemeral": False},
        }  # fmt: skip
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return await self._send(body, "application/x-www-form-urlencoded")

    async def _send(self, body: bytes, kind: str) -> Sequence[Shown]:
        start = len(self.stub.taken)
        at = str(int(self.clock.at.timestamp()))
        mark = hmac.new(SECRET.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
        answer = await self.client.post(
            "/slack/events", data=body,
            headers={"Content-Type": kind, "X-Slack-Request-Timestamp": at,
                     "X-Slack-Signature": f"v0={mark}"},
        )  # fmt: skip
        assert answer.status == 200, await answer.text()
        got = [each for sent in await self._settled(start) if (each := shown(*sent)) is not None]
        self.shown += got
        return got


class TeamsMember(_Member):
    def _activity(self, **more: Any) -> dict[str, Any]:
        personal = self.kind == "personal"
        mention = {"type": "mention", "text": "<at>Boten</at>", "mentioned": {"id": "28:bot"}}
        return {
            "type": "message", "id": f"in{next(self.stub.numbers)}", "channelId": "msteams",
            "serviceUrl": self.stub.url, "locale": "sv-SE", "recipient": {"id": "28:bot"},
            "from": {"id": f"29:{self.who.user}", "aadObjectId": self.who.user, "name": self.who.name},
            "conversation": {
                "id": f"a:29:{self.who.user}" if personal else "19:x@thread.tacv2;messageid=7",
                "conversationType": self.kind, "tenantId": self.who.tenant,
            },
            "channelData": {"tenant": {"id": self.who.tenant}},
            "entities": [] if personal else [mention],
        } | more  # fmt: skip

    async def say(self, text: str) -> Sequence[Shown]:
        words = text if self.kind == "personal" else f"<at>Boten</at> {text}"
        got, _ = await self._send(self._activity(text=words))
        return got

    async def press(self, label: str) -> Sequence[Shown]:
        shown, carried = self._found(label)
        action = {"type": "Action.Execute", "verb": "press", "data": carried}
        got, answer = await self._send(
            self._activity(
                type="invoke", name="adaptiveCard/action", replyToId=shown.message,
                value={"action": action},
            )
        )  # fmt: skip
        if isinstance(answer.get("value"), dict):
            card = {"attachments": [{"content": answer["value"]}]}
            got = [_teams_shown(card, private=True, message=shown.message), *got]
            self.shown.append(got[0])
        elif answer.get("value"):
            got = [Shown(str(answer["value"]), {}, private=True, message=""), *got]
        return got

    async def _send(self, activity: dict[str, Any]) -> tuple[list[Shown], dict[str, Any]]:
        start = len(self.stub.taken)
        answer = await self.client.post("/api/messages", json=activity)
        text = await answer.text()
        assert answer.status in {200, 202}, text
        got = [
            _teams_shown(body, private=where.startswith("a:"), message=f"m{number}")
            for number, (where, body) in enumerate(await self._settled(start), 1)
            if body.get("type") == "message"
        ]
        self.shown += got
        return got, json.loads(text) if text.startswith("{") else {}


def _slack_words(body: Mapping[str, Any]) -> str:
    found = list(_strings(body.get("blocks", []), ("text",), skip=("button",)))
    return _plain(" ".join(found or [str(body.get("text", ""))]))


def _slack_buttons(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for block in body.get("blocks", []):
        for each in block.get("elements", []):
            if each.get("type") == "button" and "value" in each:
                yield each["text"]["text"], each["value"]


def _teams_shown(body: Mapping[str, Any], *, private: bool, message: str) -> Shown:
    words, buttons = [str(body.get("text", ""))], {}
    for attached in body.get("attachments", []):
        content = attached.get("content", {})
        words += _strings(content.get("body", []), ("title", "text", "value"), skip=())
        for each in _actions(content):
            buttons[each["title"]] = each["data"]
    return Shown(_plain(" ".join(words)), buttons, private, message)


def _actions(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if content.get("type") in {"Action.Execute", "Action.Submit"} and "title" in content:
            yield content
            return
        if content.get("type") == "Input.ChoiceSet" and content.get("id") == "token":
            for each in content["choices"]:  # more alternatives than there may be buttons
                yield {"title": each["title"], "data": {"token": each["value"]}}
        for value in content.values():
            yield from _actions(value)
    elif isinstance(content, list):
        for value in content:
            yield from _actions(value)


def _strings(node: Any, names: tuple[str, ...], skip: tuple[str, ...]) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") in skip or str(node.get("type", "")).startswith("Action."):
            return
        for name, value in node.items():
            if name in names and isinstance(value, str):
                yield value
            else:
                yield from _strings(value, names, skip)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value, names, skip)


def _plain(text: str) -> str:
    text = re.sub(r"<(?:https?:[^|>]+)\|([^>]+)>", r"\1", text)
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return re.sub(r"\s+", " ", text.replace("*", "").replace("\u2060", "")).strip()
