"""The two ways in: HTTP behind our gate, or Socket Mode; Bolt then picks the listener."""

from __future__ import annotations

import asyncio
import logging
import re
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from adapters.desk import Desk
from adapters.slack.api import Api
from adapters.slack.deliver import SlackCourier
from adapters.slack.gate import SIZE, Raw, Rejected, tenant_of, verify
from adapters.slack.installations import Installations, Lookup, of_settings
from adapters.slack.listeners import GIVEN, Listeners
from adapters.slack.profiles import Profiles
from adapters.slack.settings import SlackSettings
from adapters.slack.socket import Socket
from bot.ports import Clock

log = logging.getLogger(__name__)
ANY = re.compile(".*", re.DOTALL)
Json = dict[str, Any]
Dispatch = Callable[[Json], Awaitable[tuple[int, str]]]


def bolt(listeners: Listeners, installations: Installations) -> AsyncApp:
    """Few listeners: Bolt tries them in order for every request."""

    async def authorize(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult:
        at = await installations.of(team_id or enterprise_id or "")
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id,
            bot_token=at.token if at else None, bot_user_id=at.bot if at else None,
        )  # fmt: skip

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


def setup(
    app: web.Application, desk: Desk, settings: SlackSettings, clock: Clock,
    lookup: Lookup | None = None,
) -> SlackCourier:  # fmt: skip
    """Hang Slack into the app. The courier can send from the app's start-up on.

    `lookup` finds the token of a workspace; without it the settings' token serves all of them.
    """
    api = Api(settings.api_url)

    async def who_am_i(token: str) -> str:
        return str((await api.call("auth.test", {}, token)).get("user_id", ""))

    installations = Installations(lookup or of_settings(settings), who_am_i, clock)
    courier = SlackCourier(api, installations, settings.files_url)
    profiles = Profiles(courier.profile, clock)
    listeners = Listeners(desk, courier, profiles, clock)
    dispatch = _dispatcher(bolt(listeners, installations))

    async def running(_: web.Application) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as opened:
            api.session = opened
            socket = Socket(api, settings, dispatch) if settings.app_token else None
            listening = asyncio.create_task(socket.run(opened)) if socket else None
            yield
            if socket and listening:
                await socket.close()
                await listening
            await listeners.close()
            await profiles.close()
            await installations.close()
        api.session = None

    app.cleanup_ctx.append(running)
    if settings.signing_secret:
        app.router.add_route("*", settings.path, _handler(dispatch, settings, clock))
    return courier


def _handler(
    dispatch: Dispatch, settings: SlackSettings, clock: Clock
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        try:
            payload = verify(await _raw(request, clock), settings)
        except Rejected as error:
            return _refuse(error)
        if payload.get("type") == "ssl_check":
            return web.Response()
        if payload.get("type") == "url_verification":
            return web.json_response({"challenge": str(payload.get("challenge", ""))})
        status, text = await dispatch(payload)
        kind = "application/json" if text.startswith("{") else "text/plain"
        return web.Response(status=status, text=text, content_type=kind)

    return handle


async def _raw(request: web.Request, clock: Clock) -> Raw:
    headers: dict[str, str] = {}
    for name, value in request.headers.items():
        low = name.lower()
        headers[low] = f"{headers[low]}\n{value}" if low in headers else value
    if "content-encoding" in headers:
        raise Rejected(415, "content encoding")  # before aiohttp would unpack it
    if (request.content_length or 0) > SIZE:
        raise Rejected(413, "size")  # before it is read
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Rejected(413, "size") from None
    return Raw(request.method, headers, body, clock.now().timestamp())


def _dispatcher(app: AsyncApp) -> Dispatch:
    async def dispatch(payload: Json) -> tuple[int, str]:
        """Status and body. What nobody hears is not a failure; what failed may come again."""
        outline = _outline(payload)
        if outline is None:
            return 200, ""
        asked = AsyncBoltRequest(body=outline, context={GIVEN: payload}, mode="socket_mode")
        answer = await app.async_dispatch(asked)
        if answer.status == 404:
            return 200, ""
        return (503, "") if answer.status >= 500 else (answer.status, answer.body)

    return dispatch


def _outline(payload: Json) -> Json | None:
    """As much as Bolt needs to choose a listener: it answers 500 to shapes it does not expect.

    None for a kind of payload that nobody here hears.
    """
    kind = payload.get("type")
    found: Json = {"team_id": tenant_of(payload)} | ({"type": kind} if kind else {})
    match kind:
        case None:
            return found | {"command": str(payload.get("command", ""))}
        case "event_callback":
            return found | {"event": {"type": payload["event"]["type"]}}
        case "block_actions":
            return found | {"actions": [{"type": "button", "action_id": "-", "block_id": "-"}]}
        case "view_submission" | "view_closed":
            return found | {"view": {"type": "modal", "callback_id": "-"}}
        case "shortcut" | "message_action":
            return found | {"callback_id": "-"}
        case "block_suggestion":
            return found | {"action_id": "-", "block_id": "-"}
        case _:
            return None


def _refuse(error: Rejected) -> web.Response:
    number = uuid.uuid4().hex
    log.warning("slack request refused: %s (%s)", error.why, number)
    answer = web.json_response(
        {"error": "refused"}, status=error.status, headers={"X-Request-Id": number}
    )
    answer.force_close()  # what was left unread of a refused body must not reach the next request
    return answer
