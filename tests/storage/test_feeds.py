"""Calendar feeds on every database: who reads what, until when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from bot.errors import Refused
from bot.rules.roles import Person
from storage import bodies, demo, feeds, meetings
from storage.session import Database
from storage.tables import feed, meeting, meeting_body, meeting_day, person, role
from tests.storage.world import AT, WALL, body_id, someone


@pytest.fixture
async def filled(database: Database) -> Database:
    await database.write(demo.fill)
    return database


def open_feed(connection: Connection, name: str, body: int | None = None) -> tuple[Person, str]:
    who = someone(connection, name)
    return who, feeds.create(connection, who, body, "sv", AT)[1]


async def test_a_person_reads_the_meetings_of_all_own_bodies(filled: Database) -> None:
    def work(connection: Connection) -> tuple[set[int], set[int]]:
        who, secret = open_feed(connection, "Nora Provén")
        found = feeds.content(connection, secret, AT)
        assert found is not None
        mine = {each.id for each in bodies.of_person(connection, who)}
        return mine, {each for m in found.meetings for each in m.body_ids}

    mine, shown = await filled.write(work)
    assert len(mine) > 1
    assert shown == mine


async def test_a_feed_of_one_body_shows_that_body_alone(filled: Database) -> None:
    def work(connection: Connection) -> tuple[str, set[int], int]:
        number = body_id(connection, "Arbetsgrupp Kvalitet")
        _, secret = open_feed(connection, "Nora Provén", number)
        found = feeds.content(connection, secret, AT)
        assert found is not None
        return found.body, {each for m in found.meetings for each in m.body_ids}, number

    name, shown, number = await filled.write(work)
    assert name == "Arbetsgrupp Kvalitet"
    assert shown == {number}


async def test_nobody_gets_a_feed_of_a_body_that_is_not_theirs_to_ask_about(
    filled: Database,
) -> None:
    def work(connection: Connection) -> None:
        open_feed(connection, "Bo Fiktivsson", body_id(connection, "Styrgruppen"))

    with pytest.raises(Refused):
        await filled.write(work)


async def test_only_a_hash_of_the_secret_is_kept(filled: Database) -> None:
    def work(connection: Connection) -> tuple[str, list[object]]:
        _, secret = open_feed(connection, "Bo Fiktivsson")
        return secret, list(connection.execute(select(feed)).one())

    secret, row = await filled.write(work)
    assert len(secret) >= 43
    assert all(secret not in str(value) for value in row)


async def test_what_is_revoked_is_as_unknown_as_what_never_was(filled: Database) -> None:
    def work(connection: Connection) -> list[object]:
        bo = someone(connection, "Bo Fiktivsson")
        number, secret = feeds.create(connection, bo, None, "sv", AT)
        before = feeds.content(connection, secret, AT)
        done = [feeds.revoke(connection, bo, AT, [number]) for _ in range(2)]
        after = feeds.content(connection, secret, AT)
        return [before is not None, done, after, feeds.of_person(connection, bo),
                feeds.content(connection, "never", AT)]  # fmt: skip

    assert await filled.write(work) == [True, [1, 0], None, [], None]


async def test_nobody_revokes_another_persons_feed(filled: Database) -> None:
    def work(connection: Connection) -> tuple[int, bool]:
        bo, asta = someone(connection, "Bo Fiktivsson"), someone(connection, "Asta Fiktberg")
        number, secret = feeds.create(connection, bo, None, "sv", AT)
        done = feeds.revoke(connection, asta, AT, [number])
        return done, feeds.content(connection, secret, AT) is not None

    assert await filled.write(work) == (0, True)


async def test_who_leaves_the_service_or_the_body_reads_nothing_more(filled: Database) -> None:
    def work(connection: Connection) -> tuple[bool, bool]:
        network = body_id(connection, "Nätverket Vuxenutbildning Skaraborg")
        bo, of_body = open_feed(connection, "Bo Fiktivsson", network)
        asta, own = open_feed(connection, "Asta Fiktberg")
        yesterday = date(2026, 11, 22)
        connection.execute(update(role).where(role.c.person_id == bo.id).values(until=yesterday))
        connection.execute(update(person).where(person.c.id == asta.id).values(left_on=yesterday))
        return tuple(feeds.content(connection, each, AT) is None for each in (of_body, own))  # type: ignore[return-value]

    assert await filled.write(work) == (True, True)


async def test_a_cancelled_meeting_stays_in_the_feed_as_cancelled(filled: Database) -> None:
    def work(connection: Connection) -> tuple[bool, int, int]:
        asta, secret = open_feed(connection, "Asta Fiktberg")
        network = body_id(connection, "Nätverket Vuxenutbildning Skaraborg")
        first = meetings.next_meeting(connection, [network], WALL)
        assert first is not None
        meetings.cancel_meeting(connection, asta, first.id, AT)
        found = feeds.content(connection, secret, AT)
        assert found is not None
        shown = next(each for each in found.meetings if each.id == first.id)
        return shown.cancelled, first.sequence, shown.sequence

    cancelled, before, after = await filled.write(work)
    assert cancelled
    assert after > before


async def test_what_is_far_back_is_left_out(filled: Database) -> None:
    def work(connection: Connection) -> bool:
        who, secret = open_feed(connection, "Bo Fiktivsson")
        starts = datetime(2025, 10, 1, 9)
        number = connection.execute(
            insert(meeting)
            .values(region_id=who.region, format="place", starts=starts,
                    ends=starts + timedelta(hours=2), uid="old@x.example", changed_at=AT)
            .returning(meeting.c.id)
        ).scalar_one()  # fmt: skip
        connection.execute(
            insert(meeting_body).values(
                meeting_id=number, body_id=who.bodies[0], ends=starts + timedelta(hours=2)
            )
        )
        connection.execute(
            insert(meeting_day).values(
                meeting_id=number, number=1, starts=starts, ends=starts + timedelta(hours=2)
            )
        )
        found = feeds.content(connection, secret, AT)
        assert found is not None
        return any(each.id == number for each in found.meetings)

    assert not await filled.write(work)


@pytest.mark.parametrize("secret", ["", "x" * 101, "å\ud800", "' or 1=1 --", "%"])
async def test_strange_secrets_are_unknown(filled: Database, secret: str) -> None:
    assert await filled.read(lambda c: feeds.content(c, secret, AT)) is None
