"""Conditions on time that queries share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, ColumnElement, Select, and_, or_, select

from bot.rules.roles import Role
from storage.tables import person, role

# Whoever has one of these in a body has a seat in it; a director above it or a guest has not.
SEATS = tuple(each.value for each in (Role.MEMBER, Role.CHAIR, Role.PRESIDIUM, Role.SECRETARY))
_SEATED = tuple(role.c.role == each for each in SEATS)

HOME = ZoneInfo("Europe/Stockholm")

Day = date | BindParameter[date] | ColumnElement[Any]


def wall(at: datetime) -> datetime:
    """A moment as naive Swedish wall time, as meetings are kept."""
    return at.astimezone(HOME).replace(tzinfo=None)


def valid_role(day: Day) -> ColumnElement[bool]:
    """The role holds on that day, and its person is still in service. Both must be in the FROM."""
    return and_(
        or_(role.c.since.is_(None), role.c.since <= day),
        or_(role.c.until.is_(None), role.c.until >= day),
        or_(person.c.left_on.is_(None), person.c.left_on >= day),
    )


def seated(bodies: Sequence[int] | Select[Any], day: Day) -> Select[Any]:
    """The numbers of those who sit in any of the bodies on that day."""
    return (
        select(role.c.person_id)
        .join(person, person.c.id == role.c.person_id)
        .where(role.c.body_id.in_(bodies), or_(*_SEATED), valid_role(day))
    )
