"""What the core needs from outside, as Protocols. `storage` and `adapters` implement them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.files import FileHandle
from bot.journal import Conversation
from bot.reply import Reply
from bot.rules.roles import Person
from bot.turn import ConversationReference, Identity, Turn

T = TypeVar("T")


class Clock(Protocol):
    """Tells the time. It stands still in tests and can be set only in demo, chat and tests."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...


class Session(Protocol):
    """One transaction on the database, or a look at it that may not change anything.

    Every method is synchronous: a turn runs as one plain function, on SQLite inside the one writer,
    on PostgreSQL inside one transaction. A Session that only reads raises NeedsWrite in
    `save_conversation`, `act`, `finish`, `put` and `miss`.
    """

    def query(self, query: Callable[..., T], *args: Any) -> T:
        """Call a query of `storage` with the connection first. Queries never change anything."""
        ...

    def act(self, operation: Callable[..., T], *args: Any) -> T:
        """Call an operation of `storage` with the connection first; it joins this transaction."""
        ...

    def cached(self, key: object, make: Callable[[], T]) -> T:
        """What `make` gives, kept until people, roles or bodies change."""
        ...

    def person(self, who: Identity) -> Person | None:
        """The person behind an identity, with the roles valid now; None if nobody is linked to it."""
        ...

    def conversation(self, key: str) -> Conversation | None:
        """What is open in a conversation with one person; None if nothing, or older than 24 h."""
        ...

    def save_conversation(self, key: str, conversation: Conversation) -> None:
        """Raise StaleState if somebody else saved it since it was read."""
        ...

    def addresses(self, people: Sequence[int]) -> Sequence[tuple[ConversationReference, str]]:
        """Where each of these people can be written to, and in which language (sv or en).

        The place where the person wrote last; people without a place are left out.
        """
        ...

    def put(
        self, where: ConversationReference, replies: Sequence[Reply], dedup: str, lang: str
    ) -> None:
        """Keep replies in the outbox, to be delivered after the commit, in this order.

        `dedup` is the turn's id and what it is for: the same one twice is kept once.
        """
        ...

    def finish(self, turn: Turn) -> None:
        """Mark the turn done in the inbox and erase its content; the id stays."""
        ...

    def audit(
        self, action: str, subject: str, person: Person | None, detail: Mapping[str, str]
    ) -> None:
        """One line that says who did what to what; detail holds ids and dates, never free text."""
        ...

    def miss(self, lang: str, best: str) -> None:
        """Count what was not understood, without the person and without the words."""
        ...


class NeedsWrite(BaseException):
    """A turn that began as a look wants to change something: it is run again in a transaction.

    A BaseException, so that no `except Exception` in a dialog can swallow it.
    """


class Store(Protocol):
    """The database as the engine sees it."""

    async def receive(self, turn: Turn) -> bool:
        """Write the turn to the inbox and commit; False if this delivery id is known already."""
        ...

    async def keep_file(self, who: Identity, name: str, data: bytes) -> FileHandle:
        """Keep what a known person sent, for a day or until something is tied to it.

        Nothing is kept of a file that cannot be read: its handle names the problem.
        """
        ...

    async def kept_file(self, who: Identity, number: int) -> FileHandle:
        """A file that came before its turn, if this person sent it."""
        ...

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run work on a Session that only reads; what it reads is one consistent state."""
        ...

    async def write(self, work: Callable[[Session], T], *, urgent: bool = True) -> T:
        """Run work in one transaction. Work may be run again when the database asks for it.

        What nobody waits for is not urgent: it may wait a moment to share another's commit.
        """
        ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a platform said of a message that it took."""

    message: str  # the platform's id; "" if it gave none, then the message cannot be updated


class Courier(Protocol):
    """Writes to one platform. Each adapter's `deliver` implements it."""

    async def send(self, where: ConversationReference, reply: Reply, lang: str) -> Receipt:
        """Raise adapters.couriers errors (Throttled, NotSent, Unknown, Refused) when it did not go."""
        ...

    async def typing(self, where: ConversationReference) -> None:
        """Show that an answer is coming; never raises."""
        ...
