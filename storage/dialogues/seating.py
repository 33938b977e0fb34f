"""Giving seats: never one too many, never one left empty, the queue in strict order.

A free seat of a session without a queue is taken by one conditional UPDATE of the session's row.
Everything else holds the rows of all the dialogue's sessions, in one order, until it commits: what
is freed is handed on in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, or_, select, update

from bot.rules import seats as rules
from bot.rules.seats import Waiting
from storage.tables import dialogue, dialogue_session, registration, seat
from storage.valid import HOME

_TAKE = (
    update(dialogue_session)
    .where(
        dialogue_session.c.id == bindparam("session"),
        dialogue_session.c.waiting == 0,
        or_(
            dialogue_session.c.capacity.is_(None),
            dialogue_session.c.taken < dialogue_session.c.capacity,
        ),
    )
    .values(taken=dialogue_session.c.taken + 1)
    .returning(dialogue_session.c.taken)
)
_LOCK: Select[Any] = (
    select(
        dialogue_session.c.id, dialogue_session.c.starts, dialogue_session.c.capacity,
        dialogue_session.c.taken, dialogue_session.c.waiting, dialogue_session.c.queued,
    )
    .where(dialogue_session.c.dialogue_id == bindparam("dialogue"))
    .order_by(dialogue_session.c.id)
    .with_for_update()
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """A session's figures, held for this transaction."""

    id: int
    starts: datetime  # wall time
    capacity: int | None
    taken: int
    waiting: int
    queued: int

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else self.capacity - self.taken


@dataclass(frozen=True, slots=True)
class Given:
    """A seat that came free and went to somebody."""

    registration: int
    sessions: tuple[int, ...]
    until: datetime | None  # None: taken at once


def take(connection: Connection, session: int) -> int | None:
    """Take a free seat; gives how many are taken now, or None if one has to wait."""
    taken: int | None = connection.execute(_TAKE, {"session": session}).scalar()
    return taken


class Hall:
    """The sessions of one dialogue, locked; `settle` hands on what is free and writes it all."""

    def __init__(self, connection: Connection, number: int, at: datetime) -> None:
        self._c = connection
        self.number = number
        self.at = at
        rows = connection.execute(_LOCK, {"dialogue": number}).all()
        self.rows = {row.id: Row(*row) for row in rows}
        self._before = {row.id: (row.taken, row.waiting, row.queued) for row in rows}
        self.asked: list[int] = []  # sessions whose seat is the coordinator's to give

    def next_place(self) -> int:
        """One counter for the whole day, so that places compare across sessions."""
        return max((row.queued for row in self.rows.values()), default=0) + 1

    def wait(self, registration_id: int, sessions: Collection[int]) -> int:
        """Put an entry last in the queue; `settle` takes it out again if there is room."""
        place = self.next_place()
        for number in sorted(sessions):
            self.rows[number].waiting += 1
            self.rows[number].queued = place
        write(self._c, registration_id, sessions, "waiting", self.at, place=place)
        return place

    def leave(self, registration_id: int, state: str, sessions: Collection[int]) -> None:
        """Give back these sessions' seats or places, whatever they are, and write the new state."""
        rows = self._c.execute(
            select(seat.c.session_id, seat.c.state).where(
                seat.c.registration_id == registration_id, seat.c.session_id.in_(sessions)
            )
        ).all()
        for row in rows:
            if row.state in rules.HOLDING:
                self.rows[row.session_id].taken -= 1
            elif row.state == "waiting":
                self.rows[row.session_id].waiting -= 1
        write(self._c, registration_id, [row.session_id for row in rows], state, self.at)

    def resize(self, session: int, capacity: int | None) -> None:
        self.rows[session].capacity = capacity
        self._c.execute(
            update(dialogue_session)
            .where(dialogue_session.c.id == session)
            .values(capacity=capacity)
        )

    def settle(self, own: int | None = None) -> list[Given]:
        """Offer what is free to whoever waits first; `own` registers just now and gets it at once."""
        given = []
        for entry in self._allotted():
            until = None
            if entry.registration != own:
                until = self._offer_until(entry.sessions)
                if until is None:
                    self.asked += [each for each in entry.sessions if each not in self.asked]
                    continue
            given.append(Given(entry.registration, entry.sessions, until))
            self.give(given[-1])
        for number in sorted(self.rows):
            row = self.rows[number]
            now = (row.taken, row.waiting, row.queued)
            if now != self._before[number]:
                self._write(row)
                self._before[number] = now
        return given

    def _allotted(self) -> list[Waiting]:
        free = {number: row.free for number, row in self.rows.items()}
        useful = [
            number
            for number, row in self.rows.items()
            if row.waiting and rules.has_room(free[number])
        ]
        return rules.allot(free, self.queue()) if useful else []

    def give(self, to: Given) -> None:
        for number in to.sessions:
            self.rows[number].taken += 1
            self.rows[number].waiting -= 1
        state = "registered" if to.until is None else "offered"
        write(self._c, to.registration, to.sessions, state, self.at, until=to.until)

    def _offer_until(self, sessions: Sequence[int]) -> datetime | None:
        hours = self._c.execute(
            select(dialogue.c.offer_hours).where(dialogue.c.id == self.number)
        ).scalar_one()
        starts = min(self.rows[each].starts for each in sessions).replace(tzinfo=HOME)
        return rules.offer_until(self.at, hours, starts)

    def queue(self) -> list[Waiting]:
        """Entries in order; those who want all or nothing are one entry."""
        rows = self._c.execute(
            select(seat.c.registration_id, seat.c.session_id, seat.c.place, registration.c.together)
            .join(registration, registration.c.id == seat.c.registration_id)
            .where(seat.c.session_id.in_(list(self.rows)), seat.c.state == "waiting")
            .order_by(seat.c.place, seat.c.session_id)
        ).all()
        entries: dict[tuple[int, int], list[int]] = {}
        places: dict[tuple[int, int], int] = {}
        for row in rows:
            key = (row.registration_id, 0 if row.together else row.session_id)
            entries.setdefault(key, []).append(row.session_id)
            places.setdefault(key, row.place)
        return [Waiting(key[0], places[key], tuple(found)) for key, found in entries.items()]

    def _write(self, row: Row) -> None:
        self._c.execute(
            update(dialogue_session)
            .where(dialogue_session.c.id == row.id)
            .values(taken=row.taken, waiting=row.waiting, queued=row.queued)
        )


def write(
    connection: Connection, registration_id: int, sessions: Collection[int], state: str,
    at: datetime, *, place: int | None = None, until: datetime | None = None, fresh: bool = False,
) -> None:  # fmt: skip
    """The state of some of a registration's sessions; `fresh` knows that they had none before."""
    if not sessions:
        return
    values: Mapping[str, Any] = {"state": state, "since": at, "offer_until": until, "place": place}
    known: Collection[int] = ()
    if not fresh:
        known = connection.execute(
            update(seat)
            .where(seat.c.registration_id == registration_id, seat.c.session_id.in_(sessions))
            .values(**values)
            .returning(seat.c.session_id)
        ).scalars().all()  # fmt: skip
    missing = [each for each in sessions if each not in known]
    if missing:
        connection.execute(
            insert(seat),
            [{"registration_id": registration_id, "session_id": each, **values}
             for each in missing],
        )  # fmt: skip
