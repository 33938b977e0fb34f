"""One look-up and one auth.test for each workspace, not for each turn."""

import asyncio

import pytest

from adapters.couriers import NotSent, Refused
from adapters.slack.installations import Installation, Installations
from bot.reply import Text
from bot.turn import ConversationReference
from tests.adapters.slack.conftest import SetClock, event
from tests.adapters.slack.stub import refused

DIRECT = ConversationReference("slack", "T1", "D1")


class Book:
    """The look-up and the question who the bot is, both counted."""

    def __init__(self):
        self.tokens = {"T1": "one", "T2": "two"}
        self.looked, self.asked, self.fails = [], [], False

    async def look(self, tenant):
        self.looked.append(tenant)
        await asyncio.sleep(0)
        token = self.tokens.get(tenant)
        return Installation(token) if token else None

    async def who(self, token):
        self.asked.append(token)
        if self.fails:
            raise NotSent("closed")
        return f"U-{token}"


@pytest.fixture
async def kept():
    book, clock = Book(), SetClock()
    made = Installations(book.look, book.who, clock)
    yield made, book, clock
    await made.close()


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_workspace_is_looked_up_once_in_ten_minutes(kept):
    made, book, clock = kept
    for _ in range(9):
        await made.of("T1")
        await settle()
    clock.pass_by(minutes=9)
    assert (await made.of("T1")).bot == "U-one"
    assert (book.looked, book.asked) == (["T1"], ["one"])
    clock.pass_by(minutes=2)
    await made.of("T1")
    assert (book.looked, book.asked) == (["T1", "T1"], ["one"])


async def test_each_workspace_has_its_own_token(kept):
    made, *_ = kept
    assert [(await made.of(each)).token for each in ("T1", "T2")] == ["one", "two"]


async def test_a_workspace_that_is_unknown_stays_so_for_a_while(kept):
    made, book, clock = kept
    assert [await made.of("T9") for _ in range(3)] == [None] * 3
    assert book.looked == ["T9"]
    book.tokens["T9"] = "nine"
    clock.pass_by(minutes=11)
    assert (await made.of("T9")).token == "nine"


async def test_a_new_token_is_asked_who_it_is(kept):
    made, book, _ = kept
    await made.of("T1")
    await settle()
    book.tokens["T1"] = "new"
    made.drop("T1")
    await made.of("T1")
    await settle()
    assert (await made.of("T1")).bot == "U-new"


async def test_a_failure_to_learn_who_the_bot_is_does_not_stop_a_turn(kept):
    made, book, _ = kept
    book.fails = True
    assert (await made.of("T1")).token == "one"
    await settle()
    book.fails = False
    await made.of("T1")
    await settle()
    assert (await made.of("T1")).bot == "U-one"


async def test_a_token_does_not_show(kept):
    made, *_ = kept
    assert "one" not in repr(await made.of("T1"))


@pytest.mark.parametrize(
    "gone", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["UB"]}}]
)
async def test_the_token_is_forgotten_when_the_app_is_removed(world, gone):
    await world.courier.installations.of("T1")
    assert "T1" in world.courier.installations._kept
    assert (await world.post(event(**gone)))[0] == 200
    assert "T1" not in world.courier.installations._kept


async def test_the_token_is_forgotten_when_slack_says_that_it_is_revoked(world):
    world.slack.answers["chat.postMessage"] = [refused("token_revoked")]
    with pytest.raises(Refused):
        await world.courier.send(DIRECT, Text("hej"), "sv")
    assert "T1" not in world.courier.installations._kept


async def test_a_hundred_turns_cost_one_auth_test(world):
    for number in range(100):
        said = event(
            f"Ev{number}", type="message", channel_type="im", channel="D1", user="U1", text="hej"
        )
        assert (await world.post(said))[0] == 200
    assert world.slack.methods().count("auth.test") == 1
    assert world.slack.methods().count("users.info") == 1


async def test_a_look_up_that_fails_means_not_sent(world):
    async def fails(tenant):
        raise OSError("the database is away")

    world.courier.installations._lookup = fails
    with pytest.raises(NotSent):
        await world.courier.send(DIRECT, Text("hej"), "sv")
