"""Question rounds: whose they are, who is to answer, how far each municipality has come."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from bot.errors import Refused
from bot.rules.deadline import Deadline
from bot.rules.roles import Action, Grade, Person, Role, grade
from storage.rights import refuse
from storage.rounds.model import Question, Round, Status
from storage.tables import municipality, person, role
from storage.tables.rounds import question_round, round_answer, round_municipality, round_question
from storage.valid import valid_role

REMIND = "round-remind"  # the kind of its timers
CHANGE = re.compile(
    r"\s*(?:ändra|change)\s+(?:svar(?:et)?|answer)\s*(?:på fråga|to question|number|nr|nummer)?\s*"
    r"(?P<number>\d{1,2})\s*(?:(?:till|to)\b\s*:?\s*(?P<text>.+))?",
    re.IGNORECASE | re.DOTALL,
)


def makes(who: Person, region: int) -> bool:
    bodies = [m.body for m in who.memberships if m.region == region and m.body is not None]
    right = grade(who, Action.MAKE_QUESTION_ROUND, region=region, bodies=bodies)
    return right is Grade.YES


def require_maker(connection: Connection, who: Person, region: int, today: date) -> None:
    if not makes(who, region):
        refuse(connection, who, Action.MAKE_QUESTION_ROUND, region, who.bodies, today)


def made(connection: Connection, who: Person) -> list[Round]:
    """Rounds of the home region that this person may follow: open ones first, then the newest."""
    if not makes(who, who.region):
        return []
    found = _load(connection, question_round.c.region_id == who.region)
    return sorted(found, key=lambda each: not each.open)


def to_answer(connection: Connection, who: Person) -> list[Round]:
    """Open rounds that the person's municipality is asked in."""
    if not answers(who):
        return []
    asked = select(round_municipality.c.round_id).where(
        round_municipality.c.municipality_id == who.municipality
    )
    return _load(connection, question_round.c.id.in_(asked), question_round.c.state == "open")


def answers(who: Person) -> bool:
    """A guest answers for nobody."""
    roles = who.roles_in(who.region, who.bodies)
    return who.municipality is not None and bool(roles - {Role.GUEST})


def by_id(connection: Connection, who: Person, number: int) -> Round | None:
    """None when there is none, or none that this person makes or answers."""
    found = any_round(connection, number)
    if found is None or found.region not in who.regions:
        return None
    return found if _asked(connection, who, number) or makes(who, found.region) else None


def _asked(connection: Connection, who: Person, number: int) -> bool:
    """Whether the person's municipality is asked, also when the round is closed by now."""
    rows = select(round_municipality.c.round_id).where(
        round_municipality.c.round_id == number,
        round_municipality.c.municipality_id == who.municipality,
    )
    return answers(who) and connection.execute(rows).first() is not None


def any_round(connection: Connection, number: int) -> Round | None:
    """For rules, which act for nobody."""
    return next(iter(_load(connection, question_round.c.id == number)), None)


def pending(connection: Connection, who: Person, found: Round) -> dict[int, str]:
    """The municipality's answers so far, by question."""
    rows = connection.execute(
        select(round_answer.c.question_id, round_answer.c.text).where(
            round_answer.c.municipality_id == who.municipality,
            round_answer.c.question_id.in_([each.id for each in found.questions]),
        )
    )
    return {row.question_id: row.text for row in rows}


def status_of(connection: Connection, who: Person, number: int, today: date) -> Status:
    found = by_id(connection, who, number)
    if found is None:
        raise Refused("no-such-round")
    require_maker(connection, who, found.region, today)
    return system_status(connection, found)


def system_status(connection: Connection, found: Round) -> Status:
    """How far each municipality has come, computed from its answers."""
    counts = (
        select(round_answer.c.municipality_id, func.count().label("answered"))
        .where(round_answer.c.question_id.in_([each.id for each in found.questions]))
        .group_by(round_answer.c.municipality_id)
        .subquery()
    )
    rows = connection.execute(
        select(municipality.c.name, func.coalesce(counts.c.answered, 0).label("answered"))
        .select_from(
            round_municipality.join(
                municipality, municipality.c.id == round_municipality.c.municipality_id
            ).outerjoin(counts, counts.c.municipality_id == municipality.c.id)
        )
        .where(round_municipality.c.round_id == found.id)
    ).all()
    towns = sorted(rows, key=lambda row: _order(row.name))
    every = len(found.questions)
    return Status(
        tuple(row.name for row in towns if row.answered >= every),
        tuple(row.name for row in towns if 0 < row.answered < every),
        tuple(row.name for row in towns if row.answered == 0),
    )


def count_of(connection: Connection, found: Round, town: str) -> int:
    """How many questions a municipality has answered."""
    statement = (
        select(func.count())
        .select_from(
            round_answer.join(municipality, municipality.c.id == round_answer.c.municipality_id)
        )
        .where(
            municipality.c.name == town, municipality.c.region_id == found.region,
            round_answer.c.question_id.in_([each.id for each in found.questions]),
        )
    )  # fmt: skip
    return int(connection.execute(statement).scalar_one())


def writers(connection: Connection, found: Round, towns: Collection[str], today: date) -> list[int]:
    """Everybody in service of these municipalities who has a role in the region."""
    rows = connection.execute(
        select(person.c.id)
        .distinct()
        .join(municipality, municipality.c.id == person.c.municipality_id)
        .join(role, role.c.person_id == person.c.id)
        .where(
            municipality.c.region_id == found.region, municipality.c.name.in_(towns),
            role.c.region_id == found.region, role.c.role != Role.GUEST.value, valid_role(today),
        )
        .order_by(person.c.id)
    )  # fmt: skip
    return list(rows.scalars())


def changing(
    connection: Connection, who: Person, text: str, at: datetime
) -> dict[str, str | int] | None:
    """ "ändra svar 2 till nej", and "hur går det?" of whoever waits for answers."""
    del at
    if (match := CHANGE.fullmatch(text)) and to_answer(connection, who):
        return {"change": int(match["number"]), "text": (match["text"] or "").strip()}
    if re.fullmatch(
        r"\s*(?:hur går det|how is it going|how’s it going|how's it going)\s*\??\s*", text, re.I
    ):
        found = [each for each in made(connection, who) if each.open and each.made_by == who.id]
        return {"round": found[0].id, "step": "status"} if found else None
    return None


def _load(connection: Connection, *conditions: Any) -> list[Round]:
    rows = connection.execute(
        select(question_round, person.c.name)
        .join(person, person.c.id == question_round.c.made_by)
        .where(*conditions)
        .order_by(question_round.c.id.desc())
    ).all()
    questions = _questions(connection, [row.id for row in rows])
    return [
        Round(
            row.id, row.region_id, row.title, Deadline.from_json(row.deadline), row.last_day,
            row.made_by, row.name, row.state == "open", tuple(questions.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


def _questions(connection: Connection, rounds: Sequence[int]) -> dict[int, list[Question]]:
    rows = connection.execute(
        select(round_question)
        .where(round_question.c.round_id.in_(rounds))
        .order_by(round_question.c.round_id, round_question.c.position)
    )
    found: dict[int, list[Question]] = {}
    for row in rows:
        found.setdefault(row.round_id, []).append(Question(row.id, row.position, row.text))
    return found


def _order(name: str) -> str:
    """Swedish alphabetical order: å, ä, ö come last."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))
