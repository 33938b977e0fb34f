"""How a conversation goes: whole words, corrections, questions in between, stale buttons."""

from __future__ import annotations

from datetime import timedelta

from adapters.core import SetClock
from bot.testing import Chat
from tests.conftest import Talker


async def said(chat: Chat, text: str) -> str:
    return "\n".join(reply.plain for reply in await chat.say(text))


async def test_a_question_while_another_is_open_is_answered_and_the_open_one_repeated(
    talker: Talker,
) -> None:
    chat = talker("Bo Fiktivsson")
    await chat.say("jag kan tyvärr inte komma på nätverksträffen den 10 december")

    got = await said(chat, "vem är ordförande?")

    assert "Asta Fiktberg" in got
    assert got.rstrip().endswith("Stämmer det?\n[Ja] [Nej]")


async def test_cancel_saves_nothing_and_says_so(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")
    await chat.say("jag kan tyvärr inte komma på nätverksträffen den 10 december")

    assert await said(chat, "avbryt") == "Då avbryter jag. Inget är sparat."
    assert "Du har inte svarat ännu" in await said(chat, "nästa möte")


async def test_cancel_within_a_sentence_is_no_command(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")
    await chat.say("jag kan tyvärr inte komma på nätverksträffen den 10 december")

    assert "Inget är sparat" not in await said(chat, "ska vi avbryta det där projektet tycker du")


async def test_an_unreadable_answer_is_explained_and_asked_again(talker: Talker) -> None:
    chat = talker("Nora Provén")
    await chat.say("när är nästa möte?")

    got = await said(chat, "bananpaj med grädde")

    assert "Vilket nätverk eller vilken grupp menar du?" in got
    assert "Styrgruppen" in got


async def test_the_body_is_asked_of_who_has_several_and_can_be_given_as_a_number(
    talker: Talker,
) -> None:
    chat = talker("Nora Provén")
    await chat.say("när är nästa möte?")

    assert "torsdag 3 december 2026" in await said(chat, "2")


async def test_an_open_question_is_forgotten_after_a_day(talker: Talker, clock: SetClock) -> None:
    chat = talker("Nora Provén")
    await chat.say("när är nästa möte?")
    clock.at += timedelta(hours=25)

    assert "torsdag 3 december" not in await said(chat, "2")


async def test_a_name_alone_asks_the_last_question_of_something_else(talker: Talker) -> None:
    chat = talker("Nora Provén")
    await chat.say("när är nästa möte i Styrgruppen?")

    assert "torsdag 3 december 2026" in await said(chat, "Kvalitet?")
    assert "april 2027" in await said(chat, "7 april")


async def test_a_button_of_a_finished_run_says_so(talker: Talker) -> None:
    chat = talker("Nora Provén")
    await chat.say("när är nästa möte?")
    button = chat.button("Styrgruppen")
    await chat.say("avbryt")
    assert button.token

    got = "\n".join(reply.plain for reply in await chat.press("Styrgruppen"))

    assert "redan avslutat" in got


async def test_a_negated_order_changes_nothing(talker: Talker) -> None:
    chat = talker("Asta Fiktberg")

    assert "som det är" in await said(chat, "ställ inte in mötet den 10 december")


async def test_two_questions_in_one_message_are_both_answered(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")

    got = await said(chat, "när är nästa möte och vem är ordförande?")

    assert "10 december 2026" in got
    assert "Asta Fiktberg" in got


async def test_what_cannot_be_done_yet_is_said_truthfully(talker: Talker) -> None:
    assert "kan jag inte göra ännu" in await said(
        talker("Bo Fiktivsson"), "visa årshjulet för hela året"
    )


async def test_in_a_channel_nothing_personal_is_said(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson", "teams", "channel")

    assert "Ditt svar" not in await said(chat, "när är nästa möte?")
    replies = await chat.say("vilka ingår i nätverket?")
    assert {reply.seen_by for reply in replies} == {"person"}


async def test_hostile_texts_get_an_answer(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")
    for text in (
        "",
        "😀😀",
        "a" * 40_000,
        "\u202eabc\u202c",
        "\x00\x07",
        "' or 1=1 --",
        "<!channel>",
        "{{7*7}}",
    ):
        assert await chat.say(text), repr(text[:20])


async def test_a_stranger_is_told_how_to_become_known(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")
    chat.who = type(chat.who)("slack", "T0DEMO", "U-NOBODY")

    assert "känner inte igen ditt konto" in await said(chat, "nästa möte")


async def test_who_has_left_is_a_stranger(talker: Talker) -> None:
    assert "känner inte igen" in await said(talker("Sven Förutvarande"), "nästa möte")


async def test_another_regions_button_opens_nothing(talker: Talker) -> None:
    greta = talker("Greta Demoson")
    await greta.say("när är nästa möte i Skolchefskonferensen?")
    bo = talker("Bo Fiktivsson")
    bo.replies = list(greta.replies)

    got = "\n".join(reply.plain for reply in await bo.press("Jag kommer"))

    assert "26 november" not in got


async def test_a_day_that_was_ruled_out_is_not_taken(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")

    got = await said(chat, "påminn mig inte på torsdag utan på fredag om budgeten")
    assert "fredag 27 november" in got

    got = await said(chat, "påminn mig om lokalen, men inte på torsdag")
    assert "torsdag" not in got


async def test_another_order_is_no_change_of_mind(talker: Talker) -> None:
    chat = talker("Asta Fiktberg")
    await chat.say("Flytta nätverksmötet den 11 mars till 18 mars")

    got = await said(chat, "Ställ in nätverksmötet den 10 december istället")

    assert "Vill du ställa in mötet torsdag 10 december 2026" in got
    assert "flytta mötet 11 mars" not in got


async def test_questions_never_end_up_behind_each_other(talker: Talker) -> None:
    chat = talker("Nora Provén")
    for words in ("när är nästa möte?", "vilka möten har vi?", "vad står på dagordningen?"):
        await chat.say(words)

    assert "Kvalitet" in await said(chat, "när är nästa möte i Kvalitet?")
    assert "English" in await said(chat, "speak English please")


async def test_an_offer_lasts_only_until_something_else_is_said(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")
    await chat.say("what did skolverket say about the budget 2028?")
    await chat.say("bananpaj med grädde")

    got = await said(chat, "nästa möte?")

    assert "torsdag 10 december 2026" in got
    assert "budget" not in got


async def test_a_decline_that_begins_with_no_is_a_decline(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")

    assert "Jag antecknar att du inte kan" in await said(chat, "nej jag kan inte komma")


async def test_the_second_of_two_questions_keeps_its_words(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")

    got = await said(chat, "vem är ordförande och vem är sekreterare på nästa möte?")

    assert "Asta Fiktberg" in got
    assert "Dag Låtsasberg" in got


async def test_undo_takes_back_once(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")
    await chat.say("nästa möte")
    await chat.press("Jag kommer")
    await chat.press("Kan inte")

    assert "du kommer" in await said(chat, "ångra")
    assert "inget jag kan ta tillbaka" in await said(chat, "ångra")


async def test_a_press_that_changes_nothing_leaves_the_undo(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")
    await chat.say("nästa möte")
    await chat.press("Jag kommer")
    await chat.press("Jag kommer")

    assert "Du har inte svarat" in await said(chat, "ångra")


async def test_long_words_are_said_back_shortened_and_never_as_a_mistake(talker: Talker) -> None:
    chat = talker("Bo Fiktivsson")

    for words in ("påminn mig på fredag om ", "sök beslut om "):
        assert "gick fel" not in await said(chat, words + "abc " * 900)
