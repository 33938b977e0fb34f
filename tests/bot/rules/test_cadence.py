from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.cadence import Shortfall, shortfalls

SIX = [date(2027, month, 1) for month in (1, 3, 4, 6, 9, 11)]


def test_six_meetings_are_enough_for_six() -> None:
    assert shortfalls(SIX, 2027, 6, None) == []


def test_five_are_one_too_few() -> None:
    assert shortfalls(SIX[1:], 2027, 6, None) == [Shortfall(2027, None, 5, 6)]
    assert shortfalls(SIX[1:], 2027, 6, None)[0].missing == 1


def test_meetings_of_other_years_do_not_count() -> None:
    assert shortfalls([*SIX[1:], date(2026, 12, 31), date(2028, 1, 1)], 2027, 6, None) != []


def test_each_half_year_counts_by_itself() -> None:
    assert shortfalls([date(2027, 4, 21), date(2027, 10, 20)], 2027, None, 1) == []
    both_in_spring = [date(2027, 1, 1), date(2027, 6, 30)]
    assert shortfalls(both_in_spring, 2027, None, 1) == [Shortfall(2027, 2, 0, 1)]
    assert shortfalls([date(2027, 7, 1)], 2027, None, 1) == [Shortfall(2027, 1, 0, 1)]


def test_a_body_without_a_rule_lacks_nothing() -> None:
    assert shortfalls([], 2027, None, None) == []


@given(st.lists(st.dates(date(2026, 1, 1), date(2028, 12, 31))), st.integers(1, 9))
def test_what_is_planned_and_missing_adds_up_to_what_is_due(days: list[date], least: int) -> None:
    for each in shortfalls(days, 2027, least, least):
        assert each.missing > 0
        assert each.planned + each.missing == least
