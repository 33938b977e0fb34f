"""Registering, changing and cancelling: one registration per person, whichever platform it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.errors import Refused
from bot.rules import seats as rules
from bot.rules.roles import Action, Grade, Person, grade
from storage.dialogues import plans
from storage.dialogues.load import manages, own, seen
from storage.dialogues.model import Dialogue, Registration, Wish
from storage.dialogues.seating import Hall, take, write
from storage.rights import refuse
from storage.session import upsert
from storage.tables import need, person, registration, topic
from storage.valid import wall

LIVE = ("registered", "offered", "waiting", "late", "present")
SOON = timedelta(hours=1)  # before a session: whoever wants to come now asks the coordinator

Result = dict[str, Any]  # JSON: what became of each session


def register(
    connection: Connection, who: Person, number: int, wish: Wish, at: datetime,
    of: int | None = None,
) -> Result:  # fmt: skip
    """Register oneself or, where one may, somebody else (`of`); who is registered is changed.

    Gives {"registration", "late", "sessions": [[session, state, number, capacity], …]}, where
    number is one's place among the taken or in the queue.
    """
    found = open_dialogue(connection, who, number, wish.sessions, at)
    target = of or who.id
    if target != who.id:
        may_register(connection, who, target, found, at)
        theirs = own(connection, number, target)
        if theirs is not None and theirs.standing:
            raise Refused("already-registered", name=theirs.person_name)
    made = connection.execute(
        upsert(connection)(registration)
        .values(
            dialogue_id=number, person_id=target, made_by=who.id, role=wish.role,
            together=_together(wish), dinner=wish.dinner, lodging=wish.lodging, made_at=at,
            changed_at=at,
        )
        .on_conflict_do_nothing(index_elements=["dialogue_id", "person_id"])
        .returning(registration.c.id)
    ).scalar()  # fmt: skip
    if made is None:
        return _change(connection, who, found, wish, at, of, again=True)
    _extras(connection, made, number, target, wish)
    if target != who.id:
        plans.tell(connection, "dialogue-for-you", made, at)
    if _too_late(found, wish.sessions, who, at):
        return _ask_late(connection, made, found, wish.sessions, at)
    return _result(made, found, _seat(connection, made, found, wish, at))


def change(
    connection: Connection, who: Person, number: int, wish: Wish, at: datetime,
    of: int | None = None,
) -> Result:  # fmt: skip
    """Other sessions or other facts. What is kept keeps its seat or its place in the queue."""
    found = open_dialogue(connection, who, number, wish.sessions, at, adding=False)
    return _change(connection, who, found, wish, at, of)


def _change(
    connection: Connection, who: Person, found: Dialogue, wish: Wish, at: datetime,
    of: int | None, *, again: bool = False,
) -> Result:  # fmt: skip
    """`again` takes up a registration that had ended."""
    number = found.id
    hall = Hall(connection, number, at)
    mine = owned(connection, who, found, of, ended=again)
    held = {each.session: each.state for each in mine.held if each.state in LIVE}
    new = [each for each in sorted(wish.sessions) if each not in held]
    if new:
        open_dialogue(connection, who, number, new, at)
    connection.execute(
        update(registration)
        .where(registration.c.id == mine.id)
        .values(
            role=wish.role or mine.role, together=_together(wish), changed_at=at,
            sequence=registration.c.sequence + 1,
            **{name: value for name in ("dinner", "lodging")
               if (value := getattr(wish, name)) is not None},
        )
    )  # fmt: skip
    _extras(connection, mine.id, number, mine.person, wish)
    hall.leave(mine.id, "cancelled", [each for each in held if each not in wish.sessions])
    offered = [each for each in wish.sessions if held.get(each) == "offered"]
    write(connection, mine.id, offered, "registered", at)
    if new and _too_late(found, new, who, at):
        plans.after(connection, hall, hall.settle())
        return _ask_late(connection, mine.id, found, new, at)
    if _together(wish) and new:
        hall.leave(mine.id, "waiting", [each for each in held if each in wish.sessions])
        hall.wait(mine.id, wish.sessions)
    else:
        for each in new:
            hall.wait(mine.id, [each])
    plans.after(connection, hall, hall.settle(own=mine.id))
    return _result(mine.id, found, _now(connection, number, mine.person, hall))


def cancel(
    connection: Connection, who: Person, number: int, at: datetime,
    sessions: Sequence[int] | None = None, of: int | None = None,
) -> Result:  # fmt: skip
    """Give back a seat or leave the queue, for good; some sessions or all of them.

    Works always: also when it is full and after the last day.
    """
    found = seen(connection, who, number)
    hall = Hall(connection, number, at)
    mine = owned(connection, who, found, of)
    live = mine.sessions(*LIVE)
    left = [each for each in live if sessions is None or each in sessions or mine.together]
    if not left:
        raise Refused("not-registered")
    hall.leave(mine.id, "cancelled", left)
    _end(connection, mine.id, at, all_of_it=len(left) == len(live))
    given = hall.settle()
    plans.after(connection, hall, given)
    return {"registration": mine.id, "left": left, "passed_on": len(given)}


def open_dialogue(
    connection: Connection, who: Person, number: int, sessions: Collection[int], at: datetime,
    *, adding: bool = True,
) -> Dialogue:  # fmt: skip
    """The dialogue, if one may register to these sessions of it at all."""
    found = seen(connection, who, number)
    known = {each.id: each for each in found.sessions}
    if not sessions or not set(sessions) <= set(known):
        raise Refused("no-such-session")
    if found.state == "cancelled":
        raise Refused("dialogue-cancelled", title=found.title)
    if found.state == "held" or found.ends <= wall(at):
        raise Refused("dialogue-over", title=found.title)
    if found.state == "draft":
        raise Refused("dialogue-not-open", title=found.title)
    if adding and any(known[each].starts <= wall(at) for each in sessions):
        raise Refused("session-started")
    return found


def may_register(
    connection: Connection, who: Person, target: int, found: Dialogue, at: datetime
) -> None:
    """Somebody else: a colleague of the same municipality; the coordinator anybody of the region."""
    row = connection.execute(
        select(person.c.region_id, person.c.municipality_id).where(person.c.id == target)
    ).first()
    if row is None or row.region_id != found.region:
        raise Refused("no-such-person")
    if grade(who, Action.REGISTER_COLLEAGUE, region=found.region) is Grade.YES:
        return
    if who.municipality is None or row.municipality_id != who.municipality:
        refuse(connection, who, Action.MANAGE_DIALOGUE, found.region, (), wall(at).date())


def owned(
    connection: Connection, who: Person, found: Dialogue, of: int | None, *, ended: bool = False
) -> Registration:
    """The registration that is to be changed: one's own, one that one made, or any of one's event.

    Another's sounds like none at all.
    """
    mine = own(connection, found.id, of or who.id)
    if mine is None or not (mine.standing or ended):
        raise Refused("not-registered")
    foreign = who.id not in {mine.person, mine.made_by} and not manages(who, found.region)
    if foreign and mine.standing:
        raise Refused("not-registered")
    return mine


def _seat(
    connection: Connection, made: int, found: Dialogue, wish: Wish, at: datetime
) -> list[list[Any]]:
    """Seats at once while there are any; the first full session locks the rest."""
    wanted = sorted(set(wish.sessions))
    got: dict[int, int] = {}
    for session in wanted:
        taken = take(connection, session)
        if taken is None:
            break
        got[session] = taken
    if len(got) == len(wanted):
        write(connection, made, wanted, "registered", at, fresh=True)
        return [[each, "registered", got[each]] for each in wanted]
    hall = Hall(connection, found.id, at)
    if _together(wish):
        for session in got:
            hall.rows[session].taken -= 1
        hall.wait(made, wanted)
    else:
        write(connection, made, list(got), "registered", at, fresh=True)
        for session in wanted:
            if session not in got:
                hall.wait(made, [session])
    plans.after(connection, hall, hall.settle(own=made))
    target = connection.execute(
        select(registration.c.person_id).where(registration.c.id == made)
    ).scalar_one()
    return _now(connection, found.id, target, hall)


def _now(connection: Connection, number: int, target: int, hall: Hall) -> list[list[Any]]:
    """What a person has of each session, with the place among the taken or in the queue."""
    mine = own(connection, number, target)
    return [
        [each.session, each.state, each.number or hall.rows[each.session].taken]
        for each in (mine.held if mine else ()) if each.state in LIVE
    ]  # fmt: skip


def _result(made: int, found: Dialogue, rows: Sequence[Sequence[Any]]) -> Result:
    sessions = [[*row, found.session(row[0]).capacity] for row in rows]
    return {"registration": made, "late": False, "sessions": sessions}


def _too_late(found: Dialogue, sessions: Collection[int], who: Person, at: datetime) -> bool:
    """Whether it is the coordinator's to say yes."""
    if manages(who, found.region):
        return False
    now = wall(at)
    soon = any(found.session(each).starts - now < SOON for each in sessions)
    return soon or found.state == "closed" or rules.late(found.last_day, now.date())


def _ask_late(
    connection: Connection, made: int, found: Dialogue, sessions: Collection[int], at: datetime
) -> Result:
    write(connection, made, sorted(sessions), "late", at)
    plans.tell(connection, "dialogue-late", made, at)
    return {
        "registration": made, "late": True,
        "sessions": [[each, "late", 0, found.session(each).capacity] for each in sorted(sessions)],
    }  # fmt: skip


def _end(connection: Connection, number: int, at: datetime, *, all_of_it: bool) -> None:
    connection.execute(
        update(registration)
        .where(registration.c.id == number)
        .values(changed_at=at, sequence=registration.c.sequence + 1, substitute_id=None)
    )
    plans.forget(connection, number)
    if all_of_it:
        connection.execute(need.delete().where(need.c.registration_id == number))


def _together(wish: Wish) -> bool:
    return wish.together and len(wish.sessions) > 1


def _extras(connection: Connection, made: int, number: int, target: int, wish: Wish) -> None:
    """Needs stand apart from everything else; an anonymous wish stands apart from its person."""
    if wish.diet or wish.access:
        row = {"diet": wish.diet, "access": wish.access}
        connection.execute(
            upsert(connection)(need)
            .values(registration_id=made, **row)
            .on_conflict_do_update(index_elements=["registration_id"], set_=row)
        )
    if wish.topic:
        who = None if wish.anonymous else target
        connection.execute(
            insert(topic).values(dialogue_id=number, person_id=who, text=wish.topic[:500])
        )
