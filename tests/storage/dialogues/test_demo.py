"""The demo's dialogue days are those of the field's description."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import Connection, func, select

from bot.rules.seats import standing
from storage import dialogues, timers
from storage.dialogues import Dialogue
from storage.tables import need, seat, topic
from tests.storage.world import TODAY, WALL, engine, someone


@pytest.fixture(scope="module")
def world() -> Iterator[Connection]:
    with engine().connect() as connection:
        yield connection


def of(world: Connection, name: str) -> Dialogue:
    return dialogues.coming(world, someone(world, name), WALL)[0]


@pytest.mark.parametrize(
    ("who", "day", "last", "figures"),
    [
        ("Bo Fiktivsson", "2027-02-10 08:30", "2027-01-27", [(40, 60, 0), (31, 40, 0)]),
        ("Nora Provén", "2027-03-18 09:00", "2027-03-04", [(117, 120, 0), (40, 40, 1)]),
        ("Tuva Exempelsson", "2027-01-19 09:00", "2027-01-08", [(12, 12, 3)]),
    ],
)
def test_days_capacities_and_counts(
    world: Connection, who: str, day: str, last: str, figures: list[tuple[int, int, int]]
) -> None:
    found = of(world, who)

    assert found.starts == datetime.fromisoformat(day)
    assert found.last_day == date.fromisoformat(last)
    assert [(s.taken, s.capacity, s.waiting) for s in found.sessions] == figures
    for session in found.sessions:
        rows = world.execute(
            select(seat.c.state, func.count())
            .where(seat.c.session_id == session.id)
            .group_by(seat.c.state)
        )
        counted = dict(list(map(tuple, rows)))
        held = counted.get("registered", 0) + counted.get("offered", 0)
        assert (held, counted.get("waiting", 0)) == (session.taken, session.waiting)


def test_vasterbottens_draft_is_seen_by_its_coordinator_alone(world: Connection) -> None:
    assert of(world, "Olle Provdal").state == "draft"
    assert dialogues.coming(world, someone(world, "Greta Demoson"), WALL) == []


def test_in_mellanlandet_one_offer_is_running(world: Connection) -> None:
    found = of(world, "Tuva Exempelsson")
    states = [held.state for each in dialogues.registrations(world, found.id) for held in each.held]
    ends = [each for each in timers.upcoming(world) if each.kind == "dialogue-offer-ends"]

    assert states.count("offered") == len(ends) == 1
    assert ends[0].due.isoformat() == "2026-11-25T07:00:00+00:00"


def test_the_four_municipalities_that_are_missing(world: Connection) -> None:
    found = of(world, "Eva Exempelqvist")
    towns = dialogues.municipalities(world, found.id, found.region)

    assert [each.name for each in standing(towns, "missing")] == [
        "Essunga", "Gullspång", "Hjo", "Töreboda",
    ]  # fmt: skip
    assert [each.name for each in standing(towns, "declined")] == ["Karlsborg"]
    numbers = [each.id for each in standing(towns, "missing")]
    contacts = dialogues.contacts(world, found, numbers, TODAY)
    assert len(contacts) == 4


def test_those_of_the_scenarios_are_not_registered_yet(world: Connection) -> None:
    found = of(world, "Bo Fiktivsson")
    for name in ("Bo Fiktivsson", "Hassan Modellgren", "Asta Fiktberg"):
        assert dialogues.own(world, found.id, someone(world, name).id) is None


def test_each_has_a_checklist_six_wishes_two_of_them_nobodys_and_needs(world: Connection) -> None:
    eva = someone(world, "Eva Exempelqvist")
    found = of(world, "Eva Exempelqvist")

    assert dialogues.checklist(world, eva, found.id, TODAY) == {
        "planning": True, "invitation": True, "content": False, "arrangement": False,
    }  # fmt: skip
    wishes = dialogues.topics(world, eva, found.id, TODAY)
    assert len(wishes) == 6
    assert [name for _, name in wishes].count("") == 2
    assert world.execute(select(func.count()).select_from(need)).scalar_one() > 10
    assert world.execute(select(func.count()).select_from(topic)).scalar_one() == 24
    assert found.summary_due == "2027-05"
