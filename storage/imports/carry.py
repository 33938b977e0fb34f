"""Writing what a preview has shown: all of it in one transaction, or nothing."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.rules.roles import Role
from storage.imports.model import Kind, Preview, Row
from storage.imports.world import Group, Town, World
from storage.mandates.change import put as put_mandate
from storage.mandates.model import OwnerPlan
from storage.mandates.model import Plan as MandatePlan
from storage.people import directory_changed
from storage.tables import (
    body,
    body_municipality,
    identity,
    meeting,
    meeting_body,
    meeting_day,
    municipality,
    person,
    region,
    role,
)
from storage.valid import wall

Done = dict[str, int]  # how many of each kind were made or changed


def carry_out(
    connection: Connection, world: World, found: Preview, by: int | None, at: datetime
) -> Done:
    """Gives how many rows of each kind were written, and of which changed meetings, by number."""
    if world.id is None:
        world.id = _make_region(connection, world.name)
    _put_towns(connection, world, found.rows)
    writers: dict[Kind, Callable[[Connection, World, Sequence[Row], int | None, datetime], None]]
    writers = {
        "bodies": _put_bodies, "people": _put_people, "roles": _put_roles,
        "meetings": _put_meetings, "mandates": _put_mandates,
    }  # fmt: skip
    done: Done = {}
    for kind, write in writers.items():
        rows = [row for row in found.rows if row.kind == kind and row.writes]
        if rows:
            write(connection, world, rows, by, at)
            done[kind] = len(rows)
    directory_changed(connection)
    return done


def _make_region(connection: Connection, name: str) -> int:
    plain = name.casefold().translate(str.maketrans("åäöé", "aaoe"))
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "region"
    made = connection.execute(insert(region).values(key=key, name=name).returning(region.c.id))
    return int(made.scalar_one())


def _put_towns(connection: Connection, world: World, rows: Sequence[Row]) -> None:
    """Only those that a row which is written names."""
    wanted: list[Town | None] = []
    for row in rows:
        if row.writes:
            wanted += row.values.get("towns") or ()
            wanted += (row.values.get("town"), row.values.get("host"))
    for town in dict.fromkeys(wanted):
        if town is not None and town.id is None:
            made = insert(municipality).values(region_id=world.id, name=town.name)
            town.id = connection.execute(made.returning(municipality.c.id)).scalar_one()


def _put_bodies(
    connection: Connection, world: World, rows: Sequence[Row], by: int | None, at: datetime
) -> None:
    del by, at
    columns = {"name": "name", "short": "short", "kind": "kind", "per_year": "least_per_year",
               "per_half_year": "least_per_half_year", "mailbox": "mailbox"}  # fmt: skip
    for row in rows:
        target: Group = row.target
        kept: dict[str, Any] = {columns[k]: v for k, v in row.values.items() if k in columns}
        if "aliases" in row.values:
            kept["aliases"] = list(row.values["aliases"])
        kept = {key: value or None if key == "mailbox" else value for key, value in kept.items()}
        if target.id is None:
            made = insert(body).values(region_id=world.id, **kept).returning(body.c.id)
            target.id = connection.execute(made).scalar_one()
        elif kept:
            connection.execute(update(body).where(body.c.id == target.id).values(**kept))
        if "towns" in row.values:
            connection.execute(
                delete(body_municipality).where(body_municipality.c.body_id == target.id)
            )
            _many(connection, body_municipality, [
                {"body_id": target.id, "municipality_id": town.id} for town in row.values["towns"]
            ])  # fmt: skip
    for row in rows:
        above = row.values.get("parent")
        if above is not None and above.id is not None:
            connection.execute(
                update(body).where(body.c.id == row.target.id).values(parent_id=above.id)
            )


def _put_people(
    connection: Connection, world: World, rows: Sequence[Row], by: int | None, at: datetime
) -> None:
    del by
    fresh = [row for row in rows if row.fresh]
    if fresh:
        made = connection.execute(
            insert(person).returning(person.c.id, sort_by_parameter_order=True),
            [
                {"region_id": world.id, "name": row.target.name, "title": "", "email": None,
                 "municipality_id": None, "left_on": None} | _person(row)
                for row in fresh
            ],
        )  # fmt: skip
        for row, number in zip(fresh, made.scalars(), strict=True):
            row.target.id = number
        _many(connection, identity, [
            {"person_id": row.target.id, "platform": "web", "tenant": world.name,
             "user": str(row.target.id), "confirmed_at": at}
            for row in fresh
        ])  # fmt: skip
    for row in rows:
        if not row.fresh:
            connection.execute(
                update(person)
                .where(person.c.id == row.target.id)
                .values(version=person.c.version + 1, **_person(row))
            )


def _person(row: Row) -> dict[str, Any]:
    kept = {k: v for k, v in row.values.items() if k in {"name", "title", "left_on"}}
    if "email" in row.values:
        kept["email"] = row.values["email"] or None
    if town := row.values.get("town"):
        kept["municipality_id"] = town.id
    return kept


def _put_roles(
    connection: Connection, world: World, rows: Sequence[Row], by: int | None, at: datetime
) -> None:
    del by, at
    fresh = [row for row in rows if row.fresh and row.target.human.id is not None]
    _many(connection, role, [
        {"person_id": row.target.human.id, "region_id": world.id, "role": Role(row.target.role),
         "body_id": row.target.group.id if row.target.group else None,
         "since": row.values["since"], "until": row.values["until"]}
        for row in fresh
    ])  # fmt: skip
    for row in rows:
        if not row.fresh:
            connection.execute(update(role).where(role.c.id == row.target.id).values(**row.values))


def _put_meetings(
    connection: Connection, world: World, rows: Sequence[Row], by: int | None, at: datetime
) -> None:
    """A meeting that changes counts up iCalendar's SEQUENCE, so that calendars take it."""
    del by
    for row in rows:
        kept = {k: v for k, v in row.values.items() if k in {"place", "link", "theme", "format"}}
        if host := row.values.get("host"):
            kept["host_id"] = host.id
        days: Sequence[tuple[datetime, datetime]] = row.values.get("days", ())
        if days:
            kept |= {"starts": days[0][0], "ends": days[-1][1]}
        if row.fresh:
            uid = row.values["uid"] or str(uuid.uuid4())
            made = insert(meeting).values(region_id=world.id, uid=uid, changed_at=at, **kept)
            row.target.id = connection.execute(made.returning(meeting.c.id)).scalar_one()
            _many(connection, meeting_body, [
                {"meeting_id": row.target.id, "body_id": group.id, "ends": days[-1][1]}
                for group in row.values["groups"]
            ])  # fmt: skip
        else:
            if "host_id" in kept:
                kept["secretary_id"] = None
            connection.execute(
                update(meeting)
                .where(meeting.c.id == row.target.id)
                .values(sequence=meeting.c.sequence + 1, changed_at=at, **kept)
            )
        if days:
            _put_days(connection, row.target.id, days)


def _put_days(
    connection: Connection, number: int, days: Sequence[tuple[datetime, datetime]]
) -> None:
    connection.execute(delete(meeting_day).where(meeting_day.c.meeting_id == number))
    _many(connection, meeting_day, [
        {"meeting_id": number, "number": place, "starts": starts, "ends": ends}
        for place, (starts, ends) in enumerate(days, 1)
    ])  # fmt: skip
    connection.execute(
        update(meeting_body).where(meeting_body.c.meeting_id == number).values(ends=days[-1][1])
    )


def _put_mandates(
    connection: Connection, world: World, rows: Sequence[Row], by: int | None, at: datetime
) -> None:
    """Reports go to the school director of the body that gives it, unless one imports it."""
    assert world.id is not None
    for row in rows:
        giver, owner = row.target.giver, row.values["owner"]
        contact = by or connection.execute(
            select(role.c.person_id)
            .where(role.c.body_id == giver.id, role.c.role == Role.DIRECTOR.value)
            .order_by(role.c.id)
        ).scalars().first()  # fmt: skip
        owners = [OwnerPlan(owner.id, town.id) for town in row.values["towns"]]
        plan = MandatePlan(
            row.target.title, row.values["short"], giver.id, owners or [OwnerPlan(owner.id)],
            row.values["reports"], row.values["goals"], row.values["text"],
        )  # fmt: skip
        row.target.id = put_mandate(connection, world.id, plan, contact, wall(at).date())


def _many(connection: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), list(rows))
