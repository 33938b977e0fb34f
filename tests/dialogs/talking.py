"""Talking where letters go out as well: each step delivers what it has put into the outbox."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.testing import Chat

HOME = ZoneInfo("Europe/Stockholm")
Known = Callable[..., Awaitable[Chat]]


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=HOME)


async def say(chat: Chat, text: str) -> str:
    replies = await chat.say(text)
    await chat.delivered()
    return "\n".join(each.plain for each in replies)


async def press(chat: Chat, label: str) -> str:
    replies = await chat.press(label)
    await chat.delivered()
    return "\n".join(each.plain for each in replies)


async def attach(chat: Chat, name: str, data: bytes, text: str = "") -> str:
    replies = await chat.attach(name, data, text)
    await chat.delivered()
    return "\n".join(each.plain for each in replies)
