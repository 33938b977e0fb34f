"""Giving feedback, publishing it, and ending it. Each operation checks the acting person's right."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, func, insert, select, update

from bot.errors import Refused
from bot.rules.roles import Action, Person
from bot.rules.workdays import working_day_before, working_day_from
from storage import timers
from storage.feedback.find import any_feedback, by_id, next_agenda, speaks
from storage.feedback.model import Feedback, Reach
from storage.rights import authorise
from storage.tables import agenda_item, body, feedback
from storage.valid import wall

OPEN = "feedback-open"  # the kind of timer that asks whether it is done
HOUR = time(8)
AFTER = timedelta(days=14)  # from the meeting
WITHOUT_MEETING = timedelta(days=30)


def give(
    connection: Connection, who: Person, sender: int, receiver: int, text: str, reach: Reach,
    item: str, at: datetime,
) -> int:  # fmt: skip
    """Tied to the receiver's next meeting; published, it is an `item` of that meeting's agenda."""
    today = wall(at).date()
    rows = connection.execute(
        select(body.c.id, body.c.parent_id, body.c.region_id).where(
            body.c.id.in_((sender, receiver))
        )
    )
    found = {row.id: row for row in rows}
    if len(found) != 2 or not (
        found[sender].parent_id == receiver or found[receiver].parent_id == sender
    ):
        raise Refused("feedback-no-way")
    region = found[sender].region_id
    authorise(connection, who, Action.GIVE_FEEDBACK, region, [sender], today)
    meeting = next_agenda(connection, receiver, wall(at))
    number = connection.execute(
        insert(feedback)
        .values(
            region_id=region, from_id=sender, to_id=receiver, text=text, reach=reach,
            meeting_id=meeting.id if meeting else None, person_id=who.id, at=at,
        )
        .returning(feedback.c.id)
    ).scalar_one()  # fmt: skip
    if reach == "channel" and meeting is not None:
        _put_on_agenda(connection, meeting.id, item, who)
    follow(connection, int(number), meeting.starts.date() if meeting else None, today)
    return int(number)


def follow(connection: Connection, number: int, meeting: date | None, today: date) -> None:
    """Plan the first reminder: the working day before the meeting, else in a month."""
    first = working_day_before(meeting) if meeting else today
    if first <= today:
        first = working_day_from(today + WITHOUT_MEETING)
    timers.plan(connection, OPEN, f"feedback:{number}", datetime.combine(first, HOUR))


def publish(connection: Connection, who: Person, number: int, item: str, at: datetime) -> bool:
    """From the chair alone to everybody of the receiving body; False if it was so already."""
    found = _spoken_for(connection, who, number)
    done = connection.execute(
        update(feedback)
        .where(feedback.c.id == number, feedback.c.reach == "chair")
        .values(reach="channel")
    )
    if done.rowcount and found.meeting is not None and found.state == "open":
        standing = next_agenda(connection, found.way.receiver, wall(at))
        if standing is not None:
            _put_on_agenda(connection, standing.id, item, who)
    return bool(done.rowcount)


def end(connection: Connection, who: Person, number: int, at: datetime) -> bool:
    """Done; False if it was so already."""
    _spoken_for(connection, who, number)
    done = connection.execute(
        update(feedback)
        .where(feedback.c.id == number, feedback.c.state == "open")
        .values(state="done", done_by=who.id, done_on=wall(at).date())
    )
    timers.cancel(connection, f"feedback:{number}")
    return bool(done.rowcount)


def remind_again(connection: Connection, number: int, now: datetime) -> None:
    """Plan the next word about feedback that is still open. `now` is wall time.

    Two weeks after its meeting it is asked about; then it is tied to the meeting after that.
    """
    found = any_feedback(connection, number)
    if found is None or found.state != "open":
        return
    if found.meeting_day is not None and found.meeting_day >= now.date():
        day = working_day_from(found.meeting_day + AFTER)
        timers.plan(connection, OPEN, f"feedback:{number}", datetime.combine(day, HOUR))
        return
    meeting = next_agenda(connection, found.way.receiver, now)
    connection.execute(
        update(feedback)
        .where(feedback.c.id == number)
        .values(meeting_id=meeting.id if meeting else None)
    )
    follow(connection, number, meeting.starts.date() if meeting else None, now.date())


def _spoken_for(connection: Connection, who: Person, number: int) -> Feedback:
    found = by_id(connection, who, number)
    if found is None:
        raise Refused("no-such-feedback")
    if not any(speaks(connection, who, each) for each in (found.way.sender, found.way.receiver)):
        raise Refused("feedback-not-yours")
    return found


def _put_on_agenda(connection: Connection, meeting: int, item: str, who: Person) -> None:
    last = connection.execute(
        select(func.max(agenda_item.c.position)).where(agenda_item.c.meeting_id == meeting)
    ).scalar()
    connection.execute(
        insert(agenda_item).values(
            meeting_id=meeting, position=(last or 0) + 1, title=item[:300], proposed_by=who.id
        )
    )
