"""Meetings: what is planned, and every change to it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    CursorResult,
    Select,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.rules.roles import Person
from storage.session import upsert
from storage.tables import (
    agenda_item,
    body,
    body_municipality,
    host_swap,
    meeting,
    meeting_answer,
    meeting_body,
    meeting_day,
    municipality,
    person,
    role,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """Times are wall times in the region's zone."""

    id: int
    region: int
    bodies: tuple[tuple[int, str], ...]
    theme: str
    format: str  # place | digital | hybrid
    place: str
    link: str
    host_id: int | None
    host: str
    secretary_id: int | None
    secretary: str
    days: tuple[tuple[datetime, datetime], ...]
    cancelled: bool
    uid: str
    sequence: int
    changed_at: datetime  # aware, UTC

    @property
    def starts(self) -> datetime:
        return self.days[0][0]

    @property
    def ends(self) -> datetime:
        return self.days[-1][1]

    @property
    def body_ids(self) -> tuple[int, ...]:
        return tuple(number for number, _ in self.bodies)


@dataclass(frozen=True, slots=True)
class Attendee:
    id: int
    name: str
    municipality: str
    answer: str | None  # yes | no


_NEXT = (
    select(meeting_body.c.meeting_id, meeting_body.c.ends)
    .where(
        meeting_body.c.body_id == bindparam("of_body"), meeting_body.c.cancelled.is_(False),
        meeting_body.c.ends >= bindparam("now"),
    )
    .order_by(meeting_body.c.ends)
    .limit(1)
)  # fmt: skip
_PREVIOUS = (
    select(meeting_body.c.meeting_id, meeting_body.c.ends)
    .where(
        meeting_body.c.body_id == bindparam("of_body"), meeting_body.c.cancelled.is_(False),
        meeting_body.c.ends < bindparam("now"),
    )
    .order_by(meeting_body.c.ends.desc())
    .limit(1)
)  # fmt: skip
_secretary = person.alias("secretary")
_host = municipality.alias("host")
_ROWS: Select[tuple[object, ...]] = select(
    meeting, _host.c.name.label("host"), _secretary.c.name.label("secretary")
).select_from(
    meeting.outerjoin(_host, _host.c.id == meeting.c.host_id).outerjoin(
        _secretary, _secretary.c.id == meeting.c.secretary_id
    )
)
_BY_IDS = _ROWS.where(meeting.c.id.in_(bindparam("ids", expanding=True))).order_by(
    meeting.c.starts, meeting.c.id
)
_BODIES = (
    select(meeting_body.c.meeting_id, body.c.id, body.c.name)
    .join(body, body.c.id == meeting_body.c.body_id)
    .where(meeting_body.c.meeting_id.in_(bindparam("ids", expanding=True)))
    .order_by(body.c.id)
)
_DAYS = (
    select(meeting_day)
    .where(meeting_day.c.meeting_id.in_(bindparam("ids", expanding=True)))
    .order_by(meeting_day.c.number)
)


def _load(connection: Connection, ids: Sequence[int]) -> list[Meeting]:
    if not ids:
        return []
    rows = connection.execute(_BY_IDS, {"ids": list(ids)}).all()
    bodies: dict[int, list[tuple[int, str]]] = {}
    for found in connection.execute(_BODIES, {"ids": list(ids)}):
        bodies.setdefault(found.meeting_id, []).append((found.id, found.name))
    several = [row.id for row in rows if row.starts.date() != row.ends.date()]
    days: dict[int, list[tuple[datetime, datetime]]] = {}
    if several:
        for found in connection.execute(_DAYS, {"ids": several}):
            days.setdefault(found.meeting_id, []).append((found.starts, found.ends))
    return [
        Meeting(
            id=row.id, region=row.region_id, bodies=tuple(bodies.get(row.id, ())),
            theme=row.theme, format=row.format, place=row.place, link=row.link,
            host_id=row.host_id, host=row.host or "", secretary_id=row.secretary_id,
            secretary=row.secretary or "",
            days=tuple(days.get(row.id) or [(row.starts, row.ends)]),
            cancelled=row.cancelled_at is not None, uid=row.uid, sequence=row.sequence,
            changed_at=row.changed_at,
        )
        for row in rows
    ]  # fmt: skip


# --- queries ----------------------------------------------------------------------------------


def next_meeting(connection: Connection, bodies: Sequence[int], now: datetime) -> Meeting | None:
    """The first that has not ended; each body costs one step in an index."""
    return _nearest(connection, _NEXT, bodies, now, last=False)


def previous_meeting(
    connection: Connection, bodies: Sequence[int], now: datetime
) -> Meeting | None:
    return _nearest(connection, _PREVIOUS, bodies, now, last=True)


def _nearest(
    connection: Connection, statement: Select[tuple[int, datetime]], bodies: Sequence[int],
    now: datetime, *, last: bool,
) -> Meeting | None:  # fmt: skip
    found = [
        row
        for each in bodies
        if (row := connection.execute(statement, {"of_body": each, "now": now}).first())
    ]
    if not found:
        return None
    pick = max if last else min
    nearest = pick(found, key=lambda row: (row.ends, -row.meeting_id if last else row.meeting_id))
    return _load(connection, [nearest.meeting_id])[0]


def meetings_between(
    connection: Connection, bodies: Sequence[int], start: datetime, end: datetime, *,
    cancelled: bool = False,
) -> list[Meeting]:  # fmt: skip
    """Meetings of any of the bodies that touch the span, in order of time."""
    condition = [
        meeting_body.c.body_id.in_(bodies), meeting_body.c.ends >= start, meeting.c.starts <= end,
    ]  # fmt: skip
    if not cancelled:
        condition.append(meeting_body.c.cancelled.is_(False))
    rows = connection.execute(
        select(meeting.c.id)
        .join(meeting_body, meeting_body.c.meeting_id == meeting.c.id)
        .where(*condition)
        .distinct()
    )
    return _load(connection, [row.id for row in rows])


def upcoming(
    connection: Connection, bodies: Sequence[int], after: datetime, limit: int = 2
) -> list[Meeting]:
    """The next few that have not ended."""
    rows = connection.execute(
        select(meeting_body.c.meeting_id, func.min(meeting_body.c.ends).label("ends"))
        .where(
            meeting_body.c.body_id.in_(bodies), meeting_body.c.cancelled.is_(False),
            meeting_body.c.ends >= after,
        )
        .group_by(meeting_body.c.meeting_id)
        .order_by(func.min(meeting_body.c.ends))
        .limit(limit)
    )  # fmt: skip
    return _load(connection, [row.meeting_id for row in rows])


def meeting_by_id(connection: Connection, who: Person, number: int) -> Meeting | None:
    """None when there is none, or none that this person may see: the same answer for both."""
    found = next(iter(_load(connection, [number])), None)
    return found if found is not None and may_see(who, found) else None


def may_see(who: Person, found: Meeting) -> bool:
    """Own bodies' meetings; a coordinator and an admin see those of their whole region."""
    return bool(who.roles_in(found.region, found.body_ids))


def own_answer(connection: Connection, number: int, person_id: int) -> str | None:
    return connection.execute(
        select(meeting_answer.c.answer).where(
            meeting_answer.c.meeting_id == number, meeting_answer.c.person_id == person_id
        )
    ).scalar()


def agenda(connection: Connection, number: int) -> list[str]:
    """The items that are on the agenda, in order."""
    rows = connection.execute(
        select(agenda_item.c.title)
        .where(agenda_item.c.meeting_id == number, agenda_item.c.state == "accepted")
        .order_by(agenda_item.c.position)
    )
    return [row.title for row in rows]


def attendees(connection: Connection, found: Meeting, today: date) -> list[Attendee]:
    """Everybody invited, with the answer given; for a past meeting those who answered, too."""
    rows = connection.execute(
        select(
            person.c.id, person.c.name, municipality.c.name.label("municipality"),
            meeting_answer.c.answer,
        )
        .select_from(
            person.outerjoin(municipality, municipality.c.id == person.c.municipality_id).outerjoin(
                meeting_answer,
                and_(
                    meeting_answer.c.person_id == person.c.id,
                    meeting_answer.c.meeting_id == found.id,
                ),
            )
        )
        .where(
            or_(
                meeting_answer.c.answer.is_not(None),
                person.c.id.in_(_seated(found.body_ids, today)),
            )
        )
        .order_by(municipality.c.name, person.c.name)
    )  # fmt: skip
    return [Attendee(row.id, row.name, row.municipality or "", row.answer) for row in rows]


def concerned(connection: Connection, found: Meeting, today: date) -> list[int]:
    """Whom a change concerns: everybody in the bodies, and whoever else said yes."""
    rows = connection.execute(
        select(person.c.id)
        .where(
            or_(
                person.c.id.in_(_seated(found.body_ids, today)),
                person.c.id.in_(
                    select(meeting_answer.c.person_id).where(
                        meeting_answer.c.meeting_id == found.id, meeting_answer.c.answer == "yes"
                    )
                ),
            )
        )
        .order_by(person.c.id)
    )
    return [row.id for row in rows]


def _seated(bodies: Sequence[int], today: date) -> Select[tuple[int]]:
    return (
        select(role.c.person_id)
        .join(person, person.c.id == role.c.person_id)
        .where(
            role.c.body_id.in_(bodies),
            or_(role.c.since.is_(None), role.c.since <= today),
            or_(role.c.until.is_(None), role.c.until >= today),
            or_(person.c.left_on.is_(None), person.c.left_on >= today),
        )
    )


def in_year(connection: Connection, body_id: int, year: int) -> list[date]:
    """First days of the year's meetings that are planned or held, not cancelled."""
    rows = connection.execute(
        select(meeting.c.starts)
        .join(meeting_body, meeting_body.c.meeting_id == meeting.c.id)
        .where(
            meeting_body.c.body_id == body_id, meeting_body.c.cancelled.is_(False),
            meeting.c.starts >= datetime(year, 1, 1), meeting.c.starts < datetime(year + 1, 1, 1),  # noqa: DTZ001
        )
    )  # fmt: skip
    return [row.starts.date() for row in rows]


def guests_municipalities(connection: Connection, bodies: Sequence[int]) -> list[tuple[int, str]]:
    """Municipalities that may host a meeting of these bodies."""
    rows = connection.execute(
        select(municipality.c.id, municipality.c.name)
        .join(body_municipality, body_municipality.c.municipality_id == municipality.c.id)
        .where(body_municipality.c.body_id.in_(bodies))
        .distinct()
        .order_by(municipality.c.name)
    )
    return [(row.id, row.name) for row in rows]


# --- operations -------------------------------------------------------------------------------


def answer(
    connection: Connection, number: int, person_id: int, said: str, at: datetime
) -> str | None:
    """Keep somebody's yes or no; gives the answer before, if there was one."""
    before = own_answer(connection, number, person_id)
    statement = upsert(connection)(meeting_answer).values(
        meeting_id=number, person_id=person_id, answer=said, at=at
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["meeting_id", "person_id"], set_={"answer": said, "at": at}
        )
    )
    return before


def withdraw_answer(connection: Connection, number: int, person_id: int) -> None:
    connection.execute(
        meeting_answer.delete().where(
            meeting_answer.c.meeting_id == number, meeting_answer.c.person_id == person_id
        )
    )


def propose_item(connection: Connection, number: int, person_id: int, title: str) -> int:
    """A proposal waits for the presidium; gives its number."""
    last = connection.execute(
        select(func.max(agenda_item.c.position)).where(agenda_item.c.meeting_id == number)
    ).scalar()
    done = connection.execute(
        insert(agenda_item).values(
            meeting_id=number, position=(last or 0) + 1, title=title, state="proposed",
            proposed_by=person_id,
        )
    )  # fmt: skip
    return _number(done)


def decide_item(connection: Connection, item: int, state: str) -> tuple[str, int | None] | None:
    """Accept or decline a proposed item; gives its title and who proposed it, None if decided."""
    row = connection.execute(
        select(agenda_item.c.title, agenda_item.c.proposed_by).where(
            agenda_item.c.id == item, agenda_item.c.state == "proposed"
        )
    ).first()
    if row is None:
        return None
    connection.execute(update(agenda_item).where(agenda_item.c.id == item).values(state=state))
    return row.title, row.proposed_by


def item_meeting(connection: Connection, item: int) -> int | None:
    return connection.execute(
        select(agenda_item.c.meeting_id).where(agenda_item.c.id == item)
    ).scalar()


def _number(done: CursorResult[Any]) -> int:
    assert done.inserted_primary_key is not None
    return int(done.inserted_primary_key[0])


def create_meeting(
    connection: Connection, *, region: int, bodies: Sequence[int],
    days: Sequence[tuple[datetime, datetime]], kind: str, place: str, link: str, theme: str,
    host: int | None, at: datetime,
) -> int:  # fmt: skip
    done = connection.execute(
        insert(meeting).values(
            region_id=region, theme=theme, format=kind, place=place, link=link, host_id=host,
            secretary_id=_writer(connection, host, bodies, at.date()), starts=days[0][0],
            ends=days[-1][1], uid=str(uuid.uuid4()), changed_at=at,
        )
    )  # fmt: skip
    number = _number(done)
    for each in bodies:
        connection.execute(
            insert(meeting_body).values(meeting_id=number, body_id=each, ends=days[-1][1])
        )
    _set_days(connection, number, days)
    return number


def move_meeting(
    connection: Connection, number: int, days: Sequence[tuple[datetime, datetime]], at: datetime
) -> None:
    _change(connection, number, at, starts=days[0][0], ends=days[-1][1])
    connection.execute(
        update(meeting_body).where(meeting_body.c.meeting_id == number).values(ends=days[-1][1])
    )
    _set_days(connection, number, days)


def change_place(
    connection: Connection, number: int, kind: str, place: str, link: str, at: datetime
) -> None:
    _change(connection, number, at, format=kind, place=place, link=link)


def cancel_meeting(connection: Connection, number: int, at: datetime) -> None:
    _change(connection, number, at, cancelled_at=at)
    connection.execute(
        update(meeting_body).where(meeting_body.c.meeting_id == number).values(cancelled=True)
    )


def _change(connection: Connection, number: int, at: datetime, **values: object) -> None:
    """Every change counts up iCalendar's SEQUENCE, so that calendars take it."""
    connection.execute(
        update(meeting)
        .where(meeting.c.id == number)
        .values(sequence=meeting.c.sequence + 1, changed_at=at, **values)
    )


def _set_days(
    connection: Connection, number: int, days: Sequence[tuple[datetime, datetime]]
) -> None:
    connection.execute(meeting_day.delete().where(meeting_day.c.meeting_id == number))
    connection.execute(
        insert(meeting_day),
        [
            {"meeting_id": number, "number": place, "starts": starts, "ends": ends}
            for place, (starts, ends) in enumerate(days, 1)
        ],
    )


def _writer(
    connection: Connection, host: int | None, bodies: Sequence[int], today: date
) -> int | None:
    """Who of the host municipality writes: its person in one of the bodies."""
    if host is None:
        return None
    return connection.execute(
        select(person.c.id)
        .where(person.c.municipality_id == host, person.c.id.in_(_seated(bodies, today)))
        .order_by(person.c.id)
        .limit(1)
    ).scalar()


# --- swapping hosts ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Swap:
    id: int
    first: int
    second: int
    proposed_by: int
    awaits: int  # the municipality whose yes is missing
    state: str


def swap_by_id(connection: Connection, number: int) -> Swap | None:
    row = connection.execute(select(host_swap).where(host_swap.c.id == number)).first()
    if row is None:
        return None
    return Swap(row.id, row.first_id, row.second_id, row.proposed_by, row.awaits_id, row.state)


def open_swaps(connection: Connection, municipality_id: int) -> list[Swap]:
    """Swaps that wait for this municipality's yes."""
    rows = connection.execute(
        select(host_swap).where(
            host_swap.c.awaits_id == municipality_id, host_swap.c.state == "pending"
        )
    )
    return [Swap(r.id, r.first_id, r.second_id, r.proposed_by, r.awaits_id, r.state) for r in rows]


def propose_swap(
    connection: Connection, first: int, second: int, by: int, awaits: int, at: datetime
) -> int:
    """Nothing changes until the other municipality has accepted."""
    done = connection.execute(
        insert(host_swap).values(
            first_id=first, second_id=second, proposed_by=by, awaits_id=awaits, proposed_at=at
        )
    )
    return _number(done)


def answer_swap(
    connection: Connection, number: int, by: int, at: datetime, *, accept: bool
) -> bool:
    """Accept or decline; with yes, hosts and secretaries change places at once. False if decided."""
    found = swap_by_id(connection, number)
    done = connection.execute(
        update(host_swap)
        .where(host_swap.c.id == number, host_swap.c.state == "pending")
        .values(state="accepted" if accept else "declined", answered_by=by, answered_at=at)
    )
    if done.rowcount == 0 or found is None:
        return False
    if accept:
        one, two = (
            connection.execute(
                select(meeting.c.host_id, meeting.c.secretary_id).where(meeting.c.id == each)
            ).one()
            for each in (found.first, found.second)
        )
        _change(connection, found.first, at, host_id=two.host_id, secretary_id=two.secretary_id)
        _change(connection, found.second, at, host_id=one.host_id, secretary_id=one.secretary_id)
    return True
