"""The pages of somebody who was invited by mail: one dialogue, one person, no account.

Reading a page changes nothing, as mail programs open links before people do. What a page shows is
little, since a link may be forwarded: whose it is, the day, and the parts; never needs or others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from aiohttp import web

from adapters.web import render
from adapters.web.routes import Pages, see_other
from adapters.web.visit import Refusal, Visit, html

ACTIONS = frozenset({"confirm", "change", "leave", "yes", "no", "ask"})


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the day, as the form offers it."""

    value: str
    label: str
    note: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class GuestView:
    """What a link shows, in the reader's language."""

    whose: str  # first name and initial
    title: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    own: str  # how it stands now; "" before it is confirmed
    confirmed: bool
    registered: bool
    offered: bool
    open: bool  # one may still register


class Guests(Protocol):
    """The part of the program that knows invitations."""

    async def look(self, secret: str, lang: str) -> GuestView | None:
        """None for a link that is unknown, old or taken back."""
        ...

    async def act(self, secret: str, action: str, form: Mapping[str, str], lang: str) -> str:
        """Do it and give "", or what to say because it cannot be done."""
        ...


class GuestPages:
    def __init__(self, pages: Pages, guests: Guests) -> None:
        self._pages = pages
        self._guests = guests

    def routes(self) -> list[web.RouteDef]:
        guarded = self._pages.guarded
        return [
            web.get("/guest/{secret}", guarded(self.show), allow_head=True),
            web.post("/guest/{secret}", guarded(self.act)),
        ]

    async def show(self, visit: Visit) -> web.Response:
        return await self._page(visit, visit.request.query.get("said", "")[:10])

    async def act(self, visit: Visit) -> web.Response:
        secret, action = visit.request.match_info["secret"], visit.form.get("do", "")
        if action not in ACTIONS:
            raise Refusal(400, "fail-shape")
        if not self._pages.rate.allows(f"guest:{visit.browser}"):
            raise Refusal(429, "fail-rate")
        problem = await self._guests.act(secret, action, visit.form, visit.lang)
        if problem:
            return await self._page(visit, problem=problem, status=409)
        return see_other(f"{_address(secret)}?said={action}")

    async def _page(
        self, visit: Visit, said: str = "", problem: str = "", status: int = 200
    ) -> web.Response:
        secret = visit.request.match_info["secret"]
        found = await self._guests.look(secret, visit.lang)
        if found is None:
            raise Refusal(404, "guest-unknown")
        done = said if said in ACTIONS else ""
        body = render.page("guest.html", visit.view, guest=found, address=_address(secret),
                           done=done, problem=problem)  # fmt: skip
        return html(body, status)


def _address(secret: str) -> str:
    return f"/guest/{quote(secret, safe='')}"
