"""Scenario S34: hosts change places when both municipalities have said yes, and not before."""

from __future__ import annotations

import pytest

from bot.testing import Chat
from storage.store import SqlStore
from tests.conftest import START, Talker
from tests.dialogs.letters import letters


async def said(chat: Chat, text: str) -> str:
    return "\n".join(each.plain for each in await chat.say(text))


async def pressed(chat: Chat, label: str) -> str:
    return "\n".join(each.plain for each in await chat.press(label))


async def meet(*chats: Chat) -> None:
    """Everybody has written to the bot once, so that it can write to them."""
    for chat in chats:
        await chat.say("hej")


async def secretaries(chat: Chat) -> list[str]:
    return [
        await said(chat, f"vem är sekreterare den {day} 2027?")
        for day in ("14 oktober", "25 november")
    ]


async def withdraw_demo_swap(bo: Chat) -> None:
    await bo.say("byt värd med Tibro")
    await bo.press("Ta tillbaka frågan")


@pytest.fixture
def bo(talker: Talker) -> Chat:
    return talker("Bo Fiktivsson", "teams")


@pytest.fixture
def karin(talker: Talker) -> Chat:
    return talker("Karin Demoberg, Tibro", "teams")


@pytest.fixture
def cilla(talker: Talker) -> Chat:
    return talker("Cilla Påhittström", "slack")


async def test_both_say_yes_and_everything_follows_the_same_second(
    bo: Chat, karin: Chat, cilla: Chat, store: SqlStore
) -> None:
    await meet(bo, karin, cilla)
    await withdraw_demo_swap(bo)
    await bo.say("kan Vara och Tibro byta värdskap?")
    assert "Inget ändras förrän Tibro har sagt ja" in await said(bo, "ja")

    before = await secretaries(cilla)
    assert ["Bo Fiktivsson, Vara" in before[0], "Karin Demoberg, Tibro" in before[1]] == [
        True,
        True,
    ]

    sent = await letters(store)
    (question,) = sent.pop(f"personal:{karin.who.user}")
    assert sent == {}
    assert "Vara vill byta värdskap med Tibro" in question.plain
    karin.replies.append(question)
    assert "Då har Vara och Tibro bytt" in await pressed(karin, "Ja, vi byter")

    after = await secretaries(cilla)
    assert ["Karin Demoberg, Tibro" in after[0], "Bo Fiktivsson, Vara" in after[1]] == [True, True]
    assert "Möbelsalen" in await said(bo, "var är mötet den 14 oktober 2027?")

    told = await letters(store)
    assert {f"personal:{each.who.user}" for each in (bo, cilla)} <= set(told)
    assert f"personal:{karin.who.user}" not in told
    assert "Vara och Tibro har bytt värdskap" in told[f"personal:{bo.who.user}"][0].plain


async def test_what_only_one_has_accepted_changes_nothing(bo: Chat, karin: Chat) -> None:
    await withdraw_demo_swap(bo)
    before = await secretaries(karin)
    await bo.say("byt värd med Tibro")
    await bo.say("ja")

    assert await secretaries(karin) == before
    assert "har inte svarat ännu" in await said(bo, "byt värd med Tibro")
    assert "Vara vill byta värdskap med Tibro" in await said(karin, "byt värd med Vara")
    assert "behåller Vara och Tibro sina möten" in await said(karin, "nej")
    assert await secretaries(karin) == before


async def test_a_second_answer_and_a_colleagues_answer_come_too_late(
    talker: Talker, bo: Chat, karin: Chat, store: SqlStore
) -> None:
    jonas = talker("Jonas Attrapp", "teams")
    await meet(bo, karin, jonas)
    await withdraw_demo_swap(bo)
    await bo.say("byt värd med Tibro")
    await bo.say("ja")
    sent = await letters(store)
    karin.replies += sent[f"personal:{karin.who.user}"]
    jonas.replies += sent[f"personal:{jonas.who.user}"]

    assert "har Vara och Tibro bytt" in await pressed(karin, "Ja, vi byter")
    after = await secretaries(karin)
    assert "redan besvarat" in await pressed(karin, "Ja, vi byter")
    assert "redan besvarat" in await pressed(jonas, "Nej tack")
    assert await secretaries(karin) == after


async def test_a_question_taken_back_can_no_longer_be_accepted(
    bo: Chat, karin: Chat, store: SqlStore
) -> None:
    await meet(bo, karin)
    await withdraw_demo_swap(bo)
    await bo.say("byt värd med Tibro")
    await bo.say("ja")
    karin.replies += (await letters(store))[f"personal:{karin.who.user}"]
    assert "tillbakatagen" in await said(bo, "ångra")

    assert "redan besvarat" in await pressed(karin, "Ja, vi byter")


async def test_the_letter_is_in_the_language_of_who_gets_it(
    bo: Chat, karin: Chat, store: SqlStore
) -> None:
    await karin.say("answer in English please")
    await withdraw_demo_swap(bo)
    await bo.say("byt värd med Tibro")
    await bo.say("ja")

    ((question,),) = (await letters(store)).values()
    assert "Vara would like to swap hosting with Tibro" in question.plain
    assert "[Yes, we swap] [No thank you]" in question.plain


async def test_one_who_hosts_nothing_is_told_so(talker: Talker) -> None:
    chat = talker("Karin Demoberg, Vara")
    assert "är inte värd för något kommande möte" in await said(chat, "byt värd med Essunga")


async def test_of_several_meetings_the_day_decides_or_is_asked(talker: Talker) -> None:
    skovde = talker("Dag Låtsasberg")
    got = await said(skovde, "byt värd med Lidköping")
    assert "Vilket av Skövdes möten gäller det?" in got
    await skovde.say("avbryt")
    got = await said(skovde, "byt värdskapet den 28 januari 2027 med Lidköping")
    assert "Skövde torsdag 11 mars 2027" in got or "torsdag 11 mars 2027 och Lidköping" in got


async def test_the_start_page_of_who_is_asked_shows_the_question(karin: Chat, bo: Chat) -> None:
    home = (await karin.engine.home(karin.who, START)).replies
    (question,) = [each for each in home if "vill byta värdskap" in each.plain]
    karin.replies.append(question)
    assert "har Vara och Tibro bytt" in await pressed(karin, "Ja, vi byter")
    after = (await bo.engine.home(bo.who, START)).replies
    assert not any("byta värdskap" in each.plain for each in after)
