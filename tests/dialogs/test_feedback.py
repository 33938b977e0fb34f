"""Feedback is reminded of before the meeting and until it is done; both sides hear the end."""

from __future__ import annotations

import pytest

from bot.testing import Chat
from storage.store import SqlStore
from tests.dialogs.talking import Known, at, press, say
from tests.dialogs.test_mandates import letters

SAID = "vi stödjer modellen men vill se kostnader före april"


@pytest.fixture
async def pair(known: Known) -> tuple[Chat, Chat]:
    farid, asta = await known("Farid Testmark"), await known("Asta Fiktberg")
    await known("Bo Fiktivsson")
    return farid, asta


async def about(chat: Chat, until: str) -> list[str]:
    """What is sent about this feedback; its buttons are the newest, as the demo has more of them."""
    sent = await chat.passes(at(until))
    chat.replies[:] = [each for each in chat.replies if SAID in each.plain]
    return [each.plain for each in sent if SAID in each.plain]


async def test_s45_to_the_chair_first(
    pair: tuple[Chat, Chat], store: SqlStore, known: Known
) -> None:
    farid, _asta = pair
    await say(farid, f"återkoppla till nätverket: {SAID}")
    assert (await say(farid, "bara ordförande först")).startswith(
        "Asta Fiktberg har fått återkopplingen."
    )

    for chat in pair:
        assert SAID in await say(chat, "öppna återkopplingar")
    assert SAID not in await say(await known("Bo Fiktivsson"), "öppna återkopplingar")
    assert await letters(farid, store, "Bo Fiktivsson") == []


async def test_it_is_reminded_of_until_done(pair: tuple[Chat, Chat], store: SqlStore) -> None:
    farid, asta = pair
    await say(farid, f"återkoppla till nätverket: {SAID}")
    await press(farid, "Bara till ordförande")

    assert await about(asta, "2026-12-09 07:59") == []
    soon = await about(asta, "2026-12-09 09:00")
    assert len(soon) == 1
    assert "tas upp torsdag 10 december 2026" in soon[0]
    later = await about(asta, "2026-12-28 09:00")  # two weeks on are Christmas Eve: the 28th works
    assert len(later) == 1
    assert "Är den klar?" in later[0]
    assert await about(asta, "2027-01-26 09:00") == []
    again = await about(asta, "2027-01-27 09:00")  # it goes on to the next meeting
    assert len(again) == 1
    assert "tas upp torsdag 28 januari 2027" in again[0]

    assert "avslutad" in await press(asta, "Klar")
    assert (
        "Asta Fiktberg har avslutat återkopplingen"
        in (await letters(asta, store, "Farid Testmark"))[-1]
    )
    assert await about(asta, "2027-06-01 09:00") == []
    assert "redan avslutad" in await press(asta, "Klar")


async def test_what_the_chair_publishes_reaches_the_group(
    pair: tuple[Chat, Chat], store: SqlStore, known: Known
) -> None:
    farid, asta = pair
    await say(farid, f"återkoppla till nätverket: {SAID}")
    await press(farid, "Bara till ordförande")
    who = [each for each in farid.letters if SAID in each.reply.plain]
    asta.replies.extend(each.reply for each in who)

    assert await press(asta, "Publicera") == "Publicerat för Nätverket Vuxenutbildning Skaraborg."
    assert SAID in (await letters(asta, store, "Bo Fiktivsson"))[-1]
    bo = await known("Bo Fiktivsson")
    assert SAID in await say(bo, "öppna återkopplingar")
    assert "Återkoppling från Skol- och utbildningschefer Skaraborg" in await say(
        bo, "dagordning nästa möte"
    )


async def test_no_feedback_leaves_without_a_clear_word(
    pair: tuple[Chat, Chat], store: SqlStore
) -> None:
    farid, _ = pair
    await say(farid, f"återkoppla till nätverket: {SAID}")

    assert await press(farid, "Avbryt") == "Då skickar jag ingen återkoppling."
    assert await letters(farid, store, "Asta Fiktberg") == []
