"""What the core needs from outside, as Protocols. `storage` and `adapters` implement them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, Protocol, TypeVar

from bot.files import FileHandle
from bot.journal import Conversation
from bot.reply import Reply
from bot.rules.roles import Person
from bot.turn import ConversationReference, Identity, Turn

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person can be written to, and in which language (sv or en)."""

    person: int
    where: ConversationReference
    lang: str


@dataclass(frozen=True, slots=True)
class Timer:
    """A rule to be looked at, and when that was meant."""

    kind: str
    subject: str  # meeting:7, person:9
    key: str
    due: datetime  # aware, UTC
    values: Mapping[str, Any]  # JSON: ids and states only


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply on its way to one address, claimed by one sender until its lease ends."""

    id: int
    where: ConversationReference
    reply: Reply
    lang: str
    person: int | None = None
    ticket: str = ""  # names the message to the platform, the same at every try
    made_at: datetime | None = None
    attempts: int = 1  # claims, with this one
    failures: int = 0  # at this address: it certainly did not arrive
    doubtful: bool = False  # it may have arrived already
    doubts: int = 0  # how often it was so, with this time
    owner: str = ""
    until: datetime | None = None  # when the lease ends

    @property
    def address(self) -> ConversationReference:
        """Where to send it, with what lets the platform recognise a second try."""
        made = self.made_at.isoformat() if self.made_at else ""
        extra = {**self.where.extra, "ticket": self.ticket, "made": made}
        return replace(self.where, extra=extra)


class Clock(Protocol):
    """Tells the time. It stands still in tests and can be set only in demo, chat and tests."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...


class Session(Protocol):
    """One transaction on the database, or a look at it that may not change anything.

    Every method is synchronous: a turn runs as one plain function, on SQLite inside the one writer,
    on PostgreSQL inside one transaction. A Session that only reads raises NeedsWrite in
    `save_conversation`, `act`, `finish`, `put`, `post`, `plan`, `cancel` and `miss`.
    """

    @property
    def now(self) -> datetime:
        """When this piece of work began: aware, UTC."""
        ...

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

    def addresses(self, people: Sequence[int]) -> Sequence[Place]:
        """Where each of these people can be written to in a chat.

        The place where the person wrote last; people without a place are left out.
        """
        ...

    def reach(self, people: Sequence[int]) -> Sequence[Place]:
        """As `addresses`, but those without a chat get mail; who has left is left out."""
        ...

    def put(
        self, where: ConversationReference, replies: Sequence[Reply], dedup: str, lang: str, *,
        person: int | None = None,
    ) -> None:  # fmt: skip
        """Keep replies in the outbox, to be delivered after the commit, in this order.

        `dedup` is the turn's id and what it is for: the same one twice is kept once.
        """
        ...

    def post(
        self, where: ConversationReference, replies: Sequence[Reply], dedup: str, lang: str, *,
        person: int | None, about: str, fold: bool = False, run_at: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> None:  # fmt: skip
        """As `put`, for what no turn brought: `dedup` holds on all platforms together.

        `fold`: may be said in one with others that are due together; not before `run_at`; of no
        use after `expires_at`.
        """
        ...

    def plan(
        self, kind: str, subject: str, at: datetime, *, key: str = "",
        values: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Have a rule looked at later; planning the same again moves it."""
        ...

    def cancel(self, subject: str, kind: str | None = None) -> int:
        """Forget what is planned for a subject; gives how many."""
        ...

    def finish(self, turn: Turn) -> None:
        """Mark the turn done in the inbox and erase its content; the id stays."""
        ...

    def audit(
        self, action: str, subject: str, person: Person | None, detail: Mapping[str, str]
    ) -> None:
        """One line that says who did what to what; detail holds ids and dates, never free text."""
        ...

    def watch(self, subject: str) -> None:
        """Remember how the subject stands, so that the next line of audit tells what became of it."""
        ...

    def miss(self, lang: str, best: str) -> None:
        """Count what was not understood, without the person and without the words."""
        ...


class NeedsWrite(BaseException):
    """A turn that began as a look wants to change something: it is run again in a transaction.

    A BaseException, so that no `except Exception` in a dialog can swallow it.
    """


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a letter, and what is to follow."""

    letter: Letter
    state: Literal["sent", "pending", "unsure", "dead"]
    note: str = ""  # the platform's id of the message, or what went wrong; never its words
    run_at: datetime | None = None  # the next try
    failures: int = 0
    doubts: int = 0
    block: Literal["channel", "tenant"] | None = None  # nothing goes there before the next try
    refused: bool = False  # the address is dead
    elsewhere: bool = False  # another address of the person comes first, if there is one
    answer: str = ""  # what a mail server said when it took it


Fold = Callable[[Sequence[Reply], str], Reply]  # several letters to one person as one
Reseal = Callable[[str, Reply], Reply]  # a reply's buttons for another tenant
Fire = Callable[[Session, Timer], None]


class Mailroom(Protocol):
    """What leaves later, as those see it who send it and tests that let time pass."""

    async def fire(self, run: Fire) -> int:
        """Run a rule for each timer that is due, each in a transaction of its own or with others.

        Gives how many there were; what fails is tried again later.
        """
        ...

    async def next_due(self) -> datetime | None:
        """When the next timer or letter is due; None if nothing waits."""
        ...

    async def exchange(
        self, results: Sequence[Result], limit: int, fold: Fold, reseal: Reseal
    ) -> Sequence[Letter]:
        """Write back what came of letters and claim up to `limit` that may go now."""
        ...


class Store(Mailroom, Protocol):
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
    answer: str = ""  # what a mail server said when it took it


class Courier(Protocol):
    """Writes to one platform. Each adapter's `deliver` implements it.

    It may also have `find(where, reply) -> Receipt | None`: whether the message that carries the
    ticket in `where.extra` has arrived. It raises as `send` does; Refused means that it cannot be asked.
    """

    async def send(self, where: ConversationReference, reply: Reply, lang: str) -> Receipt:
        """Raise adapters.couriers errors (Throttled, NotSent, Unknown, Refused) when it did not go."""
        ...

    async def typing(self, where: ConversationReference) -> None:
        """Show that an answer is coming; never raises."""
        ...
