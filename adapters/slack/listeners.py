"""What each kind of payload sets going: the same whichever way it came in."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

from adapters.couriers import CourierError
from adapters.desk import Desk
from adapters.slack import form, receive, render
from adapters.slack.deliver import SlackCourier
from adapters.slack.gate import tenant_of
from adapters.slack.profiles import Profiles
from bot.engine import Outcome
from bot.ports import Clock
from bot.turn import Identity, Left, Pressed, Said, Turn

log = logging.getLogger(__name__)
OPENING = 2.0  # seconds of the three that Slack gives to a trigger
PATIENCE = 2.0  # seconds that a start page waits for its reader's language
HOMES = 2_000  # people whose start page is drawn anew when their answers change
GIVEN = "given"  # where Bolt's context holds the payload as it came
Json = dict[str, Any]
Ack = Callable[..., Awaitable[Any]]


class Listeners:
    def __init__(self, desk: Desk, courier: SlackCourier, profiles: Profiles, clock: Clock) -> None:
        self.desk = desk
        self.courier = courier
        self.profiles = profiles
        self.clock = clock
        self.tasks: set[asyncio.Task[None]] = set()
        self.homes: OrderedDict[tuple[str, str, str], Identity] = OrderedDict()

    async def event(self, context: Json) -> None:
        body = context[GIVEN]
        who = receive.who_opened(body)
        if who is not None:
            self.homes[who.key] = who
            self.homes.move_to_end(who.key)
            while len(self.homes) > HOMES:
                self.homes.popitem(last=False)
            self._later(self._draw_home(who))
            return
        at = await self.courier.installations.of(tenant_of(body))
        turn = receive.event(body, self.clock.now(), at.bot if at else "")
        if turn is not None and isinstance(turn.what, Left):
            self.courier.installations.drop(turn.who.tenant)
        await self._take(turn)

    async def command(self, ack: Ack, context: Json) -> None:
        body = context[GIVEN]
        await self._take(self._asking(receive.command(body, self.clock.now())))
        await ack()

    async def shortcut(self, ack: Ack, context: Json) -> None:
        body = context[GIVEN]
        await self._take(self._asking(receive.shortcut(body, self.clock.now())))
        await ack()

    async def action(self, ack: Ack, context: Json) -> None:
        body = context[GIVEN]
        turn = receive.action(body, self.clock.now())
        if turn is None or not await self._opened(turn, str(body.get("trigger_id") or "")):
            await self._take(turn)
        await ack()

    async def submitted(self, ack: Ack, context: Json) -> None:
        body = context[GIVEN]
        turn = self._known(receive.submission(body, self.clock.now()))
        outcome = await self.desk.submit(turn)
        wrong = form.errors(outcome.form) if outcome.form else {}
        if wrong:
            await ack(response_action="errors", errors=wrong)
        elif outcome.form:
            view = form.modal(outcome.form, turn.where.conversation, turn.where.thread)
            await ack(response_action="update", view=view)
        else:
            await ack(response_action="clear")
        self._happened(turn, outcome)

    async def nothing(self, ack: Ack) -> None:
        await ack()

    async def close(self) -> None:
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=10)

    async def _opened(self, turn: Turn, trigger: str) -> bool:
        if not isinstance(turn.what, Pressed) or not trigger:
            return False
        if not self.desk.is_form(turn.what.token, turn.who.tenant):
            return False
        view = await self.desk.form(self._known(turn))
        if view is None:
            return False
        drawn = form.modal(view, turn.where.conversation, turn.where.thread)
        try:
            await asyncio.wait_for(self.courier.open(turn.who.tenant, trigger, drawn), OPENING)
        except (CourierError, TimeoutError):
            log.warning("a form did not open", extra={"platform": "slack"})
            return False
        return True

    async def _take(self, turn: Turn | None) -> None:
        if turn is None:
            return
        known = self._known(turn)
        if await self.desk.accept(known):
            self.desk.work(known, lambda outcome: self._happened(known, outcome))

    def _asking(self, turn: Turn) -> Turn:
        """A command or shortcut without words asks what the bot can do."""
        if turn.what != Said(""):
            return turn
        known = self._known(turn)
        english = (known.who.locale or "").startswith("en")
        return replace(known, what=Said("help" if english else "hjälp"))

    def _known(self, turn: Turn) -> Turn:
        if isinstance(turn.what, Left):
            return turn
        who = self.profiles.known(turn.who)
        return turn if who is turn.who else replace(turn, who=who)

    def _happened(self, turn: Turn, outcome: Outcome) -> None:
        """A start page that somebody has opened shows what they changed elsewhere."""
        who = self.homes.get(turn.who.key)
        if outcome.stored and who is not None:
            self._later(self._draw_home(who))

    async def _draw_home(self, who: Identity) -> None:
        known = await self.profiles.asked(who, PATIENCE)
        page = await self.desk.home(known)
        view = render.home(page.replies, page.lang)
        await self.courier.publish(who.tenant, who.user, view)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._guarded(work))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _guarded(self, work: Awaitable[None]) -> None:
        try:
            await work
        except CourierError as error:
            log.warning("a start page was not drawn: %s", error, extra={"platform": "slack"})
        except Exception:
            log.exception("a start page was not drawn", extra={"platform": "slack"})
