from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, select

from bot.errors import Refused
from bot.rules.roles import Person
from storage import feedback, timers
from storage.tables import agenda_item
from tests.storage.world import AT, body_id, engine, everybody, someone

CHIEFS = "Skol- och utbildningschefer Skaraborg"
NETWORK = "Nätverket Vuxenutbildning Skaraborg"


@pytest.fixture
def world() -> Iterator[Connection]:
    with engine().connect() as connection:
        yield connection


def give(
    connection: Connection, name: str | Person, reach: feedback.Reach = "chair", *, up: bool = False
) -> int:
    ends = [body_id(connection, CHIEFS), body_id(connection, NETWORK)]
    sender, receiver = reversed(ends) if up else ends
    who = name if isinstance(name, Person) else someone(connection, name)
    return feedback.give(connection, who, sender, receiver, "Bra plan.", reach, "Återkoppling", AT)


def seen(connection: Connection, number: int) -> set[str]:
    return {who.name for who in everybody(connection) if feedback.by_id(connection, who, number)}


def test_the_demo_has_one_each_way(world: Connection) -> None:
    found = feedback.visible(world, someone(world, "Asta Fiktberg"))

    assert [(e.way.sender_name, e.way.receiver_name) for e in found] == [
        (CHIEFS, NETWORK),
        (NETWORK, CHIEFS),
    ]


def test_it_goes_only_between_neighbours_in_the_tree(world: Connection) -> None:
    farid = someone(world, "Farid Testmark")
    with pytest.raises(Refused, match="feedback-no-way"):
        feedback.give(
            world, farid, body_id(world, CHIEFS), body_id(world, "Arbetsgrupp Språkstöd"), "x",
            "chair", "x", AT,
        )  # fmt: skip


def test_exactly_those_of_the_matrix_may_give_it(world: Connection) -> None:
    def may(*, up: bool) -> set[str]:
        titles = set()
        for who in everybody(world):
            try:
                with world.begin_nested():
                    give(world, who, up=up)
            except Refused:
                continue
            titles.add(who.title)
        return titles

    assert may(up=False) == {"Skolchef", "Utbildningschef"}
    assert may(up=True) == {
        "Rektor",
        "Verksamhetschef",
        "Skolchef",
    }  # chair, presidium, their director
    assert {e.name for e in everybody(world) if feedback.ways(world, e) and e.region == 1} >= {
        "Asta Fiktberg", "Lena Modellson", "Jonas Attrapp", "Farid Testmark",
    }  # fmt: skip
    assert feedback.ways(world, someone(world, "Bo Fiktivsson")) == []


def test_for_the_chair_alone_is_seen_by_those_who_speak_for_either_side(world: Connection) -> None:
    number = give(world, "Farid Testmark")

    names = seen(world, number)
    assert {"Asta Fiktberg", "Lena Modellson", "Farid Testmark"} <= names
    assert not names & {"Bo Fiktivsson", "Eva Exempelqvist", "Pia Attrappsson", "Nora Provén"}


def test_published_it_is_seen_by_the_group_and_stands_on_its_agenda(world: Connection) -> None:
    number = give(world, "Farid Testmark")
    agenda = select(agenda_item.c.title).where(agenda_item.c.title == "Återkoppling")
    assert world.execute(agenda).all() == []

    assert feedback.publish(world, someone(world, "Farid Testmark"), number, "Återkoppling", AT)
    assert not feedback.publish(world, someone(world, "Farid Testmark"), number, "Återkoppling", AT)

    assert "Bo Fiktivsson" in seen(world, number)
    assert "Nora Provén" not in seen(world, number)
    assert len(world.execute(agenda).all()) == 1


def test_it_is_open_until_somebody_ends_it(world: Connection) -> None:
    number = give(world, "Farid Testmark", "channel")
    assert len(timers.upcoming(world, f"feedback:{number}")) == 1
    with pytest.raises(Refused, match="feedback-not-yours"):
        feedback.end(world, someone(world, "Bo Fiktivsson"), number, AT)

    assert feedback.end(world, someone(world, "Asta Fiktberg"), number, AT)
    assert not feedback.end(world, someone(world, "Asta Fiktberg"), number, AT)

    assert timers.upcoming(world, f"feedback:{number}") == []
    assert number not in {e.id for e in feedback.visible(world, someone(world, "Asta Fiktberg"))}
    done = feedback.visible(world, someone(world, "Asta Fiktberg"), state="done")
    assert [(e.id, e.done_by) for e in done] == [(number, "Asta Fiktberg")]
