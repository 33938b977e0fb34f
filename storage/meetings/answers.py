"""What people say to a meeting: that they come or not, and what should be talked about."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, func, insert, select, update

from bot.errors import Refused
from bot.rules.roles import Person
from storage.meetings.gate import managed, seen, standing
from storage.meetings.people import own_answer
from storage.session import upsert
from storage.tables import agenda_item, meeting_answer
from storage.valid import wall


def answer(
    connection: Connection, who: Person, number: int, said: Literal["yes", "no"], at: datetime
) -> str | None:
    """Keep one's yes or no; gives the answer before, if there was one."""
    if standing(connection, who, number).ends < wall(at):
        raise Refused("meeting-is-over")
    before = own_answer(connection, number, who.id)
    statement = upsert(connection)(meeting_answer).values(
        meeting_id=number, person_id=who.id, answer=said, at=at
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["meeting_id", "person_id"], set_={"answer": said, "at": at}
        )
    )
    return before


def withdraw_answer(connection: Connection, who: Person, number: int) -> None:
    """As if one had never answered."""
    seen(connection, who, number)
    connection.execute(
        meeting_answer.delete().where(
            meeting_answer.c.meeting_id == number, meeting_answer.c.person_id == who.id
        )
    )


def agenda(connection: Connection, number: int) -> list[str]:
    """The items that are on the agenda, in order."""
    rows = connection.execute(
        select(agenda_item.c.title)
        .where(agenda_item.c.meeting_id == number, agenda_item.c.state == "accepted")
        .order_by(agenda_item.c.position)
    )
    return list(rows.scalars())


def propose_item(connection: Connection, who: Person, number: int, title: str) -> int:
    """A proposal waits for the presidium; gives its number."""
    standing(connection, who, number)
    last = connection.execute(
        select(func.max(agenda_item.c.position)).where(agenda_item.c.meeting_id == number)
    ).scalar()
    done = connection.execute(
        insert(agenda_item)
        .values(
            meeting_id=number, position=(last or 0) + 1, title=title, state="proposed",
            proposed_by=who.id,
        )
        .returning(agenda_item.c.id)
    )  # fmt: skip
    return int(done.scalar_one())


def decide_item(
    connection: Connection, who: Person, item: int, state: Literal["accepted", "declined"],
    at: datetime,
) -> tuple[str, int | None] | None:  # fmt: skip
    """Accept or decline a proposed item; gives its title and who proposed it, None if decided."""
    number = item_meeting(connection, item)
    if number is None:
        raise Refused("no-such-meeting")
    managed(connection, who, number, wall(at).date())
    row = connection.execute(
        update(agenda_item)
        .where(agenda_item.c.id == item, agenda_item.c.state == "proposed")
        .values(state=state)
        .returning(agenda_item.c.title, agenda_item.c.proposed_by)
    ).first()
    return None if row is None else (row.title, row.proposed_by)


def item_meeting(connection: Connection, item: int) -> int | None:
    return connection.execute(
        select(agenda_item.c.meeting_id).where(agenda_item.c.id == item)
    ).scalar()
