from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from bot.errors import Refused
from bot.rules.deadline import Deadline, month
from bot.rules.ladder import Rung
from bot.rules.roles import Person
from storage import demo, files, mandates, tables, timers
from storage.mandates import Mandate, Open, OwnerPlan, Plan
from storage.session import Database
from tests.storage.documents import made
from tests.storage.world import AT, TODAY, body_id, engine, everybody, someone

t = tables


@pytest.fixture
def world() -> Iterator[Connection]:
    with engine().connect() as connection:
        yield connection


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00").replace(tzinfo=UTC)


def named(connection: Connection, who: Person, short: str) -> Mandate:
    return next(each for each in mandates.visible(connection, who) if each.short == short)


def due(connection: Connection, name: str, short: str) -> Open:
    who = someone(connection, name)
    return next(o for o in mandates.open_reports(connection, who) if o.mandate.short == short)


def state(connection: Connection, number: int) -> str:
    return str(connection.execute(select(t.report.c.state).where(t.report.c.id == number)).scalar())


def plan(connection: Connection, **other: object) -> Plan:
    facts = {
        "title": "Ny kartläggning", "short": "kartläggning",
        "giver": body_id(connection, "Skol- och utbildningschefer Skaraborg"),
        "owners": [OwnerPlan(body_id(connection, "Nätverket Vuxenutbildning Skaraborg"))],
        "reports": [("interim", month(2027, 5)), ("final", month(2028, 4))], "goals": [2, 3],
    }  # fmt: skip
    return Plan(**(facts | other))  # type: ignore[arg-type]


def test_who_may_ask_about_which_mandates(world: Connection) -> None:
    seen = {
        name: {each.short for each in mandates.visible(world, someone(world, name))}
        for name in ("Bo Fiktivsson", "Nora Provén", "Ida Skenlund", "Pia Attrappsson",
                     "Olle Provdal", "Mustafa Skenström")
    }  # fmt: skip

    assert seen == {
        "Bo Fiktivsson": {"språkstöd", "Lärcenter", "KomX", "inventering"},
        "Nora Provén": {"enkäten", "utbudskartan"},
        "Ida Skenlund": {"kvalitetsuppföljning", "enkäten", "utbudskartan"},
        "Pia Attrappsson": set(),
        "Olle Provdal": set(),
        "Mustafa Skenström": {"utbudskartan"},
    }


def test_late_is_told_in_the_scope_of_who_asks(world: Connection) -> None:
    assert [
        o.mandate.short for o in mandates.late(world, someone(world, "Asta Fiktberg"), TODAY)
    ] == ["inventering"]
    assert mandates.late(world, someone(world, "Nora Provén"), TODAY) == []
    after = date(2027, 6, 1)
    late = mandates.late(world, someone(world, "Nora Provén"), after)
    assert [(o.mandate.short, o.report.owner.name) for o in late] == [
        ("enkäten", "Arbetsgrupp Kvalitet"), ("utbudskartan", "Huddinge"), ("utbudskartan", "Täby"),
        ("utbudskartan", "Stockholm"),
    ]  # fmt: skip


def test_the_goals_show_their_mandates_in_order_of_priority(world: Connection) -> None:
    found = mandates.by_goal(world, someone(world, "Asta Fiktberg"))

    assert [(goal.number, [each.short for each in each_of]) for _, goal, each_of in found] == [
        (1, ["Lärcenter", "KomX"]), (2, ["språkstöd", "Lärcenter", "KomX"]),
        (3, ["språkstöd", "inventering"]),
    ]  # fmt: skip


def test_exactly_those_of_the_matrix_may_give(world: Connection) -> None:
    may = set()
    for who in everybody(world):
        try:
            with world.begin_nested():
                mandates.give(world, who, plan(world), None, AT)
        except Refused:
            continue
        may.add((who.title, who.municipality_name))

    assert {title for title, _ in may} == {"Skolchef", "Utbildningschef", "Systemförvaltare"}


def test_a_refusal_names_who_may(world: Connection) -> None:
    with pytest.raises(Refused) as caught:
        mandates.give(world, someone(world, "Asta Fiktberg"), plan(world), None, AT)

    assert caught.value.values["role"] == "director"
    assert "Farid Testmark" in str(caught.value.values["people"])


def test_a_mandate_is_given_with_all_that_belongs_to_it(world: Connection) -> None:
    farid = someone(world, "Farid Testmark")
    data = made.docx("Uppdrag")
    file = files.put(world, farid.id, data, files.examine(data, "uppdrag.docx"), AT)

    number = mandates.give(world, farid, plan(world), file.id, AT)

    found = mandates.by_id(world, someone(world, "Bo Fiktivsson"), number)
    assert found is not None
    assert (found.giver, found.contact, found.owner) == (
        "Skol- och utbildningschefer Skaraborg", "Farid Testmark", "Nätverket Vuxenutbildning Skaraborg",
    )  # fmt: skip
    assert [(g.number, g.priority) for g in found.goals] == [(2, 4), (3, 5)]
    assert [(r.kind, r.deadline, r.last_day) for r in found.reports] == [
        ("interim", month(2027, 5), date(2027, 5, 31)), ("final", month(2028, 4), date(2028, 4, 28)),
    ]  # fmt: skip
    assert [each.id for each in files.of_subject(world, f"mandate:{number}")] == [file.id]
    assert len(timers.upcoming(world, f"report:{found.reports[0].id}")) == 1


def test_a_deadline_in_the_past_is_refused(world: Connection) -> None:
    with pytest.raises(Refused, match="deadline-over"):
        mandates.give(
            world, someone(world, "Farid Testmark"),
            plan(world, reports=[("final", month(2026, 10))]), None, AT,
        )  # fmt: skip


def test_exactly_the_owner_may_report(world: Connection) -> None:
    names: dict[str, set[str]] = {}
    for who in everybody(world):
        for each in mandates.open_reports(world, who):
            key = f"{each.mandate.short} {each.report.owner.name}"
            names.setdefault(key, set()).add(who.name)

    leaders = {"Asta Fiktberg", "Lena Modellson", "Jonas Attrapp"}
    assert names["språkstöd Nätverket Vuxenutbildning Skaraborg"] == leaders
    assert names["utbudskartan Täby"] == {"Mustafa Skenström"}
    assert names["kvalitetsuppföljning Ida Skenlund"] == {"Ida Skenlund"}
    assert "enkäten Arbetsgrupp Kvalitet" not in names  # nobody leads that group


def test_a_report_goes_from_hand_to_hand(world: Connection) -> None:
    asta, farid = someone(world, "Asta Fiktberg"), someone(world, "Farid Testmark")
    number = due(world, "Asta Fiktberg", "språkstöd").report.id

    mandates.hand_in(world, asta, number, "Bifogas.", None, at("2027-05-20"))
    assert state(world, number) == "handed_in"
    assert timers.upcoming(world, f"report:{number}") == []
    with pytest.raises(Refused, match="report-handed-in"):
        mandates.hand_in(world, asta, number, "", None, at("2027-05-20"))

    mandates.give_back(world, farid, number, "Komplettera med kostnader.", at("2027-05-21"))
    assert state(world, number) == "returned"
    assert len(timers.upcoming(world, f"report:{number}")) == 1
    with pytest.raises(Refused, match="report-returned"):
        mandates.acknowledge(world, farid, number, at("2027-05-21"))

    mandates.hand_in(world, asta, number, "Nu med kostnader.", None, at("2027-05-25"))
    mandates.acknowledge(world, farid, number, at("2027-05-26"))
    assert state(world, number) == "acknowledged"
    assert timers.upcoming(world, f"report:{number}") == []
    found = mandates.report_by_id(world, asta, number)
    assert found is not None
    steps = mandates.history(world, found.report).steps
    assert [(s.step, s.words, s.person, s.day.isoformat()) for s in steps] == [
        ("handed_in", "Bifogas.", "Asta Fiktberg", "2027-05-20"),
        ("returned", "Komplettera med kostnader.", "Farid Testmark", "2027-05-21"),
        ("handed_in", "Nu med kostnader.", "Asta Fiktberg", "2027-05-25"),
        ("acknowledged", "", "Farid Testmark", "2027-05-26"),
    ]  # fmt: skip


def test_only_the_giver_acknowledges(world: Connection) -> None:
    number = due(world, "Asta Fiktberg", "språkstöd").report.id
    mandates.hand_in(world, someone(world, "Asta Fiktberg"), number, "", None, AT)

    for name in ("Asta Fiktberg", "Bo Fiktivsson", "Eva Exempelqvist"):
        with pytest.raises(Refused, match="may-not"):
            mandates.acknowledge(world, someone(world, name), number, AT)
    with pytest.raises(Refused, match="no-such-mandate"):
        mandates.acknowledge(world, someone(world, "Moa Uppdiktsdal"), number, AT)


def test_each_municipality_is_followed_by_itself(world: Connection) -> None:
    number = due(world, "Mustafa Skenström", "utbudskartan").report.id
    mandates.hand_in(world, someone(world, "Mustafa Skenström"), number, "", None, AT)

    found = named(world, someone(world, "Nora Provén"), "utbudskartan")
    assert {r.owner.name: r.state for r in found.reports} == {
        "Huddinge": "coming", "Täby": "handed_in", "Stockholm": "coming",
    }  # fmt: skip


def test_more_time_is_asked_for_granted_and_remembered(world: Connection) -> None:
    asta, farid = someone(world, "Asta Fiktberg"), someone(world, "Farid Testmark")
    number = due(world, "Asta Fiktberg", "språkstöd").report.id

    asked = mandates.ask_for_time(world, asta, number, month(2027, 9), "Siffror saknas.", AT)
    found = mandates.report_by_id(world, asta, number)
    assert found is not None
    assert found.report.deadline == month(2027, 5)  # a wish moves nothing
    with pytest.raises(Refused, match="may-not"):
        mandates.decide_time(world, asta, asked, "granted", AT)

    assert mandates.decide_time(world, farid, asked, "granted", AT)
    assert not mandates.decide_time(world, farid, asked, "declined", AT)
    found = mandates.report_by_id(world, asta, number)
    assert found is not None
    assert found.report.last_day == date(2027, 9, 30)
    change = mandates.history(world, found.report).changes[0]
    assert (change.old, change.new, change.state, change.asker, change.decider, change.reason) == (
        month(2027, 5), month(2027, 9), "granted", "Asta Fiktberg", "Farid Testmark", "Siffror saknas.",
    )  # fmt: skip


def test_a_wish_declined_leaves_the_deadline(world: Connection) -> None:
    asta, farid = someone(world, "Asta Fiktberg"), someone(world, "Farid Testmark")
    number = due(world, "Asta Fiktberg", "språkstöd").report.id
    asked = mandates.ask_for_time(world, asta, number, month(2027, 9), "", AT)

    mandates.decide_time(world, farid, asked, "declined", AT)

    found = mandates.report_by_id(world, asta, number)
    assert found is not None
    assert found.report.deadline == month(2027, 5)


def test_only_the_giver_moves_a_deadline_and_never_into_the_past(world: Connection) -> None:
    number = due(world, "Asta Fiktberg", "språkstöd").report.id
    with pytest.raises(Refused, match="may-not"):
        mandates.move(world, someone(world, "Asta Fiktberg"), number, month(2027, 9), AT)
    with pytest.raises(Refused, match="deadline-over"):
        mandates.move(world, someone(world, "Farid Testmark"), number, month(2026, 9), AT)


def test_loose_words_are_watched_from_the_month_that_is_named(world: Connection) -> None:
    ida = someone(world, "Ida Skenlund")
    found = named(world, ida, "kvalitetsuppföljning")
    loose = found.reports[-1]
    assert (loose.deadline.said.words, loose.last_day) == ("efter sommaren", None)
    assert timers.upcoming(world, f"report:{loose.id}") == []

    mandates.watch(world, ida, loose.id, loose.deadline.watched(month(2027, 9).said), AT)

    watched = named(world, ida, "kvalitetsuppföljning").reports[-1]
    assert (watched.deadline.said.words, watched.last_day) == ("efter sommaren", date(2027, 9, 30))
    assert len(timers.upcoming(world, f"report:{loose.id}")) == 1


def test_each_rung_is_used_once_per_deadline(world: Connection) -> None:
    number = due(world, "Asta Fiktberg", "språkstöd").report.id
    farid = someone(world, "Farid Testmark")
    start = date(2027, 5, 3)

    def rung(day: date) -> Rung | None:
        of = mandates.any_report(world, number)
        assert of is not None
        found = mandates.due(world, of.report, day)
        if found:
            mandates.told(world, of.report, found[0], day)
        return found[0] if found else None

    assert [rung(start), rung(start), rung(start + timedelta(days=1))] == [Rung.START, None, None]
    mandates.move(world, farid, number, month(2027, 6), at("2027-05-04"))
    assert [rung(date(2027, 5, 24)), rung(date(2027, 6, 1)), rung(date(2027, 6, 1))] == [
        None,
        Rung.START,
        None,
    ]
    mandates.move(world, farid, number, month(2027, 5), at("2027-05-04"))  # and back again
    assert [rung(date(2027, 5, 5)), rung(date(2027, 5, 24))] == [None, Rung.WEEK]


def test_where_the_owner_has_left_somebody_near_gets_the_pings(world: Connection) -> None:
    ida, moa = someone(world, "Ida Skenlund"), someone(world, "Moa Uppdiktsdal")
    found = named(world, ida, "kvalitetsuppföljning")
    assert mandates.keepers(world, found, found.owners[0], TODAY) == [ida.id]

    world.execute(update(t.person).where(t.person.c.id == ida.id).values(left_on=date(2026, 11, 1)))

    assert mandates.keepers(world, found, found.owners[0], TODAY) == [moa.id]


def test_where_the_chair_has_left_the_presidium_gets_the_pings(world: Connection) -> None:
    found = named(world, someone(world, "Asta Fiktberg"), "språkstöd")
    world.execute(delete(t.role).where(t.role.c.role == "chair"))

    keepers = mandates.keepers(world, found, found.owners[0], TODAY)

    assert {someone(world, n).id for n in ("Lena Modellson", "Jonas Attrapp")} == set(keepers)


def test_where_the_givers_directors_are_gone_the_coordinator_is_told(world: Connection) -> None:
    found = named(world, someone(world, "Asta Fiktberg"), "språkstöd")
    assert mandates.director_names(world, found, TODAY) == "Farid Testmark"
    world.execute(
        update(t.person)
        .where(t.person.c.name == "Farid Testmark")
        .values(left_on=TODAY - timedelta(days=1))
    )
    assert len(mandates.directors(world, found, TODAY)) == 17

    world.execute(delete(t.role).where(t.role.c.role == "director"))

    assert mandates.director_names(world, found, TODAY) == "Eva Exempelqvist"


def test_a_snooze_is_one_and_ones_own(world: Connection) -> None:
    asta = someone(world, "Asta Fiktberg")
    number = due(world, "Asta Fiktberg", "språkstöd").report.id
    now = at("2027-05-03")

    mandates.snooze(world, asta, number, datetime(2027, 5, 7, 8), now)
    mandates.snooze(world, asta, number, datetime(2027, 5, 11, 8), now)

    mine = [each for each in timers.upcoming(world, person=asta.id) if each.kind == mandates.SNOOZE]
    assert [each.due for each in mine] == [datetime(2027, 5, 11, 6, tzinfo=UTC)]
    with pytest.raises(Refused):
        mandates.snooze(
            world, someone(world, "Bo Fiktivsson"), number, datetime(2027, 5, 7, 8), now
        )


def test_files_of_a_report_are_read_by_those_who_see_the_mandate(world: Connection) -> None:
    asta = someone(world, "Asta Fiktberg")
    number = due(world, "Asta Fiktberg", "språkstöd").report.id
    data = made.docx("Delrapport")
    file = files.put(world, asta.id, data, files.examine(data, "delrapport.docx"), AT)
    mandates.hand_in(world, asta, number, "", file.id, AT)

    assert mandates.file_of(world, someone(world, "Bo Fiktivsson"), number, file.id) == data
    assert mandates.file_of(world, someone(world, "Nora Provén"), number, file.id) is None
    assert mandates.file_of(world, asta, number + 1, file.id) is None


def test_the_demo_has_the_seven_mandates(world: Connection) -> None:
    assert world.execute(select(func.count()).select_from(t.mandate)).scalar() == 7
    assert {
        o.mandate.short for o in mandates.late(world, someone(world, "Farid Testmark"), TODAY)
    } == {"inventering"}
    assert all(
        Deadline.from_json(raw) for raw in world.execute(select(t.report.c.deadline)).scalars()
    )


async def test_the_same_holds_on_every_database(database: Database) -> None:
    """Given, asked for more time, granted, handed in, returned, acknowledged; rungs once."""

    def work(connection: Connection) -> None:
        demo.fill(connection)
        asta, farid = someone(connection, "Asta Fiktberg"), someone(connection, "Farid Testmark")
        given = mandates.give(connection, farid, plan(connection), None, AT)
        found = mandates.by_id(connection, asta, given)
        assert found is not None
        first = found.reports[0]
        asked = mandates.ask_for_time(connection, asta, first.id, month(2027, 9), "", AT)
        assert mandates.decide_time(connection, farid, asked, "granted", AT)
        of = mandates.any_report(connection, first.id)
        assert of is not None
        mandates.told(connection, of.report, Rung.START, date(2027, 9, 1))
        again = mandates.due(connection, of.report, date(2027, 9, 2))
        assert again is None
        mandates.hand_in(connection, asta, first.id, "", None, at("2027-09-03"))
        mandates.give_back(connection, farid, first.id, "Varför?", at("2027-09-04"))
        mandates.hand_in(connection, asta, first.id, "", None, at("2027-09-05"))
        mandates.acknowledge(connection, farid, first.id, at("2027-09-06"))
        assert state(connection, first.id) == "acknowledged"
        assert mandates.pinged(connection, asta, "påminn mig på fredag", at("2027-09-06")) is None

    await database.write(work)


async def test_a_rung_told_twice_at_once_is_told_once(database: Database) -> None:
    await database.write(demo.fill)

    def use(connection: Connection) -> None:
        of = mandates.any_report(connection, 1)
        assert of is not None
        mandates.told(connection, of.report, Rung.START, date(2027, 5, 3))

    await database.write(use)
    with pytest.raises(IntegrityError):
        await database.write(use)
