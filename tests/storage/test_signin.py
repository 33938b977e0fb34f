"""Sign-in links and sessions on every database."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, select, update

from storage import demo, signin
from storage.people import find_person
from storage.session import Database
from storage.tables import identity, person
from storage.tables import signin as table
from tests.storage.world import AT, TODAY, someone


@pytest.fixture
async def filled(database: Database) -> Database:
    await database.write(demo.fill)
    return database


async def test_a_link_opens_one_session_and_no_second(filled: Database) -> None:
    def work(connection: Connection) -> None:
        bo = someone(connection, "Bo Fiktivsson")
        secret = signin.offer(connection, bo.id, AT)
        assert signin.state(connection, secret, AT) == "fresh"
        token = signin.redeem(connection, secret, AT)
        assert token is not None
        assert signin.redeem(connection, secret, AT) is None
        assert signin.state(connection, secret, AT) == "used"
        found = signin.who(connection, token, AT)
        assert found is not None
        assert found[1:4] == ("Bo Fiktivsson", "Vara", "Skaraborg")

    await filled.write(work)


async def test_a_link_is_too_old_after_half_an_hour(filled: Database) -> None:
    def work(connection: Connection) -> None:
        secret = signin.offer(connection, someone(connection, "Bo Fiktivsson").id, AT)
        late = AT + signin.LINK_LIFE + timedelta(seconds=1)
        assert signin.state(connection, secret, late) == "old"
        assert signin.redeem(connection, secret, late) is None
        assert signin.redeem(connection, secret, AT + signin.LINK_LIFE) is not None

    await filled.write(work)


async def test_only_the_latest_link_works(filled: Database) -> None:
    def work(connection: Connection) -> None:
        bo, asta = someone(connection, "Bo Fiktivsson"), someone(connection, "Asta Fiktberg")
        hers = signin.offer(connection, asta.id, AT)
        first, second = (signin.offer(connection, bo.id, AT) for _ in range(2))
        states = [signin.state(connection, each, AT) for each in (hers, first, second)]
        assert states == ["fresh", "old", "fresh"]
        assert signin.redeem(connection, first, AT) is None

    await filled.write(work)


async def test_a_session_ends_when_signed_out_when_old_and_when_its_person_leaves(
    filled: Database,
) -> None:
    def work(connection: Connection) -> None:
        bo = someone(connection, "Bo Fiktivsson")

        def session() -> str:
            token = signin.redeem(connection, signin.offer(connection, bo.id, AT), AT)
            assert token is not None
            return token

        ended, kept = session(), session()
        signin.end(connection, ended, AT)
        assert signin.who(connection, ended, AT) is None
        assert signin.who(connection, kept, AT) is not None
        assert signin.who(connection, kept, AT + timedelta(hours=12, seconds=1)) is None
        connection.execute(
            update(person).where(person.c.id == bo.id).values(left_on=TODAY - timedelta(days=1))
        )
        assert signin.who(connection, kept, AT) is None

    await filled.write(work)


async def test_signing_in_makes_the_account_on_the_web_known(filled: Database) -> None:
    """Outside the demo nobody has one before."""

    def work(connection: Connection) -> None:
        bo = someone(connection, "Bo Fiktivsson")
        connection.execute(delete(identity).where(identity.c.platform == "web"))
        key = ("web", "Skaraborg", str(bo.id))
        assert find_person(connection, key, TODAY) is None
        signin.redeem(connection, signin.offer(connection, bo.id, AT), AT)
        found = find_person(connection, key, TODAY)
        assert found is not None
        assert found.id == bo.id

    await filled.write(work)


async def test_secrets_are_kept_as_hashes_and_forgotten_in_time(filled: Database) -> None:
    def work(connection: Connection) -> None:
        bo = someone(connection, "Bo Fiktivsson")
        secret = signin.offer(connection, bo.id, AT)
        token = signin.redeem(connection, secret, AT)
        row = str(list(connection.execute(select(table)).one()))
        assert secret not in row
        assert str(token) not in row
        assert signin.forget(connection, AT + timedelta(days=6)) == 0
        assert signin.forget(connection, AT + timedelta(days=8)) == 1
        assert signin.state(connection, secret, AT) == "unknown"

    await filled.write(work)


@pytest.mark.parametrize("secret", ["", "x" * 5000, "å\ud800", "' or 1=1 --"])
async def test_strange_secrets_are_unknown(filled: Database, secret: str) -> None:
    assert await filled.read(lambda c: signin.state(c, secret, AT)) == "unknown"
    assert await filled.write(lambda c: signin.redeem(c, secret, AT)) is None


async def test_twenty_at_the_same_time_open_one_session(filled: Database) -> None:
    number = (await filled.read(lambda c: someone(c, "Bo Fiktivsson"))).id
    secret = await filled.write(lambda c: signin.offer(c, number, AT))
    redeemed = await asyncio.gather(
        *(filled.write(lambda c: signin.redeem(c, secret, AT)) for _ in range(20))
    )
    assert len([each for each in redeemed if each is not None]) == 1
