"""Writes to Teams; what only one person may see goes to that person's own chat."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TypeVar

from adapters.couriers import CourierError, Refused
from adapters.teams.blocks import Json
from adapters.teams.connector import Connector
from adapters.teams.consent import Consents
from adapters.teams.form import in_chat
from adapters.teams.render import activities, cards
from bot.errors import NotFetched
from bot.form import FormView
from bot.ports import Receipt
from bot.reply import File, Reply
from bot.turn import ConversationReference, FileRef, Turn

log = logging.getLogger(__name__)
REMEMBERED = 4096
K = TypeVar("K")
V = TypeVar("V")
Bring = Callable[[FileRef], Awaitable[bytes]]


class TeamsCourier:
    def __init__(
        self, connector: Connector, consents: Consents, text: Callable[[str, str], str],
        *, dialogs: bool = True, bring: Bring | None = None,
    ) -> None:  # fmt: skip
        """`text` gives one of the bot's own sentences: (lang, text id); `bring` fetches a file."""
        self._bring = bring
        self._dialogs = dialogs
        self._connector = connector
        self._consents = consents
        self._text = text
        self._chats: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._told: OrderedDict[tuple[str, str, str], None] = OrderedDict()

    async def send(self, where: ConversationReference, reply: Reply, lang: str) -> Receipt:
        if reply.seen_by == "person" and where.kind != "personal":
            return await self._privately(
                where, lang, lambda chat: self._drawn(where, chat, reply, lang)
            )
        target, service = address(where), where.extra.get("service_url", "")
        chat = where.conversation if where.kind == "personal" else ""
        first, *rest = await self._drawn(where, chat, reply, lang)
        message = ""
        pressed = where.extra.get("pressed", "")
        if reply.replaces and pressed:
            message = await self._replace(service, target, pressed, first)
        if not message:
            message = await self._connector.send(service, target, first)
        for each in rest:
            await self._connector.send(service, target, each)
        return Receipt(message)

    async def fetch(self, turn: Turn, ref: FileRef) -> bytes:
        """Implements bot.engine.Fetch: bots get files in a personal chat only."""
        if self._bring is None or turn.where.kind != "personal":
            raise NotFetched
        return await self._bring(ref)

    def in_place(self, where: ConversationReference, reply: Reply, lang: str) -> Json | None:
        """The card that takes the pressed one's place; None when it must be sent instead."""
        hidden = reply.seen_by == "person" and where.kind != "personal"
        if not reply.replaces or hidden or isinstance(reply, File):
            return None
        made = cards(reply, lang, dialogs=self._dialogs)
        return made[0] if len(made) == 1 else None

    async def form(self, where: ConversationReference, view: FormView, lang: str) -> Receipt:
        """Draw a form as a message, in place of the one that was just filled in or pressed."""

        async def drawn(_: str) -> list[Json]:
            return [in_chat(view)]

        if where.kind != "personal":
            return await self._privately(where, lang, drawn)
        service, pressed = where.extra.get("service_url", ""), where.extra.get("pressed", "")
        activity = in_chat(view)
        wrong = any(each.error for each in view.fields)
        if wrong and pressed and await self._replace(service, address(where), pressed, activity):
            return Receipt(pressed)
        return Receipt(await self._connector.send(service, address(where), activity))

    async def _drawn(
        self, where: ConversationReference, chat: str, reply: Reply, lang: str
    ) -> list[Json]:
        """`chat` is the personal chat that the messages go to; empty for others."""
        if isinstance(reply, File) and not (chat and self._consents.possible):
            return [await self._consents.link(reply, lang)]
        made = activities(reply, lang, dialogs=self._dialogs)
        if isinstance(reply, File):
            made.append(await self._consents.ask(where.tenant, chat, reply, lang))
        return made

    async def typing(self, where: ConversationReference) -> None:
        try:
            await self._connector.typing(where.extra.get("service_url", ""), address(where))
        except CourierError as error:
            log.info("typing was not shown: %s", error)

    async def _replace(self, service: str, target: str, pressed: str, activity: Json) -> str:
        """Empty when the old message cannot be changed any more."""
        try:
            await self._connector.update(service, target, pressed, activity)
        except Refused:
            return ""
        return pressed

    async def _privately(
        self, where: ConversationReference, lang: str, drawn: Callable[[str], Awaitable[list[Json]]]
    ) -> Receipt:
        service = where.extra.get("service_url", "")
        try:
            chat = await self._chat(where)
            message = ""
            for each in await drawn(chat):
                sent = await self._connector.send(service, chat, each)
                message = message or sent
        except Refused as error:
            if error.reason == "too_big":
                raise
            self._chats.pop((where.tenant, where.extra.get("user", "")), None)
            await self._tell(where, self._text(lang, "private-closed"))
            return Receipt("")
        await self._tell(where, self._text(lang, "private-answer"))
        return Receipt(message)

    async def _chat(self, where: ConversationReference) -> str:
        user = where.extra.get("user", "")
        known = self._chats.get((where.tenant, user))
        if known is not None:
            return known
        chat = await self._connector.create_personal(
            where.extra.get("service_url", ""), where.extra.get("bot", ""), user, where.tenant
        )
        _remember(self._chats, (where.tenant, user), chat)
        return chat

    async def _tell(self, where: ConversationReference, text: str) -> None:
        """The one sentence for everybody, once in a turn; the private answer has gone already."""
        turn = (where.conversation, where.extra.get("activity", ""), text)
        if turn in self._told:
            return
        _remember(self._told, turn, None)
        activity: Json = {"type": "message", "text": text, "textFormat": "plain"}
        try:
            await self._connector.send(where.extra.get("service_url", ""), address(where), activity)
        except CourierError as error:
            log.warning("the channel was not told of a private answer: %s", error)


def address(where: ConversationReference) -> str:
    """The conversation's id as the connector wants it, with the thread."""
    return f"{where.conversation};messageid={where.thread}" if where.thread else where.conversation


def _remember(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    if len(kept) > REMEMBERED:
        kept.popitem(last=False)
