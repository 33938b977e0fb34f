"""Question rounds. A municipality answers as one, whoever of it writes; its status is what is answered."""

from storage.rounds.change import MOST, REMINDED, answer, close, make, remind
from storage.rounds.find import (
    REMIND,
    any_round,
    by_id,
    changing,
    count_of,
    made,
    pending,
    require_maker,
    status_of,
    system_status,
    to_answer,
    writers,
)
from storage.rounds.model import Answered, Question, Round, Status
from storage.rounds.summary import LEAST, anonymous, summary

__all__ = [
    "LEAST", "MOST", "REMIND", "REMINDED", "Answered", "Question", "Round", "Status", "anonymous", "answer",
    "any_round", "by_id", "changing", "close", "count_of", "made", "make", "pending", "remind",
    "require_maker", "status_of", "summary", "system_status", "to_answer", "writers",
]  # fmt: skip
