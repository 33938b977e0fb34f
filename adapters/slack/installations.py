"""Which token speaks for which workspace, and who the bot is there; asked seldom, kept a while."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from adapters.couriers import CourierError
from adapters.slack.settings import SlackSettings
from bot.ports import Clock

log = logging.getLogger(__name__)
KEPT = timedelta(minutes=10)  # so long a token that was taken away elsewhere may still be used


@dataclass(frozen=True, slots=True)
class Installation:
    token: str = field(repr=False)
    bot: str = ""  # the bot's own user, U…; "" while Slack has not told it


Lookup = Callable[[str], Awaitable[Installation | None]]  # by tenant; None: not installed there
WhoAmI = Callable[[str], Awaitable[str]]  # by token, the bot's own user


def of_settings(settings: SlackSettings) -> Lookup:
    """One workspace, or several of one organisation, with the token that the settings hold."""

    async def look(tenant: str) -> Installation | None:
        return Installation(settings.bot_token) if tenant in settings.teams else None

    return look


class Installations:
    """`who_am_i` is asked once for each workspace and token, beside the turn, never before it."""

    def __init__(self, lookup: Lookup, who_am_i: WhoAmI, clock: Clock) -> None:
        self._lookup = lookup
        self._who_am_i = who_am_i
        self._clock = clock
        self._kept: dict[str, tuple[datetime, Installation | None]] = {}
        self._bots: dict[str, tuple[str, str]] = {}  # tenant -> token, the bot's user there
        self._asking: dict[str, asyncio.Task[None]] = {}

    async def of(self, tenant: str) -> Installation | None:
        until, found = self._kept.get(tenant, (None, None))
        if until is None or until <= self._clock.now():
            found = await self._lookup(tenant)
            self._kept[tenant] = (self._clock.now() + KEPT, found)
        if found is None or found.bot:
            return found
        token, bot = self._bots.get(tenant, ("", ""))
        if token == found.token:
            found = replace(found, bot=bot)
            self._kept[tenant] = (self._kept[tenant][0], found)
            return found
        if tenant not in self._asking:
            self._asking[tenant] = asyncio.create_task(self._ask(tenant, found.token))
        return found

    def drop(self, tenant: str) -> None:
        """The app was removed there, or its token taken away: look again before the next use."""
        self._kept.pop(tenant, None)
        self._bots.pop(tenant, None)

    async def close(self) -> None:
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    async def _ask(self, tenant: str, token: str) -> None:
        try:
            self._bots[tenant] = (token, await self._who_am_i(token))
        except CourierError as error:
            log.warning("who the bot is in a workspace is not known: %s", error)
        finally:
            del self._asking[tenant]
