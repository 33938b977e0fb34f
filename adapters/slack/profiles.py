"""Each person's language and zone, as Slack knows them; asked beside the turn, kept for a day."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adapters.couriers import CourierError
from bot.ports import Clock
from bot.turn import Identity

KEPT, KEPT_AFTER_FAILURE = timedelta(days=1), timedelta(minutes=10)
PEOPLE = 10_000  # most that are kept


@dataclass(frozen=True, slots=True)
class Profile:
    locale: str | None = None  # as Slack writes it: sv-SE
    zone: str | None = None  # IANA name


Ask = Callable[[str, str], Awaitable[Profile]]  # by tenant and user


def profile(user: object) -> Profile:
    """From the user object of users.info; what cannot be used is left out."""
    told = user if isinstance(user, dict) else {}
    locale, zone = told.get("locale"), told.get("tz")
    return Profile(
        locale if isinstance(locale, str) and locale else None,
        zone if isinstance(zone, str) and _is_zone(zone) else None,
    )


class Profiles:
    def __init__(self, ask: Ask, clock: Clock) -> None:
        self._ask = ask
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str, str], tuple[datetime, Profile]] = OrderedDict()
        self._asking: dict[tuple[str, str, str], asyncio.Task[None]] = {}

    def known(self, who: Identity) -> Identity:
        """What is known now, at once; what is not known is asked for the next time."""
        if who.external:
            return who
        until, found = self._kept.get(who.key, (None, Profile()))
        if until is None or until <= self._clock.now():
            self._begin(who)
        locale, zone = found.locale or who.locale, found.zone or who.zone
        if (locale, zone) == (who.locale, who.zone):
            return who
        return replace(who, locale=locale, zone=zone)

    async def asked(self, who: Identity, patience: float) -> Identity:
        """As `known`, but wait so many seconds for an answer that is under way."""
        known = self.known(who)
        task = self._asking.get(who.key)
        if task is None:
            return known
        await asyncio.wait({task}, timeout=patience)
        return self.known(who)

    async def close(self) -> None:
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    def _begin(self, who: Identity) -> None:
        if who.key not in self._asking:
            self._asking[who.key] = asyncio.create_task(self._fetch(who))

    async def _fetch(self, who: Identity) -> None:
        try:
            found, kept = await self._ask(who.tenant, who.user), KEPT
        except CourierError:
            found, kept = self._kept.get(who.key, (None, Profile()))[1], KEPT_AFTER_FAILURE
        finally:
            del self._asking[who.key]
        self._kept[who.key] = (self._clock.now() + kept, found)
        self._kept.move_to_end(who.key)
        while len(self._kept) > PEOPLE:
            self._kept.popitem(last=False)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
