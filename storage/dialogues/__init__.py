"""Dialogue days: their sessions, seats, queues, and everything that is known of who comes.

Queries and operations take the acting person and check the right themselves; what a person may not
see sounds as if there were none.
"""

from __future__ import annotations

from storage.dialogues.follow import (
    Participant,
    attend,
    check_in,
    contacts,
    coordinators,
    decline,
    forget_needs,
    kitchen,
    municipalities,
    name_of,
    needs,
    participants,
    remind,
    topics,
    town_of,
    towns_missing,
)
from storage.dialogues.load import (
    any_dialogue,
    between,
    coming,
    dialogue_by_id,
    managed,
    manages,
    own,
    past,
    registration_by_id,
    registrations,
)
from storage.dialogues.manage import (
    change as change_dialogue,
)
from storage.dialogues.manage import (
    checklist,
    close,
    concerned,
    copy,
    create,
    mark_held,
    move,
    set_capacity,
    set_state,
    tell_change,
    tick,
)
from storage.dialogues.model import (
    Dialogue,
    Held,
    NewSession,
    Plan,
    Registration,
    Session,
    Wish,
)
from storage.dialogues.offers import (
    accept,
    answer_late,
    expire,
    first_waiting,
    give,
    offers_to,
)
from storage.dialogues.offers import (
    decline as decline_offer,
)
from storage.dialogues.others import (
    accept_substitute,
    candidates,
    decline_substitute,
    merge,
    propose_substitute,
)
from storage.dialogues.register import cancel, change, register

__all__ = [
    "Dialogue", "Held", "NewSession", "Participant", "Plan", "Registration", "Session", "Wish",
    "accept", "accept_substitute", "answer_late", "any_dialogue", "attend", "between", "cancel",
    "candidates", "change", "change_dialogue", "check_in", "checklist", "close", "coming",
    "concerned", "contacts", "coordinators", "copy", "create", "decline", "decline_offer",
    "decline_substitute", "dialogue_by_id", "expire", "first_waiting", "forget_needs", "give",
    "kitchen", "managed", "manages", "mark_held", "merge", "move", "municipalities", "name_of",
    "needs", "offers_to", "own", "participants", "past", "propose_substitute", "register",
    "registration_by_id", "registrations", "remind", "set_capacity", "set_state", "tell_change",
    "tick", "topics", "town_of", "towns_missing",
]  # fmt: skip
