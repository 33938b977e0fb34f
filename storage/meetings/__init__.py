"""Meetings: what is planned, and every change to it.

Queries take the asking person, or bodies that person may ask about. Operations take the acting
person, check the right in `storage.rights`, and raise `bot.errors.Refused`.
"""

from __future__ import annotations

from storage.meetings.answers import (
    agenda,
    answer,
    decide_item,
    item_meeting,
    propose_item,
    withdraw_answer,
)
from storage.meetings.change import (
    cancel_meeting,
    change_host,
    change_place,
    create_meeting,
    may_host,
    move_meeting,
)
from storage.meetings.find import (
    cadence,
    hosts,
    in_year,
    meeting_by_id,
    meetings_between,
    next_meeting,
    previous_meeting,
    upcoming,
)
from storage.meetings.model import Attendee, Day, Extras, HostTurn, Meeting, Plan
from storage.meetings.people import attendees, concerned, extras, own_answer
from storage.meetings.swaps import (
    Swap,
    answer_swap,
    open_swaps,
    propose_swap,
    swap_by_id,
    withdraw_swap,
)

__all__ = [
    "Attendee", "Day", "Extras", "HostTurn", "Meeting", "Plan", "Swap", "agenda", "answer",
    "answer_swap", "attendees", "cadence", "cancel_meeting", "change_host", "change_place",
    "concerned", "create_meeting", "decide_item", "extras", "hosts", "in_year", "item_meeting",
    "may_host", "meeting_by_id", "meetings_between", "move_meeting", "next_meeting",
    "open_swaps", "own_answer", "previous_meeting", "propose_item", "propose_swap",
    "swap_by_id", "upcoming", "withdraw_answer", "withdraw_swap",
]  # fmt: skip
