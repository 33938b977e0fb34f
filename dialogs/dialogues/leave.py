"""Cancel one's registration, all of it or one part: always possible, also late and when it is full."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.reply import Text
from dialogs.dialogues import card
from dialogs.dialogues.pick import part_said, sessions_of, which_dialogue
from storage import dialogues
from storage.dialogues import Dialogue, Registration

EXAMPLES = {
    "sv": ("avanmäl mig från dialogen", "jag kan inte komma på dialogdagen, ta bort min anmälan",
           "jag vill av väntelistan"),
    "en": ("cancel my registration for the dialogue", "take me off the waiting list"),
}  # fmt: skip
NEAR_MISSES = ("jag kan inte komma på nätverksträffen", "avanmäl mig inte")
TALKS = """
# Bo Fiktivsson · teams
> anmäl mig till dialogen, hela dagen
< … Stämmer detta? …
> ja
< Klart! Plats 41 av 60 (förmiddag), plats 32 av 40 (eftermiddag). …
> avanmäl mig från eftermiddagen på dialogen
< Ska jag ta bort din anmälan till eftermiddag 12.45–15.00 (onsdag 10 februari 2027)? [Ja, ta bort den] [Nej]
> ja
< Borttaget: eftermiddag 12.45–15.00. … dialogdag-2027-02-10.ics
> avanmäl mig från dialogen
< Ska jag ta bort din anmälan till förmiddag 08.30–11.45 …
> nej
< Då står din anmälan kvar.

# Asta Fiktberg · slack
> cancel my registration for the dialogue
< You are not registered for the dialogue. …
"""
TEXTS = {
    "sv": """
        cancel-registration-sure =
            .question = Ska jag ta bort din anmälan till { $parts } ({ $day })?
            .yes = Ja, ta bort den
        cancel-registration-queue =
            .question = Ska jag ta bort dig från kön till { $parts } ({ $day })? Vill du tillbaka senare hamnar du sist.
            .yes = Ja, lämna kön
        cancel-registration-done = Borttaget: { $parts }. Du är välkommen att anmäla dig igen.
        cancel-registration-kept = Då står din anmälan kvar.
    """,
    "en": """
        cancel-registration-sure =
            .question = Shall I remove your registration for { $parts } ({ $day })?
            .yes = Yes, remove it
        cancel-registration-queue =
            .question = Shall I take you off the waiting list for { $parts } ({ $day })? If you come back later you will be last.
            .yes = Yes, leave it
        cancel-registration-done = Removed: { $parts }. You are welcome to register again.
        cancel-registration-kept = Then your registration stands.
    """,
}


@dialog(
    "cancel-registration", intents=("cancel_registration",), examples=EXAMPLES,
    near_misses=NEAR_MISSES, talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def cancel_registration(talk: Talk) -> None:
    found = await which_dialogue(talk)
    mine = await talk.look(dialogues.own, found.id, talk.person.id)
    if mine is None or not mine.standing:
        talk.refuse("not-registered")
    part = await talk.note("part", part_said(found, talk.heard.text) or "")
    left = _left(found, mine, part)
    parts = card.parts(found, left, talk)
    if not talk.heard.value.get("sure"):
        seated = any(each in mine.sessions("registered", "offered", "present") for each in left)
        name = "sure" if seated else "queue"
        if not await talk.confirm(name, parts=parts, day=card.day(found, talk.lang)):
            return await talk.say("cancel-registration-kept")
    await talk.do(
        "cancel-registration", dialogues.cancel, talk.person, found.id, talk.turn.at, left,
        subject=f"dialogue:{found.id}", detail={"part": part},
    )  # fmt: skip
    gone = [each for each in mine.sessions("registered") if each in left]
    now = await talk.look(dialogues.own, found.id, talk.person.id)
    text = talk.text("cancel-registration-done", parts=parts)
    file = now and card.calendar_file(
        found, now, talk, text=f"{text} {talk.text('dialogue-calendar-gone')}", gone=gone
    )
    return await talk.say(file or Text(text))


def _left(found: Dialogue, mine: Registration, part: str) -> list[int]:
    """The parts to give back: those that were named, else everything; all or nothing stays so."""
    live = list(mine.sessions(*card.LIVE))
    named = [each for each in live if part and each in sessions_of(found, part)]
    return live if mine.together or not named else named
