"""The database as the engine and the adapters see it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.files import FileHandle, clean_name
from bot.journal import Conversation
from bot.ports import Clock, Fire, Fold, Letter, NeedsWrite, Place, Reseal, Result
from bot.ports import Session as SessionPort
from bot.reply import Reply
from bot.rules.roles import Person
from bot.timer import Timer
from bot.turn import ConversationReference, Identity, Left, Turn
from storage import (
    addresses,
    conversations,
    files,
    inbox,
    lanes,
    letters,
    log,
    outbox,
    people,
    records,
    signin,
    timers,
)
from storage.kept import QUERIES
from storage.outbox import Sender
from storage.results import settle
from storage.session import Database

T = TypeVar("T")
Scan = Callable[[bytes], Awaitable[str]]
HOME = ZoneInfo("Europe/Stockholm")


@dataclass(slots=True)
class Cache:
    """People by identity, as of one version of the directory and one day."""

    version: int = -1
    day: date | None = None
    people: dict[tuple[str, str, str], Person | None] = field(default_factory=dict)
    other: dict[object, Any] = field(default_factory=dict)  # for callers, same validity

    def check(self, version: int, day: date) -> None:
        if (version, day) != (self.version, self.day):
            self.version, self.day = version, day
            self.people.clear()
            self.other.clear()


class Session:
    """One piece of work on a connection. Implements bot.ports.Session."""

    def __init__(
        self, connection: Connection, now: datetime, cache: Cache, *, writes: bool
    ) -> None:
        self.connection = connection
        self.now = now.astimezone(UTC)
        self._cache = cache
        self._writes = writes
        self._checked = False
        self._watched: tuple[str, dict[str, str]] = ("", {})

    def query(self, query: Callable[..., T], *args: Any) -> T:
        if query in QUERIES:
            return self.cached((query, *args), lambda: query(self.connection, *args))
        return query(self.connection, *args)

    def act(self, operation: Callable[..., T], *args: Any) -> T:
        self._need_write()
        return operation(self.connection, *args)

    def cached(self, key: object, make: Callable[[], T]) -> T:
        """What `make` gives, kept until people, roles or bodies change."""
        self._check()
        if key not in self._cache.other:
            self._cache.other[key] = make()
        result: T = self._cache.other[key]
        return result

    def person(self, who: Identity) -> Person | None:
        if who.external:
            return None
        self._check()
        if who.key not in self._cache.people:
            found = people.find_person(self.connection, who.key, self._today())
            self._cache.people[who.key] = found
        return self._cache.people[who.key]

    def conversation(self, key: str) -> Conversation | None:
        found = conversations.load(self.connection, key, self.now)
        self._check(found.directory)
        return found.conversation

    def save_conversation(self, key: str, conversation: Conversation) -> None:
        self._need_write()
        conversations.save(self.connection, key, conversation, self.now)

    def addresses(self, of: Sequence[int]) -> Sequence[Place]:
        return people.addresses(self.connection, of)

    def reach(self, of: Sequence[int]) -> Sequence[Place]:
        return people.reach(self.connection, of, self._today())

    def put(
        self, where: ConversationReference, replies: Sequence[Reply], dedup: str, lang: str, *,
        person: int | None = None,
    ) -> None:  # fmt: skip
        self._need_write()
        scope = f"{where.platform}:{where.tenant}:{dedup}"
        outbox.put(self.connection, where, replies, scope, lang, self.now, person=person)

    def post(
        self, where: ConversationReference, replies: Sequence[Reply], dedup: str, lang: str, *,
        person: int | None, about: str, fold: bool = False, run_at: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> None:  # fmt: skip
        self._need_write()
        outbox.put(
            self.connection, where, replies, dedup, lang, self.now, person=person, subject=about,
            fold=fold, run_at=run_at, expires_at=expires_at,
        )  # fmt: skip

    def plan(
        self, kind: str, subject: str, at: datetime, *, key: str = "",
        values: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self._need_write()
        timers.plan(self.connection, kind, subject, at, key=key, values=values)

    def cancel(self, subject: str, kind: str | None = None) -> int:
        self._need_write()
        return timers.cancel(self.connection, subject, kind)

    def finish(self, turn: Turn) -> None:
        self._need_write()
        inbox.finish(self.connection, turn, self.now)

    def watch(self, subject: str) -> None:
        self._watched = (subject, log.snapshot(self.connection, subject))

    def audit(
        self, action: str, subject: str, person: Person | None, detail: Mapping[str, str]
    ) -> None:
        self._need_write()
        watched, before = self._watched
        if subject and subject == watched:
            detail = {**log.changed(before, log.snapshot(self.connection, subject)), **detail}
        records.audit(
            self.connection, self.now, action, subject, person.id if person else None, detail
        )

    def miss(self, lang: str, best: str) -> None:
        self._need_write()
        records.miss(self.connection, self._today(), lang, best)

    def _need_write(self) -> None:
        if not self._writes:
            raise NeedsWrite

    def _check(self, version: int | None = None) -> None:
        if not self._checked:
            version = people.directory_version(self.connection) if version is None else version
            self._cache.check(version, self._today())
            self._checked = True

    def _today(self) -> date:
        return self.now.astimezone(HOME).date()


class SqlStore:
    """Implements bot.ports.Store, and what the desk needs for inbox and outbox."""

    def __init__(self, database: Database, clock: Clock, sender: Sender | None = None) -> None:
        self.database = database
        self.sender = sender or Sender(secrets.token_hex(8))
        self.scan: Scan | None = None  # names what is wrong with a file, "" for nothing
        self._clock = clock
        self._cache = Cache()
        self._places: dict[tuple[str, ...], ConversationReference] = {}

    async def read(self, work: Callable[[SessionPort], T]) -> T:
        now = self._clock.now()
        return await self.database.read(
            lambda connection: work(Session(connection, now, self._cache, writes=False))
        )

    async def write(self, work: Callable[[SessionPort], T], *, urgent: bool = True) -> T:
        """In a transaction nothing is taken from the cache: what it decides must be true now."""
        now = self._clock.now()
        return await self.database.write(
            lambda connection: work(Session(connection, now, Cache(), writes=True)), urgent=urgent
        )

    async def receive(self, turn: Turn) -> bool:
        now = self._clock.now()
        place = self._new_place(turn)

        def work(connection: Connection) -> bool:
            if place:
                addresses.remember(connection, turn, now)
            return inbox.receive(connection, turn, now)

        fresh = await self.database.write(work)
        if place:
            self._places[place] = turn.where
        return fresh

    async def keep_file(self, who: Identity, name: str, data: bytes) -> FileHandle:
        problem = await self.scan(data) if self.scan is not None and data else ""
        if problem:
            examined = files.Examined(clean_name(name), "", (), problem)
        else:
            examined = await asyncio.to_thread(files.examine, data, name)
        now = self._clock.now()

        def work(connection: Connection) -> FileHandle:
            person = people.find_person(connection, who.key, now.astimezone(HOME).date())
            if person is None:
                return FileHandle(0, name, "", len(data), "", "unreachable")
            return files.put(connection, person.id, data, examined, now)

        return await self.database.write(work)

    async def kept_file(self, who: Identity, number: int) -> FileHandle:
        today = self._clock.now().astimezone(HOME).date()

        def work(connection: Connection) -> FileHandle:
            person = people.find_person(connection, who.key, today)
            found = files.loose(connection, person.id, number) if person else None
            return found or FileHandle(0, "", "", 0, "", "gone")

        return await self.database.read(work)

    async def open_turns(self, older_than: timedelta = timedelta()) -> list[Turn]:
        before = self._clock.now() - older_than
        return await self.database.write(lambda c: inbox.open_turns(c, before))

    async def fire(self, run: Fire) -> int:
        """Run what is due until nothing is; nothing is written when nothing is due."""
        now = self._clock.now()

        def look(connection: Connection) -> bool:
            due = timers.next_due(connection)
            return due is not None and due <= now

        def work(connection: Connection) -> int:
            return timers.fire(connection, now, on)

        def on(connection: Connection, timer: Timer) -> None:
            run(Session(connection, now, Cache(), writes=True), timer)

        ran = 0
        while await self.database.read(look):
            found = await self.database.write(work)
            if not found:
                break
            ran += found
        return ran

    async def next_due(self) -> datetime | None:
        def look(connection: Connection) -> datetime | None:
            found = (timers.next_due(connection), outbox.next_due(connection))
            return min((each for each in found if each is not None), default=None)

        return await self.database.read(look)

    def on_wake(self, call: Callable[[], None]) -> None:
        """Have `call` called, in this event loop, when there may be something to send."""
        self.database.on_wake(call)

    async def exchange(
        self, results: Sequence[Result], limit: int, fold: Fold, reseal: Reseal
    ) -> Sequence[Letter]:
        """Nothing is written when there is no result and nothing is due."""
        now = self._clock.now()
        if not results and not (limit and await self.database.read(lambda c: _due(c, now))):
            return []

        def work(connection: Connection) -> list[Letter]:
            today = now.astimezone(HOME).date()
            settle(connection, results, now, today, reseal)
            return outbox.claim(connection, now, self.sender, limit, fold) if limit else []

        return await self.database.write(work)

    async def address_refused(self, where: ConversationReference, reason: str) -> None:
        """The platform said that nothing can be sent there."""
        del reason
        now = self._clock.now()
        self._places = {key: ref for key, ref in self._places.items() if ref != where}
        await self.database.write(lambda c: addresses.dead(c, where, now))

    async def resume(self, where: ConversationReference) -> None:
        """The bot was let in again: what waits for this tenant may go."""
        now = self._clock.now()
        await self.database.write(lambda c: outbox.resume(c, where, now))

    async def forget_address(self, turn: Turn) -> None:
        now = self._clock.now()
        tenant_wide = isinstance(turn.what, Left) and turn.what.tenant_wide
        self._places.clear()
        await self.database.write(
            lambda c: addresses.dead(c, turn.where, now, tenant_wide=tenant_wide)
        )

    async def purge(self) -> None:
        """Forget what is past its time: conversations, delivery ids, sign-in links."""
        now = self._clock.now()

        def work(connection: Connection) -> None:
            conversations.forget(connection, now)
            inbox.forget(connection, now)
            signin.forget(connection, now)
            files.forget(connection, now)
            lanes.forget(connection, now - timedelta(days=1))
            letters.forget(connection, now)
            timers.forget(connection, now - timedelta(days=400))

        await self.database.write(work)

    def _new_place(self, turn: Turn) -> tuple[str, ...] | None:
        """The key of an address that is new or has changed since this process last saw it."""
        where = turn.where
        key = (*turn.who.key, where.conversation)
        known = self._places.get(key)
        if isinstance(turn.what, Left) or addresses.same_place(known, where):
            return None
        return key


def _due(connection: Connection, now: datetime) -> bool:
    found = outbox.next_due(connection)
    return found is not None and found <= now
