from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.seats import (
    Municipality,
    Waiting,
    allot,
    in_season,
    late,
    offer_until,
    position,
    safe_cell,
    wanted_fields,
)

AT = datetime(2026, 11, 30, 9, 15, tzinfo=UTC)


def test_what_is_free_goes_to_the_earliest_places() -> None:
    queue = [Waiting(7, 3, (1,)), Waiting(5, 1, (1,)), Waiting(6, 2, (1,))]

    assert [each.registration for each in allot({1: 2}, queue)] == [5, 6]


def test_all_or_none_waits_on_and_what_it_cannot_use_goes_to_the_next() -> None:
    both, one = Waiting(5, 1, (1, 2)), Waiting(6, 2, (1,))

    assert allot({1: 1, 2: 0}, [both, one]) == [one]
    assert allot({1: 1, 2: 1}, [both, one]) == [both]


def test_without_a_border_everybody_gets_in() -> None:
    assert len(allot({1: None}, [Waiting(n, n, (1,)) for n in range(50)])) == 50


queues = st.lists(
    st.builds(
        Waiting, st.integers(1, 99), st.integers(1, 99),
        st.lists(st.integers(1, 3), min_size=1, unique=True).map(tuple),
    ),
    unique_by=(lambda each: each.registration, lambda each: each.place),
)  # fmt: skip


@given(queues, st.fixed_dictionaries({n: st.integers(0, 4) for n in (1, 2, 3)}))
def test_never_too_many_and_nobody_who_fits_is_passed_over(
    queue: list[Waiting], free: dict[int, int]
) -> None:
    given_ = allot(free, queue)
    left = {n: free[n] - sum(n in each.sessions for each in given_) for n in free}

    assert min(left.values()) >= 0
    for each in queue:
        if each not in given_:
            earlier = [g for g in given_ if g.place < each.place]
            room = {n: free[n] - sum(n in g.sessions for g in earlier) for n in free}
            assert any(room[n] <= 0 for n in each.sessions)


def test_ones_place_counts_those_before() -> None:
    assert position(7, [3, 5, 7, 9]) == 3


def test_an_offer_holds_48_hours_and_ends_24_hours_before_the_start() -> None:
    assert offer_until(AT, 48, AT + timedelta(days=60)) == AT + timedelta(hours=48)
    assert offer_until(AT, 48, AT + timedelta(hours=36)) == AT + timedelta(hours=12)


@pytest.mark.parametrize(("hours", "held"), [(24, False), (23.9, False), (24.1, True)])
def test_within_24_hours_nothing_is_offered(hours: float, held: bool) -> None:
    assert (offer_until(AT, 48, AT + timedelta(hours=hours)) is not None) is held


def test_the_season_is_january_to_april() -> None:
    assert [month for month in range(1, 13) if in_season(date(2027, month, 1))] == [1, 2, 3, 4]


def test_the_last_day_is_in_time() -> None:
    assert [late(date(2027, 1, 27), date(2027, 1, day)) for day in (26, 27, 28)] == [
        False, False, True,
    ]  # fmt: skip


def test_who_only_waits_is_not_missing_and_who_comes_has_not_declined() -> None:
    def standing(coming: int, waiting: int, declined: bool) -> str:
        return Municipality(1, "Alby", coming, waiting, declined).standing

    assert standing(0, 0, False) == "missing"
    assert standing(0, 1, True) == "waiting"
    assert standing(0, 0, True) == "declined"
    assert standing(1, 1, True) == "coming"


def test_a_field_may_be_for_some_roles_only() -> None:
    fields = [{"name": "diet"}, {"name": "lodging", "only_for": ["politician"]}]

    assert wanted_fields(fields, "principal") == ["diet"]
    assert wanted_fields(fields, "politician") == ["diet", "lodging"]


@pytest.mark.parametrize("text", ["=1+1", "+46", "-2", "@SUM(A1)", "\t=1", "\r\n=1", " =1", "|x"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Bo Fiktivsson", "1-2", "a@b.example", "5 %"])
def test_a_harmless_cell_is_as_it_was(text: str) -> None:
    assert safe_cell(text) == text
