"""What is kept of a person, how it goes, and that it is gone from the database's own bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select, update

from bot.errors import Refused
from bot.rules.roles import Person
from bot.turn import ConversationReference, Identity, Joined, Turn
from storage import (
    addresses,
    backup,
    demo,
    dialogues,
    feeds,
    files,
    migrations,
    privacy,
    signin,
    timers,
)
from storage.dialogues import Wish
from storage.people import find_person, named, person_by_id
from storage.privacy.places import PLACES, PLAIN
from storage.session import Database, SqliteDatabase, open_database
from storage.tables import (
    audit,
    dialogue,
    identity,
    meeting,
    metadata,
    need,
    outbox,
    person,
    region,
    registration,
    seat,
)
from storage.tables.privacy import retention

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
TODAY = AT.date()
NAME, MAIL, DIET, USER = "Canaria Quorn-Zyx", "canaria-7q@zyx.example", "jordnöt-7Q", "U-CANARY-7Q"
OURS = (
    select(dialogue.c.id)
    .join(region, region.c.id == dialogue.c.region_id)
    .where(region.c.key == "skaraborg", dialogue.c.state == "open")
)
CANARIES = (NAME, MAIL, DIET, USER, "topic-7Q", "file-7Q", "letter-7Q")


def test_every_column_stands_in_the_list_once() -> None:
    columns = {(t.name, c.name) for t in metadata.sorted_tables for c in t.columns}
    listed = [(each.table, each.column) for each in PLACES]

    assert columns - set(listed) - PLAIN == set(), "add them to storage/privacy/places.py"
    assert (set(listed) | PLAIN) - columns == set()
    assert len(listed) == len(set(listed))
    assert PLAIN.isdisjoint(listed)


def test_every_column_that_points_to_a_person_is_called_personal() -> None:
    pointing = {
        (t.name, c.name) for t in metadata.sorted_tables for c in t.columns
        if any(key.column is person.c.id for key in c.foreign_keys)
    }  # fmt: skip
    assert pointing <= {(each.table, each.column) for each in PLACES}


def fill(connection: Connection) -> int:
    """The demo, with a person of whom something stands in every kind of place."""
    demo.fill(connection)
    number = named(connection, "Bo Fiktivsson")[0]
    connection.execute(
        update(person).where(person.c.id == number).values(name=NAME, email=MAIL, title="T-7Q")
    )
    who = the(connection, number)
    connection.execute(
        insert(identity).values(
            person_id=number, platform="slack", tenant="T-7Q", user=USER, confirmed_at=AT
        )
    )
    where = ConversationReference("slack", "T-7Q", f"D{USER}")
    key = Identity("slack", "T-7Q", USER, NAME)
    addresses.remember(connection, Turn("t", Joined(), key, where, AT), AT)
    day = connection.execute(OURS).scalar_one()
    sessions = tuple(
        each.id for each in one(dialogues.dialogue_by_id(connection, who, day)).sessions
    )
    mine = dialogues.own(connection, day, number)
    wish = Wish(sessions, diet=DIET, topic="topic-7Q")
    (dialogues.change if mine else dialogues.register)(connection, who, day, wish, AT)
    feeds_and_links(connection, number)
    examined = files.Examined("file-7Q.txt", "txt", ("file-7Q",))
    files.put(connection, number, b"file-7Q", examined, AT)
    timers.plan(connection, "report-snooze", f"person:{number}", AT + timedelta(days=3))
    connection.execute(
        insert(outbox).values(
            dedup="7Q", reference={"user": USER}, reply={"text": "letter-7Q"}, language="sv",
            person_id=number, run_at=AT, made_at=AT,
        )
    )  # fmt: skip
    connection.execute(
        update(meeting)
        .where(
            meeting.c.starts.between(datetime(2027, 10, 14), datetime(2027, 10, 15)),
            meeting.c.region_id == who.region,
        )
        .values(secretary_id=number)
    )
    return number


def feeds_and_links(connection: Connection, number: int) -> None:
    feeds.create(connection, the(connection, number), None, "sv", AT)
    signin.offer(connection, number, AT)


def one(found):
    assert found is not None
    return found


def the(connection: Connection, number: int) -> Person:
    return one(person_by_id(connection, number, TODAY))


def everything(connection: Connection) -> str:
    return "\n".join(
        f"{table.name} {tuple(row)!r}"
        for table in metadata.sorted_tables
        for row in connection.execute(select(table))
    )


def erase(connection: Connection, number: int) -> None:
    privacy.erase(connection, the(connection, number), AT)


def raw(database: Database) -> bytes:
    assert isinstance(database, SqliteDatabase)
    found = [Path(f"{database.path}{tail}") for tail in ("", "-wal")]
    return b"".join(each.read_bytes() for each in found if each.exists())


@pytest.fixture
async def number(database: Database) -> int:
    return await database.write(fill)


async def test_nothing_of_an_erased_person_stands_anywhere(database: Database, number: int) -> None:
    before = await database.read(everything)
    assert all(each in before for each in CANARIES)

    await database.write(lambda c: erase(c, number))

    after = await database.read(everything)
    left = [line for line in after.splitlines() if any(each in line for each in CANARIES)]
    assert [line.split()[0] for line in left] == ["topic"]  # a wish without its person
    assert f"Person {number}" in after
    if isinstance(database, SqliteDatabase) and database.path:
        assert all(each.encode() not in raw(database) for each in CANARIES if each != "topic-7Q")


async def test_a_file_of_the_database_holds_the_words_until_they_are_erased(tmp_path: Path) -> None:
    """What the test before relies on: the same look finds them while they are there."""
    found = open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    await found.write(migrations.upgrade)
    number = await found.write(fill)
    assert all(each.encode() in raw(found) for each in (NAME, MAIL, DIET, USER))
    await found.write(lambda c: erase(c, number))
    assert not any(each.encode() in raw(found) for each in (NAME, MAIL, DIET, USER))
    await found.close()


async def test_seats_are_given_back_and_the_counts_still_agree(
    database: Database, number: int
) -> None:
    coming = await database.read(lambda c: privacy.leaving(c, the(c, number), AT))
    assert coming.registrations >= 1

    await database.write(lambda c: erase(c, number))

    def live(connection: Connection) -> int:
        rows = (
            select(seat.c.id)
            .join(registration, registration.c.id == seat.c.registration_id)
            .where(registration.c.person_id == number, seat.c.state.in_(("registered", "waiting")))
        )
        return len(connection.execute(rows).all())

    assert await database.read(live) == 0


async def test_duties_are_named_and_then_empty(database: Database, number: int) -> None:
    found = await database.read(lambda c: privacy.leaving(c, the(c, number), AT))
    secretary = [each for each in found.duties if each.kind == "secretary"]
    assert [str(each.day) for each in secretary] == ["2027-10-14"]
    assert len(found.heirs) >= 2

    await database.write(lambda c: erase(c, number))

    def secretaries(connection: Connection) -> list[int]:
        rows = connection.execute(select(meeting.c.id).where(meeting.c.secretary_id == number))
        return list(rows.scalars())

    assert await database.read(secretaries) == []


async def test_erasing_twice_changes_nothing(database: Database, number: int) -> None:
    who = await database.read(lambda c: the(c, number))
    await database.write(lambda c: privacy.erase(c, who, AT))
    before = await database.read(everything)

    await database.write(lambda c: privacy.erase(c, who, AT + timedelta(days=1)))

    assert await database.read(everything) == before
    key = ("slack", "T-7Q", USER)
    assert await database.read(lambda c: find_person(c, key, TODAY)) is None


async def test_what_is_shown_holds_every_personal_row(database: Database, number: int) -> None:
    found = await database.read(lambda c: privacy.about(c, the(c, number)))
    shown = found.content.decode()
    assert all(each in shown for each in CANARIES)
    assert "secret_hash" not in shown
    assert found.counts["diet"] == 1


async def test_another_persons_rows_are_not_shown(database: Database, number: int) -> None:
    def other(connection: Connection) -> bytes:
        lena = named(connection, "Lena Modellson")[0]
        return privacy.about(connection, the(connection, lena)).content

    shown = (await database.read(other)).decode()
    assert not any(each in shown for each in CANARIES)


async def test_who_was_erased_is_erased_again_after_a_restore(
    database: Database, number: int
) -> None:
    def begin(connection: Connection) -> None:
        privacy.begin(connection, AT)

    await database.write(begin)
    saved = io.BytesIO()
    await database.read(lambda c: backup.write(c, saved))
    await database.write(lambda c: erase(c, number))
    of, people = await database.read(privacy.erased_here)
    listed = [(of, each, at) for each, at in people.items()]
    other = open_database("sqlite://")
    await other.write(lambda c: backup.restore(c, saved))
    assert NAME in await other.read(everything)

    strange = [(of + 1, number, AT)]
    assert (await other.write(lambda c: privacy.repeat(c, strange, AT)))[0] == 0
    assert (await other.write(lambda c: privacy.repeat(c, listed, AT)))[0] == 1

    after = await other.read(everything)
    assert not any(each in after for each in CANARIES if each != "topic-7Q")
    assert (await other.write(lambda c: privacy.repeat(c, listed, AT)))[0] == 0
    await other.close()


# --- retention --------------------------------------------------------------------------------


def diets(connection: Connection) -> list[str]:
    return list(connection.execute(select(need.c.diet)).scalars())


def ends(connection: Connection) -> datetime:
    found = connection.execute(OURS.with_only_columns(dialogue.c.ends)).scalar_one()
    return found.replace(tzinfo=UTC)  # an hour before the wall's: never too early


async def run(database: Database, at: datetime, *, dry: bool = False) -> dict[tuple[str, str], int]:
    work = privacy.run if dry else privacy.run_and_log
    done = await database.write(lambda c: work(c, at, **({"dry": True} if dry else {})))
    return {(each.region, each.of.value): each.count for each in done}


async def test_diet_goes_fourteen_days_after_the_event_and_not_before(
    database: Database, number: int
) -> None:
    day = await database.read(ends)
    await run(database, day + timedelta(days=13, hours=22))
    assert DIET in await database.read(diets)

    found = await run(database, day + timedelta(days=14, hours=1))

    assert found["Skaraborg", "diet"] >= 1
    assert DIET not in await database.read(diets)
    if isinstance(database, SqliteDatabase) and database.path:
        assert DIET.encode() not in raw(database)


async def test_diet_that_a_backup_brings_back_goes_at_once(database: Database, number: int) -> None:
    saved = io.BytesIO()
    await database.read(lambda c: backup.write(c, saved))
    later = await database.read(ends) + timedelta(days=15)
    other = open_database("sqlite://")
    await other.write(lambda c: backup.restore(c, saved))
    assert DIET in await other.read(diets)

    await other.write(lambda c: privacy.repeat(c, [], later))

    assert DIET not in await other.read(diets)
    await other.close()


async def test_a_dry_run_counts_the_same_and_changes_nothing(
    database: Database, number: int
) -> None:
    later = await database.read(ends) + timedelta(days=400)
    before = await database.read(everything)

    dry = await run(database, later, dry=True)

    assert await database.read(everything) == before
    assert dry["Skaraborg", "diet"] >= 1
    assert (await run(database, later))["Skaraborg", "diet"] == dry["Skaraborg", "diet"]


def registrations(connection: Connection) -> int:
    return len(connection.execute(select(registration.c.id)).all())


async def test_records_stay_without_a_decision_and_the_log_says_so(
    database: Database, number: int
) -> None:
    before = await database.read(registrations)
    later = await database.read(ends) + timedelta(days=4000)

    found = await run(database, later)

    assert found["Skaraborg", "participants"] > 0
    assert await database.read(registrations) == before
    lines = await database.read(lambda c: c.execute(select(audit.c.action, audit.c.detail)).all())
    waits = [each.detail for each in lines if each.action == "retention-waits"]
    assert {each["region"] for each in waits} >= {"Skaraborg", "Stockholms län"}


async def test_a_decision_holds_for_its_own_region_and_its_reference_is_the_proof(
    database: Database, number: int
) -> None:
    later = await database.read(ends) + timedelta(days=400)

    def admin(connection: Connection) -> None:
        vide = the(connection, named(connection, "Vide Hittepåberg")[0])
        privacy.decide(connection, vide, "participants", 365, "Dnr 2026-14", AT)

    await database.write(admin)
    before = await database.read(registrations)
    await run(database, later)

    def regions(connection: Connection) -> set[int]:
        rows = (
            select(dialogue.c.region_id)
            .join(registration, registration.c.dialogue_id == dialogue.c.id)
            .where(dialogue.c.ends < datetime(2027, 3, 1))
        )
        return set(connection.execute(rows).scalars())

    home = await database.read(lambda c: the(c, number).region)
    assert home not in await database.read(regions)
    assert 0 < await database.read(registrations) < before
    lines = await database.read(lambda c: c.execute(select(audit.c.action, audit.c.detail)).all())
    done = [each.detail for each in lines if each.action == "retention-done"]
    assert [each["decision"] for each in done if each["class"] == "participants"] == ["Dnr 2026-14"]


def bad() -> Iterator[tuple[str, int, str]]:
    yield "participants", 29, "Dnr 1"
    yield "participants", 3651, "Dnr 1"
    yield "participants", 365, "  "
    yield "case", 365, "Dnr 1"
    yield "nonsense", 365, "Dnr 1"


@pytest.mark.parametrize(("of", "days", "reference"), list(bad()))
async def test_a_decision_that_cannot_be_is_refused(
    database: Database, number: int, of: str, days: int, reference: str
) -> None:
    def admin(connection: Connection) -> None:
        vide = the(connection, named(connection, "Vide Hittepåberg")[0])
        privacy.decide(connection, vide, of, days, reference, AT)

    with pytest.raises(Refused):
        await database.write(admin)
    assert await database.read(lambda c: c.execute(select(retention)).all()) == []


async def test_only_an_administrator_decides(database: Database, number: int) -> None:
    for name in ("Asta Fiktberg", "Eva Exempelqvist", "Farid Testmark"):

        def other(connection: Connection, name: str = name) -> None:
            who = the(connection, named(connection, name)[0])
            privacy.decide(connection, who, "participants", 365, "Dnr 1", AT)

        with pytest.raises(Refused) as refused:
            await database.write(other)
        assert refused.value.values["people"] == "Vide Hittepåberg"


async def test_nothing_younger_than_its_rule_ever_goes(database: Database, number: int) -> None:
    """Day by day over a year: at each run the newest that went is older than its class allows."""

    def admin(connection: Connection) -> None:
        vide = the(connection, named(connection, "Vide Hittepåberg")[0])
        privacy.decide(connection, vide, "participants", 100, "Dnr 2026-14", AT)

    await database.write(admin)
    day = await database.read(ends)
    seen = {}
    for days in (1, 13, 15, 99, 101):
        await run(database, day + timedelta(days=days))
        left = await database.read(
            lambda c: c.execute(
                select(registration.c.id).where(registration.c.person_id == number)
            ).all()
        )
        seen[days] = (DIET in await database.read(diets), bool(left))
    assert seen == {
        1: (True, True), 13: (True, True), 15: (False, True), 99: (False, True), 101: (False, False),
    }  # fmt: skip


async def test_it_is_planned_once_however_often_a_server_starts(database: Database) -> None:
    def begin(connection: Connection) -> int:
        privacy.begin(connection, AT)
        return privacy.number(connection)

    first = await database.write(begin)
    assert await database.write(begin) == first
    planned = await database.read(timers.upcoming)
    assert [(each.kind, each.due) for each in planned] == [
        ("retention", datetime(2026, 11, 24, 2, 30, tzinfo=UTC))
    ]
