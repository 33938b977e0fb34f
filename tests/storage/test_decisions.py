"""Search, the decision log and action points: the same on every database."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, func, select

from bot.errors import Refused
from bot.rules.wording import content
from storage import backup, decisions, demo
from storage.bodies import visible
from storage.session import Database, open_database
from storage.tables import action_point, decision
from tests.storage.world import TODAY, body_id, someone

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
QUESTIONS = {
    "vad beslutade vi om KomX?": (True, "§ 4"),
    "har vi bestämt något om kombinationsutbildningar": (True, "§ 4"),
    "särvox": (True, "§ 6"),
    "hur var det med validera": (True, "§ 3"),
    "interkommunala ersättningen": (False, "§ 5"),
    "vad sa vi om IKE?": (False, "§ 5"),
    "prislistor": (False, "§ 4"),
    "yrkesutbildningar": (False, "§ 4"),
    "antagning": (True, "§ 6"),
}


async def test_questions_find_their_place(database: Database) -> None:
    await database.write(demo.fill)

    def asked(c: Connection) -> dict[str, tuple[bool, str] | None]:
        bo = someone(c, "Bo Fiktivsson")
        found = {each: decisions.search(c, bo, content(each)) for each in QUESTIONS}
        return {k: (v[0].decision, v[0].paragraph) if v else None for k, v in found.items()}

    assert await database.read(asked) == QUESTIONS


async def test_only_what_the_asker_may_see(database: Database) -> None:
    await database.write(demo.fill)

    def asked(c: Connection) -> dict[str, list[str]]:
        return {
            name: [each.body_name for each in decisions.search(c, someone(c, name), ["språkstöd"])]
            for name in ("Bo Fiktivsson", "Farid Testmark", "Nora Provén", "Pia Attrappsson",
                         "Eva Exempelqvist")
        }  # fmt: skip

    directors = ["Skol- och utbildningschefer Skaraborg"]
    assert await database.read(asked) == {
        "Bo Fiktivsson": [], "Farid Testmark": directors, "Nora Provén": [], "Pia Attrappsson": [],
        "Eva Exempelqvist": directors,
    }  # fmt: skip


@pytest.mark.parametrize(
    "words", ['"', "'", "a:b", "*", "\\", "(", "-", "AND", "x' OR 1=1 --", "%"]
)
async def test_no_word_breaks_the_search(database: Database, words: str) -> None:
    await database.write(demo.fill)

    await database.read(lambda c: decisions.search(c, someone(c, "Bo Fiktivsson"), content(words)))
    await database.read(lambda c: decisions.search(c, someone(c, "Bo Fiktivsson"), [*content(words), "komx"]))  # fmt: skip


async def test_a_restored_database_is_searched_like_the_first(database: Database) -> None:
    await database.write(demo.fill)
    kept = io.BytesIO()
    await database.read(lambda c: backup.write(c, kept))
    other = open_database("sqlite://")

    await other.write(lambda c: backup.restore(c, kept))

    found = await other.read(lambda c: decisions.search(c, someone(c, "Bo Fiktivsson"), ["komx"]))
    assert [each.decision for each in found] == [True, False]
    await other.close()


async def test_ten_decisions_and_eight_action_points(database: Database) -> None:
    await database.write(demo.fill)

    def counted(c: Connection) -> tuple[int, int, int, list[str]]:
        open_points = [
            each
            for name in ("Vide Hittepåberg", "Ida Skenlund", "Olle Provdal")
            for who in [someone(c, name)]
            for each in decisions.points(c, who, [b.id for b in visible(c, who)])
        ]
        return (
            c.execute(select(func.count()).select_from(decision)).scalar_one(),
            c.execute(select(func.count()).select_from(action_point)).scalar_one(),
            sum(1 for each in open_points if each.municipality is not None),
            [each.who for each in open_points if each.late(TODAY)],
        )

    assert await database.read(counted) == (10, 8, 2, ["Lena Modellson"])


async def test_the_decision_log_of_a_body(database: Database) -> None:
    await database.write(demo.fill)

    def log(c: Connection, name: str) -> list[tuple[date, str]]:
        network = body_id(c, "Nätverket Vuxenutbildning Skaraborg")
        found = decisions.log(c, someone(c, name), [network], since=date(2026, 6, 1))
        return [(each.decided_on, each.paragraph) for each in found]

    october = date(2026, 10, 15)
    assert await database.read(lambda c: log(c, "Bo Fiktivsson")) == [
        (october, "§ 2"), (october, "§ 3"), (october, "§ 4"),
    ]  # fmt: skip
    assert await database.read(lambda c: log(c, "Nora Provén")) == []


async def test_an_action_point_is_done_by_its_owner_or_the_leaders(database: Database) -> None:
    await database.write(demo.fill)

    def life(c: Connection) -> None:
        network = body_id(c, "Nätverket Vuxenutbildning Skaraborg")
        bo, lena, asta = (someone(c, n) for n in ("Bo Fiktivsson", "Lena Modellson", "Asta Fiktberg"))  # fmt: skip
        first = decisions.points(c, bo, [network])[0]
        assert (first.who, first.late(TODAY)) == ("Lena Modellson", True)
        with pytest.raises(Refused, match="action-point-not-yours"):
            decisions.finish_point(c, bo, first.id, AT)
        decisions.finish_point(c, lena, first.id, AT)
        assert first.id not in [each.id for each in decisions.points(c, bo, [network])]
        (own,) = [
            each for each in decisions.points(c, asta, [network], own=True) if each.municipality
        ]
        assert own.who == "Skara"
        decisions.finish_point(c, asta, own.id, AT)
        with pytest.raises(Refused, match="no-such-action-point"):
            decisions.finish_point(c, someone(c, "Nora Provén"), own.id, AT)

    await database.write(life)
