"""What each kind of activity brings about, and what Teams is answered."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from botbuilder.core import ActivityHandler, InvokeResponse, TurnContext

from adapters.couriers import CourierError
from adapters.teams.consent import Consents
from adapters.teams.deliver import TeamsCourier
from adapters.teams.form import dialog
from adapters.teams.render import CARD
from adapters.teams.words import say
from bot.engine import Outcome
from bot.form import FormView
from bot.reply import Button, FormPrompt
from bot.turn import Pressed, Submitted, Turn

log = logging.getLogger(__name__)
TURN = "natverksboten.turn"
PAYLOAD = "natverksboten.payload"
ANSWER = "natverksboten.answer"
_MESSAGE = "application/vnd.microsoft.activity.message"
_ERROR = "application/vnd.microsoft.error"


class TeamsDesk(Protocol):
    """What this adapter needs of adapters.desk.Desk."""

    async def accept(self, turn: Turn) -> bool: ...
    def work(self, turn: Turn) -> None: ...
    async def answer(self, turn: Turn) -> Outcome: ...
    async def submit(self, turn: Turn) -> Outcome: ...
    async def deliver(self, turn: Turn, outcome: Outcome) -> None: ...
    async def form(self, turn: Turn) -> FormView | None: ...
    def is_form(self, token: str, tenant: str) -> bool: ...


class TeamsBot(ActivityHandler):  # type: ignore[misc]
    """Sends every kind of activity the way it must be answered.

    Reactions, edits, roster changes, ends of conversations and kinds that are not known are taken
    and passed over: installationUpdate tells, once, what the bot must know.
    """

    def __init__(self, desk: TeamsDesk, courier: TeamsCourier, consents: Consents) -> None:
        self._desk = desk
        self._courier = courier
        self._consents = consents

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        turn: Turn | None = turn_context.turn_state.get(TURN)
        if turn is None:
            return
        if isinstance(turn.what, Submitted):
            outcome = await self._desk.submit(turn)
            if outcome.form is not None:
                await self._draw(turn, outcome.form, outcome.lang)
        elif not await self._opened(turn) and await self._desk.accept(turn):
            self._desk.work(turn)

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        turn: Turn | None = turn_context.turn_state.get(TURN)
        if turn is not None and await self._desk.accept(turn):
            self._desk.work(turn)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Botbuilder would ask the roster for every member; none of it is needed."""

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        turn: Turn | None = turn_context.turn_state.get(TURN)
        payload: Mapping[str, object] = turn_context.turn_state[PAYLOAD]
        turn_context.turn_state[ANSWER] = await self._invoke(
            turn_context.activity.name, turn, payload
        )

    async def _invoke(
        self, name: str | None, turn: Turn | None, payload: Mapping[str, object]
    ) -> InvokeResponse:
        match name:
            case "fileConsent/invoke":
                await self._consents.answered(payload)
                return InvokeResponse(status=200)
            case "task/fetch" | "task/submit" if turn is None:
                text = say(_lang(payload.get("locale")), "press-over")
                task = {"type": "message", "value": text}
                return InvokeResponse(status=200, body={"task": task})
            case "task/fetch" if turn is not None:
                return await self._fetch(turn)
            case "task/submit" if turn is not None:
                return await self._submit(turn)
            case "adaptiveCard/action" if turn is not None:
                return await self._press(turn)
            case "adaptiveCard/action":
                wrong = {"code": "BadRequest", "message": "no token"}
                return _card_answer(_ERROR, wrong, status=400)
            case _:
                return InvokeResponse(status=501)  # how Teams wants to hear that it is not for us

    async def _opened(self, turn: Turn) -> bool:
        """Whether a form was asked for where no dialog can open; then it stands in the chat."""
        what = turn.what
        if not isinstance(what, Pressed) or not self._desk.is_form(what.token, turn.who.tenant):
            return False
        view = await self._desk.form(turn)
        if view is not None:
            await self._draw(turn, view, _lang(turn.who.locale))
        return view is not None

    async def _fetch(self, turn: Turn) -> InvokeResponse:
        view = await self._desk.form(turn)
        if view is not None:
            return InvokeResponse(status=200, body=dialog(view))
        return await self._submit(turn)

    async def _submit(self, turn: Turn) -> InvokeResponse:
        outcome = await self._desk.submit(turn)
        if outcome.form is not None:
            return InvokeResponse(status=200, body=dialog(outcome.form))
        return InvokeResponse(status=200)  # no body closes the dialog

    async def _press(self, turn: Turn) -> InvokeResponse:
        if await self._opened(turn):
            return _card_answer(_MESSAGE, say(_lang(turn.who.locale), "below"))
        outcome = await self._desk.answer(turn)
        first, *others = outcome.replies or (None,)
        card = first and self._courier.in_place(turn.where, first, outcome.lang)
        if card is None:
            await self._desk.deliver(turn, outcome)
            return _card_answer(_MESSAGE, say(outcome.lang, "below"))
        await self._desk.deliver(turn, replace(outcome, replies=tuple(others)))
        return _card_answer(CARD, card)

    async def _draw(self, turn: Turn, view: FormView, lang: str) -> None:
        """When it cannot be drawn now, the form is offered as soon as Teams takes messages again."""
        try:
            await self._courier.form(turn.where, view, lang)
        except CourierError:
            opener = Button(view.title, "form", token=view.token)
            offer = FormPrompt(view, view.intro or view.title, opener, seen_by="person")
            await self._desk.deliver(turn, Outcome((offer,), lang))


def _lang(locale: object) -> str:
    return "en" if str(locale or "").startswith("en") else "sv"


def _card_answer(kind: str, value: object, *, status: int = 200) -> InvokeResponse:
    """Teams reads the status in the body; the HTTP answer itself is always 200."""
    return InvokeResponse(status=200, body={"statusCode": status, "type": kind, "value": value})
