"""What the coordinator follows: who comes, which municipalities are missing, what the kitchen needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from bot.errors import Refused
from bot.rules.roles import Action, Person, Role
from bot.rules.seats import COMING, Municipality, standing
from storage import timers
from storage.dialogues.load import managed, own, seen
from storage.dialogues.model import Dialogue
from storage.rights import authorise
from storage.session import upsert
from storage.tables import (
    body,
    declined,
    municipality,
    need,
    person,
    registration,
    role,
    seat,
    topic,
)
from storage.valid import seated, valid_role, wall


@dataclass(frozen=True, slots=True)
class Participant:
    """One line of the coordinator's list; `sessions` holds the states by session."""

    registration: int
    person: int
    name: str
    municipality: str
    role: str
    email: str
    sessions: dict[int, str]
    dinner: bool | None
    lodging: bool | None
    in_place_of: str


def participants(
    connection: Connection, who: Person, number: int, today: date
) -> list[Participant]:
    """Everybody with a seat, an offer, a place or a request, municipality by municipality.

    Never what they eat: that stands apart.
    """
    managed(connection, who, number, today)
    other = person.alias("other")
    rows = connection.execute(
        select(
            registration.c.id, registration.c.person_id, registration.c.role.label("category"),
            registration.c.dinner, registration.c.lodging, person.c.name, person.c.email,
            person.c.title, municipality.c.name.label("town"), other.c.name.label("before"),
            seat.c.session_id, seat.c.state,
        )
        .select_from(
            registration.join(seat, seat.c.registration_id == registration.c.id)
            .join(person, person.c.id == registration.c.person_id)
            .outerjoin(municipality, municipality.c.id == person.c.municipality_id)
            .outerjoin(other, other.c.id == registration.c.in_place_of)
        )
        .where(
            registration.c.dialogue_id == number,
            seat.c.state.not_in(("cancelled", "replaced", "expired")),
        )
        .order_by(municipality.c.name, person.c.name, registration.c.id, seat.c.session_id)
    )  # fmt: skip
    found: dict[int, Participant] = {}
    for row in rows:
        line = found.setdefault(
            row.id,
            Participant(row.id, row.person_id, row.name, row.town or "",
                        row.category or row.title, row.email or "", {}, row.dinner, row.lodging,
                        row.before or ""),
        )  # fmt: skip
        line.sessions[row.session_id] = row.state
    return list(found.values())


def municipalities(connection: Connection, number: int, region_id: int) -> list[Municipality]:
    """How each municipality stands: counts, never names."""
    rows = connection.execute(
        select(
            municipality.c.id, municipality.c.name,
            func.count(registration.c.id.distinct())
            .filter(seat.c.state.in_(sorted(COMING))).label("coming"),
            func.count(registration.c.id.distinct())
            .filter(seat.c.state.in_(("waiting", "offered", "late"))).label("waiting"),
        )
        .select_from(
            municipality.outerjoin(person, person.c.municipality_id == municipality.c.id)
            .outerjoin(registration, (registration.c.person_id == person.c.id)
                       & (registration.c.dialogue_id == number))
            .outerjoin(seat, seat.c.registration_id == registration.c.id)
        )
        .where(municipality.c.region_id == region_id)
        .group_by(municipality.c.id, municipality.c.name)
        .order_by(municipality.c.id)
    ).all()  # fmt: skip
    said_no = set(
        connection.execute(
            select(declined.c.municipality_id).where(declined.c.dialogue_id == number)
        ).scalars()
    )
    return [Municipality(r.id, r.name, r.coming, r.waiting, r.id in said_no) for r in rows]


def towns_missing(
    connection: Connection, who: Person, number: int, today: date
) -> list[Municipality]:
    """The same for the coordinator, who may remind those that are missing."""
    found = managed(connection, who, number, today)
    return municipalities(connection, number, found.region)


def coordinators(connection: Connection, region_id: int, today: date) -> list[int]:
    rows = connection.execute(
        select(role.c.person_id)
        .join(person, person.c.id == role.c.person_id)
        .where(role.c.region_id == region_id, role.c.role == Role.COORDINATOR.value,
               role.c.body_id.is_(None), valid_role(today))
        .distinct()
        .order_by(role.c.person_id)
    )  # fmt: skip
    return list(rows.scalars())


def name_of(connection: Connection, number: int) -> str:
    return connection.execute(select(person.c.name).where(person.c.id == number)).scalar() or ""


def town_of(connection: Connection, number: int) -> str:
    found = (
        select(municipality.c.name)
        .join(person, person.c.municipality_id == municipality.c.id)
        .where(person.c.id == number)
    )
    return connection.execute(found).scalar() or ""


def contacts(connection: Connection, found: Dialogue, towns: list[int], today: date) -> list[int]:
    """Whom to remind: a municipality's people in the networks, else its school directors."""
    people: list[int] = []
    for town in towns:
        in_networks = seated(
            select(body.c.id).where(body.c.region_id == found.region, body.c.kind == "network"),
            today,
        )
        directors = (
            select(role.c.person_id)
            .join(person, person.c.id == role.c.person_id)
            .where(role.c.region_id == found.region, role.c.role == Role.DIRECTOR.value,
                   valid_role(today))
        )  # fmt: skip
        for group in (in_networks, directors):
            mine = list(
                connection.execute(
                    select(person.c.id)
                    .where(person.c.municipality_id == town, person.c.id.in_(group))
                    .order_by(person.c.id)
                ).scalars()
            )
            if mine:
                people += mine
                break
    return people


def remind(connection: Connection, who: Person, number: int, at: datetime) -> int:
    """The coordinator has the contacts of the missing municipalities written to; gives how many."""
    found = managed(connection, who, number, wall(at).date())
    if found.state != "open":
        raise Refused("dialogue-state", state=found.state)
    towns = municipalities(connection, number, found.region)
    missing = [each.id for each in standing(towns, "missing")]
    timers.plan(connection, "dialogue-remind", f"dialogue:{number}", at)
    return len(contacts(connection, found, missing, wall(at).date()))


def decline(connection: Connection, who: Person, number: int, at: datetime) -> None:
    """The person’s municipality sends nobody: it is not reminded any more."""
    seen(connection, who, number)
    if who.municipality is None:
        raise Refused("no-municipality")
    connection.execute(
        upsert(connection)(declined)
        .values(dialogue_id=number, municipality_id=who.municipality, person_id=who.id, at=at)
        .on_conflict_do_nothing()
    )


def kitchen(connection: Connection, who: Person, number: int, today: date) -> list[tuple[str, int]]:
    """How many eat what, without names; only those who come."""
    found = managed(connection, who, number, today)
    authorise(connection, who, Action.SEE_DIET, found.region, (), today)
    rows = connection.execute(_needs(number)).all()
    counts = Counter(row.diet.strip().casefold() for row in rows if row.diet.strip())
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def needs(
    connection: Connection, who: Person, number: int, today: date
) -> list[tuple[str, str, str]]:
    """Name, diet and access: for the event's coordinator alone, until they are deleted."""
    found = managed(connection, who, number, today)
    authorise(connection, who, Action.SEE_DIET, found.region, (), today)
    return [(row.name, row.diet, row.access) for row in connection.execute(_needs(number))]


def _needs(number: int) -> Select[Any]:
    coming = select(seat.c.registration_id).where(seat.c.state.in_(sorted(COMING)))
    return (
        select(person.c.name, need.c.diet, need.c.access)
        .select_from(
            need.join(registration, registration.c.id == need.c.registration_id).join(
                person, person.c.id == registration.c.person_id
            )
        )
        .where(registration.c.dialogue_id == number, registration.c.id.in_(coming))
        .order_by(person.c.name)
    )


def forget_needs(connection: Connection, number: int) -> int:
    """Delete every diet and access need of a dialogue; gives how many."""
    mine = select(registration.c.id).where(registration.c.dialogue_id == number)
    return connection.execute(need.delete().where(need.c.registration_id.in_(mine))).rowcount


def topics(connection: Connection, who: Person, number: int, today: date) -> list[tuple[str, str]]:
    """The wishes, each with who wished it, or "" where that was not to be known."""
    managed(connection, who, number, today)
    rows = connection.execute(
        select(topic.c.text, person.c.name)
        .select_from(topic.outerjoin(person, person.c.id == topic.c.person_id))
        .where(topic.c.dialogue_id == number)
        .order_by(func.lower(topic.c.text), topic.c.text)
    )
    return [(row.text, row.name or "") for row in rows]


def attend(
    connection: Connection, who: Person, number: int, session: int, people: Sequence[tuple[int, str]],
    at: datetime,
) -> None:  # fmt: skip
    """The coordinator ticks off: "present" or "absent" by registration."""
    managed(connection, who, number, wall(at).date())
    for registration_id, state in people:
        if state not in {"present", "absent"}:
            raise ValueError(f"nobody is {state} at a session")
        connection.execute(
            update(seat)
            .where(seat.c.registration_id == registration_id, seat.c.session_id == session,
                   seat.c.registration_id.in_(
                       select(registration.c.id).where(registration.c.dialogue_id == number)),
                   seat.c.state.in_(sorted(COMING)))
            .values(state=state, since=at)
        )  # fmt: skip


def check_in(connection: Connection, who: Person, number: int, code: str, at: datetime) -> int:
    """Say on site that one is there, with the code that is shown there; gives the session."""
    found = seen(connection, who, number)
    mine = own(connection, number, who.id)
    if mine is None or not mine.sessions("registered", "present", "absent"):
        raise Refused("not-registered")
    if not found.code or code.strip().upper() != found.code:
        raise Refused("wrong-code")
    now = wall(at)
    on = [each for each in found.sessions
          if each.id in mine.sessions("registered", "present", "absent")
          and each.starts.date() == now.date() and now <= each.ends]  # fmt: skip
    if not on:
        raise Refused("not-now")
    connection.execute(
        update(seat)
        .where(seat.c.registration_id == mine.id, seat.c.session_id == on[0].id)
        .values(state="present", since=at)
    )
    return on[0].id
