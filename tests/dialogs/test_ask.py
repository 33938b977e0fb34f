"""A refusal offers to ask somebody who may; the question goes once, and so does its answer."""

from __future__ import annotations

import pytest

from bot.reply import Reply
from bot.testing import Chat, Unpressable
from storage.store import SqlStore
from tests.conftest import Talker
from tests.dialogs.letters import letters

WISH = "flytta mötet till den 17 december"


async def said(chat: Chat, text: str) -> str:
    return "\n".join(each.plain for each in await chat.say(text))


async def pressed(chat: Chat, label: str) -> str:
    return "\n".join(each.plain for each in await chat.press(label))


async def only(store: SqlStore, chat: Chat) -> Reply:
    ((conversation, (reply,)),) = (await letters(store)).items()
    assert conversation == f"personal:{chat.who.user}"
    return reply


@pytest.fixture
async def bo(talker: Talker) -> Chat:
    chat = talker("Bo Fiktivsson", "teams")
    await chat.say("hej")
    return chat


@pytest.fixture
async def asta(talker: Talker) -> Chat:
    chat = talker("Asta Fiktberg", "slack")
    await chat.say("hej")
    return chat


async def test_the_chair_is_asked_in_the_asking_persons_words_and_answers(
    bo: Chat, asta: Chat, store: SqlStore
) -> None:
    assert "[Fråga Asta]" in await said(bo, WISH)
    assert await pressed(bo, "Fråga Asta") == "Jag har frågat Asta Fiktberg. Du får svaret här."

    question = await only(store, asta)
    assert "Bo Fiktivsson, Vara" in question.plain
    assert f"”{WISH}”" in question.plain
    asta.replies.append(question)
    assert await pressed(asta, "Jag ordnar det") == "Bo Fiktivsson har fått ditt svar."
    assert "Asta Fiktberg, Skara svarar" in (await only(store, bo)).plain


async def test_it_is_asked_once_and_answered_once(bo: Chat, asta: Chat, store: SqlStore) -> None:
    await bo.say(WISH)
    await bo.press("Fråga Asta")
    assert "redan frågat" in await pressed(bo, "Fråga Asta")
    asta.replies.append(await only(store, asta))
    await asta.press("Tyvärr inte")
    await only(store, bo)
    assert "redan svarat" in await pressed(asta, "Jag ordnar det")
    assert "redan svarat" in await pressed(asta, "Svara Bo")
    assert await letters(store) == {}


async def test_an_answer_in_own_words_reaches_who_asked(
    bo: Chat, asta: Chat, store: SqlStore
) -> None:
    await bo.say(WISH)
    await bo.press("Fråga Asta")
    asta.replies.append(await only(store, asta))
    assert "Vad vill du svara Bo Fiktivsson?" in await pressed(asta, "Svara Bo")
    await asta.say("Ring mig i morgon, så löser vi det.")
    assert "Ring mig i morgon, så löser vi det." in (await only(store, bo)).plain


async def test_each_reads_it_in_their_own_language(bo: Chat, asta: Chat, store: SqlStore) -> None:
    await asta.say("answer in English please")
    await bo.say(WISH)
    await bo.press("Fråga Asta")
    question = await only(store, asta)
    assert "wonders whether you can help" in question.plain
    asta.replies.append(question)
    await asta.press("I will see to it")
    assert "Jag ordnar det" in (await only(store, bo)).plain


async def test_the_offer_is_made_in_english(talker: Talker) -> None:
    assert "[Ask Asta]" in await said(
        talker("Bo Fiktivsson", "teams"), "please move the meeting to 17 December"
    )


async def test_who_has_no_chat_cannot_be_asked_and_may_be_asked_later(
    bo: Chat, talker: Talker, store: SqlStore
) -> None:
    await bo.say(WISH)
    assert "Jonas Attrapp har ingen chatt med mig ännu" in await pressed(bo, "Fråga Jonas")
    await talker("Jonas Attrapp", "teams").say("hej")
    assert "Jag har frågat" in await pressed(bo, "Fråga Jonas")
    assert len(await letters(store)) == 1


async def test_in_a_channel_the_refusal_and_the_wish_are_for_the_person_alone(
    talker: Talker,
) -> None:
    chat = talker("Bo Fiktivsson", "teams", "channel")
    replies = await chat.say(WISH)
    assert [each.seen_by for each in replies] == ["person"]


async def test_a_stranger_and_somebody_of_another_region_are_offered_nobody(
    talker: Talker,
) -> None:
    greta = talker("Greta Demoson", "teams")
    await greta.say("flytta nätverket vuxenutbildning skaraborgs möte till den 17 december")
    with pytest.raises(Unpressable):
        greta.button("Fråga Asta")


async def test_the_answer_is_the_asked_persons_own(
    bo: Chat, asta: Chat, talker: Talker, store: SqlStore
) -> None:
    await bo.say(WISH)
    await bo.press("Fråga Asta")
    stolen = talker("Lena Modellson", "slack")
    stolen.replies.append(await only(store, asta))
    assert "kan jag inte fråga längre" in await pressed(stolen, "Jag ordnar det")
    assert await letters(store) == {}


async def test_the_words_are_kept_nowhere(bo: Chat, asta: Chat, store: SqlStore) -> None:
    await bo.say(WISH)
    await bo.press("Fråga Asta")
    await letters(store)

    def everything(connection) -> str:
        from sqlalchemy import select

        from storage.tables import metadata

        return "\n".join(
            str(tuple(row))
            for table in metadata.sorted_tables
            for row in connection.execute(select(table))
        )

    assert "17 december" not in await store.database.read(everything)
