"""The member list and the meeting dates on their way to the mailbox, previewed by the presidium."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, update

from bot.reply import File, Reply
from bot.testing import Chat
from bot.turn import ConversationReference, Joined, Turn
from storage import lists
from storage import tables as t
from storage.documents import extract
from storage.store import SqlStore
from tests.conftest import Talker

HOME = ZoneInfo("Europe/Stockholm")
NETWORK = "Nätverket Vuxenutbildning Skaraborg"
BOX = "utbildning@skaraborg.example"


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=HOME)


@pytest.fixture
async def lena(talker: Talker, store: SqlStore) -> Chat:
    """Of the presidium; she has written to the bot before."""
    found = talker("Lena Modellson", "slack")
    where = ConversationReference("slack", found.who.tenant, f"personal:{found.who.user}")
    await store.receive(Turn("before-lena", Joined(), found.who, where, found.clock.at))
    await store.database.write(lambda c: lists.begin(c, found.clock.at))
    return found


async def asked(chat: Chat, until: str, words: str) -> list[str]:
    return [each.plain for each in await chat.passes(at(until)) if words in each.plain]


async def previewed(chat: Chat, words: str) -> Sequence[Reply]:
    """Press the button of the letter that says this."""
    chat.replies = [each for each in chat.replies if words in each.plain]
    return await chat.press("Förhandsgranska")


async def sent(chat: Chat, label: str = "Skicka") -> File:
    """Press preview and send; gives the mail."""
    before = len(chat.letters)
    await chat.press(label)
    await chat.passes(chat.clock.at)
    (mail,) = [each for each in chat.letters[before:] if each.where.platform == "mail"]
    assert mail.where.conversation == BOX
    assert isinstance(mail.reply, File)
    return mail.reply


async def test_the_presidium_previews_and_sends_the_member_list(
    lena: Chat, store: SqlStore
) -> None:
    (first,) = await asked(lena, "2026-11-30 09:00", f"Medlemslistan för {NETWORK}")
    assert "Den har inte skickats förut" in first

    preview = await previewed(lena, "Medlemslistan")
    shown = preview[0]
    assert isinstance(shown, File)
    assert "Vara, Bo Fiktivsson, Rektor, bo.fiktivsson@vara.example" in extract(shown.content, shown.name).text  # fmt: skip
    assert "ska jag skicka den?" in preview[1].plain.lower()
    mail = await sent(lena)
    assert mail.content == shown.content
    assert await asked(lena, "2026-12-07 09:00", "Medlemslistan") == []


async def test_a_change_is_asked_about_with_what_changed(lena: Chat, store: SqlStore) -> None:
    await start(lena, store, "members")
    assert await asked(lena, "2026-11-30 09:00", "Medlemslistan") == []

    def joins(c) -> None:
        network = c.execute(select(t.body.c.id).where(t.body.c.name == NETWORK)).scalar_one()
        row = c.execute(select(t.person).where(t.person.c.name == "Hassan Modellgren")).one()
        c.execute(insert(t.role).values(person_id=row.id, region_id=row.region_id,
                                        body_id=network, role="member", since=date(2026, 12, 1)))  # fmt: skip

    await store.database.write(joins)
    (told,) = await asked(lena, "2026-12-07 09:00", "Medlemslistan")
    assert "1 nya rader, 0 borttagna" in told
    assert "+ Skara, Hassan Modellgren" in told
    await previewed(lena, "Medlemslistan")
    mail = await sent(lena)
    text = extract(mail.content, mail.name).text
    assert "Nytt sedan förra listan" in text


async def test_meeting_dates_go_once_a_year(lena: Chat, store: SqlStore) -> None:
    await start(lena, store, "meetings")
    mails = [each for each in lena.letters if each.where.platform == "mail"]
    assert "torsdag 10 december 2026, kl. 09.00–12.00, Portalen, Skövde, värd Skövde" in extract(
        mails[-1].reply.content, mails[-1].reply.name
    ).text  # fmt: skip

    assert await asked(lena, "2026-12-30 09:00", "Mötesdagarna") == []
    january = await asked(lena, "2027-01-05 09:00", "Mötesdagarna")
    assert len(january) == 1


async def test_nothing_goes_that_was_not_shown(lena: Chat, store: SqlStore) -> None:
    await card(lena)
    await lena.press("Skicka listan till brevlådan")
    await store.database.write(
        lambda c: c.execute(
            update(t.person)
            .where(t.person.c.name == "Bo Fiktivsson")
            .values(title="Verksamhetschef")
        )
    )

    (said,) = await lena.press("Skicka")

    assert "har ändrats sedan du såg den" in said.plain
    await lena.passes(lena.clock.at)
    assert [each for each in lena.letters if each.where.platform == "mail"] == []


async def test_a_member_is_offered_nothing_of_it(talker: Talker) -> None:
    bo = talker("Bo Fiktivsson", "teams")

    replies = await bo.say("vilka är med i nätverket?")

    assert [each.label for reply in replies for each in reply.buttons] == ["Som Excelfil"]


async def card(chat: Chat) -> None:
    await chat.say("vilka är med i nätverket?")
    if "Vilket nätverk" in chat.replies[-1].plain:
        await chat.press(NETWORK)


async def start(chat: Chat, store: SqlStore, kind: str) -> None:
    """The list has been sent once."""
    await card(chat)
    label = "Skicka listan till brevlådan" if kind == "members" else "Skicka mötesdagarna dit"
    await chat.press(label)
    await sent(chat)
