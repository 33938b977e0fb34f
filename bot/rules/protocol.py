"""The life of a protocol: its states, who approves it, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from bot.rules.workdays import working_day_from


class State(StrEnum):
    MISSING = "missing"
    DRAFT = "draft"
    FOR_APPROVAL = "for_approval"
    REMARKED = "remarked"
    APPROVED = "approved"
    DISPATCHED = "dispatched"  # the mail server has accepted it: now the duty is done
    NOT_SENT = "not_sent"  # approved, but the mail server has refused it


class Change(StrEnum):
    UPLOAD = "upload"  # a version, kept as a draft
    SUBMIT = "submit"  # the newest version goes to approval
    REMARK = "remark"
    APPROVE = "approve"
    DISPATCH = "dispatch"
    FAIL = "fail"


# Approved is everything that stands after approval; only a new version takes it back.
STANDING = frozenset({State.APPROVED, State.DISPATCHED, State.NOT_SENT})
_BEFORE: dict[Change, frozenset[State]] = {
    Change.UPLOAD: frozenset(State),
    Change.SUBMIT: frozenset({State.DRAFT, State.REMARKED}),
    Change.REMARK: frozenset({State.FOR_APPROVAL, State.REMARKED}),
    Change.APPROVE: frozenset({State.FOR_APPROVAL, State.REMARKED}),
    Change.DISPATCH: STANDING,
    Change.FAIL: frozenset({State.APPROVED, State.NOT_SENT}),
}
_AFTER: dict[Change, State] = {
    Change.UPLOAD: State.DRAFT,
    Change.SUBMIT: State.FOR_APPROVAL,
    Change.REMARK: State.REMARKED,
    Change.APPROVE: State.APPROVED,
    Change.DISPATCH: State.DISPATCHED,
    Change.FAIL: State.NOT_SENT,
}


def after(state: State, change: Change) -> State | None:
    """The state that a change leads to; None where it is impossible."""
    return _AFTER[change] if state in _BEFORE[change] else None


@dataclass(frozen=True, slots=True)
class Rule:
    """How a body approves its protocols."""

    required: bool = True
    by: Literal["chair", "presidium"] = "chair"
    days: int = 7  # from the day it is sent for approval


def approve_by(sent: date, rule: Rule) -> date:
    """The last day to approve; never a day off."""
    return working_day_from(sent + timedelta(days=rule.days))


def approver(
    rule: Rule, chairs: Sequence[int], presidium: Sequence[int], own: Sequence[int]
) -> int | None:
    """Who is asked: never anybody who wrote or sent the protocol. None where nobody is left."""
    first, second = (chairs, presidium) if rule.by == "chair" else (presidium, chairs)
    return next((each for each in (*first, *second) if each not in own), None)


CHASES = (7, 14)  # days after the meeting: the secretary, then the chair too


def chase_day(held: date, days: int) -> date:
    """When a missing protocol is asked for: on no holiday, and on no weekend."""
    return working_day_from(held + timedelta(days=days))
