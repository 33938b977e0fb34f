"""Two municipalities change places as hosts, when both have said yes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select, update

from bot.errors import Refused
from bot.rules.roles import Person
from storage.meetings.change import bump
from storage.meetings.gate import standing
from storage.meetings.load import load
from storage.meetings.model import Meeting
from storage.meetings.people import concerned
from storage.rights import may_see
from storage.tables import host_swap, meeting, person
from storage.valid import seated, wall

_SWAPS = select(host_swap, person.c.name.label("proposer")).join(
    person, person.c.id == host_swap.c.proposed_by
)


@dataclass(frozen=True, slots=True)
class Swap:
    id: int
    first: int
    second: int
    proposed_by: int
    proposer: str  # the name behind it
    awaits: int  # the municipality whose yes is missing
    state: str  # pending | accepted | declined


def swap_by_id(connection: Connection, who: Person, number: int) -> Swap | None:
    """None when there is none, or one about meetings that this person may not see."""
    row = connection.execute(_SWAPS.where(host_swap.c.id == number)).first()
    if row is None:
        return None
    found = load(connection, [row.first_id])[0]
    return _swap(row) if may_see(connection, who, found.region, found.body_ids) else None


def open_swaps(connection: Connection, who: Person) -> list[Swap]:
    """Swaps that wait and that this person's municipality asked for or is asked about.

    Those that wait for its own yes come first.
    """
    if who.municipality is None:
        return []
    hosts = select(meeting.c.id).where(meeting.c.host_id == who.municipality)
    rows = connection.execute(
        select(host_swap.c.id)
        .where(
            host_swap.c.state == "pending",
            or_(host_swap.c.first_id.in_(hosts), host_swap.c.second_id.in_(hosts)),
        )
        .order_by(host_swap.c.awaits_id != who.municipality, host_swap.c.id)
    ).scalars()
    found = [swap_by_id(connection, who, number) for number in rows]
    return [each for each in found if each is not None]


def propose_swap(
    connection: Connection, who: Person, first: int, second: int, at: datetime
) -> tuple[int, list[tuple[int, str]]]:
    """Nothing changes until the other host has accepted; gives the swap's number and whom to ask:
    number and name of everybody of that municipality who sits in the meetings' bodies.

    Somebody of one of the two hosts proposes, which is that municipality's yes.
    """
    one, two = standing(connection, who, first), standing(connection, who, second)
    hosts = {one.host_id, two.host_id}
    over = min(one.ends, two.ends) < wall(at)
    if over or one.id == two.id or None in hosts or len(hosts) != 2 or not _share(one, two):
        raise Refused("swap-impossible")
    if who.municipality not in hosts:
        raise Refused("swap-not-yours", ask=_writers(one, two), first=one.host, second=two.host)
    if _pending(connection, first, second):
        raise Refused("swap-pending")
    awaits = (hosts - {who.municipality}).pop()
    number = connection.execute(
        insert(host_swap)
        .values(
            first_id=first, second_id=second, proposed_by=who.id, awaits_id=awaits, proposed_at=at
        )
        .returning(host_swap.c.id)
    ).scalar_one()
    return int(number), _people(connection, awaits, {*one.body_ids, *two.body_ids}, wall(at).date())


def answer_swap(
    connection: Connection, who: Person, number: int, said: str, at: datetime
) -> list[int]:
    """Accept ("yes") or decline; with yes, hosts, secretaries and places change at once.

    Gives the people to tell. Raise Refused if it is another municipality's to answer, if it was
    answered before, or if the hosts have changed since it was proposed.
    """
    swap = _held(connection, who, number)
    one, two = standing(connection, who, swap.first), standing(connection, who, swap.second)
    if who.municipality != swap.awaits:
        raise Refused("swap-not-yours", first=one.host, second=two.host)
    if swap.state != "pending":
        raise Refused("swap-answered")
    hosts = {one.host_id, two.host_id}
    if swap.awaits not in hosts or None in hosts or len(hosts) != 2:
        raise Refused("swap-impossible")
    if min(one.ends, two.ends) < wall(at):
        raise Refused("swap-impossible")
    _end(connection, who, number, "accepted" if said == "yes" else "declined", at)
    if said != "yes":
        return [swap.proposed_by]
    bump(connection, one.id, at, **_hosting(two))
    bump(connection, two.id, at, **_hosting(one))
    today = wall(at).date()
    people = {*concerned(connection, one, today), *concerned(connection, two, today)}
    return sorted({*people, swap.proposed_by} - {who.id})


def withdraw_swap(connection: Connection, who: Person, number: int, at: datetime) -> None:
    """Raise Refused if it is not this person's municipality that asked, or it is answered."""
    swap = _held(connection, who, number)
    one, two = standing(connection, who, swap.first), standing(connection, who, swap.second)
    if swap.state != "pending":
        raise Refused("swap-answered")
    if who.municipality not in {one.host_id, two.host_id} - {swap.awaits}:
        raise Refused("swap-not-yours", first=one.host, second=two.host)
    _end(connection, who, number, "declined", at)


def _held(connection: Connection, who: Person, number: int) -> Swap:
    """The swap as it is now, and until this transaction ends."""
    connection.execute(
        select(host_swap.c.id).where(host_swap.c.id == number).with_for_update()
    ).all()
    swap = swap_by_id(connection, who, number)
    if swap is None:
        raise Refused("no-such-meeting")
    return swap


def _end(connection: Connection, who: Person, number: int, state: str, at: datetime) -> None:
    connection.execute(
        update(host_swap)
        .where(host_swap.c.id == number)
        .values(state=state, answered_by=who.id, answered_at=at)
    )


def _writers(one: Meeting, two: Meeting) -> list[tuple[int, str]]:
    """The two secretaries: of each host, the one to ask first."""
    return [
        (each.secretary_id, each.secretary) for each in (one, two) if each.secretary_id is not None
    ]


def _people(
    connection: Connection, town: int | None, bodies: Collection[int], today: date
) -> list[tuple[int, str]]:
    rows = connection.execute(
        select(person.c.id, person.c.name)
        .where(person.c.municipality_id == town, person.c.id.in_(seated(sorted(bodies), today)))
        .order_by(person.c.name, person.c.id)
    )
    return [(row.id, row.name) for row in rows]


def _hosting(found: Meeting) -> dict[str, Any]:
    """What belongs to the host and goes with it: the minutes, and the place in its own town."""
    return {
        "host_id": found.host_id, "secretary_id": found.secretary_id, "format": found.format,
        "place": found.place, "link": found.link,
    }  # fmt: skip


def _share(one: Meeting, two: Meeting) -> bool:
    return bool(set(one.body_ids) & set(two.body_ids))


def _pending(connection: Connection, first: int, second: int) -> bool:
    either = (first, second)
    found = select(host_swap.c.id).where(
        host_swap.c.state == "pending",
        or_(host_swap.c.first_id.in_(either), host_swap.c.second_id.in_(either)),
    )
    return connection.execute(found.limit(1)).first() is not None


def _swap(row: Row[Any]) -> Swap:
    return Swap(
        row.id, row.first_id, row.second_id, row.proposed_by, row.proposer, row.awaits_id, row.state
    )
