"""Invitations as the web pages need them: from the database to a page, and from a form to a deed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from adapters.web import render
from adapters.web.guests import GuestView, Part
from bot.dialog import Teller
from bot.errors import Refused
from bot.ports import Clock
from bot.texts import Texts
from dialogs.dialogues import card
from storage.dialogues import Wish, guests
from storage.dialogues.guests import Invitation
from storage.records import audit
from storage.session import Database

LIVE = ("registered", "offered", "waiting", "late", "present")


class GuestBook:
    """Implements adapters.web.guests.Guests."""

    def __init__(self, database: Database, texts: Texts, clock: Clock) -> None:
        self._database = database
        self._texts = texts
        self._clock = clock

    async def look(self, secret: str, lang: str) -> GuestView | None:
        now = self._clock.now()
        found = await self._database.read(lambda c: guests.invitation_of(c, secret, now))
        if found is None or found.dialogue.state == "draft":
            return None
        return self._view(found, Teller(lang, self._texts))

    async def act(self, secret: str, action: str, form: Mapping[str, str], lang: str) -> str:
        wish = _wish(form)
        if action in {"confirm", "change"} and not wish.sessions:
            return render.texts().format(lang, "guest-choose-first")
        if action == "confirm" and not form.get("privacy"):
            return render.texts().format(lang, "guest-accept-first")
        now = self._clock.now()

        def work(connection: Any) -> None:
            match action:
                case "confirm":
                    guests.confirm(connection, secret, wish, now)
                case "change":
                    guests.change(connection, secret, wish, now)
                case "leave":
                    guests.leave(connection, secret, now)
                case "ask":
                    guests.ask(connection, secret, form.get("name", ""), form.get("email", ""), now)
                case _:
                    guests.answer(connection, secret, action, now)
            found = guests.invitation_of(connection, secret, now)
            if found is not None:
                audit(connection, now, f"guest-{action}", f"guest:{found.id}", found.who.id, {})

        try:
            await self._database.write(work)
        except Refused as refusal:
            return self._texts.format(lang, refusal.text_id, **refusal.values)
        return ""

    def _view(self, found: Invitation, to: Teller) -> GuestView:
        day, mine = found.dialogue, found.mine
        held = mine.sessions(*LIVE) if mine else ()
        now = self._clock.now()
        wall = now.astimezone(card.HOME).replace(tzinfo=None)
        return GuestView(
            whose=_short(found.who.name),
            title=card.title(day, to),
            facts=tuple((each.label, each.value) for each in card.facts(day, to)),
            parts=tuple(
                Part(str(each.id), card.parts(day, [each.id], to), card.seats(each, to),
                     each.id in held)
                for each in day.sessions
            ),
            own=card.own(day, mine, to) if found.confirmed else "",
            confirmed=found.confirmed,
            registered=found.confirmed and bool(held),
            offered=any(
                each.state == "offered" and each.offer_until is not None and each.offer_until > now
                for each in (mine.held if mine else ())
            ),
            open=day.state in {"open", "closed"} and day.ends > wall,
        )  # fmt: skip


_PART = re.compile(r"part-[0-9]{1,9}")


def _wish(form: Mapping[str, str]) -> Wish:
    sessions = tuple(
        int(name.removeprefix("part-"))
        for name in form if _PART.fullmatch(name)
    )  # fmt: skip
    return Wish(sessions, role="other", diet=form.get("diet", "").strip()[:300],
                access=form.get("access", "").strip()[:500])  # fmt: skip


def _short(name: str) -> str:
    """ "Pia A.": enough to know whether it is oneself."""
    first, *rest = name.split()
    return f"{first} {rest[-1][0]}." if rest else first
