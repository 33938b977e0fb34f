"""From rows to dialogues and registrations, and who may see which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, select

from bot.errors import Refused
from bot.rules.roles import Action, Grade, Person, Role, grade
from storage.dialogues.model import Dialogue, Held, Registration, Session
from storage.rights import authorise
from storage.tables import dialogue, dialogue_session, guest, person, region, registration, seat

_ROWS: Select[Any] = (
    select(
        dialogue,
        region.c.name.label("region_name"),
        dialogue_session.c.id.label("session_id"),
        dialogue_session.c.part,
        dialogue_session.c.title.label("session_title"),
        dialogue_session.c.starts.label("session_starts"),
        dialogue_session.c.ends.label("session_ends"),
        dialogue_session.c.capacity,
        dialogue_session.c.audience,
        dialogue_session.c.taken,
        dialogue_session.c.waiting,
    )
    .select_from(
        dialogue.join(region, region.c.id == dialogue.c.region_id).join(
            dialogue_session, dialogue_session.c.dialogue_id == dialogue.c.id
        )
    )
    .order_by(dialogue.c.starts, dialogue.c.id, dialogue_session.c.position)
)
_BY_ID = _ROWS.where(dialogue.c.id == bindparam("number"))
_COMING = _ROWS.where(
    dialogue.c.region_id.in_(bindparam("regions", expanding=True)),
    dialogue.c.ends >= bindparam("wall"),
)
_BETWEEN = _ROWS.where(
    dialogue.c.region_id.in_(bindparam("regions", expanding=True)),
    dialogue.c.starts <= bindparam("end"), dialogue.c.ends >= bindparam("start"),
)  # fmt: skip
_PAST = _ROWS.where(
    dialogue.c.region_id.in_(bindparam("regions", expanding=True)),
    dialogue.c.ends < bindparam("wall"),
)
_earlier = seat.alias("earlier")
_OWN = (
    select(
        registration,
        person.c.name.label("person_name"),
        seat.c.session_id,
        seat.c.state,
        seat.c.offer_until,
        select(func.count())
        .where(
            _earlier.c.session_id == seat.c.session_id,
            _earlier.c.state == "waiting",
            _earlier.c.place <= seat.c.place,
        )
        .scalar_subquery()
        .label("number"),
    )
    .select_from(
        registration.join(person, person.c.id == registration.c.person_id).outerjoin(
            seat, seat.c.registration_id == registration.c.id
        )
    )
    .order_by(registration.c.id, seat.c.session_id)
)
_OWN_OF = _OWN.where(
    and_(
        registration.c.dialogue_id == bindparam("dialogue"),
        registration.c.person_id == bindparam("person"),
    )
)


def manages(who: Person, region_id: int) -> bool:
    return grade(who, Action.MANAGE_DIALOGUE, region=region_id) is Grade.YES


def dialogue_by_id(connection: Connection, who: Person, number: int) -> Dialogue | None:
    """None when there is none, or none that this person may see: both sound the same."""
    found = _visible(connection, who, _dialogues(connection.execute(_BY_ID, {"number": number})))
    return found[0] if found else None


def coming(connection: Connection, who: Person, wall: datetime) -> list[Dialogue]:
    """Dialogues of the person's regions that are not over, nearest first."""
    values = {"regions": list(who.regions), "wall": wall}
    return _visible(connection, who, _dialogues(connection.execute(_COMING, values)))


def between(connection: Connection, who: Person, start: datetime, end: datetime) -> list[Dialogue]:
    values = {"regions": list(who.regions), "start": start, "end": end}
    return _visible(connection, who, _dialogues(connection.execute(_BETWEEN, values)))


def past(connection: Connection, who: Person, wall: datetime) -> list[Dialogue]:
    """Those that are over, newest first."""
    values = {"regions": list(who.regions), "wall": wall}
    found = _dialogues(connection.execute(_PAST, values))
    return _visible(connection, who, found)[::-1]


def any_dialogue(connection: Connection, number: int) -> Dialogue | None:
    """Without asking who: only for what the system does by itself."""
    found = _dialogues(connection.execute(_BY_ID, {"number": number}))
    return found[0] if found else None


def seen(connection: Connection, who: Person, number: int) -> Dialogue:
    found = dialogue_by_id(connection, who, number)
    if found is None:
        raise Refused("no-such-dialogue")
    return found


def managed(connection: Connection, who: Person, number: int, today: date) -> Dialogue:
    """A dialogue that this person may change; the refusal names who may."""
    found = seen(connection, who, number)
    authorise(connection, who, Action.MANAGE_DIALOGUE, found.region, (), today)
    return found


def own(connection: Connection, number: int, person_id: int) -> Registration | None:
    """One person’s registration, also one that has been cancelled."""
    rows = connection.execute(_OWN_OF, {"dialogue": number, "person": person_id}).all()
    return _registrations(rows)[0] if rows else None


def registration_by_id(connection: Connection, number: int) -> Registration | None:
    """Without asking who: the caller checks whose it is."""
    rows = connection.execute(_OWN.where(registration.c.id == number)).all()
    return _registrations(rows)[0] if rows else None


def registrations(connection: Connection, number: int) -> list[Registration]:
    """All of one dialogue. The caller has checked who asks."""
    return _registrations(connection.execute(_OWN.where(registration.c.dialogue_id == number)))


def is_guest(who: Person) -> bool:
    """Sees only what an invitation names."""
    return bool(who.memberships) and {m.role for m in who.memberships} == {Role.GUEST}


def _visible(connection: Connection, who: Person, found: Sequence[Dialogue]) -> list[Dialogue]:
    if who.external:
        return []
    mine = [
        each for each in found
        if each.region in who.regions and (each.state != "draft" or manages(who, each.region))
    ]  # fmt: skip
    if not mine or not is_guest(who):
        return mine
    named = set(
        connection.execute(
            select(guest.c.dialogue_id).where(
                guest.c.person_id == who.id, guest.c.revoked_at.is_(None)
            )
        ).scalars()
    )
    return [each for each in mine if each.id in named]


def _dialogues(rows: Iterable[Row[Any]]) -> list[Dialogue]:
    groups: dict[int, list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault(row.id, []).append(row)
    return [_dialogue(each) for each in groups.values()]


def _dialogue(rows: Sequence[Row[Any]]) -> Dialogue:
    row = rows[0]
    return Dialogue(
        id=row.id, region=row.region_id, region_name=row.region_name, title=row.title,
        format=row.format, place=row.place, link=row.link, last_day=row.last_day, state=row.state,
        fields=tuple(row.fields), summary_due=row.summary_due, code=row.code or "", uid=row.uid,
        sequence=row.sequence, changed_at=row.changed_at,
        sessions=tuple(
            Session(
                each.session_id, each.part, each.session_title, each.session_starts,
                each.session_ends, each.capacity, each.audience, each.taken, each.waiting,
            )
            for each in rows
        ),
    )  # fmt: skip


def _registrations(rows: Iterable[Row[Any]]) -> list[Registration]:
    groups: dict[int, list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault(row.id, []).append(row)
    return [
        Registration(
            first.id, first.dialogue_id, first.person_id, first.person_name, first.made_by,
            first.role, first.together, first.substitute_id, first.sequence,
            tuple(
                Held(row.session_id, row.state, row.number if row.state == "waiting" else 0,
                     row.offer_until)
                for row in group if row.session_id is not None
            ),
        )
        for group in groups.values() for first in group[:1]
    ]  # fmt: skip
