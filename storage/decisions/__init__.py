"""What was decided and what is to be done; and the search in both and in the protocols' text."""

from __future__ import annotations

from storage.decisions.confirm import confirm_all
from storage.decisions.index import put_decision, put_text, reindex
from storage.decisions.keep import (
    Task,
    finish_point,
    log,
    of_meeting,
    point_by_id,
    points,
    propose_all,
    proposed,
    withdraw,
)
from storage.decisions.model import ActionPoint, Decision, Hit
from storage.decisions.search import search

__all__ = [
    "ActionPoint", "Decision", "Hit", "Task", "confirm_all", "finish_point", "log", "of_meeting", "point_by_id",
    "points", "propose_all", "proposed", "put_decision", "put_text", "reindex", "search", "withdraw",
]  # fmt: skip
