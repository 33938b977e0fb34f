"""What the bot can do, for the one who asks; and the first words when it is opened."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.heard import Heard
from bot.reply import Button, Card
from dialogs.meetings import card
from dialogs.meetings.swap import letter, pair
from storage import bodies, meetings

EXAMPLES = {
    "sv": ("Hjälp mig igång", "vad kan du göra", "vad kan jag fråga om"),
    "en": ("what can you do", "how does this work"),
}
NEAR_MISSES = ("kan du hjälpa mig att anmäla mig till dialogen",)
TALKS = """
# Bo Fiktivsson · teams
> vad kan du göra?
< Det här kan jag hjälpa dig med … När är nästa möte? … [Nästa möte] …

# Nora Provén · slack
> what can you do
< This is what I can help you with … When is the next meeting? …
"""
TEXTS = {
    "sv": """
        help-title = Det här kan jag hjälpa dig med
        help-text = Skriv som du brukar, på svenska eller engelska. Till exempel:
            • När är nästa möte? Har vi möte vecka 7?
            • Vem är värd i mars? Vem är ordförande?
            • Visa dagordningen. Vilka kommer på mötet?
            • Jag kommer på torsdag. Jag kan inte komma.
            • Lägg in mötena i min kalender.
        help-more = Skriv ”avbryt” när du vill sluta med något, och ”ångra” för att ta tillbaka det senaste.
        help-next = Nästa möte
        help-members = Vilka är med?
        help-calendar = Möten i min kalender
        welcome-title = Hej { $name }! Jag är Nätverksboten.
        welcome-text = Jag håller reda på nätverkens möten och vilka som är med. Jag sparar dina svar på möten, men inte det du skriver.
        home-title = Hej { $name }!
        home-none = Du har inga möten inplanerade just nu.
        greeting-hello = Hej { $name }! Vad vill du veta? Skriv till exempel ”när är nästa möte?”.
        thanks-welcome = Varsågod!
    """,
    "en": """
        help-title = This is what I can help you with
        help-text = Write as you usually do, in Swedish or English. For example:
            • When is the next meeting? Do we meet in week 7?
            • Who is hosting in March? Who is the chair?
            • Show the agenda. Who is coming to the meeting?
            • I will come on Thursday. I cannot come.
            • Put the meetings in my calendar.
        help-more = Write “cancel” to stop something, and “undo” to take back the last change.
        help-next = Next meeting
        help-members = Who are the members?
        help-calendar = Meetings in my calendar
        welcome-title = Hello { $name }! I am Nätverksboten.
        welcome-text = I keep track of the networks’ meetings and who is in them. I keep your answers to meetings, but not what you write.
        home-title = Hello { $name }!
        home-none = You have no meetings planned right now.
        greeting-hello = Hello { $name }! What do you want to know? Try “when is the next meeting?”.
        thanks-welcome = You are welcome!
    """,
}


def _suggestions(talk: Talk) -> tuple[Button, ...]:
    def ask(label: str, intent: str) -> Button:
        return Button(talk.text(label), "intent", Heard(intent, talk.lang).to_json())

    return (
        ask("help-next", "next_meeting"),
        ask("help-members", "member_list"),
        ask("help-calendar", "calendar_subscription"),
    )


@dialog("help", intents=("help",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS)
async def help_(talk: Talk) -> None:
    text = f"{talk.text('help-text')}\n\n{talk.text('help-more')}"
    await talk.say(Card(talk.text("help-title"), text, buttons=_suggestions(talk)))


@dialog("welcome", intents=("welcome",))
async def welcome(talk: Talk) -> None:
    title = talk.text("welcome-title", name=talk.person.name.split()[0])
    text = f"{talk.text('welcome-text')}\n\n{talk.text('help-text')}"
    await talk.say(Card(title, text, buttons=_suggestions(talk)))


@dialog("home", intents=("home",))
async def home(talk: Talk) -> None:
    mine = await talk.look(bodies.of_person, talk.person)
    coming = await talk.look(meetings.upcoming, [each.id for each in mine], talk.wall, 3)
    title = talk.text("home-title", name=talk.person.name.split()[0])
    text = talk.text("help-text") if coming else talk.text("home-none")
    await talk.say(Card(title, text, buttons=_suggestions(talk)))
    for swap in await talk.look(meetings.open_swaps, talk.person):
        if swap.awaits == talk.person.municipality:
            await talk.say(letter(talk, swap.id, swap.proposer, await pair(talk, swap)))
    for each in coming:
        await talk.say(await card.card(talk, each))


@dialog("greeting", intents=("greeting",), examples={"sv": ("hejsan",), "en": ("hello",)})
async def greeting(talk: Talk) -> None:
    await talk.say("greeting-hello", name=talk.person.name.split()[0])


@dialog("thanks", intents=("thanks",), examples={"sv": ("tack så mycket",), "en": ("thank you",)})
async def thanks(talk: Talk) -> None:
    await talk.say("thanks-welcome")


@dialog("nothing-open", intents=("yes", "no", "cancel_flow"))
async def nothing_open(talk: Talk) -> None:
    await talk.say("nothing-open")
