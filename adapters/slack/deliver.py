"""Writes to Slack: one pooled session, one attempt, and every failure by its meaning."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import aiohttp

from adapters.couriers import CourierError, NotSent, Reason, Refused, Throttled, Unknown
from adapters.slack.render import cut, message
from adapters.slack.settings import SlackSettings
from bot.ports import Receipt
from bot.reply import File, Reply
from bot.turn import ConversationReference

log = logging.getLogger(__name__)
TIMEOUT = aiohttp.ClientTimeout(total=10)
_REFUSED: Mapping[str, Reason] = {
    "channel_not_found": "gone", "is_archived": "gone", "user_not_found": "gone",
    "not_in_channel": "forbidden", "restricted_action": "forbidden", "missing_scope": "forbidden",
    "user_not_in_channel": "forbidden", "cannot_dm_bot": "forbidden", "user_disabled": "blocked",
    "msg_too_long": "too_big", "msg_blocks_too_long": "too_big", "invalid_blocks": "too_big",
    "token_revoked": "revoked", "account_inactive": "revoked", "invalid_auth": "revoked",
    "token_expired": "revoked", "not_authed": "revoked",
}  # fmt: skip
_LATER = {"ratelimited", "rate_limited", "message_limit_exceeded"}
_UNSURE = {"internal_error", "fatal_error", "request_timeout", "service_unavailable"}


class SlackCourier:
    """`session` is set when the app starts and closed when it ends."""

    def __init__(self, settings: SlackSettings) -> None:
        self.settings = settings
        self.session: aiohttp.ClientSession | None = None

    async def send(self, where: ConversationReference, reply: Reply, lang: str) -> Receipt:
        if isinstance(reply, File):
            await self._upload(where, reply)
        body = message(reply, lang)
        user = where.extra.get("user", "")
        ticket = where.extra.get("response_url", "")
        update = where.extra.get("message_ts", "")
        if reply.replaces and update and not where.extra.get("ephemeral"):
            found = await self.call(
                "chat.update", body | {"channel": where.conversation, "ts": update}
            )
            return Receipt(str(found.get("ts", "")))
        if ticket and (where.extra.get("ephemeral") or not update) and where.kind != "personal":
            return await self._reply_to(ticket, body | {"replace_original": reply.replaces})
        body["channel"] = where.conversation
        if where.thread:
            body["thread_ts"] = where.thread
        if reply.seen_by == "person" and where.kind != "personal":
            if not user:
                raise Refused("forbidden", "nobody to show a personal reply to")
            found = await self.call("chat.postEphemeral", body | {"user": user})
            return Receipt("")
        found = await self.call("chat.postMessage", body)
        return Receipt(str(found.get("ts", "")))

    async def typing(self, where: ConversationReference) -> None:
        """Slack has no sign for it that a bot may give."""

    async def open(self, trigger: str, view: Mapping[str, Any]) -> None:
        await self.call("views.open", {"trigger_id": trigger, "view": view})

    async def publish(self, user: str, view: Mapping[str, Any]) -> None:
        await self.call("views.publish", {"user_id": user, "view": view})

    async def call(self, method: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Raise a CourierError by what Slack's answer means for the message."""
        head = {"Authorization": f"Bearer {self.settings.bot_token}"}
        url = f"{self.settings.api_url}/{method}"
        status, wait, found = await self._post(url, json=body, headers=head)
        _judge(status, wait)
        if not isinstance(found, dict):
            raise Unknown(f"{method}: no JSON")
        if found.get("ok") is True:
            return found
        raise _meaning(str(found.get("error", "")), wait)

    async def _reply_to(self, url: str, body: Mapping[str, Any]) -> Receipt:
        kept = {key: body[key] for key in ("text", "blocks", "replace_original")}
        status, wait, _ = await self._post(url, json=kept | {"response_type": "ephemeral"})
        _judge(status, wait)
        return Receipt("")

    async def _upload(self, where: ConversationReference, reply: File) -> None:
        """A file cannot be shown to one person in a channel: that person gets it directly."""
        channel, thread = where.conversation, where.thread
        user = where.extra.get("user", "")
        if user and (
            channel[:1] in "UW" or (reply.seen_by == "person" and where.kind != "personal")
        ):
            opened = await self.call("conversations.open", {"users": user})
            channel, thread = str(opened["channel"]["id"]), None
        ask = {"filename": reply.name, "length": len(reply.content)}
        head = {"Authorization": f"Bearer {self.settings.bot_token}"}
        url = f"{self.settings.api_url}/files.getUploadURLExternal"
        status, wait, place = await self._post(url, data=ask, headers=head)
        _judge(status, wait)
        if not isinstance(place, dict) or not place.get("ok"):
            raise _meaning(str((place or {}).get("error", "")), wait)
        status, wait, _ = await self._post(place["upload_url"], data=reply.content)
        _judge(status, wait)
        share: dict[str, Any] = {
            "files": [{"id": place["file_id"], "title": cut(reply.name, 200)}], "channel_id": channel,
        }  # fmt: skip
        await self.call("files.completeUploadExternal",
                        share | ({"thread_ts": thread} if thread else {}))  # fmt: skip

    async def _post(self, url: str, **what: Any) -> tuple[int, str | None, Any]:
        if self.session is None:
            raise NotSent("no session yet")
        try:
            async with self.session.post(
                url, allow_redirects=False, timeout=TIMEOUT, **what
            ) as got:
                found = None
                if got.content_type == "application/json":
                    found = await got.json()
                return got.status, got.headers.get("Retry-After"), found
        except aiohttp.ClientConnectorError as error:
            raise NotSent(type(error).__name__) from error
        except (TimeoutError, aiohttp.ClientError, ValueError) as error:
            raise Unknown(type(error).__name__) from error


def _judge(status: int, wait: str | None) -> None:
    if status == 429:
        raise Throttled(_seconds(wait))
    if status >= 500:
        raise Unknown(f"HTTP {status}")
    if status in {404, 410}:
        raise Refused("gone", f"HTTP {status}")
    if status >= 300:
        raise Refused("forbidden", f"HTTP {status}")


def _meaning(error: str, wait: str | None) -> CourierError:
    if error in _LATER:
        return Throttled(_seconds(wait))
    if error in _UNSURE:
        return Unknown(error)
    return Refused(_REFUSED.get(error, "forbidden"), error)


def _seconds(wait: str | None) -> float | None:
    return float(wait) if wait and wait.isascii() and wait.isdigit() else None
