"""Letters, the same on every database: claimed once, in order, in time; nothing lost, nothing doubled."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from adapters.core import SetClock
from bot.ports import Result
from bot.reply import Text
from bot.turn import ConversationReference, Identity, Joined, Turn
from storage import demo, lanes, outbox
from storage.lanes import FREE, Limit, Limits
from storage.outbox import Sender
from storage.people import named
from storage.session import Database
from storage.store import SqlStore
from tests.storage.letters import CHANNEL, claim, later, post, sent, states, words

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def store(database: Database, clock: SetClock) -> SqlStore:
    return SqlStore(database, clock, Sender("one", limits={}))


def channel(name: str, platform: str = "slack", tenant: str = "T1") -> ConversationReference:
    return ConversationReference(platform, tenant, name, "channel")


async def test_what_is_said_twice_with_one_key_is_kept_once(store: SqlStore) -> None:
    await post(store, "ett", dedup="a")
    await post(store, "två", dedup="a")

    assert words(await claim(store)) == ["ett"]


async def test_letters_of_one_channel_go_one_after_another(store: SqlStore) -> None:
    await store.write(lambda s: s.put(CHANNEL, [Text("ett"), Text("två"), Text("tre")], "t", "sv"))

    first = await claim(store)
    assert words(first) == ["ett"]
    assert await claim(store) == []
    second = await sent(store, first)
    third = await sent(store, second)
    assert words(second) + words(third) == ["två", "tre"]
    assert await sent(store, third) == []
    assert await states(store) == [("sent", None)] * 3


async def test_several_senders_share_and_none_takes_what_another_has(
    database: Database, store: SqlStore
) -> None:
    stores = [SqlStore(database, SetClock(NOW), Sender(f"s{n}", limits={})) for n in range(4)]
    for number in range(60):
        await post(store, str(number), channel(f"C{number}"))

    taken: list[int] = []
    while found := await asyncio.gather(*(claim(each, limit=7) for each in stores)):
        if not any(found):
            break
        taken += [letter.id for letters in found for letter in letters]

    assert len(taken) == len(set(taken)) == 60


async def test_what_is_sent_keeps_no_words(store: SqlStore) -> None:
    await post(store, "hemligt 7Q")
    await sent(store, await claim(store))

    kept = await store.database.read(
        lambda c: str(c.execute(text("select reply, message from outbox")).all())
    )
    assert "7Q" not in kept
    assert "m1" in kept


async def test_a_result_counts_only_while_the_letter_is_its_senders(
    database: Database, store: SqlStore, clock: SetClock
) -> None:
    await post(store)
    paused = await claim(store)
    clock.at += timedelta(minutes=3)
    other = SqlStore(database, clock, Sender("two", limits={}))
    again = await claim(other)
    assert (again[0].doubtful, again[0].doubts) == (True, 1)

    await claim(store, Result(paused[0], "dead", "too late"), limit=0)
    await claim(store, Result(paused[0], "sent", "too late"), limit=0)
    assert (await states(store))[0][0] == "sending"
    await claim(other, Result(again[0], "sent", "m"), limit=0)
    assert await states(store) == [("sent", None)]


async def test_the_same_sender_cannot_end_a_letter_it_has_claimed_anew(
    store: SqlStore, clock: SetClock
) -> None:
    await post(store)
    paused = await claim(store)
    clock.at += timedelta(minutes=3)
    again = await claim(store)

    await claim(store, Result(paused[0], "dead", "old"), limit=0)

    assert (await states(store))[0][0] == "sending"
    assert again[0].attempts == 2


async def test_what_nobody_knows_about_stays_and_is_not_looked_at_again(
    store: SqlStore, clock: SetClock
) -> None:
    await post(store)
    letters = await claim(store)
    await claim(store, Result(letters[0], "unsure", "nobody knows", doubts=1), limit=0)

    clock.at += timedelta(days=900)
    assert await claim(store) == []
    assert await states(store) == [("unsure", "nobody knows")]


async def test_a_retry_comes_when_it_is_time(store: SqlStore, clock: SetClock) -> None:
    await post(store)
    letters = await claim(store)
    assert await claim(store, later(letters[0], NOW + 5 * SECOND, failures=1)) == []
    clock.at += 4 * SECOND
    assert await claim(store) == []
    clock.at += SECOND

    again = await claim(store)

    assert (again[0].failures, again[0].doubtful, again[0].ticket) == (1, False, letters[0].ticket)


async def test_what_is_of_no_use_any_more_is_not_said(store: SqlStore, clock: SetClock) -> None:
    await post(store, expires_at=NOW + SECOND)
    clock.at += SECOND

    assert await claim(store) == []
    assert await states(store) == [("expired", None)]


async def test_what_is_taken_back_is_not_said(store: SqlStore) -> None:
    await post(store, about="mandate:1")
    await post(store, "två", about="mandate:2")
    await store.database.write(lambda c: outbox.cancel(c, "mandate:1"))

    assert words(await claim(store)) == ["två"]


async def test_things_due_together_for_one_person_are_said_in_one(
    store: SqlStore, clock: SetClock
) -> None:
    for word in ("ett", "två"):
        await post(store, word, person=1, fold=True, run_at=NOW + SECOND)
    await post(store, "annan", channel("D2"), person=2, fold=True, run_at=NOW + SECOND)
    await post(store, "svar", channel("D3"), person=1)
    assert words(await claim(store)) == ["svar"]
    clock.at += SECOND

    assert sorted(words(await claim(store))) == ["annan", "ett + två"]
    assert [state for state, _ in await states(store)] == [
        "sending",
        "skipped",
        "sending",
        "sending",
    ]


# --- how fast ---------------------------------------------------------------------------------


async def times(store: SqlStore, clock: SetClock, count: int) -> list[tuple[str, float]]:
    """When each letter leaves, in seconds, if every one takes no time."""
    left: list[tuple[str, float]] = []
    while len(left) < count:
        letters = await claim(store)
        while letters:
            left += [
                (each.where.conversation, (clock.at - NOW).total_seconds()) for each in letters
            ]
            letters = await sent(store, letters)
        due = await store.next_due()
        assert due is None or due > clock.at, "what waits is looked at before its time"
        clock.at = due or clock.at
    return left


async def test_a_channel_gets_a_burst_and_then_one_a_second(
    database: Database, clock: SetClock
) -> None:
    limits = {"slack": Limits(Limit(SECOND, 3), None)}
    store = SqlStore(database, clock, Sender("one", limits=limits))
    for number in range(6):
        await post(store, str(number))
    await post(store, "x", channel("C2"))

    left = await times(store, clock, 7)

    assert [at for name, at in left if name == "C1"] == [0, 0, 0, 1, 2, 3]
    assert [at for name, at in left if name == "C2"] == [0]


async def test_a_tenant_has_a_limit_of_its_own(database: Database, clock: SetClock) -> None:
    limits = {"slack": Limits(Limit(SECOND, 3), Limit(SECOND / 2, 2))}
    store = SqlStore(database, clock, Sender("one", limits=limits))
    for number in range(5):
        await post(store, "x", channel(f"C{number}"))
    await post(store, "x", channel("C9", tenant="T2"))

    left = await times(store, clock, 6)

    assert sorted(at for name, at in left if name != "C9") == [0, 0, 0.5, 1, 1.5]
    assert [at for name, at in left if name == "C9"] == [0]


@pytest.mark.parametrize(("span", "most"), [(1, 7), (2, 8), (30, 60), (3600, 1800)])
def test_teams_limits_are_kept_over_every_span(span: int, most: int) -> None:
    lane = lanes.Lane("teams|t|c", NOW - timedelta(days=1), None)
    at, left = NOW, []
    for _ in range(2500):
        at = lane.take(at, lanes.LIMITS["teams"].channel)
        left.append(at - NOW)

    spans = [bisect_left(left, first + span * SECOND) - n for n, first in enumerate(left)]
    assert max(spans) <= most


async def test_only_so_many_are_under_way_in_a_tenant(database: Database, clock: SetClock) -> None:
    limits = {"teams": Limits(None, None, flying=4)}
    store = SqlStore(database, clock, Sender("one", limits=limits))
    for number in range(6):
        await post(store, "x", channel(f"C{number}", "teams"))
    await post(store, "x", channel("C9", "slack"))

    letters = await claim(store)

    assert sorted(each.where.platform for each in letters) == ["slack"] + ["teams"] * 4


async def test_a_platform_that_wants_a_pause_gets_it_in_that_channel_only(
    database: Database, clock: SetClock
) -> None:
    store = SqlStore(
        database, clock, Sender("one", limits={"slack": Limits(Limit(SECOND, 3), None)})
    )
    for number in range(3):
        await post(store, str(number))
    first = await claim(store)
    until = NOW + 60 * SECOND
    await claim(store, later(first[0], until, block="channel"), limit=0)
    await post(store, "fri", channel("C2"))

    assert words(await claim(store)) == ["fri"]
    clock.at = until
    left = await times(store, clock, 3)
    assert next(at for name, at in left if name == "C1") == 60


async def test_the_throttled_letter_comes_before_those_behind_it(
    store: SqlStore, clock: SetClock
) -> None:
    for number in range(3):
        await post(store, str(number))
    first = await claim(store)
    await claim(store, later(first[0], NOW + 60 * SECOND, block="channel"), limit=0)
    clock.at += 30 * SECOND
    assert await claim(store) == []
    clock.at = NOW + 60 * SECOND

    order: list[str] = []
    letters = await claim(store)
    while letters:
        order += words(letters)
        letters = await sent(store, letters)
    assert order == ["0", "1", "2"]


async def test_a_tenant_without_access_is_paused_and_others_go_on(store: SqlStore) -> None:
    await post(store, "x", channel("C1", tenant="T1"))
    first = await claim(store)
    await claim(store, later(first[0], NOW + timedelta(hours=1), block="tenant"), limit=0)
    await post(store, "y", channel("C2", tenant="T1"))
    await post(store, "z", channel("C3", tenant="T2"))

    assert words(await claim(store)) == ["z"]
    assert await store.database.read(lambda c: lanes.paused(c, NOW)) == [
        ("slack|T1", NOW + timedelta(hours=1))
    ]
    await store.database.write(lambda c: outbox.resume(c, channel("C7"), NOW))
    assert sorted(words(await claim(store))) == ["x", "y"]


# --- the person's other addresses ----------------------------------------------------------------


@pytest.fixture
async def asta(store: SqlStore, clock: SetClock) -> int:
    """Somebody on both platforms, who wrote in Teams last."""
    await store.database.write(demo.fill)
    known: dict[tuple[str, str], Identity] = await store.database.read(demo.identities)
    for platform in ("slack", "teams"):
        who = known["Asta Fiktberg", platform]
        place = ConversationReference(who.platform, who.tenant, f"chat-{platform}")
        clock.at += SECOND
        await store.receive(Turn(f"t-{platform}", Joined(), who, place, clock.at))
    return (await store.database.read(lambda c: named(c, "Asta Fiktberg")))[0]


async def test_a_person_is_reached_on_the_other_platform_then_by_mail_then_it_is_dead(
    store: SqlStore, asta: int
) -> None:
    place = (await store.read(lambda s: s.reach([asta])))[0]
    await post(store, "hej", place.where, person=asta)
    went: list[str] = []
    letters = await claim(store)
    while letters:
        went.append(letters[0].where.platform)
        result = Result(letters[0], "dead", "blocked", refused=True, elsewhere=True)
        letters = await claim(store, result)

    assert went == ["teams", "slack", "mail"]
    assert await states(store) == [("dead", "blocked")]


async def test_what_goes_elsewhere_is_sealed_for_there(store: SqlStore, asta: int) -> None:
    place = (await store.read(lambda s: s.reach([asta])))[0]
    await post(store, "hej", place.where, person=asta)
    first = await claim(store)

    second = await claim(store, Result(first[0], "dead", "gone", refused=True, elsewhere=True))

    assert second[0].reply.plain == f"hej for {second[0].where.tenant}"
    assert second[0].ticket == first[0].ticket
    assert (await store.read(lambda s: s.reach([asta])))[0].where.platform == "slack"


async def test_without_another_address_the_letter_waits_as_told(
    store: SqlStore, clock: SetClock
) -> None:
    await post(store)
    letters = await claim(store)
    result = later(letters[0], NOW + SECOND, elsewhere=True)
    assert await claim(store, result) == []
    clock.at += SECOND

    assert len(await claim(store)) == 1


# --- being woken ---------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["letter", "timer"])
async def test_who_sends_is_woken_by_the_commit(
    store: SqlStore, database: Database, what: str
) -> None:
    woken = asyncio.Event()
    store.on_wake(woken.set)
    if database.dialect == "postgresql":
        async with asyncio.timeout(10):
            await woken.wait()  # the ear is open
        woken.clear()
    await store.receive(Turn("t", Joined(), Identity("slack", "T", "U"), CHANNEL, NOW))
    assert not woken.is_set()

    if what == "letter":
        await post(store)
    else:
        await store.write(lambda s: s.plan("look", "meeting:1", NOW))

    async with asyncio.timeout(10):
        await woken.wait()


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
async def test_another_process_is_woken_too(store: SqlStore, database: Database) -> None:
    woken = asyncio.Event()
    other = SqlStore(type(database)(database._url), SetClock(NOW))
    other.on_wake(woken.set)
    try:
        async with asyncio.timeout(10):
            await woken.wait()
        woken.clear()
        await post(store)
        async with asyncio.timeout(10):
            await woken.wait()
    finally:
        await other.database.close()


def test_no_platform_is_without_limits() -> None:
    assert set(lanes.LIMITS) == {"slack", "teams", "mail"}
    assert FREE.channel is None
