"""What is done to a question round: made, answered, reminded of, closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.errors import Refused
from bot.rules.deadline import Deadline
from bot.rules.roles import Person
from bot.rules.workdays import working_day_before
from storage import timers
from storage.rounds.find import REMIND, answers, by_id, require_maker, status_of, writers
from storage.rounds.model import Round
from storage.session import upsert
from storage.tables import audit, municipality
from storage.tables.rounds import question_round, round_answer, round_municipality, round_question
from storage.valid import wall

MOST = 30  # questions
MORNING = time(8)
REMINDED = "remind-round"  # what the log calls it


def make(
    connection: Connection, who: Person, title: str, questions: Sequence[str], due: dict[str, Any],
    at: datetime,
) -> int:  # fmt: skip
    """Sent to every municipality of the region; gives its number. `due` is a Deadline as JSON."""
    today = wall(at).date()
    require_maker(connection, who, who.region, today)
    deadline = Deadline.from_json(due)
    if deadline.last is not None and deadline.last < today:
        raise Refused("deadline-over")
    if not 1 <= len(questions) <= MOST:
        raise Refused("round-questions", most=MOST)
    number = connection.execute(
        insert(question_round)
        .values(
            region_id=who.region, title=title, deadline=due, last_day=deadline.last,
            made_by=who.id, made_at=at,
        )
        .returning(question_round.c.id)
    ).scalar_one()  # fmt: skip
    rows = [
        {"round_id": number, "position": place, "text": text}
        for place, text in enumerate(questions, 1)
    ]
    connection.execute(insert(round_question), rows)
    towns = select(municipality.c.id).where(municipality.c.region_id == who.region)
    connection.execute(
        insert(round_municipality),
        [
            {"round_id": number, "municipality_id": each}
            for each in connection.execute(towns).scalars()
        ],
    )
    if deadline.last is not None:
        _plan(connection, int(number), datetime.combine(deadline.last, MORNING), wall(at))
    return int(number)


def answer(
    connection: Connection, who: Person, number: int, position: int, text: str, at: datetime
) -> None:
    """For the person's own municipality: whoever of it writes last is heard."""
    found = by_id(connection, who, number)
    if found is None or not answers(who):
        raise Refused("no-such-round")
    if not found.open:
        raise Refused("round-closed", title=found.title)
    asked = select(round_municipality.c.round_id).where(
        round_municipality.c.round_id == number,
        round_municipality.c.municipality_id == who.municipality,
    )
    if connection.execute(asked).first() is None:
        raise Refused("no-such-round")
    question = next((each for each in found.questions if each.position == position), None)
    if question is None:
        raise Refused("round-no-question", most=len(found.questions))
    row = {"text": text, "person_id": who.id, "at": at}
    connection.execute(
        upsert(connection)(round_answer)
        .values(question_id=question.id, municipality_id=who.municipality, **row)
        .on_conflict_do_update(index_elements=["question_id", "municipality_id"], set_=row)
    )


def remind(connection: Connection, who: Person, number: int, at: datetime) -> list[int]:
    """Whom to remind, once a day at most: the people of the municipalities that are not done."""
    found = _made(connection, who, number, at)
    today = wall(at).date()
    before = select(audit.c.id).where(
        audit.c.action == REMINDED, audit.c.subject == f"question_round:{number}",
        audit.c.at >= timers.moment(datetime.combine(today, time.min)),
    )  # fmt: skip
    if connection.execute(before.limit(1)).first() is not None:
        raise Refused("round-reminded-today")
    status = status_of(connection, who, number, today)
    return writers(connection, found, (*status.begun, *status.missing), today)


def close(connection: Connection, who: Person, number: int, at: datetime) -> None:
    """No more answers, and nobody is reminded."""
    _made(connection, who, number, at)
    connection.execute(
        update(question_round).where(question_round.c.id == number).values(state="closed")
    )
    timers.cancel(connection, f"question_round:{number}")


def _made(connection: Connection, who: Person, number: int, at: datetime) -> Round:
    found = by_id(connection, who, number)
    if found is None:
        raise Refused("no-such-round")
    require_maker(connection, who, found.region, wall(at).date())
    if not found.open:
        raise Refused("round-closed", title=found.title)
    return found


def _plan(connection: Connection, number: int, last: datetime, now: datetime) -> None:
    """Two weeks, and two working days, before the last day: whoever is not done then."""
    soon = working_day_before(working_day_before(last.date()))
    for key, day in (
        ("weeks", last - timedelta(days=14)),
        ("days", datetime.combine(soon, MORNING)),
    ):
        if day > now:
            timers.plan(connection, REMIND, f"question_round:{number}", day, key=key)
