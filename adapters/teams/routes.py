"""POST /api/messages: gate, inbox, answer. The rest of a turn runs in the background."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ConversationReference, ResourceResponse

from adapters.teams import gate
from adapters.teams.bot import ANSWER, PAYLOAD, TURN, TeamsBot
from adapters.teams.connector import Connector
from adapters.teams.jwks import Jwks
from adapters.teams.receive import to_turn
from adapters.teams.settings import TeamsSettings
from bot.ports import Clock

log = logging.getLogger(__name__)


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
        remote: str | None,
        logic: Callable[[TurnContext], Awaitable[None]],
    ) -> web.Response:
        checked = await self._check(method, headers, body, remote)
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
        context.turn_state[TURN] = turn
        context.turn_state[PAYLOAD] = payload
        await self.run_pipeline(context, logic)
        answer: InvokeResponse | None = context.turn_state.get(ANSWER)
        if answer is None:
            return web.Response(status=202, headers=named)
        if answer.body is None:
            return web.Response(status=answer.status, headers=named)
        text = json.dumps(answer.body, ensure_ascii=False)
        return web.Response(
            status=answer.status, text=text, content_type="application/json", headers=named
        )

    async def _check(
        self, method: str, headers: list[tuple[str, str]], body: bytes, remote: str | None
    ) -> gate.Verified | gate.Rejected:
        if self._settings.anonymous and not gate.local(remote, headers):
            return gate.Rejected(403, "not from this machine")
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
        return await self._adapter.process(
            request.method, headers, body, request.remote, self._bot.on_turn
        )
