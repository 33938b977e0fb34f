"""The school holiday in February is the region's own week, in a question and in an answer."""

from __future__ import annotations

import pytest

from bot.understand import Names
from tests.conftest import Talker


@pytest.mark.parametrize(
    ("name", "week"), [("Bo Fiktivsson", 7), ("Nora Provén", 9), ("Greta Demoson", 10)]
)
async def test_the_week_is_that_of_the_persons_region(talker: Talker, name: str, week: int) -> None:
    chat = talker(name)
    replies = await chat.say("har vi möte på sportlovet?")
    assert f"vecka {week} 2027" in replies[-1].plain


def test_the_autumn_holiday_is_week_44_also_where_a_region_has_its_own_weeks() -> None:
    assert Names(lov=(("sportlov", (9,)),)).weeks == {"höstlov": (44,), "sportlov": (9,)}


async def test_an_answer_to_a_question_knows_it_too(talker: Talker) -> None:
    chat = talker("Asta Fiktberg")
    await chat.say("flytta vuxnätverkets möte")
    replies = await chat.say("sportlovet")
    assert "”sportlovet” är flera" in "\n".join(each.plain for each in replies)
