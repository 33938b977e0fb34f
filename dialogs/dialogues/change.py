"""Change one's registration: other parts, another diet, or somebody else in one's place."""

from __future__ import annotations

import re

from bot.dialog import Talk, dialog
from bot.form import Choice, Field
from bot.reply import Text
from dialogs.dialogues import card
from dialogs.dialogues.pick import BOTH, part_choices, part_said, sessions_of, which_dialogue
from dialogs.dialogues.whom import somebody
from storage import dialogues
from storage.dialogues import Dialogue, Registration, Wish

EXAMPLES = {
    "sv": ("ändra min anmälan till hela dagen", "jag vill byta till eftermiddagen på dialogen",
           "min kollega kommer i mitt ställe på dialogen", "ändra min specialkost till vegan"),
    "en": ("change my registration to the morning", "my colleague will take my place at the dialogue"),
}  # fmt: skip
NEAR_MISSES = ("anmäl mig till dialogen", "avanmäl mig från dialogen")
TALKS = """
# Bo Fiktivsson · teams
> anmäl mig till dialogen, bara förmiddagen
< … Stämmer detta? …
> ja
< Klart! Plats 41 av 60 (förmiddag). …
> ändra min anmälan till hela dagen
< Ska jag ändra från förmiddag 08.30–11.45 till hela dagen (08.30–15.00)? [Ja] [Nej]
> ja
< Ändrat: anmäld hela dagen (08.30–15.00). … dialogdag-2027-02-10.ics
> ändra min specialkost till vegan
< Ska jag skriva in kosten vegan? [Ja] [Nej]
> ja
< Noterat: vegan. …

# Asta Fiktberg · slack
> ändra min anmälan till dialogen
< Du är inte anmäld till dialogen. …
"""
TEXTS = {
    "sv": """
        change-registration-what =
            .question = Nu: { $own }. Vad ska det vara i stället? Välj, eller skriv till exempel ”vegan” eller ”min kollega kommer i mitt ställe”.
            .diet = Specialkost
            .substitute = Någon annan i mitt ställe
        change-registration-sure =
            .question = Ska jag ändra från { $before } till { $after }?
        change-registration-lose =
            .question = { $after } går bara att få som kö just nu: då lämnar du { $before }. Ska jag göra det?
        change-registration-diet =
            .question = Vilken specialkost?
        change-registration-note =
            .question = Ska jag skriva in kosten { $diet }?
        change-registration-ask =
            .question = Ska jag fråga { $who } om att komma i ditt ställe? Du står kvar tills det blir ett ja.
        change-registration-done = Ändrat: { $own }.
        change-registration-noted = Noterat: { $diet }. Det läses bara av samordnaren och raderas 14 dagar efter dialogen.
        change-registration-asked = Jag har frågat { $name }. Du står kvar tills { $name } har sagt ja, och får veta svaret här.
        change-registration-same = Så är det redan: { $own }.
        change-registration-dropped = Då ändrar jag inget.
        substitute-self = Det är din egen anmälan. Säg vem annan som ska komma i ditt ställe.
        substitute-ended = Den frågan gäller inte längre. Anmäl dig själv om du vill komma: skriv ”anmäl mig till dialogen”.
    """,
    "en": """
        change-registration-what =
            .question = Now: { $own }. What should it be instead? Choose, or write for example “vegan” or “my colleague will take my place”.
            .diet = Special diet
            .substitute = Somebody else in my place
        change-registration-sure =
            .question = Shall I change from { $before } to { $after }?
        change-registration-lose =
            .question = { $after } is only possible as waiting list now: you would give up { $before }. Shall I do that?
        change-registration-diet =
            .question = Which special diet?
        change-registration-note =
            .question = Shall I note the diet { $diet }?
        change-registration-ask =
            .question = Shall I ask { $who } to come in your place? You stay registered until there is a yes.
        change-registration-done = Changed: { $own }.
        change-registration-noted = Noted: { $diet }. It is read only by the coordinator and deleted 14 days after the dialogue.
        change-registration-asked = I have asked { $name }. You stay registered until { $name } has said yes, and will be told the answer here.
        change-registration-same = It is so already: { $own }.
        change-registration-dropped = Then I will not change anything.
        substitute-self = That is your own registration. Say who else is to come in your place.
        substitute-ended = That question is no longer open. Register yourself if you want to come: write “sign me up for the dialogue”.
    """,
}
_SUBSTITUTE = re.compile(
    r"\b(?:ersätt\w*|vikarie\w*|substitute|i mitt ställe|istället för mig|i stället för mig|"
    r"ta\w* (?:över )?min plats|take my (?:place|seat)|instead of me|in my place)\b",
    re.IGNORECASE,
)
_DIET = re.compile(r"\b(?:kost\w*|specialkost|allerg\w*|diet\w*|äter|mat\w*|food)\b", re.IGNORECASE)


@dialog(
    "change-registration", intents=("change_registration",), examples=EXAMPLES,
    near_misses=NEAR_MISSES, talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def change_registration(talk: Talk) -> None:
    found = await which_dialogue(talk)
    mine = await talk.look(dialogues.own, found.id, talk.person.id)
    if mine is None or not mine.standing:
        talk.refuse("not-registered")
    what = await talk.note("what", _meant(found, talk.heard.text, talk.heard.all("diet")))
    if not what:
        words = await talk.ask("what", Field("text", limit=300), choices=_choices(talk, found),
                               own=card.own(found, mine, talk))  # fmt: skip
        what = _chosen(found, words)
    kind, value = what
    if kind == "substitute":
        return await _substitute(talk, found)
    if kind == "diet":
        return await _diet(talk, found, mine, value)
    return await change_to(talk, found, mine, value)


def _meant(found: Dialogue, text: str, diets: tuple[str, ...]) -> list[str]:
    """[kind, value] of what the words ask for, or nothing."""
    if _SUBSTITUTE.search(text):
        return ["substitute", ""]
    part = part_said(found, text)
    if diets or (_DIET.search(text) and not part):
        return ["diet", ", ".join(diets)]
    return ["part", part] if part else []


def _choices(talk: Talk, found: Dialogue) -> list[Choice]:
    more = [Choice(each, talk.text(f"change-registration-what.{each}"))
            for each in ("diet", "substitute")]  # fmt: skip
    return [*part_choices(talk, found), *more]


def _chosen(found: Dialogue, words: str) -> list[str]:
    if words in {"diet", "substitute"}:
        return [words, ""]
    if sessions_of(found, words):
        return ["part", words]
    return _meant(found, words, ()) or ["diet", words]


async def change_to(talk: Talk, found: Dialogue, mine: Registration, part: str) -> None:
    """Other parts, after a yes. What is kept keeps its seat or its place in the queue."""
    sessions = sessions_of(found, part)
    before, own = mine.sessions(*card.LIVE), card.own(found, mine, talk)
    if set(before) == set(sessions) and mine.together == (part == BOTH):
        return await talk.say("change-registration-same", own=own)
    lose = part == BOTH and any(
        each.full for each in found.sessions if each.id in sessions and each.id not in before
    )
    sure = await talk.ask(
        "change", Field("yes_no"),
        text="change-registration-lose" if lose else "change-registration-sure",
        before=card.parts(found, before, talk), after=card.parts(found, sessions, talk),
    )  # fmt: skip
    if not sure:
        return await talk.say("change-registration-dropped")
    await talk.do(
        "change-registration", dialogues.change, talk.person, found.id,
        Wish(sessions, together=part == BOTH), talk.turn.at,
        subject=f"dialogue:{found.id}", detail={"part": part},
    )  # fmt: skip
    gone = [each for each in mine.sessions("registered") if each not in sessions]
    return await say_own(talk, found, gone)


async def say_own(talk: Talk, found: Dialogue, gone: list[int]) -> None:
    """How it is now, with the calendar's news of what came and what went."""
    now = await talk.look(dialogues.dialogue_by_id, talk.person, found.id)
    mine = await talk.look(dialogues.own, found.id, talk.person.id)
    assert now is not None
    text = talk.text("change-registration-done", own=card.own(now, mine, talk))
    file = mine and card.calendar_file(
        now, mine, talk, text=f"{text} {talk.text('dialogue-calendar-changed')}", gone=gone
    )
    await talk.say(file or Text(text))


async def _diet(talk: Talk, found: Dialogue, mine: Registration, said: str) -> None:
    diet = said or await talk.ask("diet", Field("text", limit=300))
    if not await talk.confirm("note", diet=diet):
        return await talk.say("change-registration-dropped")
    held = mine.sessions(*card.LIVE)
    await talk.do(
        "change-needs", dialogues.change, talk.person, found.id,
        Wish(held, together=mine.together, diet=diet), talk.turn.at,
        subject=f"dialogue:{found.id}",
    )  # fmt: skip
    return await talk.say("change-registration-noted", diet=diet)


async def _substitute(talk: Talk, found: Dialogue) -> None:
    number, name = await somebody(talk, talk.heard.first("person"))
    if not await talk.confirm("ask", who=name):
        return await talk.say("change-registration-dropped")
    await talk.do(
        "propose-substitute", dialogues.propose_substitute, talk.person, found.id, number,
        talk.turn.at, subject=f"dialogue:{found.id}", detail={"substitute": str(number)},
    )  # fmt: skip
    return await talk.say("change-registration-asked", name=name)
