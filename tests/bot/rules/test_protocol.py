from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.protocol import STANDING, Change, Rule, State, after, approve_by, approver, chase_day
from bot.rules.workdays import is_working_day

ASTA, LENA, JONAS, DAG = 1, 2, 3, 4


def test_the_life_of_a_protocol() -> None:
    state: State | None = State.MISSING
    for change, then in (
        (Change.UPLOAD, State.DRAFT), (Change.SUBMIT, State.FOR_APPROVAL),
        (Change.REMARK, State.REMARKED), (Change.UPLOAD, State.DRAFT),
        (Change.SUBMIT, State.FOR_APPROVAL), (Change.APPROVE, State.APPROVED),
        (Change.FAIL, State.NOT_SENT), (Change.DISPATCH, State.DISPATCHED),
    ):  # fmt: skip
        assert state is not None
        state = after(state, change)
        assert state is then


@pytest.mark.parametrize("state", [State.MISSING, State.DRAFT, State.FOR_APPROVAL, State.REMARKED])
def test_nothing_is_sent_that_is_not_approved(state: State) -> None:
    assert after(state, Change.DISPATCH) is None


def test_what_was_sent_is_never_said_not_to_be() -> None:
    assert after(State.DISPATCHED, Change.FAIL) is None


@pytest.mark.parametrize("state", sorted(STANDING))
def test_a_new_version_takes_an_approval_back(state: State) -> None:
    assert after(state, Change.UPLOAD) is State.DRAFT


def test_a_week_to_approve() -> None:
    assert approve_by(date(2026, 12, 14), Rule()) == date(2026, 12, 21)


def test_the_last_day_to_approve_is_never_a_day_off() -> None:
    assert approve_by(date(2026, 12, 18), Rule()) == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("days", "when"), [(7, date(2026, 12, 17)), (14, date(2026, 12, 28))]
)  # 24 December is a day off, and so are the three that follow
def test_a_missing_protocol_is_asked_for_on_working_days(days: int, when: date) -> None:
    assert chase_day(date(2026, 12, 10), days) == when


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(1, 60))
def test_no_last_day_is_a_day_off_or_too_early(sent: date, days: int) -> None:
    last = approve_by(sent, Rule(days=days))

    assert is_working_day(last)
    assert (last - sent).days >= days


def test_the_chair_approves() -> None:
    assert approver(Rule(), [ASTA], [ASTA, LENA], [DAG]) == ASTA


def test_a_chair_who_was_secretary_is_not_asked() -> None:
    assert approver(Rule(), [ASTA], [ASTA, LENA], [ASTA]) == LENA


def test_a_body_may_let_the_presidium_approve() -> None:
    assert approver(Rule(by="presidium"), [ASTA], [LENA, JONAS], [LENA]) == JONAS


def test_nobody_is_asked_where_only_the_writer_is_left() -> None:
    assert approver(Rule(), [ASTA], [], [ASTA]) is None
