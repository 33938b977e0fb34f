"""What the bot can do, for the one who asks; and the first words when it is opened."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from bot.dialog import Dialog, Talk, dialog
from bot.heard import Heard
from bot.reply import Button, Card
from bot.rules.roles import Action, Grade, Person, Role, grade
from dialogs import every
from dialogs.dialogues.offers import answer_in_words
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
< Det här kan jag hjälpa dig med … Möten … När är nästa nätverksträff? … Nätverket och dess folk … Vem är ordförande? … [Nästa möte] …

# Asta Fiktberg · teams
> vad kan du göra?
< Det här kan jag hjälpa dig med … Möten … Det här kan du också be mig om, som ordförande … Ställ in mötet … [Nästa möte] …

# Nora Provén · slack
> what can you do
< This is what I can help you with … Meetings … When is the next network meeting? … [Next meeting] …

# Asta Fiktberg · slack
> how does this work
< … You can also ask me this, as chair … Cancel the meeting …
"""
TEXTS = {
    "sv": """
        help-title = Det här kan jag hjälpa dig med
        help-how = Skriv som du brukar, på svenska eller engelska. Till exempel:
        help-about-meetings = Möten
        help-about-mandates = Uppdrag
        help-about-people = Nätverket och dess folk
        help-about-talk = Boten själv
        help-about-other = Annat
        help-right = Det här kan du också be mig om, som { $role }
        help-role-chair = ordförande
        help-role-presidium = presidium
        help-role-director = skolchef
        help-role-coordinator = samordnare
        help-role-admin = administratör
        help-more = Skriv ”avbryt” när du vill sluta med något, och ”ångra” för att ta tillbaka det senaste.
        help-next = Nästa möte
        help-members = Vilka är med?
        help-calendar = Möten i min kalender
        help-all = Vad kan du göra?
        welcome-title = Hej { $name }! Jag är Nätverksboten.
        welcome-text = Jag håller reda på nätverkens möten och vilka som är med. Jag sparar dina svar på möten, men inte det du skriver.
        home-title = Hej { $name }!
        home-text = Här är dina närmaste möten. Skriv som du brukar, på svenska eller engelska, eller tryck på en knapp.
        home-none = Du har inga möten inplanerade just nu.
        greeting-hello = Hej { $name }! Vad vill du veta? Skriv till exempel ”när är nästa möte?”.
        thanks-welcome = Varsågod!
    """,
    "en": """
        help-title = This is what I can help you with
        help-how = Write as you usually do, in Swedish or English. For example:
        help-about-meetings = Meetings
        help-about-mandates = Mandates
        help-about-people = The network and its people
        help-about-talk = The bot itself
        help-about-other = Other things
        help-right = You can also ask me this, as { $role }
        help-role-chair = chair
        help-role-presidium = presidium
        help-role-director = school director
        help-role-coordinator = coordinator
        help-role-admin = administrator
        help-more = Write “cancel” to stop something, and “undo” to take back the last change.
        help-next = Next meeting
        help-members = Who are the members?
        help-calendar = Meetings in my calendar
        help-all = What can you do?
        welcome-title = Hello { $name }! I am Nätverksboten.
        welcome-text = I keep track of the networks’ meetings and who is in them. I keep your answers to meetings, but not what you write.
        home-title = Hello { $name }!
        home-text = Here are your nearest meetings. Write as you usually do, in Swedish or English, or press a button.
        home-none = You have no meetings planned right now.
        greeting-hello = Hello { $name }! What do you want to know? Try “when is the next meeting?”.
        thanks-welcome = You are welcome!
    """,
}
MOST = 8  # examples under one heading
ABOUT = (
    "meetings",
    "mandates",
    "people",
    "talk",
)  # headings of their own, in this order; the rest in between
_SMALL_TALK = {"help", "greeting", "thanks"}
_ROLES = (Role.CHAIR, Role.PRESIDIUM, Role.COORDINATOR, Role.DIRECTOR, Role.ADMIN)


def _suggestions(talk: Talk) -> tuple[Button, ...]:
    return (
        _ask(talk, "help-next", "next_meeting"),
        _ask(talk, "help-members", "member_list"),
        _ask(talk, "help-calendar", "calendar_subscription"),
    )


def _ask(talk: Talk, label: str, intent: str) -> Button:
    return Button(talk.text(label), "intent", Heard(intent, talk.lang).to_json())


def _guide(talk: Talk) -> str:
    """One example of each dialog that the person may use, by subject, as the dialogs say them."""
    known = [each for each in every() if each.examples and each.name not in _SMALL_TALK]
    free = sorted((each for each in known if each.needs is None), key=_order)
    parts = [talk.text("help-how")]
    for subject, found in groupby(free, _subject):
        parts.append(_examples(talk, talk.text(f"help-about-{subject}"), found))
    mine = [each for each in known if each.needs and _roles(talk.person, each.needs)]
    if mine:
        names = {role: None for each in mine for role in _roles(talk.person, each.needs)}
        role = ", ".join(talk.text(f"help-role-{each.value}") for each in names)
        parts.append(_examples(talk, talk.text("help-right", role=role), mine))
    return "\n\n".join([*parts, talk.text("help-more")])


def _examples(talk: Talk, heading: str, found: Iterable[Dialog]) -> str:
    lines = [each.examples[talk.lang][0] for each in list(found)[:MOST]]
    return "\n".join([heading, *(f"• {line[0].upper()}{line[1:]}" for line in lines)])


def _subject(each: Dialog) -> str:
    folder = each.script.__module__.split(".")[1]
    return folder if folder in ABOUT else "other"


def _order(each: Dialog) -> tuple[int, bool, int]:
    """The bot itself last; questions before what changes something, and who answers most first."""
    subject = _subject(each)
    place = ABOUT.index(subject) * 2 if subject in ABOUT else 5
    return place, each.changes, -len(each.intents)


def _roles(who: Person, needed: Action | None) -> list[Role]:
    """The person's roles that give the right, wherever they hold them."""
    if needed is None:
        return []
    held = {
        membership.role
        for membership in who.memberships
        if grade(who, needed, region=membership.region,
                 bodies=[membership.body] if membership.body else []) is Grade.YES
    }  # fmt: skip
    return [each for each in _ROLES if each in held]


@dialog("help", intents=("help",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS)
async def help_(talk: Talk) -> None:
    await talk.say(Card(talk.text("help-title"), _guide(talk), buttons=_suggestions(talk)))


@dialog("welcome", intents=("welcome",))
async def welcome(talk: Talk) -> None:
    title = talk.text("welcome-title", name=talk.person.name.split()[0])
    text = f"{talk.text('welcome-text')}\n\n{_guide(talk)}"
    await talk.say(Card(title, text, buttons=_suggestions(talk)))


@dialog("home", intents=("home",))
async def home(talk: Talk) -> None:
    mine = await talk.look(bodies.of_person, talk.person)
    coming = await talk.look(meetings.upcoming, [each.id for each in mine], talk.wall, 3)
    title = talk.text("home-title", name=talk.person.name.split()[0])
    text = talk.text("home-text") if coming else talk.text("home-none")
    buttons = (*_suggestions(talk), _ask(talk, "help-all", "help"))
    await talk.say(Card(title, text, buttons=buttons))
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
    """Unless a seat is on offer, which "ja tack" and "nej tack" then answer."""
    answers = talk.heard.intent in {"yes", "no"} and not talk.in_channel
    if answers and await answer_in_words(talk, talk.heard.intent):
        return
    await talk.say("nothing-open")
