"""Reminders over the year: mornings, weeks, days off, clock changes, downtime."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select

from adapters.core import SetClock
from bot.errors import Refused
from bot.ports import Letter, Result
from bot.rules.roles import Person
from bot.turn import ConversationReference, Joined, Turn
from storage import demo, meetings, mornings, people, reminders
from storage.meetings import Plan
from storage.store import SqlStore
from storage.tables import body, region
from tests.conftest import Talker

HOME = ZoneInfo("Europe/Stockholm")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HOME)


class World:
    """The demo with its timers begun, and a clock that is moved by hand."""

    def __init__(self, store: SqlStore, clock: SetClock, talker: Talker) -> None:
        self.store, self.clock = store, clock
        self.engine = talker("Bo Fiktivsson", "teams").engine

    async def begin(self, start: str) -> None:
        self.clock.at = at(start)
        await self.read(lambda c: c.exec_driver_sql("update timer set state='cancelled'"))
        await self.read(lambda c: mornings.begin(c, self.clock.at))

    async def read(self, work):
        return await self.store.database.write(work)

    async def someone(self, name: str) -> Person:
        today = self.clock.at.date()

        def look(c: Connection) -> Person:
            found = people.person_by_id(c, people.named(c, name)[0], today)
            assert found is not None
            return found

        return await self.read(look)

    async def writes(self, name: str, platform: str = "teams") -> int:
        """Have somebody write to the bot; gives the person's number."""
        who = (await self.read(demo.identities))[name, platform]
        place = ConversationReference(who.platform, who.tenant, f"chat-{who.user}")
        await self.store.receive(Turn(f"t-{name}", Joined(), who, place, self.clock.at))
        return (await self.someone(name)).id

    async def tick(self) -> list[Letter]:
        """What leaves now."""
        await self.engine.fire()
        found: list[Letter] = []
        letters = await self.engine.exchange((), 1000)
        while letters:
            found += letters
            letters = await self.engine.exchange([Result(e, "sent", "m") for e in letters], 1000)
        return found

    async def until(self, end: str, step: timedelta = HOUR) -> list[tuple[datetime, Letter]]:
        """Wall time of leaving, and the letter; the clock jumps by `step`."""
        found = []
        while self.clock.at < at(end).astimezone(UTC):
            self.clock.at = self.clock.at.astimezone(UTC) + step
            wall = self.clock.at.astimezone(HOME).replace(tzinfo=None)
            found += [(wall, each) for each in await self.tick()]
        return found


@pytest.fixture
def world(store: SqlStore, clock: SetClock, talker: Talker) -> World:
    return World(store, clock, talker)


async def to(world: World, number: int, end: str, step: timedelta = HOUR) -> list[tuple[str, str]]:
    return [
        (f"{wall:%m-%d %H}", each.reply.plain)
        for wall, each in await world.until(end, step)
        if each.person == number
    ]


# --- mornings ------------------------------------------------------------------------------------


async def test_a_meeting_is_reminded_of_a_week_and_a_day_ahead_and_in_the_week(
    world: World,
) -> None:
    await world.begin("2026-11-27T12:00")
    bo = await world.writes("Bo Fiktivsson")

    got = await to(world, bo, "2026-12-11T12:00")

    assert [when for when, _ in got] == ["12-03 08", "12-07 08", "12-09 08"]
    assert "torsdag 10 december" in got[0][1]
    assert got[1][1].startswith("Din vecka, v. 50:")
    assert "[Jag kommer] [Kan inte]" in got[2][1]


async def test_who_has_said_no_or_wants_none_is_left_alone(world: World) -> None:
    await world.begin("2026-11-27T12:00")
    bo, asta = await world.writes("Bo Fiktivsson"), await world.writes("Asta Fiktberg")
    await world.read(
        lambda c: reminders.switch(c, _person(c, "Bo Fiktivsson"), False, world.clock.at)
    )
    number = await world.read(lambda c: _network_meeting(c, date(2026, 12, 10)))
    await world.read(
        lambda c: meetings.answer(c, _person(c, "Asta Fiktberg"), number, "no", world.clock.at)
    )

    got = [each for _, each in await world.until("2026-12-11T12:00") if each.person in {bo, asta}]

    assert not [each for each in got if "10 december" in each.reply.plain]
    assert not [each for each in got if each.person == bo]


async def test_a_cancelled_meeting_is_not_reminded_of_and_a_moved_one_by_its_new_day(
    world: World,
) -> None:
    await world.begin("2026-11-27T12:00")
    bo = await world.writes("Bo Fiktivsson")
    number = await world.read(lambda c: _network_meeting(c, date(2026, 12, 10)))
    await world.until("2026-12-04T12:00")
    days = [(datetime(2026, 12, 17, 9), datetime(2026, 12, 17, 12))]
    asta = lambda c: _person(c, "Asta Fiktberg")  # noqa: E731
    await world.read(lambda c: meetings.move_meeting(c, asta(c), number, days, world.clock.at))
    moved = await to(world, bo, "2026-12-14T12:00")
    await world.read(lambda c: meetings.cancel_meeting(c, asta(c), number, world.clock.at))

    assert [when for when, _ in moved] == ["12-10 08", "12-14 08"]
    assert await to(world, bo, "2026-12-20T12:00") == []


async def test_a_body_chooses_its_own_days(world: World) -> None:
    await world.begin("2026-11-20T12:00")
    bo = await world.writes("Bo Fiktivsson")

    def choose(c: Connection, name: str) -> None:
        who = _person(c, name)
        mornings.set_days(c, who, _network(c), (14, 3), date(2026, 11, 20))

    with pytest.raises(Refused):
        await world.read(lambda c: choose(c, "Bo Fiktivsson"))
    await world.read(lambda c: choose(c, "Asta Fiktberg"))

    got = await to(world, bo, "2026-12-11T12:00")
    assert [when for when, text in got if "10 december" in text] == ["11-26 08", "12-07 08"]


async def test_nothing_is_said_on_days_off_and_it_comes_before_them(world: World) -> None:
    await world.begin("2027-04-20T12:00")
    number = await world.read(lambda c: _meeting(c, datetime(2027, 5, 7, 9)))
    assert number
    bo = await world.writes("Bo Fiktivsson")

    got = await to(world, bo, "2027-05-08T12:00")

    # 6 May is Ascension Day: "a day before" is said on Wednesday 5 May
    assert [when for when, text in got if "7 maj" in text] == ["04-30 08", "05-03 08", "05-05 08"]


async def test_in_the_regions_sportlov_it_comes_before(world: World) -> None:
    await world.begin("2027-01-30T12:00")
    week = await world.read(
        lambda c: c.execute(
            select(region.c.sportlov_week).where(region.c.key == "skaraborg")
        ).scalar()
    )
    monday = date.fromisocalendar(2027, week, 1)
    await world.read(lambda c: _meeting(c, datetime.combine(monday + 7 * DAY, time(9))))
    bo = await world.writes("Bo Fiktivsson")

    got = await to(world, bo, f"{monday + 8 * DAY}T12:00")

    said = [when for when, text in got if f"{(monday + 7 * DAY).day} februari" in text]
    friday = monday - 3 * DAY
    assert said[0] == f"{friday:%m-%d} 08"
    assert len(said) == 2  # before the holiday, and in the week of the meeting


async def test_no_week_without_anything_in_it(world: World) -> None:
    await world.begin("2026-12-18T12:00")
    bo = await world.writes("Bo Fiktivsson")

    assert await to(world, bo, "2027-01-18T12:00") == []


async def test_after_two_days_of_downtime_each_thing_is_said_once_in_one_message(
    world: World,
) -> None:
    await world.begin("2026-12-02T12:00")
    bo = await world.writes("Bo Fiktivsson")
    who = await world.someone("Bo Fiktivsson")
    for hour in (8, 9):
        moment = datetime(2026, 12, 3, hour)
        await world.read(
            lambda c, m=moment: reminders.remind(c, who, f"sak {m.hour}", m, world.clock.at)
        )
    await world.read(lambda c: _meeting(c, datetime(2026, 12, 4, 7)))

    got = await to(world, bo, "2026-12-06T12:00", step=timedelta(hours=48))

    texts = [text for _, text in got]
    assert sum("10 december" in text for text in texts) == 1
    assert not any("fredag 4 december" in text for text in texts)  # it has been
    assert sum("sak 8" in text for text in texts) == 1
    assert sum("sak 9" in text for text in texts) == 1
    assert len(await to(world, bo, "2026-12-06T20:00")) == 0


async def test_stale_calm_things_for_one_person_are_folded_into_one_message(world: World) -> None:
    await world.begin("2026-11-27T12:00")
    bo = await world.writes("Bo Fiktivsson")
    await world.read(lambda c: _meeting(c, datetime(2026, 12, 8, 9)))
    world.clock.at = at("2026-12-07T03:00")

    night = await world.tick()
    assert [each for each in night if each.person == bo] == []
    got = await to(world, bo, "2026-12-07T12:00")
    assert len(got) == 1
    assert got[0][0] == "12-07 07"
    assert "tisdag 8 december" in got[0][1]
    assert "torsdag 10 december" in got[0][1]


# --- 400 days ------------------------------------------------------------------------------------


def expected_own() -> Iterator[datetime]:
    """Every day at eight, Swedish wall time, whatever the clocks do."""
    day = date(2026, 10, 21)
    while day < date(2027, 11, 24):
        yield datetime.combine(day, time(8))
        day += DAY


async def test_four_hundred_days_hour_by_hour_say_exactly_what_was_planned(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "MOST", 1000)
    await world.begin("2026-10-20T12:00")
    bo = await world.writes("Bo Fiktivsson")
    who = await world.someone("Bo Fiktivsson")
    planned = list(expected_own())
    for moment in planned:
        await world.read(
            lambda c, m=moment: reminders.remind(c, who, f"sak {m:%y%m%d}", m, world.clock.at)
        )

    left = [
        (wall, each.reply.plain)
        for wall, each in await world.until("2027-11-24T12:00")
        if each.person == bo
    ]

    own = [(wall, text) for wall, text in left if "Du bad mig" in text]
    assert [(wall, f"sak {wall:%y%m%d}" in text) for wall, text in own] == [
        (m, True) for m in planned
    ]
    # to the meeting on 12 November 2026 Bo has said no
    own_days = {date(2026, 12, 10), date(2027, 1, 28), date(2027, 3, 11), date(2027, 4, 22),
                date(2027, 6, 3), date(2027, 9, 2), date(2027, 10, 14), date(2027, 11, 25)}  # fmt: skip
    mornings_said = {wall for wall, text in left if "Du bad mig" not in text}
    week = await world.read(
        lambda c: c.execute(
            select(region.c.sportlov_week).where(region.c.key == "skaraborg")
        ).scalar()
    )
    assert mornings_said == set(_expected_mornings(own_days, week))


def _expected_mornings(days: set[date], sportlov: int) -> Iterator[datetime]:
    """Worked out day by day, apart from the product's rules."""
    import holidays as library

    free = library.country_holidays("SE", years=(2026, 2027), categories=("public", "de_facto"))

    def works(day: date) -> bool:
        return day.weekday() < 5 and day not in free

    def back(day: date) -> date:
        while not works(day) or day.isocalendar().week == sportlov:
            day -= DAY
        return day

    said = {back(day - before * DAY) for day in days for before in (7, 1)}
    for day in days:
        monday = day - day.weekday() * DAY
        first = next(each for n in range(7) if works(each := monday + n * DAY))
        if first < day:
            said.add(first)
    return (
        datetime.combine(day, time(8))
        for day in said
        if date(2026, 10, 20) < day <= date(2027, 11, 24)
    )


# --- one's own -----------------------------------------------------------------------------------


async def test_nobody_moves_or_removes_anothers_reminder(world: World) -> None:
    await world.begin("2026-11-23T09:00")
    now = world.clock.at
    tomorrow = datetime(2026, 11, 24, 8)
    bo, asta = await world.someone("Bo Fiktivsson"), await world.someone("Asta Fiktberg")
    number = await world.read(lambda c: reminders.remind(c, bo, "hemligt", tomorrow, now))

    for work in (
        lambda c: reminders.move(c, asta, number, tomorrow, now),
        lambda c: reminders.drop(c, asta, number),
    ):
        with pytest.raises(Refused, match="reminder-gone"):
            await world.read(work)
    assert await world.read(lambda c: reminders.mine(c, asta)) == []
    assert [each.about for each in await world.read(lambda c: reminders.mine(c, bo))] == ["hemligt"]


async def test_fifty_reminders_may_wait_and_the_next_is_refused(world: World) -> None:
    await world.begin("2026-11-23T09:00")
    bo = await world.someone("Bo Fiktivsson")

    def many(c: Connection) -> None:
        for number in range(51):
            reminders.remind(c, bo, str(number), datetime(2026, 12, 1, 8), world.clock.at)

    with pytest.raises(Refused, match="too-many"):
        await world.read(many)


async def test_what_has_been_said_is_kept_no_longer(world: World) -> None:
    await world.begin("2026-11-23T09:00")
    await world.writes("Bo Fiktivsson")
    bo = await world.someone("Bo Fiktivsson")
    await world.read(
        lambda c: reminders.remind(c, bo, "hemligt 7Q", datetime(2026, 11, 24, 8), world.clock.at)
    )
    await world.until("2026-11-24T12:00")

    kept = await world.read(
        lambda c: (
            str(c.exec_driver_sql("select about from reminder").all())
            + str(c.exec_driver_sql("select reply from outbox").all())
            + str(c.exec_driver_sql("select facts from timer").all())
            + str(c.exec_driver_sql("select detail from audit").all())
        )
    )
    assert "7Q" not in kept


def _person(c: Connection, name: str) -> Person:
    found = people.person_by_id(c, people.named(c, name)[0], date(2026, 11, 23))
    assert found is not None
    return found


def _network(c: Connection) -> int:
    where = select(body.c.id).where(body.c.name == "Nätverket Vuxenutbildning Skaraborg")
    return c.execute(where).scalar_one()


def _network_meeting(c: Connection, day: date) -> int:
    start = datetime.combine(day, time())
    return meetings.meetings_between(c, [_network(c)], start, start + DAY)[0].id


def _meeting(c: Connection, start: datetime) -> int:
    plan = Plan(bodies=(_network(c),), days=((start, start + 2 * HOUR),), format="digital")
    return meetings.create_meeting(
        c, _person(c, "Asta Fiktberg"), plan, start.replace(tzinfo=UTC) - 60 * DAY
    )
