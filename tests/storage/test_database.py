"""What every database must hold: the same tests on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, insert, select

from adapters.core import SetClock
from bot.errors import StaleState
from bot.journal import Conversation, Run
from bot.ports import NeedsWrite
from bot.reply import Button, Card, Fact, File
from bot.turn import ConversationReference, Identity, Said, Turn
from storage import demo, migrations, wire
from storage.session import Database, DatabaseAway, open_database
from storage.store import SqlStore
from storage.tables import counter, metadata
from tests.databases import count

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
WHO = Identity("teams", "tenant", "bo", "Bo")
WHERE = ConversationReference("teams", "tenant", "a:1", extra={"service_url": "https://x.example"})


def turn(number: str = "1", words: str = "hej") -> Turn:
    return Turn(number, Said(words), WHO, WHERE, NOW)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def store(database: Database, clock: SetClock) -> SqlStore:
    return SqlStore(database, clock)


async def test_migrations_lead_to_exactly_the_tables(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": False, "include_name": migrations.kept_by_metadata}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))

    assert await database.read(differences) == []


async def test_a_newer_database_is_refused(database: Database) -> None:
    await database.write(lambda c: c.exec_driver_sql("update alembic_version set version_num='9'"))

    with pytest.raises(migrations.NewerDatabase):
        await database.write(migrations.upgrade)


async def test_sixty_writers_at_once_are_all_kept(database: Database) -> None:
    def write(number: int):
        return lambda c: c.execute(insert(counter).values(name=f"n{number}", value=number))

    await asyncio.gather(*(database.write(write(number)) for number in range(60)))

    assert await database.read(lambda c: count(c, "counter")) == 60


async def test_one_work_that_fails_takes_no_other_with_it(database: Database) -> None:
    def good(number: int):
        return lambda c: c.execute(insert(counter).values(name=f"g{number}", value=1))

    def bad(connection: Connection) -> None:
        connection.execute(insert(counter).values(name="bad", value=1))
        raise LookupError

    results = await asyncio.gather(
        *(database.write(good(n)) for n in range(5)), database.write(bad),
        *(database.write(good(n)) for n in range(5, 10)), return_exceptions=True,
    )  # fmt: skip

    assert [type(each) for each in results if isinstance(each, Exception)] == [LookupError]
    names = await database.read(lambda c: set(c.execute(select(counter.c.name)).scalars()))
    assert names == {f"g{n}" for n in range(10)}


async def test_a_repeated_delivery_is_one_turn(store: SqlStore) -> None:
    fresh = await asyncio.gather(*(store.receive(turn()) for _ in range(8)))

    assert sorted(fresh) == [False] * 7 + [True]


async def test_a_turn_left_by_a_crash_comes_back_until_it_is_done(store: SqlStore) -> None:
    await store.receive(turn())

    assert await store.open_turns() == [turn()]
    await store.write(lambda s: s.finish(turn()))
    assert await store.open_turns() == []
    assert not await store.receive(turn())


async def test_a_poisoned_turn_is_parked_after_five_tries(store: SqlStore) -> None:
    await store.receive(turn())

    tries = [len(await store.open_turns()) for _ in range(6)]

    assert tries == [1, 1, 1, 1, 1, 0]


async def test_a_done_turn_keeps_its_id_but_not_its_words(store: SqlStore) -> None:
    await store.receive(turn(words="hemligheten är 7Q"))
    await store.write(lambda s: s.finish(turn()))

    kept = await store.database.read(
        lambda c: str(c.exec_driver_sql("select turn from inbox").all())
    )
    assert "7Q" not in kept


async def test_a_look_may_not_change_anything(store: SqlStore) -> None:
    with pytest.raises(NeedsWrite):
        await store.read(lambda s: s.finish(turn()))


async def test_a_conversation_is_saved_once_per_version(store: SqlStore) -> None:
    state = Conversation(runs=(Run("r", "d", {}, {"ask:x": 1}, "ask:y", "text"),))
    await store.write(lambda s: s.save_conversation("k", state))
    kept = await store.read(lambda s: s.conversation("k"))

    assert kept is not None
    assert kept.runs == state.runs
    await store.write(lambda s: s.save_conversation("k", kept))
    with pytest.raises(StaleState):
        await store.write(lambda s: s.save_conversation("k", kept))


async def test_a_conversation_is_forgotten_after_a_day(store: SqlStore, clock: SetClock) -> None:
    await store.write(lambda s: s.save_conversation("k", Conversation(last={"intent": "x"})))
    clock.at = NOW + timedelta(hours=24, seconds=1)

    kept = await store.read(lambda s: s.conversation("k"))

    assert kept is not None
    assert kept.empty
    await store.purge()
    assert await store.read(lambda s: s.conversation("k")) is None


async def test_the_demo_fits_every_database(database: Database) -> None:
    await database.write(demo.fill)

    assert await database.read(lambda c: count(c, "meeting")) > 40


def test_replies_and_turns_survive_as_json() -> None:
    card = Card("t", "x", (Fact("a", "b"),), None, (Button("l", "a", {"n": 1}, "r"),), "person")
    for each in (turn(), card, File("a.ics", b"\x00\xff", "text/calendar", "t")):
        assert wire.from_json(wire.to_json(each)) == each


async def test_an_error_of_the_database_never_shows_what_was_written(database: Database) -> None:
    def twice(connection: Connection) -> None:
        for _ in range(2):
            connection.execute(insert(counter).values(name="HEMLIGT", value=1))

    with pytest.raises(Exception) as caught:
        await database.write(twice)

    assert "HEMLIGT" not in str(caught.value).split("DETAIL")[0]


async def test_a_full_disk_is_an_outage_and_passes(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'full.sqlite'}")
    try:
        await database.write(migrations.upgrade)
        pages = await database.read(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar_one())
        database._writes.execute(f"PRAGMA max_page_count={pages}")

        def much(connection: Connection) -> None:
            for number in range(5000):
                connection.execute(insert(counter).values(name=f"n{number}", value=number))

        with pytest.raises(DatabaseAway, match="full"):
            await database.write(much)
        database._writes.execute(f"PRAGMA max_page_count={pages * 100}")
        await database.write(much)
        assert await database.read(lambda c: count(c, "counter")) >= 5000
    finally:
        await database.close()
