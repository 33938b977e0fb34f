"""The HTTP side: our gate first, then Bolt decides which listener gets the payload."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from adapters.couriers import CourierError, NotSent, Throttled
from adapters.desk import Desk
from adapters.slack import form, receive, render
from adapters.slack.deliver import SlackCourier
from adapters.slack.gate import Raw, Rejected, verify
from adapters.slack.settings import SlackSettings
from bot.engine import Outcome
from bot.ports import Clock
from bot.reply import Reply
from bot.turn import Pressed, Turn

log = logging.getLogger(__name__)
ANY = re.compile(".*", re.DOTALL)
RETRIES = (1.0, 5.0)  # seconds between attempts
OPENING = 2.0  # seconds of the three that Slack gives to a trigger
Json = dict[str, Any]
Ack = Callable[..., Awaitable[Any]]


class Listeners:
    def __init__(self, desk: Desk, courier: SlackCourier, clock: Clock) -> None:
        self.desk = desk
        self.courier = courier
        self.clock = clock
        self.tasks: set[asyncio.Task[None]] = set()

    async def event(self, body: Json) -> None:
        who = receive.who_opened(body)
        if who is not None:
            page = render.home(await self.desk.home(who), "sv")
            self._later(self.courier.publish(who.user, page))
            return
        await self._take(receive.event(body, self.clock.now()))

    async def command(self, ack: Ack, body: Json) -> None:
        await self._take(receive.command(body, self.clock.now()))
        await ack()

    async def shortcut(self, ack: Ack, body: Json) -> None:
        await self._take(receive.shortcut(body, self.clock.now()))
        await ack()

    async def action(self, ack: Ack, body: Json) -> None:
        turn = receive.action(body, self.clock.now())
        if turn is None or not await self._opened(turn, str(body.get("trigger_id") or "")):
            await self._take(turn)
        await ack()

    async def submitted(self, ack: Ack, body: Json) -> None:
        turn = receive.submission(body, self.clock.now())
        outcome = await self.desk.answer(turn)
        wrong = form.errors(outcome.form) if outcome.form else {}
        if wrong:
            await ack(response_action="errors", errors=wrong)
        elif outcome.form:
            view = form.modal(outcome.form, turn.where.conversation, turn.where.thread)
            await ack(response_action="update", view=view)
        else:
            await ack(response_action="clear")
        if not outcome.stored:
            self._later(self._send(turn, outcome))

    async def nothing(self, ack: Ack) -> None:
        await ack()

    async def _opened(self, turn: Turn, trigger: str) -> bool:
        if not isinstance(turn.what, Pressed) or not trigger:
            return False
        if not self.desk.is_form(turn.what.token, turn.who.tenant):
            return False
        view = await self.desk.form(turn)
        if view is None:
            return False
        drawn = form.modal(view, turn.where.conversation, turn.where.thread)
        try:
            await asyncio.wait_for(self.courier.open(trigger, drawn), OPENING)
        except (CourierError, TimeoutError):
            log.warning("a form did not open", extra={"platform": "slack"})
            return False
        return True

    async def _take(self, turn: Turn | None) -> None:
        if turn is not None and await self.desk.accept(turn):
            self.desk.work(turn)

    async def _send(self, turn: Turn, outcome: Outcome) -> None:
        for reply in outcome.replies:
            await self._patiently(turn, reply, outcome.lang)

    async def _patiently(self, turn: Turn, reply: Reply, lang: str) -> None:
        """These replies are in no outbox: what certainly did not arrive is tried again here."""
        for wait in RETRIES:
            try:
                await self.courier.send(turn.where, reply, lang)
            except Throttled as error:
                await asyncio.sleep(min(error.retry_after or wait, 30))
            except NotSent:
                await asyncio.sleep(wait)
            else:
                return
        await self.courier.send(turn.where, reply, lang)

    def _later(self, work: Awaitable[None]) -> None:
        task = asyncio.create_task(self._guarded(work))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _guarded(self, work: Awaitable[None]) -> None:
        try:
            await work
        except CourierError as error:
            log.warning("not delivered: %s", error, extra={"platform": "slack"})


def bolt(settings: SlackSettings, listeners: Listeners) -> AsyncApp:
    """Few listeners: Bolt tries them in order for every request."""

    async def authorize(team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token=settings.bot_token)

    app = AsyncApp(
        name="slack", authorize=authorize, process_before_response=True,
        request_verification_enabled=False, ssl_check_enabled=False,
        url_verification_enabled=False, ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False, attaching_conversation_kwargs_enabled=False,
    )  # fmt: skip
    app.client.retry_handlers = []
    app.event(ANY)(listeners.event)
    app.action(ANY)(listeners.action)
    app.command(ANY)(listeners.command)
    app.view_submission(ANY)(listeners.submitted)
    app.shortcut(ANY)(listeners.shortcut)
    app.view_closed(ANY)(listeners.nothing)
    app.options(ANY)(listeners.nothing)
    return app


def setup(app: web.Application, desk: Desk, settings: SlackSettings, clock: Clock) -> SlackCourier:
    """Hang Slack into the app. The courier can send from the app's start-up on."""
    courier = SlackCourier(settings)
    listeners = Listeners(desk, courier, clock)
    dispatch = bolt(settings, listeners)

    async def session(_: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession() as opened:
            courier.session = opened
            yield
            if listeners.tasks:
                await asyncio.wait(listeners.tasks, timeout=10)
        courier.session = None

    async def handle(request: web.Request) -> web.Response:
        try:
            raw = await _raw(request, clock)
            payload = verify(raw, settings)
        except Rejected as error:
            return _refuse(error)
        if payload.get("type") == "url_verification":
            return web.json_response({"challenge": str(payload.get("challenge", ""))})
        return await _dispatch(dispatch, payload)

    app.cleanup_ctx.append(session)
    app.router.add_route("*", settings.path, handle)
    return courier


async def _raw(request: web.Request, clock: Clock) -> Raw:
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        low = name.lower()
        headers[low] = f"{headers[low]}\n{value}" if low in headers else value
    if "content-encoding" in headers:
        raise Rejected(415, "content encoding")  # before aiohttp would unpack it
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Rejected(413, "size") from None
    return Raw(request.method, headers, body, clock.now().timestamp())


async def _dispatch(app: AsyncApp, payload: Json) -> web.Response:
    if "command" in payload and "type" not in payload:
        body, kind = urlencode(payload), "application/x-www-form-urlencoded"
    else:
        body, kind = json.dumps(payload), "application/json"
    asked = AsyncBoltRequest(body=body, headers={"content-type": [kind]})
    answer = await app.async_dispatch(asked)
    status = 200 if answer.status == 404 else answer.status  # what nobody hears is not a failure
    text = answer.body if answer.status != 404 else ""
    kind = (answer.headers.get("content-type") or ["text/plain"])[0].partition(";")[0]
    return web.Response(status=status, text=text, content_type=kind)


def _refuse(error: Rejected) -> web.Response:
    number = uuid.uuid4().hex
    log.warning("slack request refused: %s (%s)", error.why, number)
    answer = web.json_response(
        {"error": "refused"}, status=error.status, headers={"X-Request-Id": number}
    )
    answer.force_close()  # what was left unread of a refused body must not reach the next request
    return answer
