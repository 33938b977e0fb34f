"""A person's language and zone never delay an answer."""

import asyncio

import pytest

from adapters.couriers import NotSent
from adapters.slack.profiles import Profile, Profiles, profile
from bot.engine import Outcome
from bot.reply import Card
from bot.turn import Identity, Said
from tests.adapters.slack.conftest import SetClock, command, event, press
from tests.adapters.slack.stub import refused, status

WHO = Identity("slack", "T1", "U1")
SAID = {"type": "message", "channel_type": "im", "channel": "D1", "user": "U1", "text": "hej"}


class Phone:
    """Answers when `may` is set."""

    def __init__(self):
        self.may, self.asked, self.fails = asyncio.Event(), [], False

    async def ask(self, tenant, user):
        self.asked.append((tenant, user))
        await self.may.wait()
        if self.fails:
            raise NotSent("closed")
        return Profile("en-GB", "Europe/London")


@pytest.fixture
async def kept():
    phone, clock = Phone(), SetClock()
    made = Profiles(phone.ask, clock)
    yield made, phone, clock
    await made.close()


async def settle():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_first_turn_does_not_wait_and_the_next_one_knows(kept):
    made, phone, _ = kept
    assert made.known(WHO) == made.known(WHO) == WHO
    phone.may.set()
    await settle()
    found = made.known(WHO)
    assert (found.locale, found.zone, phone.asked) == ("en-GB", "Europe/London", [("T1", "U1")])


async def test_it_is_asked_anew_after_a_day_and_used_meanwhile(kept):
    made, phone, clock = kept
    phone.may.set()
    made.known(WHO)
    await settle()
    clock.pass_by(hours=25)
    assert made.known(WHO).locale == "en-GB"
    await settle()
    assert len(phone.asked) == 2


async def test_after_a_failure_it_is_left_alone_for_ten_minutes(kept):
    made, phone, clock = kept
    phone.fails = True
    phone.may.set()
    for _ in range(5):
        assert made.known(WHO) == WHO
        await settle()
    assert len(phone.asked) == 1
    clock.pass_by(minutes=11)
    phone.fails = False
    made.known(WHO)
    await settle()
    assert made.known(WHO).locale == "en-GB"


async def test_who_can_wait_waits_a_little(kept):
    made, phone, _ = kept
    assert await made.asked(WHO, 0.01) == WHO
    phone.may.set()
    assert (await made.asked(WHO, 5)).locale == "en-GB"


async def test_strangers_are_not_asked_about(kept):
    made, phone, _ = kept
    made.known(Identity("slack", "T1", "U2", external=True))
    await settle()
    assert phone.asked == []


async def test_only_so_many_are_kept(kept, monkeypatch):
    made, phone, _ = kept
    monkeypatch.setattr("adapters.slack.profiles.PEOPLE", 3)
    phone.may.set()
    for number in range(5):
        made.known(Identity("slack", "T1", f"U{number}"))
        await settle()
    assert len(made._kept) == 3


@pytest.mark.parametrize(("user", "found"), [
    ({"locale": "sv-SE", "tz": "Europe/Stockholm"}, Profile("sv-SE", "Europe/Stockholm")),
    ({"locale": "", "tz": "Mars/Olympus"}, Profile()), ({"locale": 3, "tz": "../../etc/passwd"}, Profile()),
    ({}, Profile()), (None, Profile()), ([], Profile()), ({"tz": "\x00"}, Profile()), ({"tz": ""}, Profile()),
])  # fmt: skip
def test_what_cannot_be_used_is_left_out(user, found):
    assert profile(user) == found


@pytest.mark.parametrize(
    "answer", [refused("user_not_found"), status(500), status(429), refused("missing_scope")]
)
async def test_whatever_slack_says_of_the_person_the_turn_is_taken(world, answer):
    world.slack.answers["users.info"] = [answer]
    assert (await world.post(event(**SAID)))[0] == 200
    assert len(world.desk.worked) == 1


async def test_the_start_page_speaks_its_readers_language(world):
    world.slack.users["U1"] = {"locale": "en-GB", "tz": "Europe/London"}
    world.desk.page = Outcome((Card("Hello", "word " * 5000),), "en")
    await world.post(event(type="app_home_opened", tab="home", user="U1", channel="D1"))
    await world.settled()
    assert world.desk.asked_home[0].locale == "en-GB"
    (page,) = world.slack.said("views.publish")
    assert page["view"]["blocks"][-1]["text"]["text"] == "… (shortened)"


async def test_the_start_page_is_drawn_anew_when_an_answer_has_changed(world):
    opened = event("Ev1", type="app_home_opened", tab="home", user="U1", channel="D1")
    await world.post(opened)
    await world.post(press("tok"), form=True)
    world.desk.outcome = Outcome(stored=True)
    await world.post(press("tok", trigger_id="t2"), form=True)
    await world.post(press("tok", trigger_id="t3", user={"id": "U2"}), form=True)
    await world.settled()
    assert [page["user_id"] for page in world.slack.said("views.publish")] == ["U1", "U1"]


@pytest.mark.parametrize(
    ("locale", "words"), [("sv-SE", "hjälp"), ("en-GB", "help"), ("de-DE", "hjälp")]
)
async def test_a_command_without_words_asks_for_help_in_the_persons_language(world, locale, words):
    world.slack.users["U1"] = {"locale": locale}
    await world.post(event(type="app_home_opened", tab="home", user="U1", channel="D1"))
    await asyncio.wait_for(world.desk.drawn.wait(), 5)  # by then the language is known
    await world.post(command(text=" "), form=True)
    assert world.desk.worked[-1].what == Said(words)
