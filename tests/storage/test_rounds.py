"""Question rounds on every database: one answer a municipality, whoever writes; nobody else's business."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, select

from bot.errors import Refused
from bot.rules import deadline
from bot.rules.roles import Person, Role
from storage import demo, rounds, timers
from storage.people import named, person_by_id
from storage.rounds import Round
from storage.session import Database
from storage.tables import municipality, person, role
from storage.tables.rounds import round_answer

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
TODAY = AT.date()
DUE = deadline.month(2027, 6).to_json()


def the(connection: Connection, name: str) -> Person:
    found = person_by_id(connection, named(connection, name)[0], TODAY)
    assert found is not None
    return found


def round_of(connection: Connection, name: str = "Ida Skenlund") -> Round:
    return rounds.made(connection, the(connection, name))[0]


def answer(connection: Connection, name: str, position: int, text: str) -> None:
    who = the(connection, name)
    rounds.answer(connection, who, round_of(connection).id, position, text, AT)


def of_huddinge(connection: Connection) -> list[str]:
    rows = (
        select(person.c.name)
        .distinct()
        .join(municipality, municipality.c.id == person.c.municipality_id)
        .join(role, role.c.person_id == person.c.id)
        .where(municipality.c.name == "Huddinge")
        .order_by(person.c.name)
    )
    return list(connection.execute(rows).scalars())


@pytest.fixture
async def filled(database: Database) -> Database:
    await database.write(demo.fill)
    return database


async def counts(database: Database) -> tuple[int, int, int]:
    found = await database.read(
        lambda c: rounds.status_of(c, the(c, "Ida Skenlund"), round_of(c).id, TODAY)
    )
    return len(found.done), len(found.begun), len(found.missing)


async def test_the_demo_stands_as_the_field_tells(filled: Database) -> None:
    assert await counts(filled) == (19, 3, 4)


async def test_two_colleagues_write_one_answer(filled: Database) -> None:
    first, second = (await filled.read(of_huddinge))[:2]
    for position in (1, 2, 3):
        await filled.write(lambda c, n=position: answer(c, first, n, f"svar {n}"))
    assert await counts(filled) == (19, 4, 3)
    for position in (4, 5, 6):
        await filled.write(lambda c, n=position: answer(c, second, n, f"svar {n}"))

    assert await counts(filled) == (20, 3, 3)
    seen = await filled.read(lambda c: rounds.pending(c, the(c, first), round_of(c)))
    assert list(seen.values()) == [f"svar {n}" for n in range(1, 7)]


async def test_an_answer_is_changed_never_doubled(filled: Database) -> None:
    people = await filled.read(of_huddinge)
    before = await filled.read(lambda c: len(c.execute(select(round_answer)).all()))
    await asyncio.gather(
        *(
            filled.write(lambda c, n=name, i=i: answer(c, n, 2, f"{n} {i}"))
            for i in range(5)
            for name in people[:2]
        )
    )
    assert await filled.read(lambda c: len(c.execute(select(round_answer)).all())) == before + 1


async def test_those_who_are_done_are_not_reminded(filled: Database) -> None:
    def reminded(connection: Connection) -> set[str]:
        ida = the(connection, "Ida Skenlund")
        people = rounds.remind(connection, ida, round_of(connection).id, AT)
        rows = (
            select(municipality.c.name)
            .join(person, person.c.municipality_id == municipality.c.id)
            .where(person.c.id.in_(people))
        )
        return set(connection.execute(rows).scalars())

    towns = await filled.write(reminded)
    assert "Huddinge" in towns
    assert towns <= {"Huddinge", "Nynäshamn", "Salem", "Vaxholm", "Nykvarn", "Sigtuna", "Värmdö"}


@pytest.mark.parametrize("name", ["Bo Fiktivsson", "Asta Fiktberg", "Vide Hittepåberg"])
async def test_another_region_finds_nothing(filled: Database, name: str) -> None:
    number = (await filled.read(round_of)).id
    work = (
        lambda c: rounds.answer(c, the(c, name), number, 1, "x", AT),
        lambda c: rounds.remind(c, the(c, name), number, AT),
        lambda c: rounds.close(c, the(c, name), number, AT),
        lambda c: rounds.summary(c, the(c, name), number, AT),
        lambda c: rounds.anonymous(c, the(c, name), number, AT),
        lambda c: rounds.status_of(c, the(c, name), number, TODAY),
    )
    for each in work:
        with pytest.raises(Refused) as refused:
            await filled.write(each)
        assert refused.value.text_id == "no-such-round"
    assert await filled.read(lambda c: rounds.by_id(c, the(c, name), number)) is None


async def test_who_only_answers_sees_no_other_municipality(filled: Database) -> None:
    number = (await filled.read(round_of)).id
    for work in (rounds.summary, rounds.anonymous, rounds.remind, rounds.close):
        with pytest.raises(Refused) as refused:
            await filled.write(lambda c, w=work: w(c, the(c, "Nora Provén"), number, AT))
        assert refused.value.text_id == "may-not"
        assert refused.value.ask


async def test_a_closed_round_takes_no_answers(filled: Database) -> None:
    number = (await filled.read(round_of)).id
    await filled.write(lambda c: rounds.close(c, the(c, "Ida Skenlund"), number, AT))

    with pytest.raises(Refused) as refused:
        await filled.write(lambda c: rounds.answer(c, the(c, "Nora Provén"), number, 1, "x", AT))
    assert refused.value.text_id == "round-closed"
    assert await filled.read(lambda c: timers.upcoming(c, f"question_round:{number}")) == []


def make(
    connection: Connection, questions: list[str], due: dict = DUE, name: str = "Ida Skenlund"
) -> int:
    return rounds.make(connection, the(connection, name), "Ny runda", questions, due, AT)


async def test_a_new_round_goes_to_every_municipality_and_is_watched(filled: Database) -> None:
    number = await filled.write(lambda c: make(c, ["A?", "B?"]))

    status = await filled.read(lambda c: rounds.status_of(c, the(c, "Ida Skenlund"), number, TODAY))
    assert (len(status.missing), status.count) == (26, 26)
    planned = await filled.read(lambda c: timers.upcoming(c, f"question_round:{number}"))
    assert [str(each.due.date()) for each in planned] == ["2027-06-16", "2027-06-28"]


@pytest.mark.parametrize(
    ("questions", "due", "said"),
    [
        ([], DUE, "round-questions"),
        ([f"{n}?" for n in range(31)], DUE, "round-questions"),
        (["A?"], deadline.month(2026, 10).to_json(), "deadline-over"),
    ],
)
async def test_a_round_that_cannot_be_is_refused(
    filled: Database, questions: list[str], due: dict, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        await filled.write(lambda c: make(c, questions, due))
    assert refused.value.text_id == said


@pytest.mark.parametrize("position", [0, 7, -1, 99])
async def test_a_question_that_is_not_there(filled: Database, position: int) -> None:
    with pytest.raises(Refused) as refused:
        await filled.write(lambda c: answer(c, "Nora Provén", position, "x"))
    assert refused.value.text_id == "round-no-question"


async def test_a_guest_answers_for_nobody(filled: Database) -> None:
    def guest(connection: Connection) -> None:
        nora = the(connection, "Nora Provén")
        connection.execute(
            role.update().where(role.c.person_id == nora.id).values(role=Role.GUEST.value)
        )
        assert rounds.to_answer(connection, the(connection, "Nora Provén")) == []
        answer(connection, "Nora Provén", 1, "x")

    with pytest.raises(Refused):
        await filled.write(guest)


async def test_nobody_can_be_found_in_the_anonymous_answers(filled: Database) -> None:
    def write(connection: Connection) -> None:
        said = "Vi i Huddinge, fråga Nora Provén på nora@huddinge.example eller 08-123 45 67."
        answer(connection, "Nora Provén", 1, said)

    await filled.write(write)
    ida = await filled.read(lambda c: the(c, "Ida Skenlund"))
    number = (await filled.read(round_of)).id
    found, shown = await filled.read(lambda c: rounds.anonymous(c, ida, number, AT))
    texts = [text for each in shown.values() for text in each or ()]
    assert "Vi i […], fråga […] på […] eller […]" in " ".join(texts)
    assert not any("Huddinge" in each or "Nora" in each or "@" in each for each in texts)
    assert shown[1] == sorted(shown[1] or [])
    assert found.title == "Kommunernas vuxenutbildning 2027"


async def test_few_answers_are_not_shown_anonymously(filled: Database) -> None:
    number = await filled.write(lambda c: make(c, ["A?"]))

    def four(connection: Connection) -> dict:
        towns = ("Botkyrka", "Danderyd", "Huddinge", "Täby", "Solna")
        ida = the(connection, "Ida Skenlund")
        found = []
        for town in towns:
            mine = rounds.writers(connection, rounds.any_round(connection, number), (town,), TODAY)
            who = person_by_id(connection, mine[0], date(2026, 11, 23))
            rounds.answer(connection, who, number, 1, "Ja", AT)
            found.append(rounds.anonymous(connection, ida, number, AT)[1][1])
        return found

    assert await filled.write(four) == [None] * 4 + [["Ja"] * 5]
