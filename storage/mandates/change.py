"""Every change to a mandate. Each operation checks the acting person's right and raises Refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from bot.errors import Refused
from bot.rules.deadline import Deadline
from bot.rules.roles import Action, Person
from storage import files
from storage.mandates.find import change_by_id, report_by_id
from storage.mandates.follow import follow
from storage.mandates.model import Open, Plan
from storage.mandates.people import may_give, may_report
from storage.rights import authorise, refuse
from storage.session import upsert
from storage.tables import (
    body,
    deadline_change,
    goal,
    mandate,
    mandate_goal,
    mandate_owner,
    report,
    report_step,
)
from storage.valid import wall


def give(connection: Connection, who: Person, plan: Plan, file: int | None, at: datetime) -> int:
    """A mandate with its goals, owners and reports; gives its number."""
    today = wall(at).date()
    region = connection.execute(select(body.c.region_id).where(body.c.id == plan.giver)).scalar()
    if region is None:
        raise Refused("no-such-body")
    authorise(connection, who, Action.GIVE_MANDATE, region, [plan.giver], today)
    if any(of.last is not None and of.last < today for _, of in plan.reports):
        raise Refused("deadline-over")
    number = put(connection, region, plan, who.id, today)
    if file is not None:
        files.tie(connection, who, file, f"mandate:{number}")
    return number


def put(connection: Connection, region: int, plan: Plan, contact: int | None, today: date) -> int:
    """Write it, whoever may give it; reports go to `contact`."""
    number = connection.execute(
        insert(mandate)
        .values(
            region_id=region, title=plan.title, short=plan.short, text=plan.text,
            items=list(plan.items), giver_id=plan.giver, contact_id=contact, made_by=contact,
            given_on=today,
        )
        .returning(mandate.c.id)
    ).scalar_one()  # fmt: skip
    _put_goals(connection, number, plan.giver, plan.goals)
    for owner in plan.owners:
        owner_id = connection.execute(
            insert(mandate_owner)
            .values(
                mandate_id=number, body_id=owner.body, municipality_id=owner.municipality,
                person_id=owner.person,
            )
            .returning(mandate_owner.c.id)
        ).scalar_one()  # fmt: skip
        for kind, deadline in plan.reports:
            new = connection.execute(
                insert(report)
                .values(
                    owner_id=owner_id, kind=kind, deadline=deadline.to_json(),
                    last_day=deadline.last, given_on=today,
                )
                .returning(report.c.id)
            ).scalar_one()  # fmt: skip
            follow(connection, new, today)
    return int(number)


def hand_in(
    connection: Connection, who: Person, number: int, words: str, file: int | None, at: datetime
) -> None:
    """Pings stop until the report is returned."""
    found = _own(connection, who, number, at)
    if not found.report.open:
        raise Refused(f"report-{found.report.state.replace('_', '-')}")
    if file is not None:
        files.tie(connection, who, file, f"report:{number}")
    _set(connection, who, number, "handed_in", words, at)


def acknowledge(connection: Connection, who: Person, number: int, at: datetime) -> None:
    _given(connection, who, number, at)
    _set(connection, who, number, "acknowledged", "", at)


def give_back(
    connection: Connection, who: Person, number: int, question: str, at: datetime
) -> None:
    """Returned with a question; pings go on."""
    _given(connection, who, number, at)
    _set(connection, who, number, "returned", question, at)


def ask_for_time(
    connection: Connection, who: Person, number: int, new: Deadline, reason: str, at: datetime
) -> int:
    """A wish that changes nothing until the giver grants it; a newer one replaces an older."""
    found = _own(connection, who, number, at)
    _check_new(found, new, at)
    connection.execute(
        update(deadline_change)
        .where(deadline_change.c.report_id == number, deadline_change.c.state == "asked")
        .values(state="declined", decided_at=at)
    )
    done = connection.execute(
        insert(deadline_change)
        .values(
            report_id=number, old=found.report.deadline.to_json(), new=new.to_json(),
            reason=reason, asked_by=who.id, asked_at=at,
        )
        .returning(deadline_change.c.id)
    )  # fmt: skip
    return int(done.scalar_one())


def decide_time(connection: Connection, who: Person, number: int, state: str, at: datetime) -> bool:
    """Grant or decline; False if somebody has decided already."""
    found = change_by_id(connection, who, number)
    if found is None:
        raise Refused("no-such-mandate")
    change, of = found
    _require_giver(connection, who, of, at)
    done = connection.execute(
        update(deadline_change)
        .where(deadline_change.c.id == number, deadline_change.c.state == "asked")
        .values(state=state, decided_by=who.id, decided_at=at)
    )
    if done.rowcount and state == "granted":
        _move(connection, of.report.id, change.new, at)
    return bool(done.rowcount)


def move(connection: Connection, who: Person, number: int, new: Deadline, at: datetime) -> None:
    """The giver moves the deadline; the old one stays in the history."""
    found = _seen(connection, who, number)
    _require_giver(connection, who, found, at)
    _check_new(found, new, at)
    connection.execute(
        insert(deadline_change).values(
            report_id=number, old=found.report.deadline.to_json(), new=new.to_json(),
            state="granted", asked_by=who.id, asked_at=at, decided_by=who.id, decided_at=at,
        )
    )  # fmt: skip
    _move(connection, number, new, at)


def watch(connection: Connection, who: Person, number: int, named: Deadline, at: datetime) -> None:
    """The month to watch for loose words. The words stay; owner and giver may name it."""
    found = _seen(connection, who, number)
    if not (may_report(who, found.mandate, found.report.owner) or may_give(who, found.mandate)):
        _refuse_report(connection, who, found, at)
    if named.last is None or named.last < wall(at).date():
        raise Refused("deadline-over")
    _move(connection, number, named, at)


def _move(connection: Connection, number: int, new: Deadline, at: datetime) -> None:
    today = wall(at).date()
    connection.execute(
        update(report)
        .where(report.c.id == number)
        .values(deadline=new.to_json(), last_day=new.last, given_on=today)
    )
    follow(connection, number, today)


def _set(
    connection: Connection, who: Person, number: int, state: str, words: str, at: datetime
) -> None:
    today = wall(at).date()
    values = {"state": state} | ({"returned_on": today} if state == "returned" else {})
    connection.execute(update(report).where(report.c.id == number).values(**values))
    connection.execute(
        insert(report_step).values(
            report_id=number, step=state, words=words, person_id=who.id, at=at
        )
    )
    follow(connection, number, today)


def _check_new(found: Open, new: Deadline, at: datetime) -> None:
    if not found.report.open:
        raise Refused(f"report-{found.report.state.replace('_', '-')}")
    if new.last is not None and new.last < wall(at).date():
        raise Refused("deadline-over")


def _put_goals(connection: Connection, number: int, giver: int, numbers: Sequence[int]) -> None:
    """The newest mandate is the last in each goal's order."""
    for each in dict.fromkeys(numbers):
        connection.execute(
            upsert(connection)(goal).values(body_id=giver, number=each).on_conflict_do_nothing()
        )
        goal_id = connection.execute(
            select(goal.c.id).where(goal.c.body_id == giver, goal.c.number == each)
        ).scalar_one()
        last = connection.execute(
            select(func.max(mandate_goal.c.priority)).where(mandate_goal.c.goal_id == goal_id)
        ).scalar()
        connection.execute(
            insert(mandate_goal).values(
                mandate_id=number, goal_id=goal_id, priority=(last or 0) + 1
            )
        )


def _seen(connection: Connection, who: Person, number: int) -> Open:
    found = report_by_id(connection, who, number)
    if found is None:
        raise Refused("no-such-mandate")
    return found


def _own(connection: Connection, who: Person, number: int, at: datetime) -> Open:
    found = _seen(connection, who, number)
    if not may_report(who, found.mandate, found.report.owner):
        _refuse_report(connection, who, found, at)
    return found


def _refuse_report(connection: Connection, who: Person, found: Open, at: datetime) -> None:
    body_id = found.report.owner.body_id
    bodies = [body_id] if body_id is not None else []
    refuse(connection, who, Action.REPORT_MANDATE, found.mandate.region, bodies, _day(at))


def _given(connection: Connection, who: Person, number: int, at: datetime) -> Open:
    """A report that has been handed in to a body for which this person decides."""
    found = _seen(connection, who, number)
    _require_giver(connection, who, found, at)
    if found.report.state != "handed_in":
        raise Refused(f"report-{found.report.state.replace('_', '-')}")
    return found


def _require_giver(connection: Connection, who: Person, found: Open, at: datetime) -> None:
    giver = [found.mandate.giver_id]
    authorise(connection, who, Action.GIVE_MANDATE, found.mandate.region, giver, _day(at))


def _day(at: datetime) -> date:
    return wall(at).date()
