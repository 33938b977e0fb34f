"""S47: a question round on both platforms, answered together, followed, reminded, put together."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.reply import File
from bot.testing import Chat
from bot.turn import ConversationReference, Joined, Turn
from dialogs.question_rounds.rounds import asked
from storage.documents import extract
from storage.people import named
from storage.store import SqlStore
from tests.conftest import START, Talker
from tests.storage.documents import made
from tests.storage.test_rounds import of_huddinge

HOME = ZoneInfo("Europe/Stockholm")


async def say(chat: Chat, words: str) -> str:
    replies = await chat.say(words)
    await chat.delivered()
    return "\n".join(each.plain for each in replies)


async def press(chat: Chat, label: str) -> str:
    replies = await chat.press(label)
    await chat.delivered()
    return "\n".join(each.plain for each in replies)


async def known(chat: Chat, store: SqlStore) -> Chat:
    who = chat.who
    where = ConversationReference(who.platform, who.tenant, f"personal:{who.user}")
    await store.receive(Turn(f"before-{who.user}", Joined(), who, where, START))
    return chat


async def colleague(store: SqlStore) -> str:
    names = await store.database.read(of_huddinge)
    return next(each for each in names if each != "Nora Provén")


async def test_s47(talker: Talker, store: SqlStore) -> None:
    ida, nora = talker("Ida Skenlund", "slack"), await known(talker("Nora Provén", "teams"), store)
    other = talker(await colleague(store), "web")

    await say(nora, "svara på frågerundan")
    assert "Fråga 2 av 6" in await say(nora, "Två gånger om året")
    assert "Fråga 3 av 6" in await say(nora, "ja")
    assert "Fråga 4 av 6" in await say(nora, "Det egna")
    assert "3 av 6 frågor är besvarade" in await say(nora, "paus")
    assert "svaret på fråga 2 är nu ”nej”. 3 av 6" in await say(nora, "ändra svar 2 till nej")

    went_on = await say(other, "svara på frågerundan")
    assert "Fråga 4 av 6" in went_on
    assert "ska vara rapporterad i juni 2027, senast onsdag 30 juni" in went_on
    await say(other, "Kockar")
    await say(other, "Två")
    done = await say(other, "Dela lärare")
    assert "Tack, Huddinge är klar" in done
    assert "nej" in done

    status = await say(ida, "hur går det?")
    assert "20 av 26 klara, 3 påbörjade, 3 inte börjat: Nynäshamn, Salem, Vaxholm." in status
    before = len(ida.letters)
    assert "Påminn de 6" in status
    await press(ida, "Påminn de 6")
    number = (await store.database.read(lambda c: named(c, "Nora Provén")))[0]
    assert number not in {each.person for each in ida.letters[before:]}


async def test_going_back_and_forth_keeps_the_last_word(talker: Talker) -> None:
    nora, ida = talker("Nora Provén", "slack"), talker("Ida Skenlund", "slack")
    await say(nora, "svara på frågerundan")
    for words in ("Aaa", "tillbaka", "Bbb", "tillbaka", "Aaa"):
        await say(nora, words)
    await say(nora, "paus")
    await say(ida, "hur går det med frågerundan?")
    file = (await ida.press("Sammanställning"))[0]
    assert isinstance(file, File)
    sheet = zipfile.ZipFile(io.BytesIO(file.content)).read("xl/worksheets/sheet1.xml").decode()
    assert ">Aaa<" in sheet
    assert ">Bbb<" not in sheet


async def test_a_change_in_the_middle_asks_on(talker: Talker) -> None:
    nora = talker("Nora Provén", "teams")
    await say(nora, "svara på frågerundan")
    await say(nora, "ett")
    assert "Fråga 2 av 6" in await say(nora, "ändra svar 1 till två")
    assert "Fråga 3 av 6" in await say(nora, "tre")
    assert "Nu står det: två" in (await say(nora, "paus")) + await say(nora, "ändra svar 1")
    assert "är nu ”fyra”" in await say(nora, "fyra")
    assert "Den frågan finns inte. Rundan har 6 frågor." in await say(nora, "ändra svar 9 till ja")


async def test_the_rule_reminds_only_those_who_are_not_done(
    talker: Talker, store: SqlStore
) -> None:
    nora = await known(talker("Nora Provén", "teams"), store)
    moa = await known(talker("Moa Uppdiktsdal", "teams"), store)

    got = await nora.passes(datetime(2027, 6, 17, tzinfo=HOME))

    mine = [each.plain for each in got if "vuxenutbildning 2027" in each.plain]
    assert len(mine) == 1
    assert "0 av 6 frågor är besvarade" in mine[0]
    number = (await store.database.read(lambda c: named(c, moa.who.name)))[0]
    assert not [
        each for each in nora.letters
        if each.person == number and "vuxenutbildning 2027" in each.reply.plain
    ]  # fmt: skip


async def test_questions_from_a_file(talker: Talker) -> None:
    ida = talker("Ida Skenlund", "slack")
    data = made.docx("1. Erbjuder ni distans?", "2) Hur många deltar?")
    asked_ = "\n".join(
        each.plain for each in await ida.attach("fragor.docx", data, "ny frågerunda")
    )
    assert "Vad ska rundan heta?" in asked_
    await say(ida, "Distans")
    shown = await say(ida, "juni 2027")
    assert "1: Erbjuder ni distans?" in shown
    assert "2: Hur många deltar?" in shown
    assert "Skickat till 26 kommuner." in await say(ida, "ja")


async def test_a_no_sends_nothing(talker: Talker, store: SqlStore) -> None:
    ida = talker("Ida Skenlund", "slack")
    for words in ("skicka ut en frågerunda", "Test", "Hur går det för er?", "juni 2027"):
        await say(ida, words)
    assert await say(ida, "nej") == "Då skickar jag inget."
    assert not ida.letters


async def test_a_past_month_and_empty_lines_are_refused(talker: Talker) -> None:
    ida = talker("Ida Skenlund", "slack")
    for words in ("skicka ut en frågerunda", "Test", "Fråga ett?", "oktober 2026"):
        await say(ida, words)
    assert "Den tiden har redan varit" in await say(ida, "ja")


async def test_the_files_hold_what_they_should(talker: Talker) -> None:
    ida = talker("Ida Skenlund", "slack")
    await say(ida, "hur går det med frågerundan?")
    book, document = await ida.press("Sammanställning")
    (hidden,) = await ida.press("Utan namn")
    assert isinstance(book, File)
    assert isinstance(document, File)
    assert isinstance(hidden, File)
    names = zipfile.ZipFile(io.BytesIO(book.content)).namelist()
    assert len([each for each in names if each.startswith("xl/worksheets/")]) == 7
    words = "\n".join(extract(document.content, document.name).paragraphs)
    assert "Täby" in words
    bare = "\n".join(extract(hidden.content, hidden.name).paragraphs)
    assert "Täby" not in bare
    assert "Två gånger om året." in bare


async def test_nobody_is_reminded_twice_a_day(talker: Talker) -> None:
    ida = talker("Ida Skenlund", "slack")
    await say(ida, "påminn kommunerna om frågerundan")
    sent = len(ida.letters)
    assert sent > 0
    assert "redan påmint i dag" in await say(ida, "påminn kommunerna om frågerundan")
    assert len(ida.letters) == sent
    ida.clock.at += timedelta(days=1)
    assert "Jag har påmint dem" in await say(ida, "påminn kommunerna om frågerundan")


async def test_a_closed_round_is_still_put_together(talker: Talker) -> None:
    ida = talker("Ida Skenlund", "slack")
    await say(ida, "stäng frågerundan")
    await say(ida, "ja")
    status = await say(ida, "hur går det med frågerundan?")
    assert "19 av 26 klara" in status
    assert "Påminn" not in status
    assert "Stäng" not in status
    assert len(await ida.press("Sammanställning")) == 2


async def test_closing_ends_it(talker: Talker) -> None:
    ida, nora = talker("Ida Skenlund", "slack"), talker("Nora Provén", "teams")
    await say(nora, "svara på frågerundan")
    await say(ida, "hur går det med frågerundan?")
    await press(ida, "Stäng rundan")
    assert "är stängd" in await say(ida, "ja")
    assert "Det finns ingen frågerunda att svara på" in await say(nora, "sent svar")
    assert "Det finns ingen frågerunda" in await say(nora, "svara på frågerundan")


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["1. A?", "", "  2) B?", "- C"], ["A?", "B?", "C"]),
        (["A? B? C?"], ["A?", "B?", "C?"]),
        (["   ", "-"], []),
    ],
)
def test_how_questions_are_read(lines: list[str], found: list[str]) -> None:
    assert asked(lines) == found
