"""What has been kept long enough goes every night; records only after a decision of their region."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, func, insert, select

from bot.errors import Refused
from bot.rules.retention import DECIDED, LEAST, MOST, RULES, Class, Decision, age
from bot.rules.roles import Person
from storage import records, timers
from storage.privacy.erase import again, erased
from storage.rights import refuse_admin
from storage.session import upsert
from storage.tables import (
    counter,
    dialogue,
    guest,
    guest_request,
    handout,
    meeting,
    meeting_answer,
    need,
    outbox,
    region,
    registration,
    seat,
    timer,
    topic,
)
from storage.tables.privacy import retention
from storage.valid import wall

KIND = "retention"  # of the nightly timer
SUBJECT = "retention:1"
NIGHT = time(3, 30)


@dataclass(frozen=True, slots=True)
class Done:
    """What one run did, or would do, with one class of one region ("" for all regions at once)."""

    region: str
    of: Class
    count: int  # rows whose time is over
    days: int | None
    reference: str  # of the decision; "" where none is needed or none has been made

    @property
    def waits(self) -> bool:
        """Records whose usual time is over, and that nobody has decided to destroy."""
        return RULES[self.of].record and not self.reference


def begin(connection: Connection, at: datetime) -> None:
    """Number the database and plan the nightly run, unless that is done."""
    number(connection)
    if not timers.upcoming(connection, SUBJECT):
        next_night(connection, at)


def number(connection: Connection) -> int:
    """Tells this database from others, in lists that are kept outside of it."""
    if known := known_number(connection):
        return known
    made = secrets.randbelow(2**31 - 1) + 1
    connection.execute(insert(counter).values(name="database", value=made))
    return made


def known_number(connection: Connection) -> int:
    """0 for a database that has none yet."""
    found = select(counter.c.value).where(counter.c.name == "database")
    return int(connection.execute(found).scalar() or 0)


def erased_here(connection: Connection) -> tuple[int, dict[int, datetime]]:
    """The database's number, and who was erased in it."""
    return known_number(connection), erased(connection)


def repeat(
    connection: Connection, listed: Sequence[tuple[int, int, datetime]], at: datetime
) -> tuple[int, int]:
    """After a restore: erase again whom the list names for this database, and run; how many of each."""
    mine = number(connection)
    back = again(connection, {person: moment for of, person, moment in listed if of == mine})
    return back, sum(each.count for each in run(connection, at) if not each.waits)


def next_night(connection: Connection, at: datetime) -> None:
    now = wall(at)
    tonight = datetime.combine(now.date(), NIGHT)
    due = tonight if tonight > now else tonight + timedelta(days=1)
    timers.plan(connection, KIND, SUBJECT, due)


def run(connection: Connection, at: datetime, *, dry: bool = False) -> list[Done]:
    """Destroy what is due; `dry` only counts. The proof is what it gives."""
    done = [Done("", Class.PASSING, _passing(connection, at, dry=dry),
                 _days(RULES[Class.PASSING].kept), "")]  # fmt: skip
    for row in connection.execute(select(region.c.id, region.c.name).order_by(region.c.id)).all():
        done += [
            _class(connection, row.id, row.name, of, at, dry=dry)
            for of in (Class.DIET, Class.INVITATION, *DECIDED)
        ]
    if not dry and any(each.count and not each.waits for each in done):
        connection.info["scrub"] = True
    return done


def run_and_log(connection: Connection, at: datetime) -> list[Done]:
    """The proof is one line of the log for each class of which something went or waits."""
    done = run(connection, at)
    for each in done:
        if each.count:
            detail = {
                "region": each.region, "class": each.of.value, "count": str(each.count),
                "days": str(each.days or ""), "decision": each.reference,
            }  # fmt: skip
            name = "retention-waits" if each.waits else "retention-done"
            records.audit(connection, at, name, SUBJECT, None, detail)
    return done


def _class(
    connection: Connection, number: int, name: str, of: Class, at: datetime, *, dry: bool
) -> Done:
    decision = decided(connection, number, of)
    kept = age(of, decision)
    before = at - (kept if kept is not None else RULES[of].kept or timedelta.max)
    count = _WORK[of](connection, number, before, dry or kept is None)
    return Done(
        name, of, count, _days(kept or RULES[of].kept), decision.reference if decision else ""
    )


def decided(connection: Connection, number: int, of: Class) -> Decision | None:
    row = connection.execute(
        select(retention).where(retention.c.region_id == number, retention.c["class"] == of.value)
    ).first()
    return None if row is None else Decision(timedelta(days=row.days), row.reference)


def decide(
    connection: Connection, who: Person, of: str, days: int, reference: str, at: datetime
) -> None:
    """An administrator enters what the region has decided; raise Refused for anybody else."""
    refuse_admin(connection, who, at)
    if of not in {each.value for each in DECIDED} or not LEAST <= days <= MOST:
        raise Refused("retention-days", least=LEAST, most=MOST)
    if not reference.strip():
        raise Refused("retention-reference")
    row = {"days": days, "reference": reference.strip()[:120], "decided_on": wall(at).date()}
    connection.execute(
        upsert(connection)(retention)
        .values(region_id=who.region, **{"class": of}, **row)
        .on_conflict_do_update(index_elements=["region_id", "class"], set_=row)
    )


def rules_of(connection: Connection, who: Person, at: datetime) -> list[Done]:
    """The region's rules with what is due today, for its administrator."""
    refuse_admin(connection, who, at)
    return [each for each in run(connection, at, dry=True) if each.region in {"", who.region_name}]


# --- what each class is -----------------------------------------------------------------------


def _passing(connection: Connection, at: datetime, *, dry: bool) -> int:
    before = at - (RULES[Class.PASSING].kept or timedelta())
    conditions = (
        (
            outbox,
            and_(
                outbox.c.state.in_(("sent", "skipped", "expired", "cancelled")),
                func.coalesce(outbox.c.made_at, outbox.c.run_at) < before,
            ),
        ),
        (timer, and_(timer.c.state.in_(("done", "cancelled", "dead")), timer.c.due_at < before)),
        (handout, handout.c.expires_at < at),
    )
    return sum(_go(connection, table, condition, dry=dry) for table, condition in conditions)


def _diet(connection: Connection, number: int, before: datetime, dry: bool) -> int:
    return _go(
        connection, need, need.c.registration_id.in_(_registrations(number, before)), dry=dry
    )


def _invitations(connection: Connection, number: int, before: datetime, dry: bool) -> int:
    ours = select(dialogue.c.id).where(dialogue.c.region_id == number)
    old = and_(
        guest.c.dialogue_id.in_(ours), guest.c.confirmed_at.is_(None), guest.c.made_at < before
    )
    asked = guest_request.c.guest_id.in_(select(guest.c.id).where(old))
    return _go(connection, guest_request, asked, dry=dry) + _go(connection, guest, old, dry=dry)


def _participants(connection: Connection, number: int, before: datetime, dry: bool) -> int:
    """Registrations with their seats, and answers to meetings. Needs have gone long before."""
    old = _registrations(number, before)
    dialogues = select(dialogue.c.id).where(
        dialogue.c.region_id == number, dialogue.c.ends < wall(before)
    )
    meetings = select(meeting.c.id).where(
        meeting.c.region_id == number, meeting.c.ends < wall(before)
    )
    if not dry:
        _go(connection, need, need.c.registration_id.in_(old), dry=False)
        _go(connection, seat, seat.c.registration_id.in_(old), dry=False)
    return (
        _go(connection, registration, registration.c.id.in_(old), dry=dry)
        + _go(connection, topic, topic.c.dialogue_id.in_(dialogues), dry=dry)
        + _go(connection, meeting_answer, meeting_answer.c.meeting_id.in_(meetings), dry=dry)
    )


def _registrations(number: int, before: datetime) -> Select[tuple[int]]:
    return (
        select(registration.c.id)
        .join(dialogue, dialogue.c.id == registration.c.dialogue_id)
        .where(dialogue.c.region_id == number, dialogue.c.ends < wall(before))
    )


def _go(connection: Connection, table: Table, condition: ColumnElement[bool], *, dry: bool) -> int:
    if dry:
        found = select(func.count()).select_from(table).where(condition)
        return int(connection.execute(found).scalar_one())
    return connection.execute(delete(table).where(condition)).rowcount


_WORK: dict[Class, Callable[[Connection, int, datetime, bool], int]] = {
    Class.DIET: _diet,
    Class.INVITATION: _invitations,
    Class.PARTICIPANTS: _participants,
}


def _days(kept: timedelta | None) -> int | None:
    return None if kept is None else kept.days
