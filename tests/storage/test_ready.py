"""Ready statements: the same rows on every database, and few of them in a turn."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, select, update

from storage.ready import Ready
from storage.session import Database, open_database
from storage.tables import conversation
from tests.benchmarks import crowd
from tests.benchmarks.statements import Bench, bench
from tests.storage import world

MOMENT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
KEEP = Ready(
    insert(conversation).values(
        key=bindparam("of_key"), state=bindparam("content"), at=bindparam("now"), version=1
    )
)
TOUCH = Ready(
    update(conversation).where(conversation.c.key == bindparam("of_key")).values(version=2)
)
FIND = Ready(
    select(conversation.c.state, conversation.c.at.label("moment"), conversation.c.version).where(
        conversation.c.key == bindparam("of_key")
    )
)


async def test_values_go_in_and_come_out_as_sqlalchemy_would_take_them(database: Database) -> None:
    content = {"words": ["åäö"], "none": None}
    await database.write(lambda c: KEEP.run(c, of_key="k", content=content, now=MOMENT))

    row = await database.read(lambda c: FIND.first(c, of_key="k"))

    assert (row.state, row.moment, row.version) == (content, MOMENT, 1)


async def test_it_says_how_many_rows_were_written(database: Database) -> None:
    await database.write(lambda c: KEEP.run(c, of_key="k", content={}, now=MOMENT))

    assert await database.write(lambda c: TOUCH.run(c, of_key="k")) == 1
    assert await database.write(lambda c: TOUCH.run(c, of_key="another")) == 0
    assert (await database.read(lambda c: FIND.first(c, of_key="k"))).version == 2
    assert await database.read(lambda c: FIND.first(c, of_key="another")) is None


async def test_a_value_that_is_missing_is_an_error(database: Database) -> None:
    with pytest.raises(Exception, match="of_key"):
        await database.read(FIND.all)


async def test_what_ready_statements_change_is_undone_with_the_rest(database: Database) -> None:
    def work(connection: object) -> None:
        KEEP.run(connection, of_key="k", content={}, now=MOMENT)  # type: ignore[arg-type]
        raise ValueError

    with pytest.raises(ValueError):
        await database.write(work)

    assert await database.read(lambda c: FIND.first(c, of_key="k")) is None


async def test_a_write_that_is_not_urgent_is_committed_all_the_same(database: Database) -> None:
    await database.write(lambda c: KEEP.run(c, of_key="k", content={}, now=MOMENT), urgent=False)

    assert (await database.read(lambda c: FIND.first(c, of_key="k"))).version == 1


@pytest.fixture
async def there(tmp_path: Path):
    file = tmp_path / "crowd.sqlite"
    await crowd.make(file)
    async with bench(file) as made:
        yield made


async def test_a_question_about_the_next_meeting_costs_six_statements(there: Bench) -> None:
    """Into the inbox; conversation with version, meeting, own answer with agenda; kept, done."""
    await there.statements(there.turn("nästa möte?"))
    await there.statements(there.turn("när är nästa nätverksträff?"))
    await there.statements(there.turn("nästa möte?"))

    made, begun = await there.statements(there.turn("när är nästa nätverksträff?"))

    assert [each.split()[0] for each in made] == [
        "INSERT", "SELECT", "SELECT", "SELECT", "UPDATE", "UPDATE",
    ], made  # fmt: skip
    assert begun == 3


async def test_who_somebody_is_counts_anew_when_the_directory_changes(there: Bench) -> None:
    from storage.people import set_language

    first = await there.carry_out(there.turn("när är nästa möte?"))
    await there.database.write(lambda c: set_language(c, world.someone(c, "Person 0000").id, "en"))

    second = await there.carry_out(there.turn("när är nästa möte?"))

    assert (first.lang, second.lang) == ("sv", "en")


async def test_reads_that_come_together_leave_room_between_them(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'test.sqlite'}")
    order: list[str] = []

    async def others() -> None:
        while order.count("read") < 5:
            order.append("other")
            await asyncio.sleep(0)

    await asyncio.gather(
        *(database.read(lambda _: order.append("read")) for _ in range(5)), others()
    )
    await database.close()

    assert ("read", "read") not in set(zip(order, order[1:], strict=False))
