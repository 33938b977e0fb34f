"""Rows made into mandates, a few statements for however many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from bot.rules.deadline import Deadline
from storage.mandates.model import Goal, Mandate, Owner, Report
from storage.tables import (
    body,
    goal,
    mandate,
    mandate_goal,
    mandate_owner,
    municipality,
    person,
    report,
)


def load(connection: Connection, *conditions: Any) -> list[Mandate]:
    """The mandates that fulfil all conditions on their own table, in order of being given."""
    rows = connection.execute(
        select(mandate, body.c.name.label("giver"), person.c.name.label("contact"))
        .join(body, body.c.id == mandate.c.giver_id)
        .outerjoin(person, person.c.id == mandate.c.contact_id)
        .where(*conditions)
        .order_by(mandate.c.given_on, mandate.c.id)
    ).all()
    numbers = [row.id for row in rows]
    if not numbers:
        return []
    owners, goals = _owners(connection, numbers), _goals(connection, numbers)
    reports = _reports(connection, [each for found in owners.values() for each in found])
    return [
        Mandate(
            row.id, row.region_id, row.title, row.short, row.text, tuple(row.items), row.giver_id,
            row.giver, row.contact_id, row.contact or "", row.given_on, tuple(goals[row.id]),
            tuple(owners[row.id]),
            tuple(each for owner in owners[row.id] for each in reports[owner.id]),
        )
        for row in rows
    ]  # fmt: skip


def _owners(connection: Connection, mandates: Sequence[int]) -> dict[int, list[Owner]]:
    rows = connection.execute(
        select(
            mandate_owner, body.c.name.label("body"), municipality.c.name.label("municipality"),
            person.c.name.label("person"),
        )
        .outerjoin(body, body.c.id == mandate_owner.c.body_id)
        .outerjoin(municipality, municipality.c.id == mandate_owner.c.municipality_id)
        .outerjoin(person, person.c.id == mandate_owner.c.person_id)
        .where(mandate_owner.c.mandate_id.in_(mandates))
        .order_by(mandate_owner.c.id)
    )  # fmt: skip
    found: dict[int, list[Owner]] = defaultdict(list)
    for row in rows:
        found[row.mandate_id].append(
            Owner(row.id, row.body_id, row.body or "", row.municipality_id,
                  row.municipality or "", row.person_id, row.person or "")
        )  # fmt: skip
    return found


def _goals(connection: Connection, mandates: Sequence[int]) -> dict[int, list[Goal]]:
    rows = connection.execute(
        select(mandate_goal.c.mandate_id, mandate_goal.c.priority, goal.c.number, goal.c.title)
        .join(goal, goal.c.id == mandate_goal.c.goal_id)
        .where(mandate_goal.c.mandate_id.in_(mandates))
        .order_by(goal.c.number)
    )
    found: dict[int, list[Goal]] = defaultdict(list)
    for row in rows:
        found[row.mandate_id].append(Goal(row.number, row.title, row.priority))
    return found


def _reports(connection: Connection, owners: Sequence[Owner]) -> dict[int, list[Report]]:
    by_id = {each.id: each for each in owners}
    rows = connection.execute(
        select(report)
        .where(report.c.owner_id.in_(by_id))
        .order_by(report.c.last_day.is_(None), report.c.last_day, report.c.id)
    )
    found: dict[int, list[Report]] = defaultdict(list)
    for row in rows:
        found[row.owner_id].append(
            Report(row.id, by_id[row.owner_id], row.kind, Deadline.from_json(row.deadline),
                   row.last_day, row.given_on, row.state, row.returned_on)
        )  # fmt: skip
    return found
