"""How long what kind of thing is kept, and which kinds are records.

Swedish public bodies may not destroy records without a decision (gallring): a record is kept until
its region has decided otherwise, whatever its age. What is no record goes when its time is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.rules.seats import NEEDS_KEPT


class Class(StrEnum):
    DIET = "diet"  # diet and access needs
    INVITATION = "invitation"  # a guest's, that nobody confirmed
    PASSING = "passing"  # conversations, delivery ids, links, letters: what the work leaves behind
    PROFILE = "profile"  # name, address, roles, accounts of whoever is in service
    PARTICIPANTS = "participants"  # who was registered and who came
    CASE = "case"  # protocols, decisions, mandates, feedback, answers of municipalities
    LOG = "log"  # who did what, without a word of it


@dataclass(frozen=True, slots=True)
class Rule:
    kept: timedelta | None  # after the event, the invitation, the last use; None: as long as needed
    record: bool = False  # nothing is destroyed without a decision


RULES: dict[Class, Rule] = {
    Class.DIET: Rule(NEEDS_KEPT),
    Class.INVITATION: Rule(timedelta(days=7)),
    Class.PASSING: Rule(timedelta(days=30)),
    Class.PROFILE: Rule(None),
    Class.PARTICIPANTS: Rule(timedelta(days=365), record=True),
    Class.CASE: Rule(None, record=True),
    Class.LOG: Rule(None, record=True),
}
DECIDED = (Class.PARTICIPANTS,)  # what a region may decide to destroy: the rest is always kept
LEAST, MOST = 30, 3650  # days that a decision may name


@dataclass(frozen=True, slots=True)
class Decision:
    """A region's decision to destroy a class of records after a time."""

    kept: timedelta
    reference: str  # of the decision, e.g. its number in the register


def age(of: Class, decision: Decision | None) -> timedelta | None:
    """After how long things of this class go; None: they stay."""
    rule = RULES[of]
    if not rule.record:
        return rule.kept
    return decision.kept if decision is not None and decision.reference.strip() else None
