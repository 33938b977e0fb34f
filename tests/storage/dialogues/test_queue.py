"""Offers, the queue, substitutes, late requests: what happens when seats come free."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, create_engine, event, select

from bot.errors import Refused
from storage import dialogues, timers
from storage.dialogues import Wish
from storage.tables import metadata, need, seat, topic
from tests.storage.dialogues.place import AT, Hall, come, figures, make, registration_of, states

LATER = timedelta(hours=48)
EVE = datetime(2027, 2, 9, 10, tzinfo=UTC)  # less than 24 hours before


@pytest.fixture
def c() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys=1"))
    with engine.begin() as connection:
        metadata.create_all(connection)
        yield connection


def leave(c: Connection, hall: Hall, who: int, *sessions: int, at: datetime = AT) -> None:
    only = [hall.sessions[each] for each in sessions] or None
    dialogues.cancel(c, hall.people[who], hall.number, at, only)


def planned(c: Connection, kind: str) -> list[tuple[str, datetime]]:
    return [(each.subject, each.due) for each in timers.upcoming(c) if each.kind == kind]


def test_seats_are_counted_one_by_one(c: Connection) -> None:
    hall = make(c, 3, 2)

    assert [come(c, hall, who) for who in range(3)] == [
        [("registered", 1)], [("registered", 2)], [("waiting", 1)],
    ]  # fmt: skip


def test_a_freed_seat_is_offered_to_whoever_waits_first(c: Connection) -> None:
    hall = make(c, 4, 1)
    for who in range(4):
        come(c, hall, who)

    leave(c, hall, 0)

    assert states(c, hall) == {0: "cancelled", 1: "offered", 2: "waiting", 3: "waiting"}
    mine = registration_of(c, hall, 1)
    assert planned(c, "dialogue-offer") == [(f"registration:{mine}", AT)]
    assert planned(c, "dialogue-offer-ends") == [(f"registration:{mine}", AT + LATER)]
    assert figures(c, hall) == (1, 2)


def test_two_freed_seats_make_two_offers_and_no_double(c: Connection) -> None:
    hall = make(c, 5, 2)
    for who in range(5):
        come(c, hall, who)

    leave(c, hall, 0)
    leave(c, hall, 1)

    assert [states(c, hall)[who] for who in (2, 3, 4)] == ["offered", "offered", "waiting"]


def test_an_offer_that_ends_goes_to_the_next_and_never_comes_back(c: Connection) -> None:
    hall = make(c, 3, 1)
    for who in range(3):
        come(c, hall, who)
    leave(c, hall, 0)
    first = registration_of(c, hall, 1)

    assert dialogues.expire(c, first, [hall.sessions[0]], AT + LATER - timedelta(seconds=1)) == []
    assert dialogues.expire(c, first, [hall.sessions[0]], AT + LATER) == [hall.sessions[0]]
    assert dialogues.expire(c, first, [hall.sessions[0]], AT + LATER) == []

    assert states(c, hall) == {0: "cancelled", 1: "expired", 2: "offered"}
    with pytest.raises(Refused, match="offer-ended"):
        dialogues.accept(c, hall.people[1], first, AT + LATER)


def test_who_declines_leaves_the_queue_for_good(c: Connection) -> None:
    hall = make(c, 3, 1)
    for who in range(3):
        come(c, hall, who)
    leave(c, hall, 0)

    dialogues.decline_offer(c, hall.people[1], registration_of(c, hall, 1), AT)

    assert states(c, hall) == {0: "cancelled", 1: "cancelled", 2: "offered"}
    assert come(c, hall, 1) == [("waiting", 1)]


def test_an_accepted_offer_is_a_seat(c: Connection) -> None:
    hall = make(c, 2, 1)
    come(c, hall, 0)
    come(c, hall, 1)
    leave(c, hall, 0)

    dialogues.accept(c, hall.people[1], registration_of(c, hall, 1), AT)

    assert states(c, hall)[1] == "registered"
    assert dialogues.expire(c, registration_of(c, hall, 1), [hall.sessions[0]], AT + LATER) == []


def test_an_offer_is_nobody_elses_to_answer(c: Connection) -> None:
    hall = make(c, 3, 1)
    for who in range(3):
        come(c, hall, who)
    leave(c, hall, 0)

    for answer in (dialogues.accept, dialogues.decline_offer):
        with pytest.raises(Refused, match="offer-ended"):
            answer(c, hall.people[2], registration_of(c, hall, 1), AT)


def test_within_a_day_of_the_start_the_coordinator_is_asked_instead(c: Connection) -> None:
    hall = make(c, 3, 1)
    for who in range(3):
        come(c, hall, who)

    leave(c, hall, 0, at=EVE)

    assert states(c, hall) == {0: "cancelled", 1: "waiting", 2: "waiting"}
    assert planned(c, "dialogue-free-seat") == [(f"dialogue:{hall.number}", EVE)]
    given = dialogues.give(c, hall.eva, hall.number, hall.sessions[0], EVE)
    assert given == registration_of(c, hall, 1)
    assert states(c, hall)[1] == "registered"
    assert dialogues.give(c, hall.eva, hall.number, hall.sessions[0], EVE) is None


def test_an_offer_never_runs_into_the_last_day(c: Connection) -> None:
    hall = make(c, 2, 1)
    come(c, hall, 0)
    come(c, hall, 1)

    leave(c, hall, 0, at=EVE - timedelta(hours=12))

    assert planned(c, "dialogue-offer-ends")[0][1] == datetime(2027, 2, 9, 8, tzinfo=UTC)


def test_both_or_none_waits_for_both_and_blocks_nobody(c: Connection) -> None:
    hall = make(c, 3, 5, 1)
    come(c, hall, 0, 1)

    assert come(c, hall, 1, 0, 1, together=True) == [("waiting", 1), ("waiting", 1)]
    assert come(c, hall, 2, 0) == [("registered", 1)]
    leave(c, hall, 0)

    assert states(c, hall, 0)[1] == states(c, hall, 1)[1] == "offered"
    sessions = dialogues.accept(c, hall.people[1], registration_of(c, hall, 1), AT)
    assert sessions == list(hall.sessions)


def test_separate_sessions_are_given_apart(c: Connection) -> None:
    hall = make(c, 2, 5, 1)
    come(c, hall, 0, 1)

    assert come(c, hall, 1, 0, 1) == [("registered", 1), ("waiting", 1)]


def test_registering_again_changes_and_keeps_the_place(c: Connection) -> None:
    hall = make(c, 3, 1, 5)
    for who in range(3):
        come(c, hall, who)

    assert come(c, hall, 1, 0, 1) == [("waiting", 1), ("registered", 1)]
    assert come(c, hall, 1, 1) == [("registered", 1)]
    assert states(c, hall) == {0: "registered", 1: "cancelled", 2: "waiting"}


def test_leaving_the_queue_is_final(c: Connection) -> None:
    hall = make(c, 3, 1)
    for who in range(3):
        come(c, hall, who)

    leave(c, hall, 1)

    assert come(c, hall, 1) == [("waiting", 2)]


def test_more_places_are_offered_at_once_and_fewer_than_taken_are_refused(c: Connection) -> None:
    hall = make(c, 4, 2)
    for who in range(4):
        come(c, hall, who)

    assert dialogues.set_capacity(c, hall.eva, hall.number, hall.sessions[0], 3, AT) == 1
    assert states(c, hall)[2] == "offered"
    with pytest.raises(Refused, match="capacity-taken") as refusal:
        dialogues.set_capacity(c, hall.eva, hall.number, hall.sessions[0], 2, AT)
    assert refusal.value.values == {"taken": 3}
    assert figures(c, hall) == (3, 1)


def test_after_the_last_day_it_is_the_coordinators_to_say(c: Connection) -> None:
    hall = make(c, 3, 5)
    end = datetime(2027, 1, 27, 22, 59, 59, tzinfo=UTC)  # 23.59.59 in Sweden
    come(c, hall, 0, at=end)

    assert come(c, hall, 1, at=end + timedelta(seconds=1)) == [("late", 0)]

    late = registration_of(c, hall, 1)
    assert planned(c, "dialogue-late") == [(f"registration:{late}", end + timedelta(seconds=1))]
    assert figures(c, hall) == (1, 0)
    dialogues.answer_late(c, hall.eva, late, "yes", EVE)
    assert states(c, hall)[1] == "registered"
    with pytest.raises(Refused, match="late-answered"):
        dialogues.answer_late(c, hall.eva, late, "no", EVE)
    leave(c, hall, 0, at=EVE)  # leaving always works
    assert states(c, hall)[0] == "cancelled"


def test_a_session_that_starts_within_the_hour_is_asked_for_and_a_begun_one_is_not(
    c: Connection,
) -> None:
    hall = make(c, 2, 5, 5)
    dialogues.change_dialogue(c, hall.eva, hall.number, {"last_day": date(2027, 2, 10)}, AT)

    assert come(c, hall, 0, at=datetime(2027, 2, 10, 7, 1, tzinfo=UTC)) == [("late", 0)]
    with pytest.raises(Refused, match="session-started"):
        come(c, hall, 1, at=datetime(2027, 2, 10, 8, tzinfo=UTC))


def test_a_substitute_counts_with_their_own_yes(c: Connection) -> None:
    hall = make(c, 3, 1)
    come(c, hall, 0)
    come(c, hall, 1)
    mine = dialogues.propose_substitute(c, hall.people[0], hall.number, hall.people[2].id, AT)
    assert states(c, hall) == {0: "registered", 1: "waiting"}

    with pytest.raises(Refused, match="substitute-ended"):
        dialogues.accept_substitute(c, hall.people[1], mine, AT)
    dialogues.accept_substitute(c, hall.people[2], mine, AT)

    assert states(c, hall) == {0: "replaced", 1: "waiting", 2: "registered"}
    with pytest.raises(Refused, match="substitute-ended"):
        dialogues.accept_substitute(c, hall.people[2], mine, AT)


def test_a_place_in_the_queue_can_be_taken_over_but_not_improved(c: Connection) -> None:
    hall = make(c, 4, 1)
    for who in range(3):
        come(c, hall, who)
    mine = dialogues.propose_substitute(c, hall.people[1], hall.number, hall.people[3].id, AT)

    dialogues.accept_substitute(c, hall.people[3], mine, AT)
    leave(c, hall, 0)

    assert states(c, hall) == {0: "cancelled", 1: "replaced", 2: "waiting", 3: "offered"}


def test_two_records_of_one_person_become_one_and_the_double_seat_goes_on(c: Connection) -> None:
    hall = make(c, 3, 2)
    for who in range(3):
        come(c, hall, who)

    dialogues.merge(c, hall.people[0].id, hall.people[1].id, AT)

    assert states(c, hall) == {0: "registered", 2: "offered"}
    dialogues.merge(c, hall.people[1].id, hall.people[0].id, AT)
    assert states(c, hall) == {1: "registered", 2: "offered"}
    assert figures(c, hall) == (2, 0)


def test_of_two_places_in_the_queue_the_earlier_one_is_kept(c: Connection) -> None:
    hall = make(c, 4, 1)
    for who in range(4):
        come(c, hall, who)

    dialogues.merge(c, hall.people[3].id, hall.people[1].id, AT)
    leave(c, hall, 0)

    assert states(c, hall) == {0: "cancelled", 2: "waiting", 3: "offered"}


def test_needs_stand_apart_and_go_with_the_registration_and_after_a_fortnight(
    c: Connection,
) -> None:
    hall = make(c, 2, 5)
    wish = Wish(hall.sessions, diet="jordnötsallergi-7Q", topic="Lärcenter", anonymous=True)
    for each in hall.people:
        dialogues.register(c, each, hall.number, wish, AT)
    today = AT.date()

    assert dialogues.kitchen(c, hall.eva, hall.number, today) == [("jordnötsallergi-7q", 2)]
    assert dialogues.topics(c, hall.eva, hall.number, today) == [("Lärcenter", "")] * 2
    assert set(c.execute(select(topic.c.person_id)).scalars()) == {None}
    listed = dialogues.participants(c, hall.eva, hall.number, today)
    assert "7Q" not in repr(listed)
    leave(c, hall, 0)
    assert len(c.execute(select(need)).all()) == 1
    assert planned(c, "dialogue-forget")[0][1] == datetime(2027, 2, 24, 10, tzinfo=UTC)
    assert dialogues.forget_needs(c, hall.number) == 1
    assert c.execute(select(need)).all() == []


@pytest.mark.parametrize("query", ["participants", "kitchen", "needs", "topics", "checklist"])
def test_what_is_the_coordinators_is_refused_to_others(c: Connection, query: str) -> None:
    hall = make(c, 1, 5)

    with pytest.raises(Refused, match="may-not"):
        getattr(dialogues, query)(c, hall.people[0], hall.number, AT.date())


def test_another_regions_dialogue_and_a_draft_sound_like_none(c: Connection) -> None:
    here, there = make(c, 1, 5), make(c, 2, 5, opened=False)

    for hall in (here, there):
        stranger = (there if hall is here else here).people[0]
        with pytest.raises(Refused, match="no-such-dialogue"):
            dialogues.register(c, stranger, hall.number, Wish(hall.sessions), AT)
    with pytest.raises(Refused, match="no-such-dialogue"):
        come(c, there, 0)
    with pytest.raises(Refused, match="no-such-session"):
        dialogues.register(c, here.people[0], here.number, Wish(there.sessions), AT)


def test_a_cancelled_day_takes_nobody_and_offers_nothing(c: Connection) -> None:
    hall = make(c, 3, 1)
    come(c, hall, 0)
    come(c, hall, 1)

    told = dialogues.set_state(c, hall.eva, hall.number, "cancelled", AT)

    assert told == [hall.people[0].id, hall.people[1].id]
    with pytest.raises(Refused, match="dialogue-cancelled"):
        come(c, hall, 2)
    with pytest.raises(Refused, match="dialogue-state"):
        dialogues.set_state(c, hall.eva, hall.number, "open", AT)
    kinds = {each.kind for each in timers.upcoming(c)}
    assert kinds == {"dialogue-forget", "dialogue-cancelled"}


def test_only_one_who_is_there_and_knows_the_code_is_ticked_off(c: Connection) -> None:
    hall = make(c, 2, 5)
    come(c, hall, 0)
    found = dialogues.any_dialogue(c, hall.number)
    assert found is not None
    day = datetime(2027, 2, 10, 8, 30, tzinfo=UTC)

    with pytest.raises(Refused, match="wrong-code"):
        dialogues.check_in(c, hall.people[0], hall.number, "XXXXXX", day)
    with pytest.raises(Refused, match="not-registered"):
        dialogues.check_in(c, hall.people[1], hall.number, found.code, day)
    with pytest.raises(Refused, match="not-now"):
        dialogues.check_in(c, hall.people[0], hall.number, found.code, AT)
    dialogues.check_in(c, hall.people[0], hall.number, found.code.lower(), day)
    assert states(c, hall) == {0: "present"}
    assert c.execute(select(seat.c.state)).scalars().all() == ["present"]
