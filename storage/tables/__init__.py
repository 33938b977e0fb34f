"""The tables, with each column's meaning and unit where the name does not tell it.

Wall times are naive and belong to the region's zone; moments are aware UTC. One module a subject.
"""

from storage.tables import channels as channels
from storage.tables import handouts as handouts
from storage.tables import privacy as privacy
from storage.tables import rounds as rounds
from storage.tables import tenants as tenants
from storage.tables.base import Moment, metadata
from storage.tables.dialogues import (
    checkpoint,
    declined,
    dialogue,
    dialogue_session,
    guest,
    guest_request,
    need,
    registration,
    seat,
    topic,
)
from storage.tables.directory import (
    body,
    body_municipality,
    identity,
    municipality,
    person,
    region,
    role,
)
from storage.tables.feedback import feedback
from storage.tables.files import file
from storage.tables.handouts import handout
from storage.tables.mandates import (
    deadline_change,
    goal,
    mandate,
    mandate_goal,
    mandate_owner,
    report,
    report_step,
    report_told,
)
from storage.tables.meetings import (
    agenda_item,
    host_swap,
    meeting,
    meeting_answer,
    meeting_body,
    meeting_day,
)
from storage.tables.protocols import (
    action_point,
    approval_rule,
    decision,
    dispatch,
    passage,
    protocol,
    protocol_proposal,
    protocol_verdict,
    protocol_version,
)
from storage.tables.reminders import reminder, reminder_days, reminders_off
from storage.tables.timers import lane, outbox, timer
from storage.tables.turns import (
    address,
    audit,
    conversation,
    counter,
    feed,
    inbox,
    installation,
    miss,
    signin,
)

__all__ = [
    "Moment", "action_point", "address", "agenda_item", "approval_rule", "audit", "body",
    "body_municipality", "checkpoint", "conversation", "counter", "deadline_change", "decision",
    "declined", "dialogue", "dialogue_session", "dispatch", "feed", "feedback", "file", "goal",
    "guest", "guest_request", "handout", "host_swap", "identity", "inbox", "installation", "lane",
    "mandate", "mandate_goal", "mandate_owner", "meeting", "meeting_answer", "meeting_body",
    "meeting_day", "metadata", "miss", "municipality", "need", "outbox", "passage", "person",
    "protocol", "protocol_proposal", "protocol_verdict", "protocol_version", "region",
    "registration", "reminder", "reminder_days", "reminders_off", "report", "report_step",
    "report_told", "role", "seat", "signin", "timer", "topic",
]  # fmt: skip
