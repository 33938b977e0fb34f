"""Which feedback there is, and between which bodies a person may give some."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.rules.roles import Action, Grade, Person, Role, grade
from storage import bodies
from storage.body_names import best
from storage.feedback.model import Feedback, Way
from storage.mandates.people import pairs
from storage.meetings.find import next_meeting
from storage.meetings.model import Meeting
from storage.tables import body, feedback, meeting, person, role
from storage.valid import SEATS, valid_role, wall


def ways(connection: Connection, who: Person) -> list[Way]:
    """From the bodies in which the person sits and may speak for, to those next to them."""
    seats = {m.body for m in who.memberships if m.role.value in SEATS}
    rows = connection.execute(
        select(body.c.id, body.c.name, body.c.parent_id).where(body.c.region_id.in_(who.regions))
    ).all()
    names = {row.id: row.name for row in rows}
    found = []
    for row in rows:
        for sender, receiver in ((row.id, row.parent_id), (row.parent_id, row.id)):
            if sender in seats and receiver is not None and speaks(connection, who, sender):
                found.append(Way(sender, names[sender], receiver, names[receiver]))
    return sorted(found, key=lambda each: (each.sender, each.receiver))


def named(connection: Connection, found: Sequence[Way], words: str) -> list[Way]:
    """Those of the ways that lead to the body which the words name best."""
    receivers = list(dict.fromkeys(each.receiver for each in found))
    rows = connection.execute(
        select(body.c.id, body.c.name, body.c.short, body.c.aliases).where(body.c.id.in_(receivers))
    ).all()
    at = best(words, [(row.name, row.short, *row.aliases) for row in rows], [True] * len(rows))
    return [] if at is None else [each for each in found if each.receiver == rows[at].id]


def speaks(connection: Connection, who: Person, number: int) -> bool:
    region = connection.execute(select(body.c.region_id).where(body.c.id == number)).scalar_one()
    return grade(who, Action.GIVE_FEEDBACK, region=region, bodies=[number]) is Grade.YES


def visible(connection: Connection, who: Person, *, state: str = "open") -> list[Feedback]:
    """Open or done. What was for the chair alone is seen by those who may speak for either body."""
    seen = {each.id for each in bodies.visible(connection, who)}
    found = load(connection, feedback.c.region_id.in_(who.regions), feedback.c.state == state)
    return [each for each in found if _may_see(connection, who, each, seen)]


def by_id(connection: Connection, who: Person, number: int) -> Feedback | None:
    found = load(connection, feedback.c.id == number, feedback.c.region_id.in_(who.regions))
    seen = {each.id for each in bodies.visible(connection, who)} if found else set()
    return next((each for each in found if _may_see(connection, who, each, seen)), None)


def any_feedback(connection: Connection, number: int) -> Feedback | None:
    """For rules, which act for nobody."""
    return next(iter(load(connection, feedback.c.id == number)), None)


def load(connection: Connection, *conditions: Any) -> list[Feedback]:
    sender, receiver, done = body.alias("sender"), body.alias("receiver"), person.alias("done")
    rows = connection.execute(
        select(
            feedback, sender.c.name.label("sender"), receiver.c.name.label("receiver"),
            person.c.name, done.c.name.label("done_by_name"), meeting.c.starts,
        )
        .join(sender, sender.c.id == feedback.c.from_id)
        .join(receiver, receiver.c.id == feedback.c.to_id)
        .join(person, person.c.id == feedback.c.person_id)
        .outerjoin(done, done.c.id == feedback.c.done_by)
        .outerjoin(meeting, meeting.c.id == feedback.c.meeting_id)
        .where(*conditions)
        .order_by(feedback.c.at, feedback.c.id)
    )  # fmt: skip
    return [
        Feedback(
            row.id, row.region_id, Way(row.from_id, row.sender, row.to_id, row.receiver), row.text,
            row.reach, row.meeting_id, row.starts.date() if row.starts else None, row.name,
            wall(row.at).date(), row.state, row.done_by_name or "", row.done_on,
        )
        for row in rows
    ]  # fmt: skip


def may_end(connection: Connection, who: Person, each: Feedback) -> bool:
    return any(speaks(connection, who, end) for end in (each.way.sender, each.way.receiver))


def giver(connection: Connection, number: int) -> int:
    found = connection.execute(select(feedback.c.person_id).where(feedback.c.id == number))
    return int(found.scalar_one())


def speakers(connection: Connection, who: Person, today: date) -> list[tuple[int, str]]:
    """Who may speak for the bodies that the person sits in: number and name of their leaders."""
    people = [each for number in who.bodies for each in leaders(connection, number, today)]
    return pairs(connection, people)


def next_agenda(connection: Connection, receiver: int, now: datetime) -> Meeting | None:
    """The receiving body's next meeting, where it is taken up. `now` is wall time."""
    return next_meeting(connection, [receiver], now)


def leaders(connection: Connection, number: int, today: date) -> list[int]:
    """Who leads a body: its chair; else its presidium; else, of a group of directors, all of them."""
    for wanted in (Role.CHAIR, Role.PRESIDIUM, Role.DIRECTOR):
        people = _holders(connection, number, [wanted.value], today)
        if people:
            return people
    return []


def seated(connection: Connection, number: int, today: date) -> list[int]:
    return _holders(connection, number, SEATS, today)


def _holders(connection: Connection, number: int, wanted: Sequence[str], today: date) -> list[int]:
    rows = connection.execute(
        select(role.c.person_id)
        .join(person, person.c.id == role.c.person_id)
        .where(role.c.body_id == number, role.c.role.in_(wanted), valid_role(today))
        .order_by(role.c.id)
    )
    return list(dict.fromkeys(rows.scalars()))


def _may_see(connection: Connection, who: Person, each: Feedback, seen: set[int]) -> bool:
    ends = (each.way.sender, each.way.receiver)
    if each.reach == "channel" and seen & set(ends):
        return True
    return any(speaks(connection, who, end) for end in ends)
