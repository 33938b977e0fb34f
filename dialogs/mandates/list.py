"""All mandates in one's scope; those that are late; or goal by goal in order of priority."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialog import Talk, dialog
from bot.reply import Button, Card, Fact
from bot.rules.roles import Action, Grade, grade
from dialogs.mandates import show
from storage import mandates
from storage.mandates import Mandate

EXAMPLES = {
    "sv": ("vilka uppdrag har vi?", "vilka uppdrag är sena", "vilka uppdrag hör till mål 2"),
    "en": ("which mandates do we have", "which mandates are late?"),
}
NEAR_MISSES = ("vilka möten har vi", "lägg in ett nytt uppdrag")
TALKS = """
# Asta Fiktberg · teams
> vilka uppdrag har vi?
< Uppdrag … Gemensam struktur för yrkesutbildningar med språkstöd: Nätverket Vuxenutbildning Skaraborg; mål 2 och 3; Delrapport: maj 2027, senast måndag 31 maj, inte inlämnad; Slutrapport: oktober 2027, senast fredag 29 oktober, inte inlämnad … KomX … april 2028, senast fredag 28 april … [Sammanställ till uppdragsgivaren]
> vilka uppdrag är sena?
< Försenade uppdrag Inventering av språkstöd i vuxenutbildningen: Arbetsgrupp Språkstöd; delrapport: oktober 2026, senast fredag 30 oktober, försenad. Hos: Asta Fiktberg
> vilka uppdrag hör till mål 3?
< Mål 3: Språk och yrke lärs tillsammans … 1: Gemensam struktur … 2: Inventering …

# Nora Provén · slack
> vilka uppdrag är sena?
< Inga uppdrag är sena.
> vilka uppdrag har vi?
< Uppdrag … Kartläggning av befintligt utbud: Arbetsgrupp Utbud: Huddinge, Täby, Stockholm; mål 1; Huddinge: vår 2027, senast måndag 31 maj, inte inlämnad; Täby: …

# Olle Provdal · teams
> which mandates are late?
< No mandates are late.
> vilka uppdrag har vi?
< Det finns inga uppdrag i dina nätverk och grupper.
"""
TEXTS = {
    "sv": """
        mandates-title = Uppdrag
        mandates-none = Det finns inga uppdrag i dina nätverk och grupper.
        mandates-late = Försenade uppdrag
        mandates-late-line = { $owner }; { $kind }: { $when }. Hos: { $people }
        mandates-none-late = Inga uppdrag är sena.
        mandates-goal = Mål { $number }: { $title }
        mandates-goal-untitled = Mål { $number }
        mandates-no-goals = Inga uppdrag hör till det målet.
        mandates-compile = Sammanställ till uppdragsgivaren
    """,
    "en": """
        mandates-title = Mandates
        mandates-none = There are no mandates in your networks and groups.
        mandates-late = Late mandates
        mandates-late-line = { $owner }; { $kind }: { $when }. With: { $people }
        mandates-none-late = No mandates are late.
        mandates-goal = Goal { $number }: { $title }
        mandates-goal-untitled = Goal { $number }
        mandates-no-goals = No mandates belong to that goal.
        mandates-compile = Compile for the body that gave them
    """,
}
_LATE = re.compile(r"\b(?:sen[at]?\b|försen|överskrid|late\b|overdue)", re.IGNORECASE)
_GOAL = re.compile(r"\b(?:mål|goal)\w*\b", re.IGNORECASE)


@dialog(
    "mandates", intents=("my_mandates",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
    personal=True,
)  # fmt: skip
async def my_mandates(talk: Talk) -> None:
    said = talk.heard.text
    if _LATE.search(said):
        return await _late(talk)
    if _GOAL.search(said):
        return await _goals(talk, talk.heard.first("number"))
    found = await talk.look(mandates.visible, talk.person)
    if not found:
        return await talk.say("mandates-none")
    card = show.overview(talk, talk.text("mandates-title"), found, talk.today)
    buttons = _compile(talk, found)
    return await talk.say(Card(card.title, card.text, card.facts, None, buttons))


async def _late(talk: Talk) -> None:
    found = await talk.look(mandates.late, talk.person, talk.today)
    if not found:
        return await talk.say("mandates-none-late")
    facts = []
    for each in found:
        of = each.report
        people = await talk.look(mandates.keeper_names, each.mandate, of, talk.today)
        line = talk.text(
            "mandates-late-line", owner=of.owner.name, kind=show.kind(talk, of),
            when=show.report_line(talk, of, talk.today), people=people,
        )  # fmt: skip
        facts.append(Fact(each.mandate.title, line))
    return await talk.say(Card(talk.text("mandates-late"), "", tuple(facts)))


async def _goals(talk: Talk, number: str | None) -> None:
    found = await talk.look(mandates.by_goal, talk.person)
    wanted = [each for each in found if number is None or str(each[1].number) == number]
    if not wanted:
        await talk.say("mandates-no-goals")
    for giver, goal, of in wanted:
        name = "mandates-goal" if goal.title else "mandates-goal-untitled"
        title = talk.text(name, number=goal.number, title=goal.title)
        facts = [
            Fact(f"{place}", f"{each.title}; {show.line(talk, each, talk.today)}")
            for place, each in enumerate(of, 1)
        ]
        await talk.say(Card(title, giver, tuple(facts)))


def _compile(talk: Talk, found: Sequence[Mandate]) -> tuple[Button, ...]:
    """For the presidium or chair of a body that has mandates."""
    for each in found:
        for owner in each.owners:
            bodies = [owner.body_id] if owner.body_id else []
            right = grade(talk.person, Action.REPORT_MANDATE, region=each.region, bodies=bodies)
            if right is Grade.YES:
                return (talk.button("mandates-compile", "compile-mandates", body=owner.body_id),)
    return ()
