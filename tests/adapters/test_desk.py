"""What the desk promises to the adapters: nothing that was to be said is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.core import SetClock, make_engine
from adapters.couriers import NotSent, Refused, Throttled, Unknown
from adapters.desk import Desk
from bot.engine import Outcome
from bot.ports import Receipt
from bot.reply import Text
from bot.turn import ConversationReference, Identity, Said, Turn
from storage.store import SqlStore
from tests.conftest import KEY, START

WHO = Identity("slack", "T1", "U1")
TURN = Turn("t1", Said("hej"), WHO, ConversationReference("slack", "T1", "D1"), START)


class FakeCourier:
    """Raises what it is given, one by one, and then takes everything."""

    def __init__(self) -> None:
        self.raises: list[Exception] = []
        self.sent: list[str] = []

    async def send(self, where, reply, lang):
        if self.raises:
            raise self.raises.pop(0)
        self.sent.append(reply.text)
        return Receipt("1")

    async def typing(self, where):
        pass


@pytest.fixture
def courier() -> FakeCourier:
    return FakeCourier()


@pytest.fixture
def desk(store: SqlStore, clock: SetClock, courier: FakeCourier) -> Desk:
    engine = make_engine(store, (KEY,))
    return Desk(engine=engine, store=store, clock=clock, couriers={"slack": courier})


@pytest.mark.parametrize("error", [Throttled(7), NotSent("closed")])
async def test_what_certainly_did_not_arrive_comes_later_in_order(desk, courier, clock, error):
    courier.raises = [error]

    await desk.deliver(TURN, Outcome((Text("a"), Text("b"))))
    assert courier.sent == []
    clock.at += timedelta(minutes=1)
    await desk.idle()

    assert courier.sent == ["a", "b"]


@pytest.mark.parametrize("error", [Unknown("504"), Refused("too_big"), Refused("malformed")])
async def test_what_may_have_arrived_or_cannot_is_not_repeated_and_the_rest_is_said(
    desk, courier, clock, error
):
    courier.raises = [error]

    await desk.deliver(TURN, Outcome((Text("a"), Text("b"))))
    clock.at += timedelta(hours=1)
    await desk.idle()

    assert courier.sent == ["b"]


async def test_a_closed_address_is_left_alone(desk, courier, clock):
    courier.raises = [Refused("gone")]

    await desk.deliver(TURN, Outcome((Text("a"), Text("b"))))
    clock.at += timedelta(hours=1)
    await desk.idle()

    assert courier.sent == []


async def test_a_form_is_taken_once_and_its_reply_survives_a_throttled_platform(
    desk, courier, clock
):
    courier.raises = [Throttled(5)]
    form = replace(TURN, id="f1")

    first, second = await desk.submit(form), await desk.submit(form)
    await desk.idle()
    clock.at += timedelta(minutes=1)
    await desk.idle()

    assert (first.repeated, second.repeated) == (False, True)
    assert courier.sent == [each.text for each in first.replies]
