"""Writes to Slack: where a reply goes, and where else when it cannot go there."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from adapters.couriers import CourierError, NotSent, Refused, Unknown
from adapters.slack import files, render
from adapters.slack.api import Api
from adapters.slack.installations import Installation, Installations
from adapters.slack.profiles import Profile, profile
from bot.errors import NotFetched
from bot.ports import Receipt
from bot.reply import File, Reply, Text
from bot.turn import ConversationReference, FileRef, Turn

log = logging.getLogger(__name__)
Body = dict[str, Any]


class SlackCourier:
    def __init__(
        self, api: Api, installations: Installations, files_url: str = "https://files.slack.com"
    ) -> None:
        self.api = api
        self.files_url = files_url
        self.installations = installations

    async def send(self, where: ConversationReference, reply: Reply, lang: str) -> Receipt:
        """What is too long for a message goes as a file; what cannot go as a file, as words."""
        body, file = ({}, reply) if isinstance(reply, File) else render.fitted(reply, lang)
        if file is not None:
            try:
                return await self._share(where, file, lang)
            except Refused as error:
                log.warning("a file was refused: %s", error, extra={"platform": "slack"})
                if file is reply:
                    reply = render.without_file(file, lang)
                    body = render.message(reply, lang)
        return await self._say(where, body, reply)

    async def find(self, where: ConversationReference, reply: Reply) -> Receipt | None:
        """Whether a message has arrived: its ticket stands in its metadata.

        Raise Refused where that cannot be seen: without the history scope, and for what only one
        person was shown, files, and answers through a response_url.
        """
        ticket = where.extra.get("ticket", "")
        channel = where.conversation
        if not ticket or isinstance(reply, File) or not _seen_by_all(where, reply):
            raise Refused("forbidden", "it cannot be looked up")
        fields = {"channel": channel, "include_all_metadata": "true", "limit": "200"}
        made = where.extra.get("made")
        if made:
            fields["oldest"] = f"{datetime.fromisoformat(made).timestamp():.6f}"
        thread = {"ts": where.thread} if where.thread else {}
        method = "conversations.replies" if where.thread else "conversations.history"
        found = await self.api.ask(method, fields | thread, (await self._at(where.tenant)).token)
        for each in found.get("messages") or ():
            payload = (each.get("metadata") or {}).get("event_payload") or {}
            if payload.get("ticket") == ticket:
                return Receipt(str(each.get("ts", "")))
        if found.get("has_more"):
            raise Refused("forbidden", "too much has been said since")
        return None

    async def typing(self, where: ConversationReference) -> None:
        """Slack has no sign for it that a bot may give."""

    async def open(self, tenant: str, trigger: str, view: Mapping[str, Any]) -> None:
        await self.call(tenant, "views.open", {"trigger_id": trigger, "view": view})

    async def publish(self, tenant: str, user: str, view: Mapping[str, Any]) -> None:
        await self.call(tenant, "views.publish", {"user_id": user, "view": view})

    async def fetch(self, turn: Turn, ref: FileRef) -> bytes:
        """Implements bot.engine.Fetch."""
        try:
            token = (await self._at(turn.who.tenant)).token
        except CourierError as error:
            raise NotFetched from error
        return await files.fetch(self.api, self.files_url, token, ref)

    async def profile(self, tenant: str, user: str) -> Profile:
        fields = {"user": user, "include_locale": "true"}
        found = await self.api.ask("users.info", fields, (await self._at(tenant)).token)
        return profile(found.get("user"))

    async def call(self, tenant: str, method: str, body: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return await self.api.call(method, body, (await self._at(tenant)).token)
        except Refused as error:
            if error.reason == "revoked":
                self.installations.drop(tenant)
            raise

    async def _at(self, tenant: str) -> Installation:
        try:
            found = await self.installations.of(tenant)
        except Exception as error:
            raise NotSent("the token could not be looked up") from error
        if found is None:
            raise Refused("revoked", "not installed")
        return found

    async def _say(self, where: ConversationReference, body: Body, reply: Reply) -> Receipt:
        hidden, shown = _hidden(where, reply), where.extra.get("message", "")
        ticket = "" if shown else where.extra.get("response_url", "")
        if reply.replaces and shown and not hidden:
            updated = await self._update(where, body, shown)
            if updated is not None:
                return updated
        if ticket and where.kind != "personal":
            try:
                return await self._reply_to(where, ticket, body, replaces=reply.replaces)
            except Refused:
                ticket = ""  # used up, or older than half an hour
        if where.thread:
            body["thread_ts"] = where.thread
        if where.extra.get("ticket"):
            payload = {"ticket": where.extra["ticket"]}
            body["metadata"] = {"event_type": "natverksbot_letter", "event_payload": payload}
        if hidden:
            return await self._privately(where, body)
        try:
            found = await self.call(
                where.tenant, "chat.postMessage", body | {"channel": where.conversation}
            )
        except Refused as error:
            if not ticket or error.reason != "gone":
                raise
            return await self._reply_to(where, ticket, body, replaces=False)  # a DM of others
        return Receipt(str(found.get("ts", "")))

    async def _update(self, where: ConversationReference, body: Body, shown: str) -> Receipt | None:
        """None for a message that can no longer be changed: then it is said anew."""
        place = {"channel": where.conversation, "ts": shown}
        try:
            found = await self.call(where.tenant, "chat.update", body | place)
        except Refused as error:
            if error.reason == "malformed":
                return None
            raise
        return Receipt(str(found.get("ts", "")))

    async def _reply_to(
        self, where: ConversationReference, url: str, body: Body, *, replaces: bool
    ) -> Receipt:
        kept = {"text": body["text"], "blocks": body["blocks"], "response_type": "ephemeral"}
        thread = {"thread_ts": where.thread} if where.thread else {}
        await self.api.post(url, json=kept | thread | {"replace_original": replaces})
        return Receipt("")

    async def _privately(self, where: ConversationReference, body: Body) -> Receipt:
        """To one person in a channel; where the channel does not let us, directly."""
        user = where.extra.get("user", "")
        if not user:
            raise Refused("malformed", "nobody to show a personal reply to")
        place = {"channel": where.conversation, "user": user}
        try:
            await self.call(where.tenant, "chat.postEphemeral", body | place)
        except Refused as error:
            if error.reason not in {"gone", "forbidden"}:
                raise
        else:
            return Receipt("")
        body.pop("thread_ts", None)
        direct = {"channel": await self._direct(where.tenant, user)}
        found = await self.call(where.tenant, "chat.postMessage", body | direct)
        return Receipt(str(found.get("ts", "")))

    async def _direct(self, tenant: str, user: str) -> str:
        opened = await self.call(tenant, "conversations.open", {"users": user})
        return str(opened["channel"]["id"])

    async def _share(self, where: ConversationReference, file: File, lang: str) -> Receipt:
        """A file cannot be shown to one person in a channel: that person gets it directly.

        Nobody sees anything before the last call, so all of it may be tried again until then.
        """
        channel, thread, user = where.conversation, where.thread, where.extra.get("user", "")
        hidden = _hidden(where, file)
        if user and (hidden or channel[:1] in "UW"):
            channel, thread = await self._direct(where.tenant, user), None
        token = (await self._at(where.tenant)).token
        number = await self._upload(file, token)
        share = {
            "files": json.dumps([{"id": number, "title": render.cut(file.name, 200)}]),
            "channel_id": channel, "blocks": json.dumps(render.beside_file(file, lang)),
        }  # fmt: skip
        await self.api.ask("files.completeUploadExternal",
                           share | ({"thread_ts": thread} if thread else {}), token)  # fmt: skip
        await self._after_file(where, file, lang, hidden=hidden)
        return Receipt("")

    async def _upload(self, file: File, token: str) -> str:
        ask = {"filename": file.name, "length": str(len(file.content))}
        try:
            place = await self.api.ask("files.getUploadURLExternal", ask, token)
            await self.api.post(str(place["upload_url"]), data=file.content)
        except (Unknown, KeyError) as error:
            raise Refused("malformed", f"no upload: {type(error).__name__}") from error
        return str(place["file_id"])

    async def _after_file(
        self, where: ConversationReference, file: File, lang: str, *, hidden: bool
    ) -> None:
        """The buttons, or in a channel the word that the file waits in the direct messages."""
        if not file.buttons and not hidden:
            return
        text = render.sent_directly(lang) if hidden else file.name
        beside = Text(text, file.buttons, seen_by=file.seen_by)
        try:
            await self._say(where, render.message(beside, lang), beside)
        except CourierError as error:
            log.warning("a file stands alone: %s", error, extra={"platform": "slack"})


def _seen_by_all(where: ConversationReference, reply: Reply) -> bool:
    """Whether it was posted as a message of its own, in a channel that can be read."""
    through_url = bool(where.extra.get("response_url")) and where.kind != "personal"
    changed = reply.replaces and bool(where.extra.get("message"))
    return not (_hidden(where, reply) or through_url or changed or where.conversation[:1] in "UW")


def _hidden(where: ConversationReference, reply: Reply) -> bool:
    return reply.seen_by == "person" and where.kind != "personal"
