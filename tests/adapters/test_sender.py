"""What follows from each answer of a platform."""

from __future__ import annotations

import asyncio
import math
from datetime import UTC, datetime, timedelta

import pytest

from adapters import sender as sending
from adapters.core import SetClock, make_engine
from adapters.couriers import NotSent, Refused, Throttled, Unknown
from adapters.sender import Sender
from bot.turn import ConversationReference
from storage import outbox
from storage.store import SqlStore
from tests.adapters.couriers import Closed, Platform, Searchable, lost
from tests.storage.letters import post, states

KEY = b"a key that is only used in tests, 32+"
SECOND = timedelta(seconds=1)


def channel(name: str = "C1", platform: str = "slack") -> ConversationReference:
    return ConversationReference(platform, "T1", name, "channel")


class Office:
    """A sender with its platforms, and a clock that jumps from one due moment to the next."""

    def __init__(self, store: SqlStore, clock: SetClock, **platforms: Platform) -> None:
        self.store, self.clock = store, clock
        self.clock.at = datetime(2026, 11, 23, 8, tzinfo=UTC)
        self.began = self.clock.at
        self.sender = Sender(make_engine(store, (KEY,)), clock, platforms)
        self.moments: list[float] = []

    async def work(self, until: float = math.inf) -> None:
        """Until nothing is left to do, or that many seconds have passed."""
        while True:
            self.moments.append((self.clock.at - self.began).total_seconds())
            await self.sender.send_due()
            due = await self.store.database.read(outbox.next_due)
            if due is None or due.year == 9999 or (due - self.began).total_seconds() > until:
                return
            self.clock.at = max(due, self.clock.at)

    @property
    def state(self):
        return states(self.store)


@pytest.fixture
def office(store: SqlStore, clock: SetClock):
    return lambda **platforms: Office(store, clock, **platforms)


async def test_a_letter_arrives_once(office, store) -> None:
    slack = Platform()
    await post(store, "hej", channel())
    await (found := office(slack=slack)).work()

    assert [words for _, words, _ in slack.taken] == ["hej"]
    assert await found.state == [("sent", None)]


@pytest.mark.parametrize(
    ("told", "waits"),
    [(30.0, 30), (None, 30), (0.0, 1), (-5.0, 1), (10.0**300, 900), (math.inf, 900)],
)
async def test_a_throttled_letter_waits_as_told_within_reason(
    office, store, told: float | None, waits: int
) -> None:
    slack = Platform([Throttled(told)])
    await post(store, "hej", channel())
    await (found := office(slack=slack)).work()

    assert found.moments[1] == waits
    assert len(slack.taken) == 1


async def test_a_letter_that_certainly_did_not_arrive_is_tried_with_growing_patience(
    office, store
) -> None:
    slack = Platform([NotSent("503")] * 30)
    await post(store, "hej", channel())
    await (found := office(slack=slack)).work()

    waits = [b - a for a, b in zip(found.moments, found.moments[1:], strict=False)]
    assert slack.tries == 12
    assert await found.state == [("dead", "503")]
    assert all(0.75 * 2 * 2**n <= wait <= 1.25 * 2 * 2**n for n, wait in enumerate(waits))
    assert all(wait <= 1.25 * 3600 for wait in waits)


async def test_mail_is_tried_for_five_days(office, store) -> None:
    mail = Platform([NotSent("450")] * 1000)
    await post(store, "hej", ConversationReference("mail", "smtp", "a@x.example"))
    await (found := office(mail=mail)).work()

    waits = [b - a for a, b in zip(found.moments, found.moments[1:], strict=False)]
    assert [round(wait / 300) for wait in waits[:1]] == [1]
    assert 4.5 <= found.moments[-1] / 86400 <= 6.5
    assert await found.state == [("dead", "450")]


async def test_what_is_unsure_is_looked_up_and_not_said_again(office, store) -> None:
    slack = Searchable([lost(Unknown("timeout"))])
    await post(store, "hej", channel())
    await (found := office(slack=slack)).work()

    assert (len(slack.taken), slack.asked) == (1, 1)
    assert found.moments[1] >= 3
    assert await found.state == [("sent", None)]


async def test_what_is_found_not_to_have_arrived_is_said_as_often_as_needed(office, store) -> None:
    slack = Searchable([Unknown("timeout")] * 4)
    await post(store, "hej", channel())
    await (found := office(slack=slack)).work()

    assert (len(slack.taken), slack.asked) == (1, 4)
    assert await found.state == [("sent", None)]


@pytest.mark.parametrize("kind", [Platform, Closed])
async def test_where_nobody_can_be_asked_it_is_said_at_most_once_more(
    office, store, kind: type[Platform]
) -> None:
    teams = kind([lost(Unknown("504")), lost(Unknown("504")), lost(Unknown("504"))])
    await post(store, "hej", channel(platform="teams"))
    await (found := office(teams=teams)).work()

    assert len(teams.taken) == 2
    assert len({ticket for _, _, ticket in teams.taken}) == 1
    assert found.moments[1] >= (3 if kind is Closed else 30)
    assert await found.state == [("unsure", "nobody knows whether it arrived")]


@pytest.mark.parametrize("again", [Throttled(5.0), NotSent("503")])
async def test_patience_does_not_make_a_doubt_forgotten(office, store, again) -> None:
    teams = Platform([lost(Unknown("504")), again, lost(Unknown("504")), lost(Unknown("504"))])
    await post(store, "hej", channel(platform="teams"))
    await (found := office(teams=teams)).work()

    assert len(teams.taken) == 2
    assert await found.state == [("unsure", "nobody knows whether it arrived")]


async def test_a_doubtful_letter_whose_lease_is_nearly_over_is_still_looked_up(
    office, store, clock
) -> None:
    slack = Searchable([lost(Unknown("timeout"))])
    await post(store, "hej", channel())
    found = office(slack=slack)
    await found.work(until=1)
    clock.at += timedelta(seconds=10)
    letters = await found.sender._engine.exchange((), 20)
    assert letters[0].doubtful
    clock.at += timedelta(seconds=100)
    await found.sender._engine.exchange([await found.sender._send(letters[0])], 0)
    await found.work()

    assert (len(slack.taken), slack.asked) == (1, 1)
    assert await found.state == [("sent", None)]


async def test_an_answer_after_a_doubt_ends_it(office, store) -> None:
    teams = Platform([lost(Unknown("504"))])
    await post(store, "hej", channel(platform="teams"))
    await (found := office(teams=teams)).work()

    assert len(teams.taken) == 2
    assert await found.state == [("sent", None)]


async def test_a_dead_address_is_not_written_to_again(office, store) -> None:
    slack = Platform([Refused("gone")])
    await post(store, "hej", channel())
    await (found := office(slack=slack)).work()

    assert (slack.tries, await found.state) == (1, [("dead", "gone")])


async def test_withdrawn_access_pauses_that_tenant_only(office, store) -> None:
    slack = Platform([Refused("revoked")])
    other = ConversationReference("slack", "T2", "C2", "channel")
    await post(store, "ett", channel())
    await (found := office(slack=slack)).work(until=60)
    await post(store, "två", channel("C3"))
    await post(store, "annan", other)
    await found.work(until=60)

    assert [words for _, words, _ in slack.taken] == ["annan"]
    await found.work()
    assert sorted(words for _, words, _ in slack.taken) == ["annan", "ett", "två"]
    assert found.moments[-1] >= 3600


async def test_a_bug_in_a_courier_stops_no_other_letter(office, store) -> None:
    class Broken(Platform):
        async def send(self, where, reply, lang):
            raise ZeroDivisionError

    teams = Platform()
    await post(store, "hej", channel(platform="teams"))
    await post(store, "hej", channel("C2"))
    await (found := office(slack=Broken(), teams=teams)).work()

    assert len(teams.taken) == 1
    assert sorted(await found.state) == [
        ("sent", None), ("unsure", "nobody knows whether it arrived"),
    ]  # fmt: skip


async def test_a_sender_paused_past_its_lease_sends_nothing(office, store, clock) -> None:
    slack = Platform()
    await post(store, "hej", channel())
    found = office(slack=slack)
    letters = await found.sender._engine.exchange((), 20)
    clock.at += timedelta(minutes=5)

    result = await found.sender._send(letters[0])

    assert (slack.tries, result.state) == (0, "pending")


async def test_a_platform_that_never_answers_is_given_up_before_the_lease_ends(
    office, store, monkeypatch
) -> None:
    class Silent(Platform):
        async def send(self, where, reply, lang):
            await asyncio.Event().wait()

    monkeypatch.setattr(sending, "MARGIN", sending.LOOK + timedelta(milliseconds=20))
    await post(store, "hej", channel())
    await (found := office(slack=Silent())).work(until=1)

    assert await found.state == [("unsure", "no answer in time")]


async def test_a_slow_letter_holds_up_no_other(office, store) -> None:
    gate, rest = asyncio.Event(), asyncio.Event()

    class Slow(Platform):
        async def send(self, where, reply, lang):
            if where.conversation == "C0":
                await gate.wait()
            receipt = await super().send(where, reply, lang)
            if len(self.taken) == 39:
                rest.set()
            return receipt

    slack = Slow()
    for number in range(40):
        tenant = f"T{number % 4}"
        await post(store, "hej", ConversationReference("slack", tenant, f"C{number}", "channel"))
    task = asyncio.create_task(office(slack=slack).work())
    async with asyncio.timeout(20):
        await rest.wait()
    gate.set()
    await task

    assert len(slack.taken) == 40


async def test_what_is_under_way_is_written_back_before_the_process_ends(office, store) -> None:
    begun, gate = asyncio.Event(), asyncio.Event()

    class Slow(Platform):
        async def send(self, where, reply, lang):
            begun.set()
            await gate.wait()
            return await super().send(where, reply, lang)

    await post(store, "ett", channel())
    await post(store, "två", channel())
    found = office(slack=Slow())
    task = asyncio.create_task(found.sender.send_due())
    await begun.wait()
    found.sender.stop()
    gate.set()
    await found.sender.ended()
    await task

    assert await found.state == [("sent", None), ("pending", None)]
