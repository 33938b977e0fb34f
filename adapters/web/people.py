"""Who uses the page: the demo's choice kept in memory, or a signed-in session kept by the lead."""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.turn import Identity

Row = tuple[int, str, str, str, str]
DemoPeople = Callable[[], Awaitable[list[Row]]]
Redeem = Callable[[str], Awaitable[str | None]]
LinkState = Callable[[str], Awaitable[str]]  # secret -> fresh, used, old or unknown
SessionPerson = Callable[[str], Awaitable[Row | None]]
Calendar = Callable[[str], Awaitable[bytes | None]]  # secret -> what a subscriber gets now
EndSession = Callable[[str], Awaitable[None]]

MOST_DEMO_SESSIONS = 10_000


@dataclass(frozen=True, slots=True)
class WebPerson:
    number: int
    name: str
    municipality: str
    region: str
    role: str

    def identity(self, lang: str) -> Identity:
        locale = "en-GB" if lang == "en" else "sv-SE"
        return Identity("web", self.region, str(self.number), self.name, locale)


class DemoSessions:
    """Choices of the demo, by the hash of the cookie. The oldest give way; a restart ends all."""

    def __init__(self) -> None:
        self._people: OrderedDict[str, WebPerson] = OrderedDict()

    def begin(self, person: WebPerson) -> str:
        token = secrets.token_urlsafe(32)
        self._people[_hash(token)] = person
        while len(self._people) > MOST_DEMO_SESSIONS:
            self._people.popitem(last=False)
        return token

    def person(self, token: str) -> WebPerson | None:
        return self._people.get(_hash(token))

    def end(self, token: str) -> None:
        self._people.pop(_hash(token), None)


def by_region(people: list[Row], query: str) -> dict[str, list[WebPerson]]:
    """The people in whose name, municipality or role all words of the query occur."""
    words = query.casefold().split()
    groups: dict[str, list[WebPerson]] = {}
    for person in sorted((WebPerson(*row) for row in people), key=lambda p: (p.region, p.name)):
        text = f"{person.name} {person.municipality} {person.region} {person.role}".casefold()
        if all(word in text for word in words):
            groups.setdefault(person.region, []).append(person)
    return groups


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
