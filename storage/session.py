"""Where and when work on the database runs: SQLite with one writer, or PostgreSQL.

Work is a plain function of a `sqlalchemy.Connection`. On SQLite short reads run at once in the
event loop's thread, as a thread would cost more than they do; writes go one after another through
one thread, which commits whatever waits in one go. On PostgreSQL each work is one transaction.
"""

from __future__ import annotations

import asyncio
import queue
import random
import sqlite3
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlsplit

from sqlalchemy import Connection, Engine, StaticPool, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError

from storage.ready import driver
from storage.wake import listen, taken

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

T = TypeVar("T")
Work = Callable[[Connection], T]

TRIES = 5  # of work that met a lock, a deadlock or a lost connection
BATCH = 64  # works that share one commit
BUSY = 5000  # ms that SQLite waits for another process
PATIENCE = 0.005  # seconds that a write which is not urgent waits for others


class DatabaseAway(Exception):
    """The database cannot be used now: what was asked is kept and tried again later."""

    outage = True


class Database(Protocol):
    dialect: str

    async def read(self, work: Work[T]) -> T: ...
    async def write(self, work: Work[T], *, urgent: bool = True) -> T: ...
    def on_wake(self, call: Callable[[], None]) -> None:
        """Have `call` called in this event loop when a commit has woken the senders."""
        ...

    async def close(self) -> None: ...


def upsert(connection: Connection) -> Callable[[Table], Any]:
    """The dialect's own insert, which knows ON CONFLICT."""
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert


def open_database(url: str) -> Database:
    """`sqlite:///file`, `sqlite://` (in memory) or `postgresql://user@host/name`.

    Raise ValueError for any other address; its message never shows the address, as it may hold a
    password.
    """
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return SqliteDatabase(url.removeprefix("sqlite://").removeprefix("/"))
    if scheme in {"postgresql", "postgres"}:
        return PostgresDatabase("postgresql+asyncpg://" + url.split("://", 1)[1])
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql://")


@dataclass(slots=True)
class _Job:
    work: Work[Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    urgent: bool
    result: Any = None
    wakes: bool = False
    error: BaseException | None = None


class SqliteDatabase:
    dialect = "sqlite"

    def __init__(self, path: str) -> None:
        """An empty path is a database in memory, which ends with `close`."""
        self.path = path
        self._engine = _sqlite_engine(path)
        self._writer = self._engine.connect()
        self._reader = self._writer if not path else self._engine.connect()
        if path:
            self._reader.exec_driver_sql("PRAGMA query_only=1")
        self._writes: sqlite3.Connection = driver(self._writer)
        self._reads: sqlite3.Connection = driver(self._reader)
        self._queue = asyncio.Lock()
        self._one = threading.RLock()  # an in-memory database has one connection for both
        self._call: Callable[[], None] | None = None
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def read(self, work: Work[T]) -> T:
        async with self._queue:
            try:
                return self._read(work)
            finally:
                await asyncio.sleep(0)  # one in each round of the loop, so that none holds it long

    def _read(self, work: Work[T]) -> T:
        if not self.path:
            with self._one:
                return work(self._reader)
        self._reads.execute("BEGIN")
        try:
            return work(self._reader)
        finally:
            self._reads.execute("ROLLBACK")

    async def write(self, work: Work[T], *, urgent: bool = True) -> T:
        loop = asyncio.get_running_loop()
        job = _Job(work, loop, loop.create_future(), urgent=urgent)
        self._jobs.put(job)
        result: T = await asyncio.shield(job.future)
        return result

    def on_wake(self, call: Callable[[], None]) -> None:
        self._call = call

    async def close(self) -> None:
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)
        for connection in {self._reader, self._writer}:
            connection.close()
        self._engine.dispose()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch = self._batch(job)
            with self._one:
                self._commit(batch)
            wakes = any(job.wakes and job.error is None for job in batch)
            _resolve(batch, self._call if wakes else None)

    def _batch(self, first: _Job) -> list[_Job]:
        """All that waits. What is not urgent waits a moment for company, to share its commit."""
        batch = [first]
        urgent = first.urgent or not self.path
        with suppress(queue.Empty):
            while len(batch) < BATCH:
                job = self._jobs.get_nowait() if urgent else self._jobs.get(timeout=PATIENCE)
                if job is None:
                    self._jobs.put(None)
                    break
                batch.append(job)
                urgent = urgent or job.urgent
        return batch

    def _commit(self, batch: list[_Job]) -> None:
        try:
            _begin(self._writes)
            for job in batch:
                self._carry_out(job)
            self._writes.execute("COMMIT")
            self._scrub()
        except (DBAPIError, sqlite3.Error) as error:
            with suppress(sqlite3.Error):
                self._writes.execute("ROLLBACK")
            for job in batch:
                job.error = _away(job.error if isinstance(job.error, Exception) else error)

    def _scrub(self) -> None:
        """What was erased must leave the log of changes, too: done again until no reader is in the way."""
        if self._writer.info.get("scrub"):
            row = self._writes.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._writer.info["scrub"] = row[0] != 0

    def _carry_out(self, job: _Job) -> None:
        self._writes.execute("SAVEPOINT work")
        taken(self._writer)
        try:
            job.result = job.work(self._writer)
            job.wakes = taken(self._writer)
        except BaseException as error:
            job.error = error
            if not self._writes.in_transaction:  # SQLite has rolled all of it back: a full disk
                raise
            self._writes.execute("ROLLBACK TO work")
        self._writes.execute("RELEASE work")


def _begin(writes: sqlite3.Connection) -> None:
    for attempt in range(TRIES):
        try:
            writes.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            if attempt == TRIES - 1:
                raise
            threading.Event().wait(random.uniform(0.01, 0.1) * 2**attempt)  # noqa: S311
        else:
            return


def _resolve(batch: list[_Job], call: Callable[[], None] | None) -> None:
    def settle() -> None:
        if call is not None:
            call()
        for job in batch:
            if job.future.done():
                continue
            if job.error is not None:
                job.future.set_exception(job.error)
            else:
                job.future.set_result(job.result)

    with suppress(RuntimeError):  # the loop has ended: nobody waits any more
        batch[0].loop.call_soon_threadsafe(settle)


def _away(error: Exception) -> Exception:
    if isinstance(error, OperationalError | sqlite3.OperationalError):
        return DatabaseAway(str(getattr(error, "orig", error)))
    return error


def _sqlite_engine(path: str) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}" if path else "sqlite://",
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,  # they hold what people wrote
        connect_args={"check_same_thread": False, "timeout": BUSY / 1000},
        **({} if path else {"poolclass": StaticPool}),
    )

    def prepare(connection: sqlite3.Connection, _: object) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=1",
            "secure_delete=1",
            "wal_autocheckpoint=4000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", prepare)
    return engine


class PostgresDatabase:
    dialect = "postgresql"

    def __init__(self, url: str) -> None:
        from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - heavy

        self._engine: AsyncEngine = create_async_engine(
            url, pool_size=10, max_overflow=10, hide_parameters=True
        )
        self._url = url
        self._ear: asyncio.Task[None] | None = None

    async def read(self, work: Work[T]) -> T:
        """One consistent snapshot, which cannot be written to."""

        async def once() -> T:
            async with self._engine.connect() as plain:
                connection = await plain.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
                async with connection.begin():
                    return await connection.run_sync(work)

        return await _again(once)

    async def write(self, work: Work[T], *, urgent: bool = True) -> T:
        del urgent  # every process has its own commits here

        async def once() -> T:
            async with self._engine.begin() as connection:
                await connection.run_sync(taken)
                return await connection.run_sync(work)

        return await _again(once)

    def on_wake(self, call: Callable[[], None]) -> None:
        """Also when another process has woken the senders."""
        self._ear = asyncio.create_task(listen(self._url, call))

    async def close(self) -> None:
        if self._ear is not None:
            self._ear.cancel()
            await asyncio.gather(self._ear, return_exceptions=True)
        await self._engine.dispose()


_REPEATABLE = {"40001", "40P01", "55P03", "57P01"}  # serialization, deadlock, lock, shutdown


async def _again(once: Callable[[], Awaitable[T]]) -> T:
    for attempt in range(TRIES):
        try:
            return await once()
        except (DBAPIError, OSError) as error:
            lost = isinstance(error, OSError) or error.connection_invalidated
            state = getattr(getattr(error, "orig", None), "sqlstate", None)
            if not lost and state not in _REPEATABLE:
                raise
            if attempt == TRIES - 1:
                raise DatabaseAway("PostgreSQL does not answer") from error
            await asyncio.sleep(random.uniform(0.01, 0.1) * 2**attempt)  # noqa: S311
    raise DatabaseAway("PostgreSQL does not answer")
