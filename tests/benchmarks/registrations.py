"""What a registration costs beside a plain insert, as registrations grow, and when 300 press at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, insert

from adapters.core import SetClock, make_engine
from bot.reply import Text
from bot.testing import Chat
from bot.turn import ConversationReference, Identity
from storage import dialogues, migrations, outbox
from storage.dialogues import Wish
from storage.records import audit
from storage.session import Database, open_database
from storage.store import SqlStore
from storage.tables import counter, identity, registration, seat
from tests.storage.dialogues.place import AT, Hall, make

ROUNDS = 300
SIZES = (1_000, 10_000, 100_000)
CROWD, SEATS = 300, 60
WHERE = ConversationReference("teams", "t", "a:1")
KEY = b"a key that is only used in benchmarks"


@dataclass(frozen=True, slots=True)
class Cost:
    plain: float  # µs, median wall time of an insert with its commit
    register: float
    plain_cpu: float  # µs of this process
    register_cpu: float


def costs() -> Cost:
    """A whole registration (seat, audit, outbox) and a plain insert, one after the other, in turns."""
    with TemporaryDirectory(prefix="natverksbot-bench-") as folder:
        return asyncio.run(_costs(Path(folder) / "plain.sqlite"))


async def _costs(file: Path) -> Cost:
    database = open_database(f"sqlite:///{file}")
    await database.write(migrations.upgrade)
    hall = await database.write(lambda c: make(c, ROUNDS, ROUNDS))
    plain: list[tuple[float, float]] = []
    whole: list[tuple[float, float]] = []
    for number in range(ROUNDS):
        plain.append(await _timed(database, _insert(number)))
        whole.append(await _timed(database, _register(hall, number)))
    await database.close()
    (wall, cpu), (wall_r, cpu_r) = (
        (median(each[0] for each in some), sum(each[1] for each in some) / ROUNDS)
        for some in (plain, whole)
    )
    return Cost(wall, wall_r, cpu, cpu_r)


async def _timed(database: Database, work: Callable[[Connection], object]) -> tuple[float, float]:
    before, cpu = time.perf_counter(), time.process_time()
    await database.write(work)
    return (time.perf_counter() - before) * 1e6, (time.process_time() - cpu) * 1e6


def _insert(number: int) -> Callable[[Connection], object]:
    return lambda c: c.execute(insert(counter).values(name=f"n{number}", value=number))


def _register(hall: Hall, number: int) -> Callable[[Connection], object]:
    def work(c: Connection) -> None:
        who, wish = hall.people[number], Wish(hall.sessions)
        dialogues.register(c, who, hall.number, wish, AT)
        audit(c, AT, "register", f"dialogue:{hall.number}", who.id, {"part": "fm"})
        outbox.put(c, WHERE, [Text("Klart!")], f"t{number}", "sv", AT)

    return work


def growth() -> Iterator[tuple[int, float]]:
    """µs of CPU of a registration where so many are registered already, some of them waiting."""
    for size in SIZES:
        with TemporaryDirectory(prefix="natverksbot-bench-") as folder:
            yield size, asyncio.run(_grown(Path(folder) / "grown.sqlite", size))


async def _grown(file: Path, size: int) -> float:
    database = open_database(f"sqlite:///{file}")
    await database.write(migrations.upgrade)
    crowd = await database.write(lambda c: make(c, size, size))
    await database.write(lambda c: _filled(c, crowd))
    hall = await database.write(lambda c: make(c, 200, 200))
    found = [(await _timed(database, _register(hall, number)))[1] for number in range(200)]
    await database.close()
    return median(found)


def _filled(c: Connection, hall: Hall) -> None:
    """Everybody registered, without the rules: many at once."""
    c.execute(
        insert(registration),
        [{"dialogue_id": hall.number, "person_id": each.id, "made_by": each.id, "made_at": AT,
          "changed_at": AT} for each in hall.people],
    )  # fmt: skip
    first = c.exec_driver_sql("select min(id) from registration").scalar_one()
    c.execute(
        insert(seat),
        [{"registration_id": first + number, "session_id": hall.sessions[0],
          "state": "registered", "since": AT} for number in range(len(hall.people))],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rush:
    seconds: float  # until everybody was answered
    cpu: float  # µs of this process per press
    seated: int
    places: int  # different places in the queue
    strange: int  # answers that were neither


def rush() -> Rush:
    """300 people of both platforms confirm at once, for 60 seats, through the whole engine."""
    with TemporaryDirectory(prefix="natverksbot-bench-") as folder:
        return asyncio.run(_rush(Path(folder) / "rush.sqlite"))


async def _rush(file: Path) -> Rush:
    clock = SetClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    database = open_database(f"sqlite:///{file}")
    await database.write(migrations.upgrade)
    hall = await database.write(lambda c: make(c, CROWD, SEATS))
    await database.write(lambda c: _accounts(c, hall))
    engine = make_engine(SqlStore(database, clock), (KEY,))
    chats = [Chat(engine, clock, _who(each.id)) for each in hall.people]
    for each in chats:
        await each.say("anmäl mig till dialogen, bara förmiddagen")
    before, cpu = time.perf_counter(), time.process_time()
    answers = await asyncio.gather(*(each.press("Bekräfta") for each in chats))
    seconds, spent = time.perf_counter() - before, time.process_time() - cpu
    await database.close()
    texts = [" ".join(reply.plain for reply in each) for each in answers]
    seated = sum("Klart! Plats" in each for each in texts)
    places = {each.partition("plats ")[2].partition(" ")[0] for each in texts if " i kön" in each}
    waiting = sum(" i kön" in each for each in texts)
    return Rush(seconds, spent / CROWD * 1e6, seated, len(places), CROWD - seated - waiting)


def _who(number: int) -> Identity:
    platform = "slack" if number % 2 else "teams"
    return Identity(platform, "t", f"u{number}", f"P{number}", "sv-SE")  # type: ignore[arg-type]


def _accounts(c: Connection, hall: Hall) -> None:
    c.execute(
        insert(identity),
        [{"person_id": each.id, "platform": (who := _who(each.id)).platform,
          "tenant": who.tenant, "user": who.user, "confirmed_at": AT} for each in hall.people],
    )  # fmt: skip
