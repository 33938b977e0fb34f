"""Help knows one's role, and speaks of nothing that the bot cannot do."""

from __future__ import annotations

import pytest

from bot.texts import Texts, shared
from bot.turn import Identity
from bot.understand.model import weights
from dialogs import every, texts
from tests.conftest import Talker

CHAIRS = ("Boka ett nytt möte", "Ställ in mötet", "Flytta mötet")


async def bullets(talker: Talker, name: str, words: str) -> list[str]:
    (card,) = await talker(name).say(words)
    return [line[2:] for line in card.plain.splitlines() if line.startswith("• ")]


@pytest.mark.parametrize("words", ["vad kan du göra?", "what can you do"])
@pytest.mark.parametrize("name", ["Bo Fiktivsson", "Asta Fiktberg", "Nora Provén", "Olle Provdal"])
async def test_every_line_is_an_example_of_a_dialog_that_exists(
    talker: Talker, name: str, words: str
) -> None:
    known = {
        example.casefold()
        for each in every()
        for said in each.examples.values()
        for example in said
    }
    found = await bullets(talker, name, words)
    assert found
    assert [line for line in found if line.casefold() not in known] == []


@pytest.mark.parametrize(
    ("name", "may"), [("Asta Fiktberg", True), ("Lena Modellson", True), ("Bo Fiktivsson", False),
                      ("Eva Exempelqvist", False)],
)  # fmt: skip
async def test_what_needs_a_right_is_shown_to_those_who_have_it(
    talker: Talker, name: str, may: bool
) -> None:
    found = await bullets(talker, name, "vad kan du göra?")
    assert [any(line.startswith(each) for line in found) for each in CHAIRS] == [may] * 3


async def test_a_role_is_named_as_people_call_it(talker: Talker) -> None:
    (card,) = await talker("Asta Fiktberg").say("vad kan du göra?")
    assert "som ordförande" in card.plain


def test_every_intent_can_be_named_in_both_languages() -> None:
    known = Texts.of(shared(), *texts())
    missing = [each for each in weights().intents if not known.has(f"intent-{each}")]
    assert missing in ([], ["out_of_scope"])


@pytest.mark.parametrize(
    ("words", "answer"),
    [("hej", "Hej! Jag är Nätverksboten"), ("hello there, what can you do?", "Hello! I am"),
     ("vilka är med i nätverket?", "känner inte igen ditt konto"), ("logga in", "känner inte igen")],
)  # fmt: skip
async def test_a_stranger_is_greeted_and_told_nothing_else(
    talker: Talker, words: str, answer: str
) -> None:
    chat = talker("Bo Fiktivsson")
    chat.who = Identity("slack", "T-UNKNOWN", "U-UNKNOWN")
    (reply,) = await chat.say(words)
    assert answer in reply.plain
    assert reply.buttons == ()
    assert "Fikt" not in reply.plain
