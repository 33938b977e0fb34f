"""What every operation on a meeting asks before it changes anything."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from bot.errors import Refused
from bot.rules.roles import Action, Person
from storage.meetings.find import meeting_by_id
from storage.meetings.model import Meeting
from storage.rights import authorise


def seen(connection: Connection, who: Person, number: int) -> Meeting:
    """The meeting, if the person may see it; else raise Refused as if there were none."""
    found = meeting_by_id(connection, who, number)
    if found is None:
        raise Refused("no-such-meeting")
    return found


def standing(connection: Connection, who: Person, number: int) -> Meeting:
    """The same, if it has not been cancelled."""
    found = seen(connection, who, number)
    if found.cancelled:
        raise Refused("meeting-is-cancelled")
    return found


def managed(connection: Connection, who: Person, number: int, today: date) -> Meeting:
    """A meeting that stands and that this person may move, cancel and plan."""
    found = standing(connection, who, number)
    authorise(connection, who, Action.MANAGE_MEETING, found.region, found.body_ids, today)
    return found
