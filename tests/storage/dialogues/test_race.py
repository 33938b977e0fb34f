"""The last seat, asked for by fifty at once: one gets it, the others wait in distinct places."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select, update

from storage import dialogues, migrations
from storage.dialogues import Wish
from storage.session import Database, open_database
from storage.tables import dialogue_session, seat
from tests.storage.dialogues.place import AT, Hall, figures, make

FIFTY = 50


async def all_at_once(databases: list[Database], hall: Hall) -> list[tuple[str, int]]:
    """Everybody asks for the first session at the same moment, spread over the databases."""

    def ask(who: int) -> Callable[[Connection], tuple[str, int]]:
        def work(connection: Connection) -> tuple[str, int]:
            wish = Wish((hall.sessions[0],))
            result = dialogues.register(connection, hall.people[who], hall.number, wish, AT)
            return result["sessions"][0][1], result["sessions"][0][2]

        return work

    return await asyncio.gather(
        *(databases[who % len(databases)].write(ask(who)) for who in range(len(hall.people)))
    )


async def test_one_gets_the_last_seat_and_49_wait_in_distinct_places(database: Database) -> None:
    hall = await database.write(lambda c: make(c, FIFTY, 1))

    got = await all_at_once([database], hall)

    assert got.count(("registered", 1)) == 1
    assert sorted(number for state, number in got if state == "waiting") == list(range(1, FIFTY))
    assert await database.read(lambda c: figures(c, hall)) == (1, 49)


async def test_two_sessions_asked_for_in_either_order_do_not_block_each_other(
    database: Database,
) -> None:
    hall = await database.write(lambda c: make(c, 40, 10, 10))

    def ask(who: int) -> Callable[[Connection], object]:
        sessions = hall.sessions if who % 2 else hall.sessions[::-1]
        together = who % 3 == 0
        return lambda c: dialogues.register(
            c, hall.people[who], hall.number, Wish(sessions, together=together), AT
        )

    await asyncio.gather(*(database.write(ask(who)) for who in range(40)))

    for session in (0, 1):
        taken, waiting = await database.read(lambda c, s=session: figures(c, hall, s))
        assert (taken, waiting) == (10, 30)


async def test_the_same_person_twice_at_once_is_registered_once(database: Database) -> None:
    hall = await database.write(lambda c: make(c, 1, 5))
    wish = Wish((hall.sessions[0],))

    await asyncio.gather(
        *(database.write(lambda c: dialogues.register(c, hall.people[0], hall.number, wish, AT))
          for _ in range(20))
    )  # fmt: skip

    assert await database.read(lambda c: figures(c, hall)) == (1, 0)


async def test_without_the_lock_the_same_race_oversells(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looks first and writes later, as most programs do: it shows that the race above is one."""
    hall = await database.write(lambda c: make(c, FIFTY, 1))
    row = dialogue_session.c.id == hall.sessions[0]

    def trusting(connection: Connection, session: int) -> int:
        connection.execute(update(dialogue_session).where(row).values(taken=1))
        return 1

    monkeypatch.setattr(sys.modules["storage.dialogues.register"], "take", trusting)
    look = select(dialogue_session.c.taken).where(row)

    async def ask(who: int) -> None:
        taken = await database.read(lambda c: c.execute(look).scalar_one())
        await asyncio.sleep(0)
        if taken == 0:
            wish = Wish((hall.sessions[0],))
            await database.write(
                lambda c: dialogues.register(c, hall.people[who], hall.number, wish, AT)
            )

    await asyncio.gather(*(ask(who) for who in range(FIFTY)))

    seats = select(func.count()).where(seat.c.state == "registered")
    assert await database.read(lambda c: c.execute(seats).scalar_one()) > 1


PROCESS = """
import asyncio, sys
from storage.session import open_database
from storage import dialogues
from storage.dialogues import Wish
from bot.rules.roles import Person
from tests.storage.dialogues.place import AT

async def main(url, number, session, region, town, *people):
    database = open_database(url)
    def ask(who):
        person = Person(who, "P", region, municipality=town)
        def work(c):
            got = dialogues.register(c, person, number, Wish((session,)), AT)
            return tuple(got["sessions"][0][1:3])
        return work
    print("ready", flush=True)
    sys.stdin.readline()
    got = await asyncio.gather(*(database.write(ask(each)) for each in people))
    await database.close()
    print(";".join(f"{state},{place}" for state, place in got), flush=True)

asyncio.run(main(sys.argv[1], *map(int, sys.argv[2:])))
"""


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_three_processes_share_the_last_seat(database: Database) -> None:
    hall = await database.write(lambda c: make(c, 48, 1))
    url = database._engine.url.render_as_string(hide_password=False)  # type: ignore[attr-defined]
    url = url.replace("postgresql+asyncpg", "postgresql")
    first = hall.people[0]
    common = [url, hall.number, hall.sessions[0], first.region, first.municipality]
    workers = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROCESS,
            *map(str, [*common, *(each.id for each in hall.people[n::3])]),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            cwd=Path(__file__).parents[3],
        )
        for n in range(3)
    ]  # fmt: skip
    for each in workers:
        assert each.stdout is not None
        assert await each.stdout.readline() == b"ready\n"
    said = await asyncio.gather(*(each.communicate(b"go\n") for each in workers))
    got = [part.split(",") for out, _ in said for part in out.decode().strip().split(";")]

    assert [state for state, _ in got].count("registered") == 1
    assert sorted(int(n) for state, n in got if state == "waiting") == list(range(1, 48))
    assert await database.read(lambda c: figures(c, hall)) == (1, 47)


async def test_two_processes_share_one_sqlite_file(tmp_path: Path) -> None:
    """Two writers on one file, as in a rolling restart."""
    url = f"sqlite:///{tmp_path / 'shared.sqlite'}"
    databases = [open_database(url), open_database(url)]
    await databases[0].write(migrations.upgrade)
    hall = await databases[0].write(lambda c: make(c, FIFTY, 1))

    got = await all_at_once(databases, hall)

    assert got.count(("registered", 1)) == 1
    assert sorted(number for state, number in got if state == "waiting") == list(range(1, FIFTY))
    for each in databases:
        await each.close()
