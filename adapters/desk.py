"""The life of a turn, the same for every platform: inbox, engine, answer, outbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

from adapters.couriers import CourierError, Refused, Unknown
from adapters.sender import Sender
from bot.engine import Engine, Outcome
from bot.errors import SealError
from bot.files import FileHandle
from bot.form import FormView
from bot.ports import Clock, Courier
from bot.turn import ConversationReference, Identity, Joined, Left, Turn
from storage import lists, mornings
from storage.store import SqlStore

log = logging.getLogger(__name__)

TYPING_AFTER = 0.3  # seconds until a person sees that an answer is coming
DRAIN = 10.0  # seconds that turns get to end when the process stops
SWEEP = 60.0  # seconds between looks for what a crash or an outage left behind
HELD_UP = 0.2  # seconds between looks at what is due and cannot go yet


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
        self._sender = Sender(engine, clock, self.couriers)

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

    async def keep_file(self, who: Identity, name: str, data: bytes) -> FileHandle:
        """Keep a file that came before its turn."""
        return await self.store.keep_file(who, name, data)

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
            await self._sender.send_due()
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
        now = self.clock.now()
        await self.store.database.write(lambda c: mornings.begin(c, now))
        await self.store.database.write(lambda c: lists.begin(c, now))
        self._due.set()
        self._pump = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Let what runs end for up to 10 s; the rest stays in the inbox and the outbox."""
        self._sender.stop()
        self._begin(self._sender.ended())
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
        await self._sender.send_due()

    async def _work(self, turn: Turn, after: Callable[[Outcome], None] | None = None) -> None:
        if isinstance(turn.what, Left):
            await self.store.forget_address(turn)
        elif isinstance(turn.what, Joined):
            await self.store.resume(turn.where)
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

    # --- what is due --------------------------------------------------------------------------

    async def _run(self) -> None:
        """Look when something is due or somebody says so, and now and then for what nobody said."""
        self.store.on_wake(self._due.set)
        for turn in await self.store.open_turns():
            self.work(turn)
        while True:
            wait = SWEEP
            try:
                await self.engine.fire()
                await self._sender.send_due()
                wait = await self._until_due()
                for turn in await self.store.open_turns(older_than=timedelta(seconds=60)):
                    self.work(turn)
            except Exception:
                log.exception("looking for what is due failed")
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):  # wait_for could swallow the end of the process
                    await self._due.wait()
            self._due.clear()

    async def _until_due(self) -> float:
        """Seconds."""
        due = await self.store.next_due()
        if due is None:
            return SWEEP
        ahead = (due - self.clock.now()).total_seconds()
        return min(ahead, SWEEP) if ahead > 0 else HELD_UP
