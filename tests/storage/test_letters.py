"""What an administrator sees of letters that did not arrive, and may do about them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from adapters.core import SetClock
from bot.errors import Refused
from bot.ports import Result
from bot.rules.roles import Person
from bot.turn import ConversationReference
from storage import demo, letters, people
from storage.outbox import Sender
from storage.session import Database
from storage.store import SqlStore
from tests.storage.letters import claim, post, sent, states, words

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
async def store(database: Database, clock: SetClock) -> SqlStore:
    await database.write(demo.fill)
    return SqlStore(database, clock, Sender("one", limits={}))


def person(c: Connection, name: str) -> Person:
    found = people.person_by_id(c, people.named(c, name)[0], date(2026, 11, 23))
    assert found is not None
    return found


async def as_admin(store: SqlStore, query, *args):
    return await store.database.write(lambda c: query(c, person(c, "Vide Hittepåberg"), *args, NOW))


async def stuck(store: SqlStore, state: str = "dead", words: str = "hej", **more) -> int:
    """A letter that did not arrive; gives its number."""
    where = ConversationReference("teams", more.pop("tenant", "elsewhere"), f"a:{words}")
    await post(store, words, more.pop("where", where), **more)
    (letter,) = await claim(store)
    await claim(store, Result(letter, state, "blocked by the user"), limit=0)
    return letter.id


async def number(store: SqlStore, name: str) -> int:
    return await store.database.read(lambda c: person(c, name).id)


async def test_a_letter_to_somebody_of_the_region_is_listed_without_its_words(
    store: SqlStore,
) -> None:
    await stuck(store, person=await number(store, "Bo Fiktivsson"), words="hemligt 7Q")

    (found,) = await as_admin(store, letters.troubles)

    assert (found.to, found.platform, found.subject, found.sure) == (
        "Bo Fiktivsson", "teams", "meeting:1", True,
    )  # fmt: skip
    assert "7Q" not in repr(found)


async def test_what_nobody_knows_is_listed_as_unsure(store: SqlStore) -> None:
    await stuck(store, "unsure", person=await number(store, "Bo Fiktivsson"))

    assert [each.sure for each in await as_admin(store, letters.troubles)] == [False]


async def test_another_regions_letters_are_not_listed(store: SqlStore) -> None:
    await stuck(store, person=await number(store, "Nora Provén"))
    await stuck(store, words="kanal", tenant="a tenant of nobody here")

    assert await as_admin(store, letters.troubles) == []


async def test_a_channel_of_the_regions_tenant_is_listed(store: SqlStore) -> None:
    known = await store.database.read(demo.identities)
    tenant = known["Bo Fiktivsson", "teams"].tenant
    await stuck(store, words="kanal", tenant=tenant)

    assert [each.to for each in await as_admin(store, letters.troubles)] == ["a:kanal"]


@pytest.mark.parametrize("query", [letters.troubles, letters.paused])
async def test_only_an_administrator_may_see_them(store: SqlStore, query) -> None:
    with pytest.raises(Refused) as refused:
        await store.database.write(lambda c: query(c, person(c, "Asta Fiktberg"), NOW))

    assert refused.value.values["people"] == "Vide Hittepåberg"


async def test_it_is_sent_again_to_the_persons_best_address(store: SqlStore) -> None:
    letter = await stuck(store, person=await number(store, "Bo Fiktivsson"))

    assert await as_admin(store, letters.again, [letter, 999]) == 1
    taken = await claim(store)
    assert words(taken) == ["hej"]
    assert taken[0].where.tenant != "elsewhere"
    await sent(store, taken)
    assert await as_admin(store, letters.troubles) == []
    assert await as_admin(store, letters.again, [letter]) == 0


async def test_nobody_sends_anothers_letters_again(store: SqlStore) -> None:
    theirs = await stuck(store, person=await number(store, "Nora Provén"))

    assert await as_admin(store, letters.again, [theirs]) == 0
    assert await as_admin(store, letters.put_aside, [theirs]) == 0
    assert (await states(store))[0][0] == "dead"


async def test_what_is_put_aside_keeps_no_words(store: SqlStore) -> None:
    letter = await stuck(store, person=await number(store, "Bo Fiktivsson"), words="hemligt 7Q")

    assert await as_admin(store, letters.put_aside, [letter]) == 1
    assert await as_admin(store, letters.troubles) == []
    kept = await store.database.read(
        lambda c: str(c.exec_driver_sql("select reply from outbox").all())
    )
    assert "7Q" not in kept


async def test_a_platform_that_takes_nothing_is_told(store: SqlStore) -> None:
    known = await store.database.read(demo.identities)
    where = ConversationReference("teams", known["Bo Fiktivsson", "teams"].tenant, "a:1")
    await post(store, "hej", where)
    (letter,) = await claim(store)
    until = NOW + timedelta(hours=1)
    await claim(store, Result(letter, "pending", "revoked", until, block="tenant"), limit=0)

    assert await as_admin(store, letters.paused) == [("teams", until)]


async def test_what_ended_long_ago_is_forgotten(store: SqlStore) -> None:
    await stuck(store)
    forgotten = await store.database.write(lambda c: letters.forget(c, NOW + timedelta(days=91)))

    assert forgotten == 1
    assert await states(store) == []
