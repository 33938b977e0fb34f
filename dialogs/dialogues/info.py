"""The dialogue day: when and where it is, how many seats are left, and one's own part in it."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.reply import Text
from dialogs.dialogues import card
from dialogs.dialogues.pick import which_dialogue
from dialogs.dialogues.welcome import asks_if_welcome, say_welcome
from storage import dialogues

EXAMPLES = {
    "sv": (
        "när är dialogdagen?",
        "berätta om Skolverkets dialog",
        "var är den regionala dialogen?",
    ),
    "en": ("when is the dialogue day?", "tell me about the regional dialogue"),
}
NEAR_MISSES = ("när är nästa nätverksträff", "anmäl mig till dialogen")
TALKS = """
# Bo Fiktivsson · teams
> när är dialogdagen?
< Skolverkets regionala dialog, Skaraborg … onsdag 10 februari 2027, v. 6 … Portalen, Skövde … 08.30–11.45, 40 av 60 platser tagna … 12.45–15.00, 31 av 40 platser tagna … onsdag 27 januari 2027 … inte anmäld … [Anmäl]
> [Anmäl]
< Hela dagen, förmiddag eller eftermiddag? …

# Nora Provén · slack
> when is the dialogue day?
< … Thursday 18 March 2027, week 11 … 117 of 120 seats taken … full, 1 waiting … not registered … [Sign up]

# Hassan Modellgren · teams
> jag är nämndordförande, får jag vara med på eftermiddagen på dialogen också?
< Ja, alla är välkomna hela dagen. Eftermiddagen riktar sig främst till rektorer och chefer och är mer verksamhetsnära. … [Hela dagen] [Bara förmiddag]
> [Hela dagen]
< Skolverkets regionala dialog, Skaraborg … Stämmer detta? … hela dagen (08.30–15.00) … Politiker …

# Greta Demoson · teams
> när är dialogdagen?
< Det finns ingen kommande dialogdag i din region. …

# Olle Provdal · teams
> när är dialogdagen?
< UTKAST … onsdag 14 april 2027 …
"""


@dialog(
    "dialogue-info", intents=("dialogue_info",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS,
)  # fmt: skip
async def dialogue_info(talk: Talk) -> None:
    found = await which_dialogue(talk)
    if asks_if_welcome(talk.heard.text):
        return await say_welcome(talk, found)
    return await talk.say(await card.card(talk, found))


@dialog("dialogue-calendar", personal=True)
async def dialogue_calendar(talk: Talk) -> None:
    """The calendar file of what one is registered for, again."""
    found = await which_dialogue(talk)
    mine = await talk.look(dialogues.own, found.id, talk.person.id)
    text = talk.text("dialogue-calendar-text")
    file = mine and card.calendar_file(found, mine, talk, text=text)
    await talk.say(file or Text(talk.text("not-registered")))
