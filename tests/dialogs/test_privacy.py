"""S48 and what is around it: seen on both platforms, private in channels, forgotten by night."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.reply import File
from bot.testing import Chat
from storage import privacy
from storage.people import named
from storage.store import SqlStore
from storage.tables import audit, meeting, need, passage, person, role
from tests.conftest import START, Talker


async def say(chat: Chat, words: str) -> str:
    return "\n".join(each.plain for each in await chat.say(words))


@pytest.fixture
async def secretary(store: SqlStore) -> int:
    """Bo is to be the secretary of a meeting in October 2027, and stands in approved protocols."""

    def make(connection) -> int:
        number = named(connection, "Bo Fiktivsson")[0]
        home = connection.execute(select(person.c.region_id).where(person.c.id == number)).scalar()
        connection.execute(
            update(meeting)
            .where(
                meeting.c.region_id == home,
                meeting.c.starts.between(datetime(2027, 10, 14), datetime(2027, 10, 15)),
            )
            .values(secretary_id=number)
        )
        first = connection.execute(
            select(passage.c.id).where(passage.c.decision_id.is_(None), passage.c.meeting_id.is_not(None))
        ).scalars().first()  # fmt: skip
        connection.execute(
            update(passage)
            .where(passage.c.id == first)
            .values(text="Närvarande: Bo Fiktivsson och andra.")
        )
        return number

    return await store.database.write(make)


@pytest.mark.parametrize("platform", ["teams", "slack"])
async def test_s48_erased_on_both_platforms(
    talker: Talker, store: SqlStore, secretary: int, platform: str
) -> None:
    bo = talker("Bo Fiktivsson", platform)
    other = talker("Bo Fiktivsson", "slack" if platform == "teams" else "teams")
    assert "Bo Fiktivsson" in await say(other, "vad vet du om mig?")

    asked = await say(bo, "radera mig")
    assert "kommande anmälningar (" in asked
    assert "Ditt namn finns kvar i ett justerat protokoll, eftersom det ska bevaras." in asked
    assert "Du är sekreterare torsdag 14 oktober 2027 – presidiet måste utse någon." in asked
    assert "Skriv ”radera mig” för att bekräfta." in asked
    assert "Nu är du borttagen." in await say(bo, "radera mig")

    for chat in (bo, other):
        assert "Jag känner inte igen ditt konto" in await say(chat, "radera mig")
        assert "Jag känner inte igen ditt konto" in await say(chat, "vad vet du om mig?")

    def rest(connection):
        name = connection.execute(select(person.c.name).where(person.c.id == secretary)).scalar()
        roles = connection.execute(select(role).where(role.c.person_id == secretary)).all()
        log = connection.execute(
            select(audit.c.person_id, audit.c.subject).where(audit.c.action == "erase")
        ).all()
        return name, roles, [tuple(each) for each in log]

    assert await store.database.read(rest) == (
        f"Person {secretary}", [], [(secretary, f"person:{secretary}")],
    )  # fmt: skip


async def test_nothing_goes_before_the_typed_words(talker: Talker, secretary: int) -> None:
    bo = talker("Bo Fiktivsson", "teams")
    for words in ("ja", "radera", "radera inte mig", "ok radera mig då"):
        await say(bo, "radera mig")
        assert "jag har inte tagit bort något" in await say(bo, words)
    assert "Bo Fiktivsson" in await say(bo, "vad vet du om mig?")


async def test_the_typed_words_may_carry_marks(talker: Talker) -> None:
    bo = talker("Bo Fiktivsson", "teams")
    await say(bo, "radera mig")
    assert "Nu är du borttagen." in await say(bo, "**Radera mig**.")


@pytest.mark.parametrize("platform", ["teams", "slack"])
async def test_in_a_channel_only_the_person_sees_it(talker: Talker, platform: str) -> None:
    bo = talker("Bo Fiktivsson", platform, "channel")
    for words in ("vad vet du om mig?", "radera mig"):
        replies = await bo.say(words)
        assert replies
        assert {each.seen_by for each in replies} == {"person"}


async def test_the_file_is_whole_and_ones_own(talker: Talker) -> None:
    replies = await talker("Nora Provén", "slack").say("vad vet du om mig?")
    file = replies[-1]
    assert isinstance(file, File)
    found = json.loads(file.content)
    assert found["person"]["name"] == "Nora Provén"
    assert "Bo Fiktivsson" not in file.content.decode()


async def test_what_is_over_goes_in_the_night_by_itself(talker: Talker, store: SqlStore) -> None:
    await store.database.write(lambda c: privacy.begin(c, START))
    vide = talker("Vide Hittepåberg", "teams")
    before = await store.database.read(lambda c: len(c.execute(select(need)).all()))

    await vide.passes(START + timedelta(days=365))

    left = await store.database.read(lambda c: len(c.execute(select(need)).all()))
    lines = await store.database.read(lambda c: c.execute(select(audit.c.action)).scalars().all())
    assert before > 0
    assert left == 0
    assert lines.count("retention") == 365


async def test_the_log_tells_before_and_after_and_from_where(talker: Talker) -> None:
    asta, vide = talker("Asta Fiktberg", "slack"), talker("Vide Hittepåberg", "teams")
    await say(asta, "ställ in mötet den 11 mars")
    await say(asta, "ja")

    found = await say(vide, "visa loggen för mötet 11 mars")

    assert "cancel-meeting · Asta Fiktberg · meeting:" in found
    assert "cancelled_at: → 2026-11-23 08:00" in " ".join(found.split())
    assert "från slack" in found
    assert "cancel-meeting" in await say(vide, "vem ställde in mötet den 11 mars?")
    assert "hittar inget" in await say(vide, "vem flyttade mötet den 11 mars?")
    assert "cancel-meeting" in await say(vide, "visa loggen för Asta Fiktberg")


async def test_the_log_of_another_region_is_not_there(talker: Talker) -> None:
    ida, vide = talker("Ida Skenlund", "slack"), talker("Vide Hittepåberg", "teams")
    await say(ida, "switch to English")

    assert "Ida" not in await say(vide, "visa loggen")


@pytest.mark.parametrize("name", ["Bo Fiktivsson", "Asta Fiktberg", "Eva Exempelqvist"])
async def test_only_an_administrator_sees_the_log(talker: Talker, name: str) -> None:
    chat = talker(name, "teams")
    said = await say(chat, "visa loggen")
    assert "Det här får administratören göra: Vide Hittepåberg." in said
