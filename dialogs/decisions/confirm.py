"""The secretary goes through what the approved minutes seem to say was decided and is to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialog import Talk, dialog
from bot.form import Field
from bot.reply import Text
from storage import decisions
from storage.decisions import ActionPoint, Decision

TEXTS = {
    "sv": """
        confirm-decisions-nothing = Det finns inga beslut eller åtgärdspunkter att gå igenom för det mötet.
        confirm-decisions-list = Det här hittade jag i protokollet:
        confirm-decisions-sure =
            .question = Stämmer det?
            .all = Allt stämmer
            .some = Något är fel
            .none = Inget stämmer
        confirm-decisions-which =
            .question = Vilka ska bort? Skriv numren, till exempel ”2 och 4”.
        confirm-decisions-who = { $text } ({ $who })
        confirm-decisions-done = Sparat: { $decisions ->
            [0] inget beslut
            [one] ett beslut
           *[other] { $decisions } beslut
        } och { $tasks ->
            [0] ingen åtgärdspunkt
            [one] en åtgärdspunkt
           *[other] { $tasks } åtgärdspunkter
        }. Nu går de att söka, och jag påminner den som är ansvarig.
        confirm-decisions-unread = Skriv ett eller flera av numren 1–{ $most }.
    """,
    "en": """
        confirm-decisions-nothing = There are no decisions or action points to go through for that meeting.
        confirm-decisions-list = This is what I found in the minutes:
        confirm-decisions-sure =
            .question = Is that right?
            .all = All of it is right
            .some = Something is wrong
            .none = None of it is right
        confirm-decisions-which =
            .question = Which should go? Write their numbers, for example “2 and 4”.
        confirm-decisions-who = { $text } ({ $who })
        confirm-decisions-done = Kept: { $decisions ->
            [0] no decision
            [one] one decision
           *[other] { $decisions } decisions
        } and { $tasks ->
            [0] no action point
            [one] one action point
           *[other] { $tasks } action points
        }. Now they can be searched, and I will remind whoever is responsible.
        confirm-decisions-unread = Write one or more of the numbers 1–{ $most }.
    """,
}
_SURE = Field("choice", options=("all", "some", "none"))
_NUMBER = re.compile(r"\d{1,3}")


@dialog("confirm-decisions", changes=True, personal=True)
async def confirm_decisions(talk: Talk) -> None:
    meeting = int(talk.heard.value["meeting"])
    decided, tasks = await talk.look(decisions.proposed, talk.person, meeting)
    if not decided and not tasks:
        return await talk.say("confirm-decisions-nothing")
    found = [*(f"d{each.id}" for each in decided), *(f"a{each.id}" for each in tasks)]
    keys = await talk.note("keys", found)
    await talk.say(Text(_list(talk, decided, tasks)))
    without = await _without(talk, keys)
    kept = await talk.do(
        "confirm", decisions.confirm_all, talk.person, meeting, without, talk.turn.at,
        subject=f"meeting:{meeting}", detail={"without": ",".join(without)},
    )  # fmt: skip
    gone = sum(1 for each in without if each.startswith("d"))
    return await talk.say(
        "confirm-decisions-done", decisions=len(decided) - gone, tasks=kept
    )  # fmt: skip


async def _without(talk: Talk, keys: Sequence[str]) -> list[str]:
    """What is to be left out, asked until it can be read."""
    answer = await talk.ask("sure", _SURE)
    if answer != "some":
        return [] if answer == "all" else list(keys)
    while True:
        said = await talk.ask("which", Field("text", limit=200))
        numbers = {int(each) for each in _NUMBER.findall(str(said))}
        chosen = [key for number, key in enumerate(keys, 1) if number in numbers]
        if chosen:
            return chosen
        await talk.say("confirm-decisions-unread", most=len(keys))


def _list(talk: Talk, decided: Sequence[Decision], tasks: Sequence[ActionPoint]) -> str:
    lines = [talk.text("confirm-decisions-list")]
    said = [f"{each.paragraph} {each.text}".strip() for each in decided]
    said += [
        talk.text("confirm-decisions-who", text=each.text, who=each.who) if each.who else each.text
        for each in tasks
    ]
    return "\n".join([*lines, *(f"{n}. {words}" for n, words in enumerate(said, 1))])
