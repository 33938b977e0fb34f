"""How one mandate stands: goals, deadlines, what was handed in, asked for and answered."""

from __future__ import annotations

import re

from bot.dialog import Talk, dialog
from bot.reply import Button, Card, Fact, File
from dialogs.mandates import show
from dialogs.mandates.pick import which_mandate
from dialogs.mandates.report import MIME, waits_for_oneself
from storage import mandates
from storage.mandates import Mandate

EXAMPLES = {
    "sv": ("hur går det med språkstödsuppdraget?", "läget för KomX", "när ska slutrapporten om Lärcenter vara inne"),
    "en": ("how is the mandate on learning centres going", "when is the final report due"),
}  # fmt: skip
NEAR_MISSES = ("hur går det med anmälningarna", "vilka uppdrag har vi")
TALKS = """
# Bo Fiktivsson · teams
> hur går det med KomX-uppdraget?
< Implementera beslutad organisation för KomX … Från: Skol- och utbildningschefer Skaraborg … Mål: mål 1 och 2 … Delrapport: juni 2027, senast onsdag 30 juni, inte inlämnad … Slutrapport: april 2028, senast fredag 28 april, inte inlämnad

# Ida Skenlund · slack
> status för kartläggningen av kvalitetsuppföljning
< Kartläggning av kvalitetsuppföljning … Ansvarig: Ida Skenlund … Slutrapport: juni 2027, senast onsdag 30 juni, inte inlämnad … Nästa steg: ”efter sommaren”, ingen månad att bevaka ännu … [Välj månad att bevaka]
"""
TEXTS = {
    "sv": """
        mandate-status-history = Hänt
        mandate-hand-in = Lämna rapport
        mandate-more-time = Be om mer tid
        mandate-acknowledge = Kvittera
        mandate-give-back = Skicka tillbaka
        mandate-watch = Välj månad att bevaka
        mandate-file = Öppna { $name }
    """,
    "en": """
        mandate-status-history = Done
        mandate-hand-in = Hand in
        mandate-more-time = Ask for more time
        mandate-acknowledge = Acknowledge
        mandate-give-back = Send back
        mandate-watch = Choose a month to watch
        mandate-file = Open { $name }
    """,
}
_ACKNOWLEDGE = re.compile(r"\bkvittera|\backnowledge", re.IGNORECASE)


@dialog(
    "mandate-status", intents=("mandate_status",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, personal=True,
)  # fmt: skip
async def mandate_status(talk: Talk) -> None:
    if _ACKNOWLEDGE.search(talk.heard.text) and await waits_for_oneself(talk):
        return
    found = await which_mandate(talk)
    facts = list(show.facts(talk, found, talk.today))
    buttons = _buttons(talk, found)
    for of in found.reports:
        history = await talk.look(mandates.history, of)
        lines = show.history_lines(talk, of, history)
        if lines:
            facts.append(Fact(talk.text("mandate-status-history"), "; ".join(lines)))
        buttons += [
            Button(talk.text("mandate-file", name=each.name), "report-file",
                   {"report": of.id, "file": each.id})
            for each in history.files
        ]  # fmt: skip
    buttons += [
        Button(talk.text("mandate-file", name=each.name), "mandate-file",
               {"mandate": found.id, "file": each.id})
        for each in await talk.look(mandates.documents, found.id)
    ]  # fmt: skip
    await talk.say(Card(found.title, found.text, tuple(facts), None, tuple(buttons)))


@dialog("mandate-file", personal=True)
async def mandate_file(talk: Talk) -> None:
    """The document that a mandate was read from, for everybody who may see the mandate."""
    mandate, number = int(talk.heard.value["mandate"]), int(talk.heard.value["file"])
    content = await talk.look(mandates.document, talk.person, mandate, number)
    if content is None:
        talk.refuse("file-gone")
    kept = await talk.look(mandates.documents, mandate)
    file = next(each for each in kept if each.id == number)
    await talk.say(File(file.name, content, MIME[file.kind], file.name))


def _buttons(talk: Talk, found: Mandate) -> list[Button]:
    gives = mandates.may_give(talk.person, found)
    buttons: list[Button] = []
    seen: set[int] = set()
    for of in found.reports:
        reports = mandates.may_report(talk.person, found, of.owner)
        if of.state == "handed_in" and gives:
            buttons += [
                talk.button("mandate-acknowledge", "decide-report", report=of.id, step="acknowledged"),
                talk.button("mandate-give-back", "decide-report", report=of.id, step="returned"),
            ]  # fmt: skip
        if of.open and of.last_day is None and (reports or gives):
            buttons.append(talk.button("mandate-watch", "watch-month", report=of.id))
        elif of.open and reports and of.owner.id not in seen:
            seen.add(of.owner.id)
            buttons += [
                talk.button("mandate-hand-in", "hand-in", report=of.id),
                talk.button("mandate-more-time", "more-time", report=of.id),
            ]
    return buttons
