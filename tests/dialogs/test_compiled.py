"""The compiled report: shown first, then sent as it was shown, to the giver's people and mailbox."""

from __future__ import annotations

from bot.reply import File
from storage.documents import extract
from storage.store import SqlStore
from tests.dialogs.talking import Known, at, press, say
from tests.dialogs.test_mandates import number


async def test_it_is_sent_as_it_was_shown(known: Known, store: SqlStore) -> None:
    lena, farid = await known("Lena Modellson", "slack"), await known("Farid Testmark")
    await say(lena, "vilka uppdrag har vi?")
    await press(lena, "Sammanställ till uppdragsgivaren")
    shown = next(each for each in lena.replies if isinstance(each, File))
    words = extract(shown.content, shown.name).text
    assert "Gemensam struktur för yrkesutbildningar med språkstöd" in words
    assert "Delrapport\tmaj 2027\tmåndag 31 maj 2027\tinte inlämnad" in words
    assert "Inventering" not in words  # another body's mandate
    assert [each for each in await lena.delivered() if isinstance(each.reply, File)] == []

    await press(lena, "Skicka")
    await lena.passes(at("2026-11-23 09:05"))

    sent = [each for each in lena.letters if isinstance(each.reply, File)]
    assert {each.reply.content for each in sent if isinstance(each.reply, File)} == {shown.content}
    assert await number(store, "Farid Testmark") in {each.person for each in sent}
    assert "skolchefer@skaraborg.example" in {each.where.conversation for each in sent}
    del farid


async def test_nothing_is_sent_without_a_yes(known: Known) -> None:
    lena = await known("Lena Modellson", "slack")
    await say(lena, "vilka uppdrag har vi?")
    await press(lena, "Sammanställ till uppdragsgivaren")

    assert await press(lena, "Nej") == "Då skickar jag den inte."
    assert await lena.passes(at("2026-11-23 09:05")) == []


async def test_a_member_is_not_offered_it(known: Known) -> None:
    assert "Sammanställ" not in await say(await known("Bo Fiktivsson"), "vilka uppdrag har vi?")
