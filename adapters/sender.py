"""Sends what is due: up to 20 letters at once, and for every failure what follows from it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from adapters.couriers import CourierError, Refused, Throttled, Unknown
from bot.engine import Engine
from bot.ports import Clock, Courier, Letter, Receipt, Result

log = logging.getLogger(__name__)

AT_ONCE = 20
GATHER = 0.01  # seconds in which results are waited for that share a transaction
MARGIN = timedelta(seconds=40)  # of a lease, in which nothing is begun any more, and all must end
LOOK = timedelta(seconds=3)  # a message is found only after a while
AGAIN = timedelta(seconds=30)  # until something unsure is said once more
PAUSE = timedelta(hours=1)  # until a tenant whose access was withdrawn is tried again
THROTTLED = 30.0  # seconds, when the platform does not say
LONGEST = 900.0
FIRST, CAP = 2.0, 3600.0  # seconds of backoff: doubled from the first to the cap
GREYLISTED = (300.0, 900.0, 1800.0)  # mail servers want more patience
ELSEWHERE = 5  # failures until a person's other address is tried
TRIES = {"mail": 130}  # five days
FEW = 12


class Sender:
    def __init__(self, engine: Engine, clock: Clock, couriers: Mapping[str, Courier]) -> None:
        self._engine = engine
        self._clock = clock
        self._couriers = couriers
        self._random = random.Random()  # noqa: S311 - spreads tries, guards nothing
        self._stopping = False
        self._ended = asyncio.Event()
        self._running = 0

    def stop(self) -> None:
        """Begin nothing new; what is under way is still written back."""
        self._stopping = True

    async def ended(self) -> None:
        """Wait until nothing is under way."""
        while self._running:
            self._ended.clear()
            await self._ended.wait()

    async def send_due(self) -> None:
        """Until nothing is due and nothing under way."""
        self._running += 1
        try:
            await self._send_due()
        finally:
            self._running -= 1
            self._ended.set()

    async def _send_due(self) -> None:
        flying: set[asyncio.Task[Result]] = set()
        done: set[asyncio.Task[Result]] = set()
        try:
            while True:
                free = 0 if self._stopping else AT_ONCE - len(flying)
                letters = await self._engine.exchange([each.result() for each in done], free)
                flying |= {asyncio.create_task(self._send(each)) for each in letters}
                if not flying:
                    return
                done, flying = await asyncio.wait(flying, return_when=asyncio.FIRST_COMPLETED)
                if flying:
                    more, flying = await asyncio.wait(flying, timeout=GATHER)
                    done |= more
        finally:
            for each in flying:
                each.cancel()

    async def _send(self, letter: Letter) -> Result:
        courier = self._couriers.get(letter.where.platform)
        if courier is None:
            return Result(letter, "dead", "no courier for this platform", elsewhere=True)
        if letter.until is not None and self._clock.now() > letter.until - MARGIN:
            return self._later(letter, 0.0, "the lease was nearly over")
        try:
            if letter.doubtful:
                known = await self._looked_up(letter, courier)
                if isinstance(known, Result):
                    return known
                letter = known
            async with asyncio.timeout((MARGIN - LOOK).total_seconds()):
                receipt = await courier.send(letter.address, letter.reply, letter.lang)
        except TimeoutError:
            error = Unknown("no answer in time")
            return self._failed(letter, error, findable=_find(courier) is not None)
        except Exception as error:  # noqa: BLE001 - a courier's bug must not stop the others
            return self._failed(letter, error, findable=_find(courier) is not None)
        return Result(letter, "sent", receipt.message, answer=receipt.answer)

    async def _looked_up(self, letter: Letter, courier: Courier) -> Result | Letter:
        """What follows if nothing is to be said any more, else the letter to send."""
        find = _find(courier)
        try:
            if find is not None:
                found: Receipt | None = await find(letter.address, letter.reply)
                if found is not None:
                    return Result(letter, "sent", found.message)
                return replace(letter, doubtful=False, doubts=letter.doubts - 1)
        except Refused:
            pass
        except CourierError as error:
            if letter.failures + 1 < FEW:
                after = self._clock.now() + timedelta(seconds=self._backoff(letter))
                return Result(letter, "unsure", f"not found out: {error}", after,
                              letter.failures + 1, letter.doubts - 1)  # fmt: skip
        if letter.doubts > 1:
            return Result(letter, "unsure", "nobody knows whether it arrived", doubts=letter.doubts)
        return letter

    def _failed(self, letter: Letter, error: Exception, *, findable: bool) -> Result:
        match error:
            case Throttled():
                asked = error.retry_after
                wait = THROTTLED if asked is None else min(max(asked, 1.0), LONGEST)
                return replace(self._later(letter, wait, "throttled"), block="channel")
            case Refused(reason="revoked"):
                found = self._later(letter, PAUSE.total_seconds(), str(error))
                return replace(found, block="tenant", elsewhere=True)
            case Refused():
                dead = error.blames_address
                return Result(letter, "dead", str(error), refused=dead, elsewhere=dead)
            case Unknown():
                after = self._clock.now() + (LOOK if findable else AGAIN)
                return Result(letter, "unsure", str(error), after, doubts=letter.doubts)
            case CourierError():
                return self._not_sent(letter, str(error))
        log.error("a courier failed", exc_info=error, extra={"platform": letter.where.platform})
        return Result(letter, "unsure", type(error).__name__, self._clock.now() + AGAIN,
                      doubts=letter.doubts)  # fmt: skip

    def _not_sent(self, letter: Letter, note: str) -> Result:
        failures = letter.failures + 1
        if failures >= TRIES.get(letter.where.platform, FEW):
            return Result(letter, "dead", note, failures=failures, elsewhere=True)
        found = self._later(letter, self._backoff(letter), note)
        return replace(found, failures=failures, elsewhere=failures >= ELSEWHERE)

    def _later(self, letter: Letter, seconds: float, note: str) -> Result:
        at = self._clock.now() + timedelta(seconds=seconds)
        if letter.doubtful:  # not said this time, but perhaps before: that doubt stays
            return Result(letter, "unsure", note, at, letter.failures, letter.doubts - 1)
        return Result(letter, "pending", note, at, letter.failures, letter.doubts)

    def _backoff(self, letter: Letter) -> float:
        if letter.where.platform == "mail":
            steps = GREYLISTED
            wait = steps[letter.failures] if letter.failures < len(steps) else CAP
        else:
            wait = min(FIRST * 2**letter.failures, CAP)
        return wait * self._random.uniform(0.75, 1.25)


def _find(courier: Courier) -> Callable[..., Any] | None:
    return getattr(courier, "find", None)
