"""A question round with 6 questions to the 26 municipalities of Stockholm: 19 done, 3 begun, 4 not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, insert, select

from bot import dates
from bot.rules.deadline import Deadline
from storage import timers
from storage.people import named
from storage.rounds.find import REMIND
from storage.tables import municipality, person
from storage.tables.rounds import question_round, round_answer, round_municipality, round_question

MADE = datetime(2026, 11, 2, 8, tzinfo=UTC)
TITLE = "Kommunernas vuxenutbildning 2027"
DUE = "juni 2027"
QUESTIONS = (
    "Hur ofta följer ni upp kvaliteten i er vuxenutbildning?",
    "Erbjuder ni språkstöd i yrkesutbildningarna?",
    "Vilket lärcenter använder era elever mest?",
    "Vilka utbildningar saknar ni?",
    "Hur många kombinationsutbildningar startar ni 2027?",
    "Vad vill ni att regionen gör tillsammans?",
)
SAID = (
    ("Två gånger om året.", "Varje termin.", "Löpande, med en rapport i juni.", "En gång om året."),
    ("Ja, i alla.", "Ja, i vård och omsorg.", "Nej, men det planeras.", "Ja, i de flesta."),
    ("Det egna.", "Grannkommunens.", "Vi har inget eget.", "Det gemensamma i söder."),
    ("Svetsare.", "Undersköterska på kvällstid.", "Inget just nu.", "Kockutbildning på distans."),
    ("Fyra.", "Två.", "Sju, om det finns sökande.", "Ingen."),
    ("Köpa in tillsammans.", "Dela lärare.", "En gemensam ansökan.", "Ta fram nyckeltal."),
)
BEGUN = {"Nykvarn": 4, "Sigtuna": 2, "Värmdö": 1}  # questions answered
MISSING = frozenset({"Huddinge", "Nynäshamn", "Salem", "Vaxholm"})


def fill(connection: Connection) -> None:
    ida = named(connection, "Ida Skenlund")[0]
    home = connection.execute(select(person.c.region_id).where(person.c.id == ida)).scalar_one()
    value = dates.read(DUE, now=MADE)
    assert value is not None
    due = Deadline(value)
    assert due.last is not None
    number = connection.execute(
        insert(question_round)
        .values(region_id=home, title=TITLE, deadline=due.to_json(), last_day=due.last,
                made_by=ida, made_at=MADE)
        .returning(question_round.c.id)
    ).scalar_one()  # fmt: skip
    questions = list(
        connection.execute(
            insert(round_question).returning(round_question.c.id, sort_by_parameter_order=True),
            [{"round_id": number, "position": place, "text": text}
             for place, text in enumerate(QUESTIONS, 1)],
        ).scalars()
    )  # fmt: skip
    towns = connection.execute(
        select(municipality.c.id, municipality.c.name)
        .where(municipality.c.region_id == home)
        .order_by(municipality.c.id)
    ).all()
    asked = [{"round_id": number, "municipality_id": town.id} for town in towns]
    connection.execute(insert(round_municipality), asked)
    people = {
        row.municipality_id: row.id
        for row in connection.execute(
            select(person.c.id, person.c.municipality_id)
            .where(person.c.region_id == home)
            .order_by(person.c.id.desc())
        )
    }
    connection.execute(
        insert(round_answer),
        [
            {"question_id": question, "municipality_id": town.id, "person_id": people.get(town.id, ida), "at": MADE,
             "text": SAID[place][(at + place) % 4]}
            for at, town in enumerate(towns) if town.name not in MISSING
            for place, question in enumerate(questions[: BEGUN.get(town.name, len(QUESTIONS))])
        ],
    )  # fmt: skip
    last = datetime.combine(due.last, datetime.min.time().replace(hour=8))
    timers.plan(
        connection, REMIND, f"question_round:{number}", last - timedelta(days=14), key="weeks"
    )
