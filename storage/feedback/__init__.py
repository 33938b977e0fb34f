"""Feedback between a body and the one above it, in either direction, open until somebody ends it.

Queries take the asking person. Operations take the acting person, check the right, and raise
`bot.errors.Refused`.
"""

from __future__ import annotations

from storage.feedback.change import OPEN, end, give, publish, remind_again
from storage.feedback.find import (
    any_feedback,
    by_id,
    giver,
    leaders,
    may_end,
    named,
    next_agenda,
    seated,
    speakers,
    speaks,
    visible,
    ways,
)
from storage.feedback.model import Feedback, Reach, Way
from storage.mandates.people import names

__all__ = [
    "OPEN", "Feedback", "Reach", "Way", "any_feedback", "by_id", "end", "give", "giver", "leaders",
    "may_end", "named", "names", "next_agenda", "publish", "remind_again", "seated", "speakers", "speaks",
    "visible", "ways",
]  # fmt: skip
