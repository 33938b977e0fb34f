"""What only the region's coordinator does: make a dialogue, open, change, close and cancel it."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.errors import Refused
from bot.rules.roles import Action, Person
from storage import timers
from storage.dialogues import plans
from storage.dialogues.load import any_dialogue, managed
from storage.dialogues.model import FIELDS, PARTS, POINTS, Dialogue, NewSession, Plan
from storage.dialogues.seating import Hall
from storage.rights import authorise
from storage.session import upsert
from storage.tables import checkpoint, dialogue, dialogue_session, registration, seat
from storage.valid import wall

MOVES = {"draft": ("open", "cancelled"), "open": ("closed", "cancelled"),
         "closed": ("open", "held", "cancelled")}  # fmt: skip
_CODE = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what is read as something else


def create(connection: Connection, who: Person, plan: Plan, at: datetime) -> int:
    """Gives the number of a draft, which nobody but the region's coordinator sees."""
    authorise(connection, who, Action.MANAGE_DIALOGUE, plan.region, (), wall(at).date())
    sessions = _checked(plan.sessions)
    if plan.last_day > sessions[0].starts.date():
        raise Refused("last-day-after", day=plan.last_day)
    number: int = connection.execute(
        insert(dialogue)
        .values(
            region_id=plan.region, title=plan.title, format=plan.format, place=plan.place,
            link=plan.link, starts=sessions[0].starts, ends=max(each.ends for each in sessions),
            last_day=plan.last_day, fields=[_field(each) for each in plan.fields],
            summary_due=_summary(sessions[-1].ends.date()), copied_from=plan.copied_from,
            code="".join(secrets.choice(_CODE) for _ in range(6)),
            uid=str(uuid.uuid4()), changed_at=at,
        )
        .returning(dialogue.c.id)
    ).scalar_one()  # fmt: skip
    connection.execute(
        insert(dialogue_session),
        [
            {
                "dialogue_id": number, "position": position, "part": each.part,
                "title": each.title, "starts": each.starts, "ends": each.ends,
                "capacity": each.capacity, "audience": each.audience,
            }
            for position, each in enumerate(sessions, 1)
        ],
    )  # fmt: skip
    connection.execute(insert(checkpoint), [{"dialogue_id": number, "point": p} for p in POINTS])
    return number


def copy(
    connection: Connection, who: Person, number: int, day: date, last_day: date, at: datetime
) -> int:
    """Last year's dialogue again as a draft: the same sessions, places and questions."""
    old = managed(connection, who, number, wall(at).date())
    move = day - old.starts.date()
    sessions = tuple(
        NewSession(each.part, each.starts + move, each.ends + move, each.capacity, each.audience,
                   each.title)
        for each in old.sessions
    )  # fmt: skip
    plan = Plan(old.region, old.title, sessions, last_day, old.format, old.place, "",
                old.fields, old.id)  # fmt: skip
    return create(connection, who, plan, at)


def set_state(
    connection: Connection, who: Person, number: int, state: str, at: datetime
) -> list[int]:
    """Open, close, or cancel; gives the people whom it concerns."""
    found = managed(connection, who, number, wall(at).date())
    if state not in MOVES.get(found.state, ()):
        raise Refused("dialogue-state", state=found.state)
    _bump(connection, found, at, state=state)
    now = any_dialogue(connection, number)
    assert now is not None
    if state == "open":
        plans.of_dialogue(connection, now)
    elif state == "cancelled":
        plans.drop(connection, number)
        _end_all(connection, number)
        timers.plan(connection, "dialogue-cancelled", f"dialogue:{number}", at)
    return concerned(connection, number)


def close(connection: Connection, number: int, at: datetime) -> None:
    """After the last day, by itself."""
    connection.execute(
        update(dialogue)
        .where(dialogue.c.id == number, dialogue.c.state == "open")
        .values(state="closed", changed_at=at)
    )


def mark_held(connection: Connection, number: int, at: datetime) -> None:
    """When it has ended, by itself; whoever was not ticked off stays as registered."""
    connection.execute(
        update(dialogue)
        .where(dialogue.c.id == number, dialogue.c.state.in_(("open", "closed")))
        .values(state="held", changed_at=at)
    )


def change(
    connection: Connection, who: Person, number: int, values: Mapping[str, Any], at: datetime
) -> list[int]:
    """Another place, link, format, title or last day; gives the people whom it concerns."""
    found = managed(connection, who, number, wall(at).date())
    if found.state in {"cancelled", "held"}:
        raise Refused("dialogue-state", state=found.state)
    allowed = {"title", "place", "link", "format", "last_day", "offer_hours", "summary_due"}
    if set(values) - allowed:
        raise ValueError(f"not a dialogue's to change: {sorted(set(values) - allowed)}")
    last = values.get("last_day")
    if last is not None and last > found.starts.date():
        raise Refused("last-day-after", day=last)
    _bump(connection, found, at, **values)
    _plan_again(connection, number)
    return concerned(connection, number)


def tell_change(
    connection: Connection, who: Person, number: int, field: str, before: str, at: datetime
) -> None:
    """Have everybody concerned told that a place or a day is another one now."""
    managed(connection, who, number, wall(at).date())
    timers.plan(connection, "dialogue-changed", f"dialogue:{number}", at, key=field,
                values={"field": field, "before": before})  # fmt: skip


def move(connection: Connection, who: Person, number: int, day: date, at: datetime) -> list[int]:
    """Another day, the same hours; the last day to register moves along. Registrations stand."""
    found = managed(connection, who, number, wall(at).date())
    if found.state in {"cancelled", "held"}:
        raise Refused("dialogue-state", state=found.state)
    step = day - found.starts.date()
    for each in found.sessions:
        connection.execute(
            update(dialogue_session)
            .where(dialogue_session.c.id == each.id)
            .values(starts=each.starts + step, ends=each.ends + step)
        )
    _bump(
        connection, found, at, starts=found.starts + step, ends=found.ends + step,
        last_day=found.last_day + step, summary_due=_summary(day),
    )  # fmt: skip
    _plan_again(connection, number)
    return concerned(connection, number)


def set_capacity(
    connection: Connection, who: Person, number: int, session: int, capacity: int, at: datetime
) -> int:
    """More or fewer places; freed ones are offered to the queue at once. Gives how many.

    Nobody loses a seat: fewer than are taken is refused.
    """
    managed(connection, who, number, wall(at).date())
    hall = Hall(connection, number, at)
    row = hall.rows.get(session)
    if row is None:
        raise Refused("no-such-session")
    if capacity < max(row.taken, 1):
        raise Refused("capacity-taken", taken=row.taken)
    hall.resize(session, capacity)
    given = hall.settle()
    plans.after(connection, hall, given)
    return len(given)


def checklist(connection: Connection, who: Person, number: int, today: date) -> dict[str, bool]:
    """The four things agreed with Skolverket, and which are done."""
    managed(connection, who, number, today)
    rows = connection.execute(
        select(checkpoint.c.point, checkpoint.c.done_at).where(checkpoint.c.dialogue_id == number)
    )
    done = {row.point: row.done_at is not None for row in rows}
    return {point: done.get(point, False) for point in POINTS}


def tick(
    connection: Connection, who: Person, number: int, point: str, done: bool, at: datetime
) -> None:
    managed(connection, who, number, wall(at).date())
    if point not in POINTS:
        raise ValueError(f"no such point: {point}")
    row = {"done_at": at if done else None, "done_by": who.id if done else None}
    connection.execute(
        upsert(connection)(checkpoint)
        .values(dialogue_id=number, point=point, **row)
        .on_conflict_do_update(index_elements=["dialogue_id", "point"], set_=row)
    )


def concerned(connection: Connection, number: int) -> list[int]:
    """Whoever has a seat, an offer, a place in the queue or a late request."""
    rows = connection.execute(
        select(registration.c.person_id)
        .join(seat, seat.c.registration_id == registration.c.id)
        .where(
            registration.c.dialogue_id == number,
            seat.c.state.in_(("registered", "offered", "waiting", "late")),
        )
        .distinct()
        .order_by(registration.c.person_id)
    )
    return list(rows.scalars())


def _bump(connection: Connection, found: Dialogue, at: datetime, **values: object) -> None:
    """Raise Refused if it was cancelled at the same moment."""
    done = connection.execute(
        update(dialogue)
        .where(dialogue.c.id == found.id, dialogue.c.state == found.state)
        .values(sequence=dialogue.c.sequence + 1, changed_at=at, **values)
    )
    if done.rowcount == 0:
        raise Refused("dialogue-state", state=found.state)


def _plan_again(connection: Connection, number: int) -> None:
    now = any_dialogue(connection, number)
    if now is not None and now.state in {"open", "closed"}:
        plans.of_dialogue(connection, now)


def _end_all(connection: Connection, number: int) -> None:
    """Nobody is offered a seat of a day that will not be."""
    rows = connection.execute(
        select(registration.c.id).where(registration.c.dialogue_id == number)
    ).scalars()  # fmt: skip
    for each in rows:
        plans.forget(connection, each)


def _checked(sessions: tuple[NewSession, ...]) -> list[NewSession]:
    """In order of time; raise ValueError for what is no session."""
    if not sessions or any(each.starts >= each.ends or each.part not in PARTS for each in sessions):
        raise ValueError("a dialogue needs sessions that end after they begin")
    if any(each.capacity is not None and each.capacity < 1 for each in sessions):
        raise Refused("capacity-taken", taken=1)
    return sorted(sessions, key=lambda each: each.starts)


def _field(given: Mapping[str, Any]) -> dict[str, Any]:
    if given.get("name") not in FIELDS:
        raise ValueError(f"registration cannot ask for {given.get('name')}")
    return {"name": given["name"], "only_for": list(given.get("only_for", ()))}


def _summary(day: date) -> str:
    """The summary is due by May, or two months after a later dialogue."""
    if day.month < 4:
        return f"{day.year}-05"
    later = datetime.combine(day, time()) + timedelta(days=61)
    return f"{later:%Y-%m}" if day.month > 4 else f"{day.year}-05"
