"""Mandates: given by one body to another, reported on, followed until acknowledged.

Queries take the asking person. Operations take the acting person, check the right, and raise
`bot.errors.Refused`.
"""

from __future__ import annotations

from storage.mandates.change import (
    acknowledge,
    ask_for_time,
    decide_time,
    give,
    give_back,
    hand_in,
    move,
    watch,
)
from storage.mandates.compiled import (
    COMPILED,
    body_name,
    compilable,
    compiled,
    receivers,
    send_compiled,
)
from storage.mandates.find import (
    answer_to_report,
    below,
    by_goal,
    by_id,
    change_by_id,
    contacts,
    document,
    documents,
    file_of,
    givers,
    goals_of,
    handed_in,
    history,
    late,
    movable,
    open_reports,
    report_by_id,
    same_title,
    towns,
    visible,
)
from storage.mandates.follow import (
    LADDER,
    SNOOZE,
    any_report,
    due,
    follow,
    pinged,
    pings_ahead,
    snooze,
    snoozed,
    together,
    told,
)
from storage.mandates.model import (
    Change,
    Goal,
    History,
    Kind,
    Mandate,
    Open,
    Owner,
    OwnerPlan,
    Plan,
    Report,
    Step,
)
from storage.mandates.people import (
    director_names,
    directors,
    keeper_names,
    keepers,
    may_give,
    may_report,
    names,
    pairs,
    presidium,
)

__all__ = [
    "COMPILED", "LADDER", "SNOOZE", "Change", "Goal", "History", "Kind", "Mandate", "Open",
    "Owner", "OwnerPlan", "Plan", "Report", "Step", "acknowledge", "answer_to_report",
    "any_report", "ask_for_time", "below", "body_name", "by_goal", "by_id", "change_by_id",
    "compilable", "compiled", "contacts", "decide_time", "director_names", "directors",
    "document", "documents", "due", "file_of", "follow", "give", "give_back", "givers",
    "goals_of", "hand_in", "handed_in", "history", "keeper_names", "keepers", "late",
    "may_give", "may_report", "movable", "move", "names", "open_reports", "pairs", "pinged",
    "pings_ahead", "presidium", "receivers", "report_by_id", "same_title", "send_compiled",
    "snooze", "snoozed", "together", "told", "towns", "visible", "watch",
]  # fmt: skip
