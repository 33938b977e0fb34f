"""A platform that answers as it is told to, and remembers what it took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.couriers import CourierError, Refused
from bot.ports import Receipt
from bot.reply import Reply
from bot.turn import ConversationReference

TAKEN = "taken"  # it arrives, and the answer too
Script = CourierError | str


@dataclass
class Platform:
    """`answers` are given in turn, then everything arrives. `lost` arrives and nobody hears of it."""

    answers: list[Script] = field(default_factory=list)
    taken: list[tuple[str, str, str]] = field(default_factory=list)  # conversation, words, ticket
    tries: int = 0
    asked: int = 0
    during: Callable[[], None] = lambda: None

    async def send(self, where: ConversationReference, reply: Reply, lang: str) -> Receipt:
        self.tries += 1
        self.during()
        answer = self.answers.pop(0) if self.answers else TAKEN
        if isinstance(answer, CourierError) and not getattr(answer, "arrived", False):
            raise answer
        self.taken.append((where.conversation, reply.plain, where.extra["ticket"]))
        if isinstance(answer, CourierError):
            raise answer
        return Receipt(f"m{len(self.taken)}")

    async def typing(self, where: ConversationReference) -> None:
        pass


class Searchable(Platform):
    """Can be asked whether a message has arrived."""

    async def find(self, where: ConversationReference, reply: Reply) -> Receipt | None:
        self.asked += 1
        numbers = [
            n for n, (_, _, ticket) in enumerate(self.taken) if ticket == where.extra["ticket"]
        ]
        return Receipt(f"m{numbers[0] + 1}") if numbers else None


class Closed(Platform):
    """Has a search that this bot may not use."""

    async def find(self, where: ConversationReference, reply: Reply) -> Receipt | None:
        self.asked += 1
        raise Refused("forbidden", "missing_scope")


def lost(error: CourierError) -> CourierError:
    """It arrived, but this is what the bot hears."""
    error.arrived = True  # type: ignore[attr-defined]
    return error
