"""The member list as a file: who sees contact data, and who is flagged."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from bot.reply import File
from storage.store import SqlStore
from storage.tables import person
from tests.conftest import Talker


async def listed(talker: Talker, name: str) -> list[list[object]]:
    chat = talker(name, "teams")
    await chat.say("vilka är med i vuxnätverket")
    (reply,) = await chat.press("Som Excelfil")
    assert isinstance(reply, File)
    (sheet,) = load_workbook(io.BytesIO(reply.content)).worksheets
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("name", "width"), [("Asta Fiktberg", 5), ("Eva Exempelqvist", 5), ("Bo Fiktivsson", 4)]
)
async def test_addresses_are_for_those_whom_the_matrix_gives_them(
    talker: Talker, name: str, width: int
) -> None:
    head, *rows = await listed(talker, name)

    assert head == ["Namn", "Kommun", "Titel", "Roll", "E-post"][:width]
    assert ["Asta Fiktberg", "Skara", "Rektor", "Ordförande"] in [row[:4] for row in rows]
    assert any("@" in str(cell) for row in rows for cell in row) is (width == 5)
    assert not any("Sven Förutvarande" in row for row in rows)


async def test_a_name_that_looks_like_a_formula_is_text(talker: Talker, store: SqlStore) -> None:
    change = update(person).where(person.c.name == "Bo Fiktivsson").values(title="=1+1")
    await store.database.write(lambda c: c.execute(change) and None)
    chat = talker("Asta Fiktberg", "teams")
    await chat.say("vilka är med i vuxnätverket")
    (reply,) = await chat.press("Som Excelfil")
    (sheet,) = load_workbook(io.BytesIO(reply.content)).worksheets

    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]


async def test_who_has_left_is_flagged_to_those_who_lead_only(talker: Talker) -> None:
    told = await talker("Asta Fiktberg", "teams").say("vilka är med i vuxnätverket")
    silent = await talker("Bo Fiktivsson", "teams").say("vilka är med i vuxnätverket")

    assert "Har slutat men har kvar sin plats: Sven Förutvarande" in told[0].plain
    assert "Sven" not in silent[0].plain
