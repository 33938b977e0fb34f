"""Erase a person: what may go goes, what must stay keeps a number instead of a name."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import JSON, Connection, and_, delete, func, select, update

from bot.errors import Refused
from bot.rules.roles import Person, Role
from storage import dialogues, timers
from storage.people import directory_changed, person_by_id
from storage.privacy.about import is_erased
from storage.privacy.places import Erased, of_table
from storage.privacy.rows import mine, tables
from storage.session import upsert
from storage.tables import (
    body,
    dialogue,
    file,
    mandate,
    mandate_owner,
    meeting,
    meeting_body,
    outbox,
    passage,
    person,
    registration,
    role,
    seat,
)
from storage.tables.privacy import erasure
from storage.valid import valid_role, wall

LIVE = ("registered", "waiting", "offered", "late")
DUTIES = (Role.CHAIR, Role.PRESIDIUM, Role.DIRECTOR, Role.COORDINATOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is nobody's when the person is gone."""

    kind: str  # secretary | role | seat | mandate
    what: str  # the role's or the body's name, the mandate's title
    day: date | None = None
    meeting: int | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """What an erasure would do."""

    registrations: int  # coming ones, given back
    protocols: int  # approved ones that name the person
    duties: tuple[Duty, ...]
    heirs: tuple[int, ...]  # who must hear of the duties


def leaving(connection: Connection, who: Person, at: datetime) -> Leaving:
    today = wall(at).date()
    duties = (*_secretary(connection, who, at), *_roles(connection, who), *_owned(connection, who))
    heirs = tuple(_heirs(connection, who, duties, today)) if duties else ()
    protocols = _protocols(connection, who)
    return Leaving(len(_coming(connection, who.id, at)), protocols, duties, heirs)


def names(connection: Connection, people: tuple[int, ...]) -> str:
    rows = connection.execute(
        select(person.c.name).where(person.c.id.in_(people)).order_by(person.c.id)
    )
    return ", ".join(rows.scalars())


def erase(connection: Connection, who: Person, at: datetime) -> None:
    """Whoever it is about may; doing it again changes nothing."""
    if is_erased(connection, who.id):
        return
    for number in _coming(connection, who.id, at):
        with suppress(Refused):
            dialogues.cancel(connection, who, number, at)
    timers.cancel(connection, f"person:{who.id}")
    _wipe(connection, who.id, at)


def again(connection: Connection, numbers: dict[int, datetime]) -> int:
    """Erase those whom an older backup has brought back; gives how many."""
    known = connection.execute(select(person.c.id).where(person.c.id.in_(numbers))).scalars()
    back = [each for each in known if not is_erased(connection, each)]
    for number in back:
        who = person_by_id(connection, number, wall(numbers[number]).date())
        if who is not None:
            erase(connection, who, numbers[number])
    return len(back)


def erased(connection: Connection) -> dict[int, datetime]:
    """Everybody who was erased, by number."""
    return {row.person_id: row.at for row in connection.execute(select(erasure))}


def _wipe(connection: Connection, number: int, at: datetime) -> None:
    for table in tables():
        condition = mine(connection, table, number)
        if condition is None:
            continue
        if table is file:
            condition = and_(condition, file.c.subject.is_(None))
        if table is outbox:
            condition = and_(condition, outbox.c.state != "sending")
        places = of_table(table.name)
        if any(each.erased is Erased.ROW for each in places):
            connection.execute(delete(table).where(condition))
            continue
        for each in places:
            column = table.c[each.column]
            if each.erased is Erased.PSEUDONYM:
                connection.execute(
                    update(table).where(condition).values({column: f"Person {number}"})
                )
            elif each.erased is Erased.BLANK:
                own = column == number if column.foreign_keys else condition
                empty: object = (
                    {} if isinstance(column.type, JSON) else None if column.nullable else ""
                )
                connection.execute(update(table).where(own).values({column: empty}))
    connection.execute(
        update(person)
        .where(person.c.id == number)
        .values(left_on=func.coalesce(person.c.left_on, wall(at).date() - timedelta(days=1)))
    )
    connection.execute(
        upsert(connection)(erasure).values(person_id=number, at=at).on_conflict_do_nothing()
    )
    directory_changed(connection)
    connection.info["scrub"] = True


def _coming(connection: Connection, number: int, at: datetime) -> list[int]:
    """The dialogues that the person has a seat or a place in the queue of."""
    rows = connection.execute(
        select(dialogue.c.id)
        .distinct()
        .select_from(
            dialogue.join(registration, registration.c.dialogue_id == dialogue.c.id).join(
                seat, seat.c.registration_id == registration.c.id
            )
        )
        .where(
            registration.c.person_id == number, seat.c.state.in_(LIVE), dialogue.c.ends > wall(at)
        )
        .order_by(dialogue.c.id)
    )
    return list(rows.scalars())


def _protocols(connection: Connection, who: Person) -> int:
    """How many approved protocols hold the person's name."""
    named = passage.c.text.contains(who.name, autoescape=True) | passage.c.heading.contains(
        who.name, autoescape=True
    )
    found = select(func.count(passage.c.meeting_id.distinct())).where(
        passage.c.decision_id.is_(None), named
    )
    return int(connection.execute(found).scalar_one())


def _secretary(connection: Connection, who: Person, at: datetime) -> list[Duty]:
    rows = connection.execute(
        select(meeting.c.id, meeting.c.starts, body.c.name)
        .select_from(
            meeting.join(meeting_body, meeting_body.c.meeting_id == meeting.c.id).join(
                body, body.c.id == meeting_body.c.body_id
            )
        )
        .where(
            meeting.c.secretary_id == who.id, meeting.c.ends > wall(at),
            meeting.c.cancelled_at.is_(None),
        )
        .order_by(meeting.c.starts, body.c.id)
    )  # fmt: skip
    found: dict[int, Duty] = {}
    for row in rows:
        found.setdefault(row.id, Duty("secretary", row.name, row.starts.date(), row.id))
    return list(found.values())


def _roles(connection: Connection, who: Person) -> list[Duty]:
    names = {
        row.id: row.name
        for row in connection.execute(
            select(body.c.id, body.c.name).where(body.c.id.in_(who.bodies))
        )
    }
    whats = (
        f"{each.role.value}|{names.get(each.body or 0, who.region_name)}"
        for each in who.memberships
        if each.role in DUTIES
    )
    return [Duty("role", each) for each in dict.fromkeys(whats)]


def _owned(connection: Connection, who: Person) -> list[Duty]:
    rows = connection.execute(
        select(mandate.c.title)
        .join(mandate_owner, mandate_owner.c.mandate_id == mandate.c.id)
        .where(mandate_owner.c.person_id == who.id)
        .order_by(mandate.c.id)
    )
    return [Duty("mandate", title) for title in rows.scalars()]


def _heirs(connection: Connection, who: Person, duties: tuple[Duty, ...], today: date) -> list[int]:
    """The presidiums of the meetings and bodies, and whoever looks after the region."""
    meetings = [each.meeting for each in duties if each.meeting is not None]
    bodies = select(meeting_body.c.body_id).where(meeting_body.c.meeting_id.in_(meetings))
    rows = connection.execute(
        select(role.c.person_id)
        .join(person, person.c.id == role.c.person_id)
        .where(
            role.c.region_id == who.region, role.c.person_id != who.id, valid_role(today),
            role.c.role.in_((Role.COORDINATOR, Role.ADMIN))
            | (
                role.c.role.in_((Role.CHAIR, Role.PRESIDIUM))
                & (role.c.body_id.in_(bodies) | role.c.body_id.in_(who.bodies))
            ),
        )
        .order_by(role.c.person_id)
    )  # fmt: skip
    return list(dict.fromkeys(rows.scalars()))
