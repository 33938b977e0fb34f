"""Who is in a network or group, by municipality, and where a seat is empty."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.reply import Button, Card, Fact
from bot.rules.roles import Action, Grade, grade
from dialogs.meetings.pick import which_bodies
from storage import bodies, lists

EXAMPLES = {
    "sv": ("Vilka ingår i nätverket", "visa medlemslistan", "vilka kommuner är med"),
    "en": ("who is in the network", "show the member list"),
}
NEAR_MISSES = ("vilka kommer på mötet", "vilka är anmälda till dialogen")
TALKS = """
# Bo Fiktivsson · teams
> vilka är med i nätverket?
< Nätverket Vuxenutbildning Skaraborg … Tibro: Jonas Attrapp; Karin Demoberg … Ingen utsedd: Gullspång …
"""
TEXTS = {
    "sv": """
        members-count = { $people ->
            [one] En person
           *[other] { $people } personer
        } från { $towns } kommuner.
        members-vacant = Ingen utsedd
        members-other = Övriga
        members-left = Har slutat men har kvar sin plats
        members-file = Som Excelfil
        members-send-members = Skicka listan till brevlådan
        members-send-meetings = Skicka mötesdagarna dit
    """,
    "en": """
        members-count = { $people ->
            [one] One person
           *[other] { $people } people
        } from { $towns } municipalities.
        members-vacant = Nobody appointed
        members-other = Others
        members-left = Has left but still has a seat
        members-file = As an Excel file
        members-send-members = Send the list to the mailbox
        members-send-meetings = Send the meeting dates there
    """,
}


@dialog(
    "members", intents=("member_list",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
    personal=True,
)  # fmt: skip
async def members(talk: Talk) -> None:
    for body in await which_bodies(talk):
        found = await talk.look(bodies.members, talk.person, body.id, talk.today)
        vacant = await talk.look(bodies.vacancies, body.id, talk.today)
        contacts = (
            grade(talk.person, Action.SEE_CONTACTS, region=body.region, bodies=[body.id])
            is Grade.YES
        )
        by_town: dict[str, dict[str, None]] = {}
        for each in found:
            words = f"{each.name} ({each.email})" if contacts and each.email else each.name
            by_town.setdefault(each.municipality, {})[words] = None
        facts = [
            Fact(town or talk.text("members-other"), "; ".join(people))
            for town, people in by_town.items()
        ]
        if vacant:
            facts.append(Fact(talk.text("members-vacant"), ", ".join(vacant)))
        gone = await talk.look(bodies.left_with_role, body.region, talk.today) if contacts else []
        if names := [name for name, where in gone if where == body.name]:
            facts.append(Fact(talk.text("members-left"), ", ".join(names)))
        count = len({each.id for each in found})
        towns = len([town for town in by_town if town])
        text = talk.text("members-count", people=count, towns=towns)
        drawn = talk.button("members-file", "member-file", body=body.id)
        buttons = (drawn, *await _send(talk, body))
        await talk.say(Card(body.name, text, tuple(facts), buttons=buttons))


async def _send(talk: Talk, body: bodies.Body) -> tuple[Button, ...]:
    """Whoever leads a body with a mailbox may send its lists there."""
    right = grade(talk.person, Action.MANAGE_MEETING, region=body.region, bodies=[body.id])
    if right is not Grade.YES or not await talk.look(lists.mailbox_of, body.id):
        return ()
    return tuple(
        talk.button(f"members-send-{kind}", "send-list", body=body.id, kind=kind)
        for kind in lists.KINDS
    )
