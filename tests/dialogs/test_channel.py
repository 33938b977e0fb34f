"""A channel that is a body's own: who may say so, and what is asked there."""

from __future__ import annotations

import pytest

from tests.conftest import Talker

TIED = "Nu hör den här kanalen till Nätverket Vuxenutbildning Skaraborg."


async def test_what_is_asked_in_a_tied_channel_is_about_its_body(talker: Talker) -> None:
    chair = talker("Asta Fiktberg", "slack", "channel")
    told = await chair.say("den här kanalen är vuxnätverket")
    assert told[0].plain.startswith(TIED)

    before = await talker("Asta Fiktberg", "slack").say("när är nästa möte")
    there = await chair.say("när är nästa möte")
    assert "Vilket nätverk eller vilken grupp menar du?" in before[0].plain
    assert "Nätverket Vuxenutbildning Skaraborg" in there[0].plain
    assert "menar du" not in there[0].plain


async def test_it_is_undone_as_easily(talker: Talker) -> None:
    chair = talker("Asta Fiktberg", "slack", "channel")
    await chair.say("den här kanalen är vuxnätverket")

    assert (await chair.say("ångra"))[
        0
    ].plain == "Den här kanalen hör inte längre till någon grupp."
    assert "menar du" in (await chair.say("när är nästa möte"))[0].plain


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("Bo Fiktivsson", "den här kanalen är vuxnätverket", "Asta Fiktberg"),
        ("Asta Fiktberg", "den här kanalen är Arbetsgrupp Språkstöd", "Eva Exempelqvist"),
        ("Asta Fiktberg", "den här kanalen är Styrgruppen", "Jag hittar ingen grupp"),
        ("Nora Provén", "den här kanalen är vuxnätverket", "Jag hittar ingen grupp"),
    ],
)  # fmt: skip
async def test_others_may_not(talker: Talker, name: str, words: str, said: str) -> None:
    replies = await talker(name, "slack", "channel").say(words)

    assert said in replies[0].plain
