"""What is looked at later for a dialogue: offers, last days, summaries, forgetting.

The rules themselves stand with the dialogs. Subjects are "dialogue:3" and "registration:12".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from bot.rules.seats import NEEDS_KEPT
from bot.rules.workdays import working_day_before, working_day_from
from storage import timers
from storage.dialogues.model import Dialogue
from storage.dialogues.seating import Given, Hall

MORNING = time(8)
GUESTS_KEPT = timedelta(days=7)  # an invitation that nobody confirms
MISSING_BEFORE = timedelta(days=7)  # before the last day: the coordinator sees who is missing


def after(connection: Connection, hall: Hall, given: Sequence[Given]) -> None:
    """Tell whoever got an offer, and watch when it ends; ask the coordinator where it is too late."""
    for each in given:
        if each.until is not None:
            offer(connection, hall.number, each, hall.at)
    for session in hall.asked:
        timers.plan(
            connection, "dialogue-free-seat", f"dialogue:{hall.number}", hall.at,
            key=str(session), values={"session": session},
        )  # fmt: skip


def offer(connection: Connection, number: int, given: Given, at: datetime) -> None:
    subject = f"registration:{given.registration}"
    key = ",".join(map(str, given.sessions))
    values = {"dialogue": number, "sessions": list(given.sessions)}
    timers.plan(connection, "dialogue-offer", subject, at, key=key, values=values)
    if given.until is not None:
        timers.plan(connection, "dialogue-offer-ends", subject, given.until, key=key, values=values)


def offer_again(
    connection: Connection, number: int, registration_id: int, session: int, until: datetime
) -> None:
    """An offer that now is another registration's ends when it would have."""
    timers.plan(
        connection, "dialogue-offer-ends", f"registration:{registration_id}", until,
        key=str(session), values={"dialogue": number, "sessions": [session]},
    )  # fmt: skip


def tell(connection: Connection, kind: str, registration_id: int, at: datetime) -> None:
    """Have a rule write about this registration at once, in a chat or by mail."""
    timers.plan(connection, kind, f"registration:{registration_id}", at)


def forget(connection: Connection, registration_id: int) -> None:
    """Nothing more is to be said about a registration that has ended."""
    timers.cancel(connection, f"registration:{registration_id}")


def of_dialogue(connection: Connection, found: Dialogue) -> None:
    """Everything that hangs on the dates of an open dialogue; moves with them."""
    subject = f"dialogue:{found.id}"
    last = datetime.combine(found.last_day, MORNING)
    missing = datetime.combine(working_day_from((last - MISSING_BEFORE).date()), MORNING)
    reminder = datetime.combine(working_day_before(found.last_day), MORNING)
    timers.plan(connection, "dialogue-missing", subject, missing)
    timers.plan(connection, "dialogue-last-day", subject, reminder)
    timers.plan(connection, "dialogue-closes", subject, last.replace(hour=23, minute=59))
    timers.plan(connection, "dialogue-held", subject, found.ends)
    timers.plan(connection, "dialogue-forget", subject, found.ends + NEEDS_KEPT)
    if found.summary_due:
        year, month = map(int, found.summary_due.split("-"))
        first = working_day_from(datetime(year, month, 1).date())  # noqa: DTZ001 - a wall day
        timers.plan(connection, "dialogue-summary", subject, datetime.combine(first, MORNING))


def drop(connection: Connection, number: int) -> None:
    """A cancelled dialogue is not spoken of any more; its needs are forgotten all the same."""
    for kind in ("missing", "last-day", "closes", "held", "summary", "free-seat"):
        timers.cancel(connection, f"dialogue:{number}", f"dialogue-{kind}")
