"""Swaps of hosting on every database: who may, in which order, and what never happens."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, delete

from bot.errors import Refused
from storage import demo, meetings
from storage.session import Database
from storage.tables import host_swap
from tests.storage.world import AT, WALL, body_id, someone


@pytest.fixture
async def filled(database: Database) -> Database:
    def fill(connection: Connection) -> None:
        demo.fill(connection)
        connection.execute(delete(host_swap))

    await database.write(fill)
    return database


def on(connection: Connection, day: date) -> meetings.Meeting:
    network = body_id(connection, "Nätverket Vuxenutbildning Skaraborg")
    return next(
        each for each in meetings.upcoming(connection, [network], WALL, 50)
        if each.starts.date() == day
    )  # fmt: skip


def both(connection: Connection) -> tuple[meetings.Meeting, meetings.Meeting]:
    return on(connection, date(2027, 10, 14)), on(connection, date(2027, 11, 25))


def propose(connection: Connection, name: str = "Bo Fiktivsson") -> tuple[int, list[str]]:
    one, two = both(connection)
    number, asked = meetings.propose_swap(connection, someone(connection, name), one.id, two.id, AT)
    return number, [each for _, each in asked]


async def test_everybody_of_the_other_municipality_in_the_network_is_asked(
    filled: Database,
) -> None:
    _, asked = await filled.write(propose)
    assert asked == ["Jonas Attrapp", "Karin Demoberg"]


async def test_host_secretary_and_place_change_together_and_calendars_hear_of_it(
    filled: Database,
) -> None:
    def work(connection: Connection) -> None:
        first, second = both(connection)
        number, _ = propose(connection)
        assert both(connection) == (first, second)
        karin = someone(connection, "Karin Demoberg, Tibro")
        meetings.answer_swap(connection, karin, number, "yes", AT)
        one, two = both(connection)
        assert (one.host, one.secretary, one.place) == (second.host, second.secretary, second.place)
        assert (two.host, two.secretary, two.place) == (first.host, first.secretary, first.place)
        assert one.sequence > first.sequence
        assert two.sequence > second.sequence

    await filled.write(work)


async def test_a_no_changes_nothing(filled: Database) -> None:
    def work(connection: Connection) -> None:
        before = both(connection)
        number, _ = propose(connection)
        karin = someone(connection, "Karin Demoberg, Tibro")
        assert meetings.answer_swap(connection, karin, number, "no", AT) == [
            someone(connection, "Bo Fiktivsson").id
        ]
        assert both(connection) == before
        with pytest.raises(Refused, match="swap-answered"):
            meetings.answer_swap(connection, karin, number, "yes", AT)

    await filled.write(work)


@pytest.mark.parametrize("name", ["Bo Fiktivsson", "Asta Fiktberg", "Cilla Påhittström"])
async def test_nobody_but_the_other_host_answers(filled: Database, name: str) -> None:
    def work(connection: Connection) -> None:
        number, _ = propose(connection)
        with pytest.raises(Refused, match="swap-not-yours"):
            meetings.answer_swap(connection, someone(connection, name), number, "yes", AT)

    await filled.write(work)


async def test_nobody_but_a_host_proposes_and_only_what_is_to_come(filled: Database) -> None:
    def work(connection: Connection) -> None:
        with pytest.raises(Refused, match="swap-not-yours"):
            propose(connection, "Asta Fiktberg")
        one, two = both(connection)
        bo = someone(connection, "Bo Fiktivsson")
        with pytest.raises(Refused, match="swap-impossible"):
            meetings.propose_swap(connection, bo, one.id, one.id, AT)
        with pytest.raises(Refused, match="swap-impossible"):
            meetings.propose_swap(connection, bo, one.id, two.id, AT + timedelta(days=400))

    await filled.write(work)


async def test_somebody_of_another_region_learns_nothing_of_it(filled: Database) -> None:
    def work(connection: Connection) -> None:
        number, _ = propose(connection)
        greta = someone(connection, "Greta Demoson")
        assert meetings.swap_by_id(connection, greta, number) is None
        assert meetings.open_swaps(connection, greta) == []
        with pytest.raises(Refused, match="no-such-meeting"):
            meetings.answer_swap(connection, greta, number, "yes", AT)

    await filled.write(work)


async def test_both_sides_see_the_open_swap_until_it_is_taken_back(filled: Database) -> None:
    def work(connection: Connection) -> None:
        bo, karin = (someone(connection, n) for n in ("Bo Fiktivsson", "Karin Demoberg, Tibro"))
        number, _ = propose(connection)
        with pytest.raises(Refused, match="swap-pending"):
            propose(connection)
        for each in (bo, karin):
            assert [swap.id for swap in meetings.open_swaps(connection, each)] == [number]
        with pytest.raises(Refused, match="swap-not-yours"):
            meetings.withdraw_swap(connection, karin, number, AT)
        meetings.withdraw_swap(connection, bo, number, AT)
        assert meetings.open_swaps(connection, karin) == []
        with pytest.raises(Refused, match="swap-answered"):
            meetings.answer_swap(connection, karin, number, "yes", AT)

    await filled.write(work)


async def test_two_yes_at_the_same_time_swap_once(filled: Database) -> None:
    number, _ = await filled.write(propose)

    def yes(name: str):
        def work(connection: Connection) -> str:
            try:
                meetings.answer_swap(connection, someone(connection, name), number, "yes", AT)
            except Refused as refusal:
                return refusal.text_id
            return "done"

        return filled.write(work)

    done = await asyncio.gather(*(yes(n) for n in ("Karin Demoberg, Tibro", "Jonas Attrapp")))
    assert sorted(done) == ["done", "swap-answered"]
    assert (await filled.read(both))[0].host == "Tibro"
