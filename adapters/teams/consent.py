"""Files in a personal chat: Teams asks the person, then takes the file among their own."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from adapters.couriers import CourierError, NotSent
from adapters.files import Files, Handout
from adapters.teams.actions import shown
from adapters.teams.blocks import Json, lines, text_block
from adapters.teams.connector import Connector
from adapters.teams.gate import LOOPBACK
from adapters.teams.receive import where_of
from adapters.teams.render import body_of, buttons_of, card, message
from adapters.teams.settings import TeamsSettings
from adapters.teams.words import say
from bot.reply import File
from bot.turn import ConversationReference

log = logging.getLogger(__name__)
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
HOME = ZoneInfo("Europe/Stockholm")
INFO = "application/vnd.microsoft.teams.card.file.info"


class Consents:
    def __init__(self, connector: Connector, files: Files, settings: TeamsSettings) -> None:
        self._connector = connector
        self._files = files
        self._settings = settings

    @property
    def possible(self) -> bool:
        """Only where the hosts are known that Teams keeps this tenant's files on."""
        return bool(self._settings.upload_hosts)

    async def ask(self, tenant: str, chat: str, file: File, lang: str) -> Json:
        """Teams' own question whether the file may be put among the person's files."""
        token = await self._files.keep(file, _purpose(tenant, chat))
        context = {"token": token, "lang": lang}
        content: Json = {
            "description": say(lang, "file-ask"), "sizeInBytes": len(file.content),
            "acceptContext": context, "declineContext": context,
        }  # fmt: skip
        attachment: Json = {"contentType": CONSENT, "name": file.name, "content": content}
        return {"type": "message", "attachments": [attachment]}

    async def link(self, file: File, lang: str) -> Json:
        """The file's own words, and an address that works for a day."""
        kept = await self._files.open(await self._files.keep(file))
        if not isinstance(kept, Handout):
            raise NotSent("the file was not kept")
        return self._linked(kept, lang, body_of(file), shown(buttons_of(file), lang))

    async def answered(self, payload: Mapping[str, Any]) -> None:
        """The person said yes or no. Whatever goes wrong, they can still fetch the file."""
        where = where_of(payload)
        value = _dict(payload.get("value"))
        context = _dict(value.get("context"))
        purpose = _purpose(where.tenant, where.conversation)
        lang = "en" if context.get("lang") == "en" else "sv"
        kept = await self._files.open(str(context.get("token", "")), purpose)
        if not isinstance(kept, Handout):
            said: Json = _text(say(lang, "file-gone"))
        elif value.get("action") != "accept":
            said = self._linked(kept, lang, lines(say(lang, "file-declined")))
        else:
            said = await self._uploaded(kept, _dict(value.get("uploadInfo")), lang)
        await self._say(where, said, payload.get("replyToId"))

    async def _uploaded(self, kept: Handout, info: Mapping[str, Any], lang: str) -> Json:
        address = info.get("uploadUrl")
        try:
            if not isinstance(address, str) or not self.takes(address):
                raise NotSent("upload address")
            await self._connector.upload(address, kept.content)
        except CourierError as error:
            log.warning("a file was not taken: %s", error)
            return self._linked(kept, lang, lines(say(lang, "file-failed")))
        content = {"uniqueId": info.get("uniqueId"), "fileType": info.get("fileType")}
        attachment = {"contentType": INFO, "contentUrl": info.get("contentUrl"),
                      "name": info.get("name") or kept.name, "content": content}  # fmt: skip
        return {"type": "message", "text": say(lang, "file-saved"), "textFormat": "plain",
                "attachments": [attachment]}  # fmt: skip

    def _linked(
        self, kept: Handout, lang: str, body: Sequence[Json], actions: Sequence[Json] = ()
    ) -> Json:
        until = say(lang, "file-link", until=f"{kept.until.astimezone(HOME):%Y-%m-%d %H:%M}")
        note = {**text_block(until, isSubtle=True, size="Small"), "spacing": "Small"}
        button: Json = {"type": "Action.OpenUrl", "title": say(lang, "download", name=kept.name),
                        "url": self._files.address(kept)}  # fmt: skip
        return message(card([*body, note], [button, *actions]), kept.name)

    async def _say(self, where: ConversationReference, said: Json, asked: object) -> None:
        """The question goes away, so that it cannot be answered twice."""
        service = where.extra["service_url"]
        try:
            await self._connector.send(service, where.conversation, said)
            if isinstance(asked, str) and asked:
                await self._connector.delete(service, where.conversation, asked)
        except CourierError as error:
            log.warning("what became of a file was not told: %s", error)

    def takes(self, address: str) -> bool:
        """Whether files may be sent to this address."""
        try:
            parts = urlsplit(address)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            return False
        if parts.username is not None or host not in self._settings.upload_hosts:
            return False
        if self._settings.anonymous:
            return host in LOOPBACK
        return parts.scheme == "https" and port in {None, 443}


def _purpose(tenant: str, chat: str) -> str:
    """A question can be answered only in the personal chat where it was asked."""
    return f"teams {tenant} {chat}"


def _text(text: str) -> Json:
    return {"type": "message", "text": text, "textFormat": "plain"}


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
