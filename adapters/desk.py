"""The life of a turn, the same for every platform: inbox, engine, answer, outbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from adapters.couriers import CourierError, Refused, Throttled, Unknown
from bot.engine import Engine, Outcome
from bot.errors import SealError
from bot.form import FormView
from bot.ports import Clock, Courier, Letter
from bot.turn import ConversationReference, Identity, Left, Turn
from storage.store import SqlStore

log = logging.getLogger(__name__)

TYPING_AFTER = 0.3  # seconds until a person sees that an answer is coming
DRAIN = 10.0  # seconds that turns get to end when the process stops
BACKOFF = (timedelta(seconds=2), timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))
SWEEP = 5.0  # seconds between looks for what a crash or an outage left behind


class Desk:
    def __init__(
        self, *, engine: Engine, store: SqlStore, clock: Clock, couriers: Mapping[str, Courier]
    ) -> None:
        self.engine = engine
        self.store = store
        self.clock = clock
        self.couriers = dict(couriers)
        self._tasks: set[asyncio.Task[None]] = set()
        self._due = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None

    # --- for the adapters ---------------------------------------------------------------------

    async def accept(self, turn: Turn) -> bool:
        """Write the turn to the inbox and commit; False if this delivery is known already.

        Call it before the platform gets its 200: what is accepted will be answered.
        """
        return await self.store.receive(turn)

    def work(self, turn: Turn, after: Callable[[Outcome], None] | None = None) -> None:
        """Carry out an accepted turn in the background and send what it brings.

        `after` hears what came of it.
        """
        self._begin(self._work(turn, after))

    async def answer(self, turn: Turn) -> Outcome:
        """Accept and carry out a turn whose answer belongs into the HTTP response."""
        if not await self.store.receive(turn):
            return Outcome(repeated=True)
        outcome = await self.engine.handle(turn)
        self._due.set()
        return outcome

    async def submit(self, turn: Turn) -> Outcome:
        """As `answer`, for a form: its fate goes into the HTTP response, its replies are sent.

        What follows a change waits in the outbox from the change on.
        """
        if not await self.store.receive(turn):
            return Outcome(repeated=True)

        async def later(outcome: Outcome) -> None:
            self._begin(self.deliver(turn, outcome))

        return await self.engine.handle(turn, later)

    async def deliver(self, turn: Turn, outcome: Outcome) -> None:
        """Send the replies of a turn that `answer` carried out.

        What certainly did not arrive goes into the outbox, and leaves when it can.
        """
        if outcome.stored:
            await self._send_due()
            return
        courier = self.couriers[turn.where.platform]
        for number, reply in enumerate(outcome.replies):
            try:
                await courier.send(turn.where, reply, outcome.lang)
            except Refused as error:
                if error.blames_address:
                    await self.store.address_refused(turn.where, error.reason)
                    return
            except Unknown:
                log.warning("an answer may not have arrived", extra={"platform": turn.who.platform})
            except CourierError:
                rest = outcome.replies[number:]
                await self.store.write(
                    lambda s, rest=rest: s.put(turn.where, rest, turn.id, outcome.lang)  # type: ignore[misc]
                )
                self._due.set()
                return

    async def form(self, turn: Turn) -> FormView | None:
        """What to draw when a button that opens a form is pressed; None if that is over."""
        return await self.engine.form(turn)

    def is_form(self, token: str, tenant: str) -> bool:
        try:
            return self.engine.core.seal.open(tenant, token).action == "form"
        except SealError:
            return False

    async def home(self, who: Identity) -> Outcome:
        """Cards for a start page: my next meetings, my answers, what I can ask."""
        return await self.engine.home(who, self.clock.now())

    def text(self, lang: str, name: str, /, **values: object) -> str:
        return self.engine.core.texts.format(lang, name, **values)

    # --- running ------------------------------------------------------------------------------

    async def start(self) -> None:
        """Carry out what an earlier process left in the inbox, and send what waits."""
        self._due.set()
        self._pump = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Let running turns end for up to 10 s; the rest stays in the inbox and the outbox."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=DRAIN)
        for task in (*self._tasks, self._pump):
            if task is not None:
                task.cancel()
        await asyncio.gather(*self._tasks, *([self._pump] if self._pump else []),
                             return_exceptions=True)  # fmt: skip

    async def idle(self) -> None:
        """Wait until nothing is being carried out and nothing due is left to send."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._send_due()

    async def _work(self, turn: Turn, after: Callable[[Outcome], None] | None = None) -> None:
        if isinstance(turn.what, Left):
            await self.store.forget_address(turn)
        typing = asyncio.get_running_loop().call_later(TYPING_AFTER, self._show_typing, turn.where)
        try:
            outcome = await self.engine.handle(turn, lambda found: self.deliver(turn, found))
            if after is not None:
                after(outcome)
        except Exception:
            log.exception("turn stays in the inbox", extra={"platform": turn.who.platform})
        finally:
            typing.cancel()

    def _show_typing(self, where: ConversationReference) -> None:
        courier = self.couriers.get(where.platform)
        if courier is not None:
            self._begin(courier.typing(where))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- outbox -------------------------------------------------------------------------------

    async def _run(self) -> None:
        for turn in await self.store.open_turns():
            self.work(turn)
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(SWEEP):  # wait_for could swallow the end of the process
                    await self._due.wait()
            self._due.clear()
            try:
                await self.engine.fire()
                await self._send_due()
                for turn in await self.store.open_turns(older_than=timedelta(seconds=60)):
                    self.work(turn)
            except Exception:
                log.exception("looking for what is due failed")

    async def _send_due(self) -> None:
        while letters := await self.store.claim(self.clock.now()):
            await asyncio.gather(*(self._send(each) for each in letters))

    async def _send(self, letter: Letter) -> None:
        courier = self.couriers.get(letter.where.platform)
        if courier is None:
            await self.store.letter_dead(letter, "no courier for this platform")
            return
        try:
            receipt = await courier.send(letter.address, letter.reply, letter.lang)
        except Throttled as error:
            wait = timedelta(seconds=min(max(error.retry_after or 5.0, 1.0), 900.0))
            await self.store.letter_retry(letter, self.clock.now() + wait, "throttled")
        except Refused as error:
            await self.store.letter_dead(letter, error.reason)
            if error.blames_address:
                await self.store.address_refused(letter.where, error.reason)
        except Unknown as error:
            await self.store.letter_unsure(letter, str(error))
        except CourierError as error:
            wait = BACKOFF[min(letter.attempts, len(BACKOFF) - 1)]
            await self.store.letter_retry(letter, self.clock.now() + wait, str(error))
        else:
            await self.store.letter_sent(letter, receipt.message)
