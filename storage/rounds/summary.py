"""All answers of a round, question by question; and the same without who answered what."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection, select

from bot.errors import Refused
from bot.rules.roles import Person
from storage.rounds.find import by_id, require_maker
from storage.rounds.model import Answered, Round
from storage.tables import municipality, person
from storage.tables.rounds import round_answer, round_question
from storage.valid import wall

LEAST = 5  # answers of different municipalities, below which nothing is shown anonymously
_MAIL = re.compile(r"\S+@\S+")
_PHONE = re.compile(r"\+?\d[\d\s-]{6,}\d")


def summary(
    connection: Connection, who: Person, number: int, at: datetime
) -> tuple[Round, list[Answered]]:
    found = by_id(connection, who, number)
    if found is None:
        raise Refused("no-such-round")
    require_maker(connection, who, found.region, wall(at).date())
    rows = connection.execute(
        select(
            round_question.c.position,
            municipality.c.name.label("town"),
            round_answer.c.text,
            person.c.name,
        )
        .select_from(
            round_answer.join(round_question, round_question.c.id == round_answer.c.question_id)
            .join(municipality, municipality.c.id == round_answer.c.municipality_id)
            .join(person, person.c.id == round_answer.c.person_id)
        )
        .where(round_question.c.round_id == number)
        .order_by(round_question.c.position, municipality.c.name)
    )
    return found, [Answered(row.position, row.town, row.text, row.name) for row in rows]


def anonymous(
    connection: Connection, who: Person, number: int, at: datetime
) -> tuple[Round, dict[int, list[str] | None]]:
    """By question, in an order that tells nothing: None where too few have answered.

    Names of municipalities and people of the region, addresses and telephone numbers are blanked.
    """
    found, answers = summary(connection, who, number, at)
    hidden = _names(connection, found.region)
    shown: dict[int, list[str] | None] = {}
    for question in found.questions:
        texts = [each.text for each in answers if each.position == question.position]
        cleaned = sorted(_clean(text, hidden) for text in texts)
        shown[question.position] = cleaned if len(cleaned) >= LEAST else None
    return found, shown


def _names(connection: Connection, region: int) -> re.Pattern[str]:
    towns = select(municipality.c.name).where(municipality.c.region_id == region)
    people = select(person.c.name).where(person.c.region_id == region)
    names = {*connection.execute(towns).scalars(), *connection.execute(people).scalars()}
    parts = {part for name in names for part in (name, *name.split()) if len(part) > 2}
    longest = sorted(parts, key=lambda each: (-len(each), each))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})s?\b", re.IGNORECASE)


def _clean(text: str, hidden: re.Pattern[str]) -> str:
    return hidden.sub("[…]", _PHONE.sub("[…]", _MAIL.sub("[…]", text)))
