"""What a region holds, as things that may have a number already or get one when they are written."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from storage.tables import (
    body,
    body_municipality,
    mandate,
    meeting,
    meeting_body,
    meeting_day,
    municipality,
    person,
    region,
    role,
)


@dataclass(slots=True, eq=False)
class Town:
    name: str
    id: int | None = None


@dataclass(slots=True, eq=False)
class Group:
    name: str
    id: int | None = None
    short: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    parent: Group | None = None
    per_year: int | None = None
    per_half_year: int | None = None
    mailbox: str | None = None
    towns: list[Town] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Human:
    name: str
    id: int | None = None
    town: Town | None = None
    title: str = ""
    email: str | None = None
    left_on: date | None = None


@dataclass(slots=True, eq=False)
class Seat:
    human: Human
    role: str
    group: Group | None
    id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(slots=True, eq=False)
class Gathering:
    groups: tuple[Group, ...]
    days: tuple[tuple[datetime, datetime], ...]
    id: int | None = None
    format: str = "place"
    place: str = ""
    link: str = ""
    host: Town | None = None
    theme: str = ""
    uid: str = ""
    cancelled: bool = False
    secretary: int | None = None  # who was named to write


@dataclass(slots=True, eq=False)
class Task:
    title: str
    giver: Group
    id: int | None = None


@dataclass(slots=True, eq=False)
class World:
    id: int | None  # of the region; None: not made yet
    name: str
    towns: dict[str, Town] = field(default_factory=dict)  # by name in lower case
    groups: dict[str, Group] = field(default_factory=dict)  # by each of their names
    humans: list[Human] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    gatherings: list[Gathering] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    by_email: dict[str, Human] = field(default_factory=dict)
    by_name: dict[str, list[Human]] = field(default_factory=dict)

    def town(self, said: str) -> Town | None:
        plain = said.casefold().strip().removesuffix(" kommun")
        return self.towns.get(plain) or self.towns.get(plain.removesuffix("s"))

    def near_town(self, said: str, *, kept: bool = False) -> str:
        """The municipality that was perhaps meant, or ""; with `kept`, one that is there already."""
        names = [name for name, town in self.towns.items() if town.id is not None or not kept]
        near = difflib.get_close_matches(said.casefold(), names, 1, 0.85)
        return self.towns[near[0]].name if near else ""

    def group(self, said: str) -> Group | None:
        return self.groups.get(said.casefold().strip())

    def near_group(self, said: str) -> str:
        near = difflib.get_close_matches(said.casefold(), self.groups, 1, 0.75)
        return self.groups[near[0]].name if near else ""

    def human(self, name: str, town: Town | None, email: str) -> list[Human]:
        """By address, then name and municipality; several where words do not tell them apart."""
        if email and (found := self.by_email.get(email.casefold())):
            return [found]
        alike = self.by_name.get(name.casefold(), [])
        if email:  # an address of somebody else is another person of the same name
            alike = [each for each in alike if not each.email]
        return [each for each in alike if town is None or each.town in {town, None}]

    def duties(self, human: Human, after: date) -> list[str]:
        """What nobody does once the person has gone: roles by body, and meetings to write at."""
        held = [
            each.group.name if each.group else self.name
            for each in self.seats
            if each.human is human and (each.until is None or each.until > after)
        ]
        writes = [
            each.days[0][0].date().isoformat()
            for each in self.gatherings
            if human.id is not None and each.secretary == human.id and not each.cancelled
            and each.days and each.days[0][0].date() > after
        ]  # fmt: skip
        return [*dict.fromkeys(held), *sorted(writes)]

    def add_group(self, each: Group) -> None:
        for name in (each.name, each.short, *each.aliases):
            if name:
                self.groups.setdefault(name.casefold(), each)

    def add_human(self, each: Human) -> None:
        self.humans.append(each)
        self.by_name.setdefault(each.name.casefold(), []).append(each)
        if each.email:
            self.by_email.setdefault(each.email.casefold(), each)


def load(connection: Connection, number: int) -> World:
    name = connection.execute(select(region.c.name).where(region.c.id == number)).scalar_one()
    found = World(number, name)
    towns = {
        row.id: Town(row.name, row.id)
        for row in connection.execute(
            select(municipality).where(municipality.c.region_id == number)
        )
    }
    found.towns = {each.name.casefold(): each for each in towns.values()}
    groups = _groups(connection, found, towns)
    humans = {}
    rows = connection.execute(
        select(person).where(person.c.region_id == number).order_by(person.c.id)
    )
    for row in rows:
        town = towns.get(row.municipality_id)
        humans[row.id] = Human(row.name, row.id, town, row.title, row.email, row.left_on)
        found.add_human(humans[row.id])
    found.seats = [
        Seat(humans[row.person_id], row.role, groups.get(row.body_id), row.id, row.since, row.until)
        for row in connection.execute(select(role).where(role.c.region_id == number))
        if row.person_id in humans
    ]
    _gatherings(connection, found, groups, towns)
    found.tasks = [
        Task(row.title, groups[row.giver_id], row.id)
        for row in connection.execute(select(mandate).where(mandate.c.region_id == number))
    ]
    return found


def _groups(connection: Connection, found: World, towns: dict[int, Town]) -> dict[int, Group]:
    rows = connection.execute(
        select(body).where(body.c.region_id == found.id).order_by(body.c.id)
    ).all()
    groups = {
        row.id: Group(
            row.name, row.id, row.short, tuple(row.aliases), row.kind, None, row.least_per_year,
            row.least_per_half_year, row.mailbox,
        )
        for row in rows
    }  # fmt: skip
    for row in rows:
        groups[row.id].parent = groups.get(row.parent_id)
        found.add_group(groups[row.id])
    members = select(body_municipality).where(body_municipality.c.body_id.in_(list(groups)))
    for row in connection.execute(members):
        groups[row.body_id].towns.append(towns[row.municipality_id])
    return groups


def _gatherings(
    connection: Connection, found: World, groups: dict[int, Group], towns: dict[int, Town]
) -> None:
    own = select(meeting.c.id).where(meeting.c.region_id == found.id)
    days: dict[int, list[tuple[datetime, datetime]]] = {}
    statement = select(meeting_day).where(meeting_day.c.meeting_id.in_(own))
    for row in connection.execute(statement.order_by(meeting_day.c.number)):
        days.setdefault(row.meeting_id, []).append((row.starts, row.ends))
    of: dict[int, list[Group]] = {}
    for row in connection.execute(select(meeting_body).where(meeting_body.c.meeting_id.in_(own))):
        if row.body_id in groups:
            of.setdefault(row.meeting_id, []).append(groups[row.body_id])
    rows: Any = connection.execute(select(meeting).where(meeting.c.region_id == found.id))
    found.gatherings = [
        Gathering(
            tuple(of.get(row.id, ())), tuple(days.get(row.id) or [(row.starts, row.ends)]), row.id,
            row.format, row.place, row.link, towns.get(row.host_id), row.theme, row.uid,
            row.cancelled_at is not None, row.secretary_id,
        )
        for row in rows
    ]  # fmt: skip
