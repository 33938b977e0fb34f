"""POST /api/messages: gate, inbox, answer. The rest of a turn runs in the background."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Protocol

from aiohttp import web
from botbuilder.core import ActivityHandler, BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ConversationReference, ResourceResponse

from adapters.teams import gate
from adapters.teams.connector import Connector
from adapters.teams.form import dialog
from adapters.teams.jwks import Jwks
from adapters.teams.receive import to_turn
from adapters.teams.render import CARD, reply_card
from adapters.teams.settings import TeamsSettings
from bot.engine import Outcome
from bot.form import FormView
from bot.ports import Clock
from bot.turn import Submitted, Turn

log = logging.getLogger(__name__)
_TURN = "natverksboten.turn"
_ANSWER = "natverksboten.answer"
_MESSAGE = "application/vnd.microsoft.activity.message"


class TeamsDesk(Protocol):
    """What this adapter needs of adapters.desk.Desk."""

    async def accept(self, turn: Turn) -> bool: ...
    def work(self, turn: Turn) -> None: ...
    async def answer(self, turn: Turn) -> Outcome: ...
    async def deliver(self, turn: Turn, outcome: Outcome) -> None: ...
    async def form(self, turn: Turn) -> FormView | None: ...


class TeamsBot(ActivityHandler):  # type: ignore[misc]
    """Sends every kind of activity the way it must be answered."""

    def __init__(self, desk: TeamsDesk) -> None:
        self._desk = desk

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await self._accept(turn_context)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        await self._accept(turn_context)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Passed over: installationUpdate tells of the same, once."""

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        turn: Turn | None = turn_context.turn_state.get(_TURN)
        name = turn_context.activity.name
        if turn is None:
            answer = InvokeResponse(status=400)
        elif name == "task/fetch":
            answer = await self._fetch(turn)
        elif isinstance(turn.what, Submitted):
            answer = await self._submit(turn)
        else:
            answer = await self._press(turn)
        turn_context.turn_state[_ANSWER] = answer

    async def _accept(self, turn_context: TurnContext) -> None:
        turn: Turn | None = turn_context.turn_state.get(_TURN)
        if turn is not None and await self._desk.accept(turn):
            self._desk.work(turn)

    async def _fetch(self, turn: Turn) -> InvokeResponse:
        view = await self._desk.form(turn)
        if view is not None:
            return InvokeResponse(status=200, body=dialog(view))
        return await self._submit(turn)

    async def _submit(self, turn: Turn) -> InvokeResponse:
        outcome = await self._desk.answer(turn)
        if outcome.form is not None:
            return InvokeResponse(status=200, body=dialog(outcome.form))
        await self._send(turn, outcome, 0)
        return InvokeResponse(status=200)  # no body closes the dialog

    async def _press(self, turn: Turn) -> InvokeResponse:
        outcome = await self._desk.answer(turn)
        first = outcome.replies[0] if outcome.replies and not outcome.stored else None
        hidden = first is not None and first.seen_by == "person" and turn.where.kind != "personal"
        if first is not None and first.replaces and not hidden:
            await self._send(turn, outcome, 1)
            return _invoke(CARD, reply_card(first))
        await self._send(turn, outcome, 0)
        return _invoke(_MESSAGE, "OK")

    async def _send(self, turn: Turn, outcome: Outcome, start: int) -> None:
        await self._desk.deliver(turn, replace(outcome, replies=outcome.replies[start:]))


def _invoke(kind: str, value: object) -> InvokeResponse:
    return InvokeResponse(status=200, body={"statusCode": 200, "type": kind, "value": value})


class TeamsAdapter(BotAdapter):  # type: ignore[misc]
    """botbuilder's pipeline without its cloud adapter: own gate, own connector, own answers."""

    def __init__(
        self, settings: TeamsSettings, clock: Clock, jwks: Jwks, connector: Connector
    ) -> None:
        super().__init__()
        self._settings = settings
        self._clock = clock
        self._jwks = jwks
        self._connector = connector
        self._seen = gate.Seen()

    async def process(
        self,
        method: str,
        headers: list[tuple[str, str]],
        body: bytes,
        logic: Callable[[TurnContext], Awaitable[None]],
    ) -> web.Response:
        checked = await self._check(method, headers, body)
        request_id = secrets.token_hex(8)
        named = {"X-Request-Id": request_id}
        if isinstance(checked, gate.Rejected):
            log.warning("refused %s: %s", request_id, checked.why)
            return web.Response(status=checked.status, text="refused", headers=named)
        payload = checked.payload
        try:
            turn = to_turn(payload, self._clock.now())
        except (ValueError, TypeError, KeyError, AttributeError):
            log.warning("refused %s: not readable", request_id)
            return web.Response(status=400, text="refused", headers=named)
        context = TurnContext(self, _activity(payload))
        context.turn_state[_TURN] = turn
        await self.run_pipeline(context, logic)
        answer: InvokeResponse | None = context.turn_state.get(_ANSWER)
        if answer is None:
            return web.Response(status=202, headers=named)
        if answer.body is None:
            return web.Response(status=answer.status, headers=named)
        text = json.dumps(answer.body, ensure_ascii=False)
        return web.Response(
            status=answer.status, text=text, content_type="application/json", headers=named
        )

    async def _check(
        self, method: str, headers: list[tuple[str, str]], body: bytes
    ) -> gate.Verified | gate.Rejected:
        now = self._clock.now().timestamp()
        keys = {} if self._settings.anonymous else await self._jwks.keys()
        found = gate.check(method, headers, body, now, keys, self._settings, self._seen)
        if isinstance(found, gate.Rejected) and found.unknown_key:
            keys = await self._jwks.keys(unknown=True)
            found = gate.check(method, headers, body, now, keys, self._settings, self._seen)
        return found

    async def send_activities(
        self, context: TurnContext, activities: list[Activity]
    ) -> list[ResourceResponse]:
        service, conversation = context.activity.service_url, context.activity.conversation.id
        return [
            ResourceResponse(id=await self._connector.send(service, conversation, each.serialize()))
            for each in activities
        ]

    async def update_activity(self, context: TurnContext, activity: Activity) -> None:
        service, conversation = context.activity.service_url, context.activity.conversation.id
        await self._connector.update(service, conversation, activity.id, activity.serialize())

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        conversation = context.activity.conversation.id
        await self._connector.delete(
            context.activity.service_url, conversation, reference.activity_id
        )


def _activity(payload: Mapping[str, object]) -> Activity:
    """Only what the pipeline steers by; the turn is read from the payload itself."""
    name = payload.get("name")
    return Activity(
        type=payload["type"], id=payload["id"], channel_id="msteams",
        service_url=payload["serviceUrl"], name=name if isinstance(name, str) else None,
    )  # fmt: skip


class MessagesRoute:
    def __init__(self, adapter: TeamsAdapter, bot: TeamsBot) -> None:
        self._adapter = adapter
        self._bot = bot

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.content.read(gate.MAX_BODY + 1)
        while len(body) <= gate.MAX_BODY and not request.content.at_eof():
            body += await request.content.read(gate.MAX_BODY + 1 - len(body))
        headers = list(request.headers.items())
        return await self._adapter.process(request.method, headers, body, self._bot.on_turn)
