from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import Connection, create_engine, func, select

from storage import demo, tables
from storage.bodies import left_with_role, vacancies
from storage.people import find_person
from tests.storage.world import TODAY, body_id, engine, someone

t = tables


@pytest.fixture(scope="module")
def world() -> Iterator[Connection]:
    with engine().connect() as connection:
        yield connection


def days_of(world: Connection, body: str) -> list[datetime]:
    rows = world.execute(
        select(t.meeting_day.c.starts)
        .join(t.meeting_body, t.meeting_body.c.meeting_id == t.meeting_day.c.meeting_id)
        .join(t.body, t.body.c.id == t.meeting_body.c.body_id)
        .where(t.body.c.name == body)
        .order_by(t.meeting_day.c.starts)
    )
    return list(rows.scalars())


def test_four_regions_with_their_municipalities(world: Connection) -> None:
    rows = world.execute(
        select(t.region.c.key, func.count()).join(t.municipality).group_by(t.region.c.key)
    )
    assert dict(list(map(tuple, rows))) == {
        "skaraborg": 15, "stockholm": 26, "vasterbotten": 15, "mellanlandet": 5,
    }  # fmt: skip


def test_about_140_people_of_whom_no_two_in_a_municipality_share_a_name(world: Connection) -> None:
    everybody = select(t.person.c.name, t.person.c.municipality_id)
    people = world.execute(everybody.where(t.person.c.id.in_(select(t.identity.c.person_id)))).all()
    assert 135 <= len(people) <= 145
    assert len(set(people)) == len(people)
    shared = {each.name for each in people if [p.name for p in people].count(each.name) > 1}
    assert shared == {"Karin Demoberg"}


def test_every_address_and_link_ends_in_example(world: Connection) -> None:
    mails = [*world.execute(select(t.person.c.email)).scalars(),
             *(m for m in world.execute(select(t.body.c.mailbox)).scalars() if m)]  # fmt: skip
    assert all(re.fullmatch(r"[a-z.]+@[a-z.-]+\.example", mail) for mail in mails), mails
    links = [link for link in world.execute(select(t.meeting.c.link)).scalars() if link]
    assert all(re.fullmatch(r"https://[a-z.]+\.example/\d{6}", link) for link in links)


WEEKS = {
    "2026-12-10": 50, "2027-01-28": 4, "2027-03-11": 10, "2027-04-22": 16, "2027-06-03": 22,
    "2027-09-02": 35, "2027-10-14": 41, "2027-11-25": 47,
}  # fmt: skip


def test_the_networks_meetings_are_thursdays_of_the_weeks_that_were_given(
    world: Connection,
) -> None:
    coming = [d.date() for d in days_of(world, "Nätverket Vuxenutbildning Skaraborg")
              if d.date() >= TODAY]  # fmt: skip
    assert [day.isoformat() for day in coming] == list(WEEKS)
    assert [day.isocalendar().week for day in coming] == list(WEEKS.values())
    assert {day.isoweekday() for day in coming} == {4}


def test_each_network_meeting_has_a_host_and_six_a_year_are_reached_with_one_to_spare(
    world: Connection,
) -> None:
    hosts = world.execute(
        select(t.municipality.c.name)
        .join(t.meeting, t.meeting.c.host_id == t.municipality.c.id)
        .join(t.meeting_body)
        .join(t.body)
        .where(t.body.c.name == "Nätverket Vuxenutbildning Skaraborg")
        .where(t.meeting.c.starts >= datetime(2027, 1, 1))
        .order_by(t.meeting.c.starts)
    ).scalars()
    assert list(hosts) == [
        "Skövde",
        "Lidköping",
        "Mariestad",
        "Falköping",
        "Skara",
        "Vara",
        "Tibro",
    ]


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("Skol- och utbildningschefer Skaraborg",
         "2027-01-15 2027-02-24 2027-03-17 2027-04-28 2027-06-02 2027-09-01 2027-10-13 2027-12-01"),
        ("Styrgruppen", "2027-01-21 2027-03-10 2027-05-19 2027-09-09 2027-11-11"),
        ("Arbetsgrupp Kvalitet", "2026-12-03 2027-02-03 2027-04-07 2027-09-15 2027-12-01"),
        ("Arbetsgrupp Utbud", "2026-12-15 2027-02-25 2027-04-28 2027-09-16 2027-12-02"),
        ("Presidium Stockholm", "2027-04-21 2027-10-20"),
        ("Skolchefskonferensen",
         "2026-11-26 2027-02-04 2027-05-20 2027-10-13 2027-10-14 2027-11-18"),
        ("Arbetsgrupp Resurser", ""),
    ],
)  # fmt: skip
def test_what_is_coming(world: Connection, body: str, days: str) -> None:
    coming = [d.date().isoformat() for d in days_of(world, body) if d.date() >= TODAY]
    assert coming == days.split()


def test_the_resource_group_met_last_on_19_november(world: Connection) -> None:
    assert days_of(world, "Arbetsgrupp Resurser") == [datetime(2026, 11, 19, 9)]


def test_lycksele_is_one_meeting_of_two_days_and_three_bodies(world: Connection) -> None:
    found = world.execute(
        select(t.meeting.c.id, t.meeting.c.starts, t.meeting.c.ends).where(
            t.meeting.c.place.contains("Lycksele")
        )
    ).one()
    bodies = world.execute(
        select(t.meeting_body.c.body_id, t.meeting_body.c.ends).where(
            t.meeting_body.c.meeting_id == found.id
        )
    ).all()
    assert len(bodies) == 3
    assert {each.ends for each in bodies} == {found.ends} == {datetime(2027, 10, 14, 15)}
    assert [found.starts.isoweekday(), found.ends.isoweekday()] == [3, 4]


def test_2026_has_a_week_53() -> None:
    assert date(2026, 12, 31).isocalendar().week == 53
    assert date(2027, 1, 4).isocalendar().week == 1


def test_sportlov_differs_by_region(world: Connection) -> None:
    weeks = world.execute(select(t.region.c.key, t.region.c.sportlov_week)).all()
    assert {key: week for key, week in weeks if key != "mellanlandet"} == {
        "skaraborg": 7, "stockholm": 9, "vasterbotten": 10,
    }  # fmt: skip


def test_gullspang_is_the_one_vacancy_of_the_network(world: Connection) -> None:
    network = body_id(world, "Nätverket Vuxenutbildning Skaraborg")
    assert vacancies(world, network, TODAY) == ["Gullspång"]
    small = body_id(world, "Nätverket Vuxenutbildning Mellanlandet")
    assert vacancies(world, small, TODAY) == ["Flodby"]


def test_sven_left_but_still_has_a_role_and_is_flagged(world: Connection) -> None:
    skaraborg = someone(world, "Bo Fiktivsson").region
    sven = ("Sven Förutvarande", "Nätverket Vuxenutbildning Skaraborg")
    assert left_with_role(world, skaraborg, TODAY) == [sven]
    assert left_with_role(world, skaraborg, date(2026, 10, 31)) == []


def test_eighteen_directors_of_whom_three_municipalities_have_two(world: Connection) -> None:
    rows = world.execute(
        select(t.municipality.c.name, func.count(t.person.c.id.distinct()))
        .join(t.person, t.person.c.municipality_id == t.municipality.c.id)
        .join(t.role)
        .join(t.body)
        .where(t.body.c.name == "Skol- och utbildningschefer Skaraborg", t.role.c.role == "member")
        .group_by(t.municipality.c.name)
    )
    seats = dict(list(map(tuple, rows)))
    assert sum(seats.values()) == 18
    assert sorted(town for town, number in seats.items() if number == 2) == [
        "Falköping", "Lidköping", "Skövde",
    ]  # fmt: skip


def test_there_is_a_pending_swap_between_vara_and_tibro(world: Connection) -> None:
    found = world.execute(
        select(t.host_swap.c.state, t.municipality.c.name).join(
            t.municipality, t.municipality.c.id == t.host_swap.c.awaits_id
        )
    ).one()
    assert tuple(found) == ("pending", "Tibro")


def test_accounts_follow_the_platforms_and_an_unconfirmed_link_opens_nothing(
    world: Connection,
) -> None:
    asta = someone(world, "Asta Fiktberg")
    mine = world.execute(
        select(t.identity.c.platform).where(t.identity.c.person_id == asta.id)
    ).scalars()
    assert set(mine) == {"web", "teams", "slack"}
    waiting = world.execute(
        select(t.identity.c.platform, t.identity.c.tenant, t.identity.c.user).where(
            t.identity.c.confirmed_at.is_(None)
        )
    ).one()
    assert find_person(world, tuple(waiting), TODAY) is None
    assert ("Jonas Låtsasén", "slack") not in demo.identities(world)
    blocked = select(func.count()).where(t.identity.c.blocked_at.is_not(None))
    assert world.execute(blocked).scalar() == 1


def test_two_people_are_called_karin_demoberg(world: Connection) -> None:
    known = demo.identities(world)
    assert known["Karin Demoberg, Vara", "teams"] != known["Karin Demoberg, Tibro", "teams"]


def test_one_cannot_be_somebody_who_has_left(world: Connection) -> None:
    names = [row[1] for row in demo.people(world)]
    assert "Bo Fiktivsson" in names
    assert "Sven Förutvarande" not in names


def test_who_is_chosen_on_the_web_is_known(world: Connection) -> None:
    for number, name, _, region, _ in demo.people(world):
        found = find_person(world, ("web", region, str(number)), TODAY)
        assert found is not None
        assert found.name == name


def test_filling_is_fast_and_always_gives_the_same() -> None:
    seen = []
    for _ in range(2):
        with create_engine("sqlite://").begin() as connection:
            tables.metadata.create_all(connection)
            before = time.process_time()
            demo.fill(connection)
            assert time.process_time() - before < 0.5
            seen.append(connection.execute(select(t.person).order_by(t.person.c.id)).all())
    assert seen[0] == seen[1]
