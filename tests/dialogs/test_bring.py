"""Files that people send to fill a region: what they see, and that nothing is saved unseen."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from bot.reply import File
from storage import imports
from storage.store import SqlStore
from storage.tables import meeting, person
from tests.conftest import Talker
from tests.dialogs.letters import letters

PLAN = (
    "Datum;Start;Slut;Plats;Värdkommun\n"
    "2027-02-18;09.00;12.00;Rådhuset;Skövde\n"
    "2027-05-06;09.00;12.00;Rådhuset;Skara\n"
    "2027-08-19;09.00;12.00;Rådhuset;\n"
    "2027-09-23;09.00;12.00;Rådhuset;Hjo\n"
    "2027-11-04;09.00;12.00;Rådhuset;Hjo\n"
).encode()


async def count(store: SqlStore, table: object) -> int:
    statement = select(func.count()).select_from(table)
    return await store.database.read(lambda c: c.execute(statement).scalar_one())


async def test_a_presidium_sends_the_years_plan(talker: Talker, store: SqlStore) -> None:
    chat, before = talker("Lena Modellson", "slack"), await count(store, meeting)

    book, told = await chat.attach("årsplan 2027.csv", PLAN, "läs in årets möten")

    assert isinstance(book, File)
    assert told.plain == (
        "Förhandsvisning: 5 möten.\n"
        "⚠ Minst 6 möten per år krävs – det fattas 1 i filen. (Nätverket Vuxenutbildning Skaraborg har 7 andra möten 2027.)\n"
        "⚠ rad 3: 6 maj är Kristi himmelsfärdsdag.\n"
        "⚠ rad 4 saknar värdkommun.\n"
        "Grupp: Nätverket Vuxenutbildning Skaraborg.\n"
        "Inget sparat ännu.\n"
        "[Spara ändå] [Avbryt]"
    )
    assert await count(store, meeting) == before
    assert (await chat.press("Avbryt"))[0].plain == "Då sparar jag ingenting."
    assert await count(store, meeting) == before

    await chat.attach("årsplan 2027.csv", PLAN, "läs in årets möten")
    assert (await chat.press("Spara ändå"))[0].plain == "Nu är det sparat: 5 möten."
    assert await count(store, meeting) == before + 5
    again = await chat.attach("årsplan 2027.csv", PLAN, "läs in årets möten")
    assert (
        again[0].plain
        == "5 möten (5 som redan stämmer). Allt stämmer redan, så det finns inget att spara."
    )


async def test_an_admin_sends_a_list_and_sees_each_cell(talker: Talker, store: SqlStore) -> None:
    chat, before = talker("Vide Hittepåberg", "teams"), await count(store, person)
    text = (
        "Namn;Kommun;Titel;E-post\nBo Fiktivsson;Vara;Lärare;\nAda Ny;Skövdde;;ada@x.example\n"
        "Ny Påhittad;Hjo;Rektor;ny@hjo.example\n"
    )

    book, told = await chat.attach("personer.csv", text.encode("cp1252"))

    assert isinstance(book, File)
    sheet = load_workbook(io.BytesIO(book.content))["Personer"]
    assert [cell.value for cell in sheet["B"]] == ["Läge", "ändras", "fel, sparas inte", "ny"]
    title = sheet["E2"]
    assert (title.value, title.comment.text, title.fill.fgColor.rgb) == (
        "Lärare",
        "Rektor",
        "00BDD7EE",
    )
    assert "rad 3: kommunen ”Skövdde” finns inte. Menas Skövde?" in told.plain
    assert "3 personer (1 att lägga till, 1 att ändra, 1 med fel)" in told.plain
    said = (await chat.press("Spara ändå"))[0].plain
    assert said == "Nu är det sparat: 2 personer.\nEn rad med fel lämnades."
    assert await count(store, person) == before + 1


async def test_who_sits_in_a_body_is_told_when_the_file_moves_its_meeting(
    talker: Talker, store: SqlStore
) -> None:
    chat = talker("Vide Hittepåberg", "teams")
    await talker("Bo Fiktivsson", "teams").say("hej")
    text = "Grupp;Datum;Start;Slut\nvux;2027-01-28;13.00;15.00\n"
    await letters(store)

    await chat.attach("möten.csv", text.encode())
    await chat.press("Spara")

    told = [each.plain for replies in (await letters(store)).values() for each in replies]
    assert any(
        "Mötet i Nätverket Vuxenutbildning Skaraborg torsdag 28 januari 2027 har ändrats" in each
        for each in told
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("tom.csv", b"", "är tom"), ("a.csv", b"A;B\n1;2\n", "Bladet ”” har inga kolumner"),
        ("a.xlsx", b"PK\x03\x04", "trasig"), ("a.csv", b"Namn;Kommun\n", "inga rader"),
    ],
)  # fmt: skip
async def test_bad_files_get_a_clear_answer(
    talker: Talker, name: str, data: bytes, said: str
) -> None:
    replies = await talker("Vide Hittepåberg", "teams").attach(name, data)

    assert said in replies[-1].plain


async def test_a_member_is_told_who_may(talker: Talker) -> None:
    replies = await talker("Bo Fiktivsson", "teams").attach(
        "möten.csv", b"Grupp;Datum\nvux;2027-02-18\n"
    )

    assert "Asta Fiktberg" in replies[0].plain


async def test_the_template_in_the_chat_is_the_one_that_is_read(talker: Talker) -> None:
    replies = await talker("Vide Hittepåberg", "teams").say("skicka mallen")

    assert isinstance(replies[0], File)
    assert replies[0].content[:2] == imports.workbook()[:2] == b"PK"
