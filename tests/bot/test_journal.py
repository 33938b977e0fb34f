"""An open conversation outlives a restart and a new version of its dialog."""

from __future__ import annotations

import pytest

from adapters.core import SetClock, names
from bot.dialog import Dialog, Talk, dialog
from bot.engine import Engine
from bot.form import Choice, Field
from bot.seal import Seal
from bot.testing import Chat
from bot.texts import Texts, shared
from bot.turn import Identity
from storage import demo
from storage.store import SqlStore
from tests.conftest import KEY

TEXTS = dict.fromkeys(
    ("sv", "en"),
    """\n        lunch-dish =\n            .question = Dish?\n        lunch-drink =\n            .question = Drink?\n        lunch-day =\n            .question = Day?\n        lunch-done = { $dish }, { $drink }, { $day }\n    """,
)
DISHES = (Choice("soup", "Soup"), Choice("pie", "Pie"))


@dialog("lunch", intents=("next_meeting",))
async def first_version(talk: Talk) -> None:
    dish = await talk.ask("dish", Field("choice"), choices=DISHES)
    day = await talk.ask("day", Field("date"))
    await talk.say("lunch-done", dish=dish, drink="-", day=str(day.start))


@dialog("lunch", intents=("next_meeting",))
async def second_version(talk: Talk) -> None:
    """Asks a new question first, and the old ones in another order."""
    drink = await talk.ask("drink", Field("text"))
    day = await talk.ask("day", Field("date"))
    dish = await talk.ask("dish", Field("choice"), choices=DISHES)
    await talk.say("lunch-done", dish=dish, drink=drink, day=str(day.start))


@pytest.fixture
async def bo(store: SqlStore) -> Identity:
    return (await store.database.read(demo.identities))["Bo Fiktivsson", "web"]


def chat(store: SqlStore, clock: SetClock, who: Identity, *dialogs: Dialog) -> Chat:
    """A process of its own, as after a restart: nothing is shared but the database."""
    engine = Engine(
        store=SqlStore(store.database, clock), dialogs=dialogs,
        texts=Texts.of(shared(), TEXTS), seal=Seal((KEY,)), names=names,
    )  # fmt: skip
    return Chat(engine, clock, who)


async def said(talk: Chat, text: str) -> str:
    return "\n".join(reply.plain for reply in await talk.say(text))


async def test_a_restart_between_two_answers_loses_nothing(
    store: SqlStore, clock: SetClock, bo: Identity
) -> None:
    before = chat(store, clock, bo, first_version)
    await said(before, "när är nästa nätverksträff?")
    await said(before, "soup")

    after = chat(store, clock, bo, first_version)

    assert "soup, -, 2026-11-27" in await said(after, "på fredag")


async def test_answers_given_to_an_older_version_count_in_the_newer_one(
    store: SqlStore, clock: SetClock, bo: Identity
) -> None:
    before = chat(store, clock, bo, first_version)
    await said(before, "när är nästa nätverksträff?")
    await said(before, "soup")

    after = chat(store, clock, bo, second_version)

    assert "Drink?" in await said(after, "på fredag")
    assert "Day?" in await said(after, "water")
    assert "soup, water, 2026-11-27" in await said(after, "på fredag")


async def test_a_dialog_that_is_gone_says_so(
    store: SqlStore, clock: SetClock, bo: Identity
) -> None:
    await said(chat(store, clock, bo, first_version), "när är nästa nätverksträff?")

    got = await said(chat(store, clock, bo), "soup")

    assert got.strip()


async def test_what_was_meant_is_kept_when_the_day_has_passed(
    store: SqlStore, clock: SetClock, bo: Identity
) -> None:
    talk = chat(store, clock, bo, second_version)
    await said(talk, "när är nästa nätverksträff?")
    await said(talk, "water")
    await said(talk, "i morgon")
    clock.at = clock.at.replace(day=24, hour=8)

    assert "soup, water, 2026-11-24" in await said(talk, "soup")
