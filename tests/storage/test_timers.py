"""Rules that are looked at later, the same on every database."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, text

from adapters.core import SetClock
from bot.dialog import Teller
from bot.engine import Engine
from bot.reply import Text
from bot.seal import Seal
from bot.texts import Texts
from bot.timer import Post, Rule, Timer
from bot.turn import ConversationReference, Identity, Joined, Left, Turn
from bot.understand import Names
from storage import demo, timers
from storage.people import named
from storage.session import Database
from storage.store import SqlStore
from tests.storage.letters import claim

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def store(database: Database, clock: SetClock) -> SqlStore:
    return SqlStore(database, clock)


def engine(store: SqlStore, *rules: Rule) -> Engine:
    return Engine(
        store=store, dialogs=(), texts=Texts.of({"sv": "hej = Hej", "en": "hej = Hello"}),
        seal=Seal([b"k" * 32]), names=lambda _session, _person: Names(), rules=rules,
    )  # fmt: skip


def seen(function) -> Rule:
    return Rule("look", function, {})


async def plan(store: SqlStore, at: datetime = NOW, subject: str = "meeting:1", **more) -> None:
    await store.write(lambda s: s.plan("look", subject, at, **more))


async def upcoming(store: SqlStore, **of) -> list[Timer]:
    return await store.database.read(lambda c: timers.upcoming(c, **of))


async def letters(store: SqlStore) -> list:
    return await claim(store)


async def test_a_rule_runs_when_its_moment_has_come_and_once(
    store: SqlStore, clock: SetClock
) -> None:
    ran: list[Timer] = []
    bot = engine(store, seen(lambda post, due: ran.append(due)))
    await plan(store, NOW + timedelta(hours=1), values={"meeting": 7})

    assert await bot.fire() == 0
    clock.at = NOW + timedelta(days=2)
    assert [await bot.fire(), await bot.fire()] == [1, 0]
    expected = Timer("look", "meeting:1", "", NOW + timedelta(hours=1), {"meeting": 7})
    assert ran == [expected]


async def test_wall_time_is_kept_over_both_clock_changes(store: SqlStore) -> None:
    for wall in ("2026-10-24", "2026-10-26", "2027-03-27", "2027-03-29"):
        await plan(store, datetime.fromisoformat(f"{wall}T08:00"), key=wall)

    found = {each.key: each.due.hour for each in await upcoming(store)}

    assert found == {"2026-10-24": 6, "2026-10-26": 7, "2027-03-27": 7, "2027-03-29": 6}


@pytest.mark.parametrize(
    ("wall", "moment"),
    [("2027-03-28T02:30", "2027-03-28T01:30"), ("2027-10-31T02:30", "2027-10-31T00:30")],
)
async def test_an_hour_that_is_skipped_or_comes_twice_has_one_moment(
    store: SqlStore, wall: str, moment: str
) -> None:
    await plan(store, datetime.fromisoformat(wall))

    assert [each.due for each in await upcoming(store)] == [
        datetime.fromisoformat(moment).replace(tzinfo=UTC)
    ]


async def test_planning_again_moves_and_revives(store: SqlStore, clock: SetClock) -> None:
    ran: list[datetime] = []
    bot = engine(store, seen(lambda post, due: ran.append(due.due)))
    await plan(store, NOW + timedelta(hours=1))
    await plan(store, NOW)
    await bot.fire()
    await plan(store, NOW + timedelta(hours=2))
    clock.at = NOW + timedelta(hours=3)
    await bot.fire()

    assert ran == [NOW, NOW + timedelta(hours=2)]


async def test_a_cancelled_subject_runs_no_more(store: SqlStore) -> None:
    ran: list[Timer] = []
    bot = engine(store, seen(lambda post, due: ran.append(due)))
    await plan(store)
    await plan(store, key="b")
    await plan(store, subject="meeting:2")

    assert await store.write(lambda s: s.cancel("meeting:1", "other")) == 0
    assert await store.write(lambda s: s.cancel("meeting:1")) == 2
    await bot.fire()
    assert [each.subject for each in ran] == ["meeting:2"]


async def test_what_is_planned_is_found_by_subject_and_by_person(store: SqlStore) -> None:
    await plan(store, NOW + timedelta(days=2), subject="person:9")
    await plan(store, NOW + timedelta(days=1), subject="mandate:1", values={"person": 9})
    await plan(store, NOW, subject="mandate:1", key="x")

    assert [each.subject for each in await upcoming(store, person=9)] == ["mandate:1", "person:9"]
    assert [each.key for each in await upcoming(store, subject="mandate:1")] == ["x", ""]


async def test_a_rule_that_fails_leaves_nothing_and_is_tried_again(
    store: SqlStore, clock: SetClock
) -> None:
    tries: Iterator[int] = iter(range(10))

    def look(post: Post, due: Timer) -> None:
        post.plan("other", due.subject, post.now + timedelta(days=9))
        if next(tries) == 0:
            raise ZeroDivisionError

    bot = engine(store, seen(look))
    await plan(store)
    await plan(store, subject="meeting:2")

    assert await bot.fire() == 2
    assert {each.subject for each in await upcoming(store)} == {"meeting:1", "meeting:2"}
    assert [each.kind for each in await upcoming(store, subject="meeting:1")] == ["look"]
    clock.at += timedelta(minutes=2)
    assert await bot.fire() == 1
    assert {each.kind for each in await upcoming(store)} == {"other"}


async def test_a_rule_that_breaks_the_database_harms_no_other(store: SqlStore) -> None:
    def look(post: Post, due: Timer) -> None:
        if due.subject == "meeting:1":
            post.do("break", lambda c: c.execute(text("insert into person (id) values (null)")))
        post.plan("other", due.subject, post.now)

    bot = engine(store, seen(look))
    await plan(store)
    await plan(store, subject="meeting:2")

    await bot.fire()

    kinds = {(each.subject, each.kind) for each in await upcoming(store)}
    assert kinds == {("meeting:1", "look"), ("meeting:2", "other")}


async def test_several_processes_share_the_rules_and_none_runs_twice(database: Database) -> None:
    ran: list[str] = []
    desks = [SqlStore(database, SetClock(NOW)) for _ in range(4)]
    bots = [engine(each, seen(lambda post, due: ran.append(due.key))) for each in desks]
    for number in range(50):
        await plan(desks[0], key=str(number))

    while any(await asyncio.gather(*(bot.fire() for bot in bots))):
        pass

    assert sorted(ran, key=int) == [str(number) for number in range(50)]


# --- what a rule may do ---------------------------------------------------------------------------


@pytest.fixture
async def people(store: SqlStore) -> dict[str, int]:
    await store.database.write(demo.fill)

    def numbers(connection: Connection) -> dict[str, int]:
        names = ("Asta Fiktberg", "Bo Fiktivsson", "Farid Testmark")
        return {name.split()[0]: named(connection, name)[0] for name in names}

    return await store.database.read(numbers)


async def writes(store: SqlStore, name: str, platform: str, *, leaves: bool = False) -> None:
    who: Identity = (await store.database.read(demo.identities))[name, platform]
    where = ConversationReference(who.platform, who.tenant, f"chat:{platform}:{name}")
    turn = Turn(f"{platform}-{name}", Joined(), who, where, store._clock.now())
    await store.receive(turn)
    if leaves:
        await store.forget_address(Turn("left", Left(), who, where, store._clock.now()))


def greet(to: Teller) -> list[Text]:
    return [Text(to.text("hej"), (to.button("hej", "greet"),))]


async def test_people_are_told_once_where_they_wrote_last(
    store: SqlStore, clock: SetClock, people: dict[str, int]
) -> None:
    await writes(store, "Asta Fiktberg", "slack")
    clock.at += timedelta(minutes=1)
    await writes(store, "Asta Fiktberg", "teams")
    told: list[int] = []

    def look(post: Post, due: Timer) -> None:
        told.append(post.tell([people["Asta"], people["Asta"]], greet))
        told.append(post.tell([people["Asta"]], greet))

    bot = engine(store, seen(look))
    await plan(store)
    await bot.fire()

    sent = await letters(store)
    assert told == [1, 1]
    assert [(each.where.platform, each.person) for each in sent] == [("teams", people["Asta"])]
    sealed = bot.core.seal.open(sent[0].where.tenant, sent[0].reply.buttons[0].token)
    assert sealed.action == "greet"


async def test_who_has_no_chat_left_is_told_by_mail(
    store: SqlStore, people: dict[str, int]
) -> None:
    await writes(store, "Farid Testmark", "teams", leaves=True)
    bot = engine(store, seen(lambda post, due: post.tell([people["Farid"]], greet)))
    await plan(store)
    await bot.fire()

    where = [each.where for each in await letters(store)]
    assert [(each.platform, each.tenant) for each in where] == [("mail", "smtp")]
    assert where[0].conversation.endswith(".example")


async def test_who_has_left_is_told_nothing(store: SqlStore, people: dict[str, int]) -> None:
    number = people["Farid"]
    await store.database.write(
        lambda c: c.execute(text(f"update person set left_on='2026-11-22' where id={number}"))
    )
    told: list[int] = []
    bot = engine(store, seen(lambda post, due: told.append(post.tell([number], greet))))
    await plan(store)
    await bot.fire()

    assert told == [0]
    assert await letters(store) == []


async def test_mail_and_channels_are_written_to_once_per_timer(store: SqlStore) -> None:
    where = ConversationReference("slack", "T1", "C1", "channel")

    def look(post: Post, due: Timer) -> None:
        for _ in range(2):
            post.mail("brevlada@skara.example", "en", greet)
            post.channel(where, "sv", greet)

    bot = engine(store, seen(look))
    await plan(store)
    await bot.fire()

    sent = {each.where.platform: each.reply.text for each in await letters(store)}
    assert sent == {"mail": "Hello", "slack": "Hej"}
    assert len(await letters(store)) == 0


async def test_a_change_by_a_rule_leaves_a_line_of_audit_without_a_person(store: SqlStore) -> None:
    bot = engine(store, seen(lambda post, due: post.do("expire", lambda c: None)))
    await plan(store)
    await bot.fire()

    lines = await store.database.read(
        lambda c: c.execute(text("select action, subject, person_id from audit")).all()
    )
    assert [tuple(each) for each in lines] == [("expire", "meeting:1", None)]


async def test_a_kind_without_a_rule_is_kept_for_later(store: SqlStore, clock: SetClock) -> None:
    await plan(store)
    assert await engine(store).fire() == 1
    clock.at += timedelta(hours=1)

    ran: list[Timer] = []
    await engine(store, seen(lambda post, due: ran.append(due))).fire()

    assert len(ran) == 1
