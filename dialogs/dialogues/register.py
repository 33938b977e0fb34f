"""Sign up for a dialogue day: in one sentence, step by step or with a form; also for a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.dialog import Talk, dialog
from bot.form import Field, choice_field, form, text_field, yes_no_field
from bot.reply import Text
from bot.rules.seats import wanted_fields
from dialogs.dialogues import card
from dialogs.dialogues.change import change_to
from dialogs.dialogues.draft import OTHER, Draft, checked, role_of, roles, wish_of
from dialogs.dialogues.pick import part_choices, part_said, sessions_of, which_dialogue
from dialogs.dialogues.welcome import asks_if_welcome, say_welcome
from dialogs.dialogues.whom import whom
from storage import dialogues
from storage.dialogues import Dialogue

EXAMPLES = {
    "sv": ("anmäl mig till dialogen", "Anmäl mig till dialogdagen i Skövde 10 feb, bara förmiddagen, vegetarisk",
           "jag vill vara med på dialogdagen", "anmäl min kollega Karin till dialogen"),
    "en": ("sign me up for the dialogue day", "register me for the dialogue, morning only, vegan"),
}  # fmt: skip
NEAR_MISSES = (
    "är jag anmäld till dialogen?",
    "avanmäl mig från dialogen",
    "anmäl mig inte till dialogen",
)
TALKS = """
# Bo Fiktivsson · teams
> Anmäl mig till dialogdagen i Skövde 10 feb, bara förmiddagen, vegetarisk
< Skolverkets regionala dialog, Skaraborg … Stämmer detta? … onsdag 10 februari 2027 … förmiddag 08.30–11.45 … Rektor … vegetarisk … [Bekräfta] [Ändra] [Lägg till ämne] [Nej]
> Bekräfta
< Klart! Plats 41 av 60 (förmiddag). … dialogdag-2027-02-10.ics
> anmäl mig till dialogen
< … Du är redan anmäld (förmiddag 08.30–11.45). …

# Bo Fiktivsson · slack
> anmäl mig till dialogen
< Hela dagen, förmiddag eller eftermiddag? … [Hela dagen] [Förmiddag] [Eftermiddag] [Fyll i formuläret]
> fm
< Vilken roll har du? … [Rektor] [Verksamhetschef] … [Fyll i formuläret]
> nej vänta, hela dagen
< Ändrat till Hela dagen.
< Vilken roll har du? …
> rektor
< … Stämmer detta? … hela dagen (08.30–15.00) … Rektor … [Bekräfta] …
> [Bekräfta]
< Klart! Plats 41 av 60 (förmiddag), plats 32 av 40 (eftermiddag). … dialogdag-2027-02-10.ics

# Bo Fiktivsson · teams
> anmäl mig till fredag 10 februari
< 10 februari 2027 är en onsdag. Menar du Skolverkets regionala dialog onsdag 10 februari 2027? [Ja] [Nej]
> ja
< Hela dagen, förmiddag eller eftermiddag? …

# Bo Fiktivsson · teams
> register me for the dialogue, morning only, vegan
< … Is this right? … Wednesday 10 February 2027 … morning 08:30–11:45 … vegan … [Confirm] [Change] [Add a topic] [No]
> [Add a topic]
< What would you like to talk about? …
> learning centres
< Shall your name be shown with it? [Show my name] [Anonymous]
> [Anonymous]
< … learning centres (anonymous) … [Confirm] [Change] [No]
> no
< Then I will not register you. Nothing has been saved.

# Greta Demoson · teams
> anmäl mig till dialogen
< Det finns ingen kommande dialogdag i din region. …
"""
TEXTS = {
    "sv": """
        registration = Anmälan till dialogen
            .submit = Fortsätt
            .open = Fyll i formuläret
        registration-parts =
            .question = Hela dagen, förmiddag eller eftermiddag? Alla är välkomna hela dagen.
            .label = Vad vill du vara med på?
        registration-role =
            .question = Vilken roll har du?
            .label = Roll
        registration-diet =
            .question = Vilken specialkost?
            .label = Specialkost
            .hint = Läses bara av samordnaren och raderas 14 dagar efter dialogen.
        registration-access =
            .question = Behöver du något för att kunna delta?
            .label = Behov i lokalen
            .hint = Till exempel hörslinga. Läses bara av samordnaren och raderas 14 dagar efter dialogen.
        registration-dinner =
            .question = Vill du äta middag med oss?
            .label = Middag
        registration-lodging =
            .question = Behöver du övernattning?
            .label = Övernattning
        registration-topic =
            .question = Vad vill du prata om?
            .label = Önskat ämne
        registration-anonymous =
            .question = Ska önskemålet vara anonymt?
            .label = Önska ämnet anonymt
        register-dialogue-done = Klart! { $seats }.
        register-dialogue-seat = Plats { $number } av { $capacity } ({ $part })
        register-dialogue-seat-more = plats { $number } av { $capacity } ({ $part })
        register-dialogue-free = Du är anmäld ({ $part })
        register-dialogue-waits = Du står på plats { $number } i kön till { $part }. Du får ett erbjudande här när en plats blir ledig.
        register-dialogue-asked = Jag har frågat samordnaren om du kan få komma fast anmälningstiden är ute. Du får svar här.
        register-dialogue-told = { $name } får veta det och kan tacka nej.
        register-dialogue-dropped = Då anmäler jag inte. Inget är sparat.
        register-dialogue-already = Du är redan anmäld ({ $parts }).
        register-dialogue-queued = Du har redan anmält dig: { $own }.
    """,
    "en": """
        registration = Dialogue registration
            .submit = Continue
            .open = Fill in the form
        registration-parts =
            .question = The whole day, the morning or the afternoon? Everybody is welcome the whole day.
            .label = What will you come to?
        registration-role =
            .question = What is your role?
            .label = Role
        registration-diet =
            .question = Which special diet?
            .label = Special diet
            .hint = Read only by the coordinator and deleted 14 days after the dialogue.
        registration-access =
            .question = Do you need anything to be able to take part?
            .label = Needs in the room
            .hint = For example a hearing loop. Read only by the coordinator and deleted 14 days after the dialogue.
        registration-dinner =
            .question = Would you like to have dinner with us?
            .label = Dinner
        registration-lodging =
            .question = Do you need somewhere to stay?
            .label = Lodging
        registration-topic =
            .question = What would you like to talk about?
            .label = Topic you wish for
        registration-anonymous =
            .question = Shall the wish be anonymous?
            .label = Wish for it anonymously
        register-dialogue-done = Done! { $seats }.
        register-dialogue-seat = Seat { $number } of { $capacity } ({ $part })
        register-dialogue-seat-more = seat { $number } of { $capacity } ({ $part })
        register-dialogue-free = You are registered ({ $part })
        register-dialogue-waits = You are number { $number } on the waiting list for { $part }. You will get an offer here when a seat comes free.
        register-dialogue-asked = I have asked the coordinator whether you may come although the time to register is over. You will get the answer here.
        register-dialogue-told = { $name } will be told, and may decline.
        register-dialogue-dropped = Then I will not register you. Nothing has been saved.
        register-dialogue-already = You are already registered ({ $parts }).
        register-dialogue-queued = You have already signed up: { $own }.
    """,
}


@form("registration")
class Registration:
    parts: str = choice_field()
    role: str = choice_field()
    diet: str | None = text_field(required=False, limit=300)
    access: str | None = text_field(required=False, limit=500)
    dinner: bool | None = yes_no_field(required=False)
    lodging: bool | None = yes_no_field(required=False)
    topic: str | None = text_field(required=False, limit=500)
    anonymous: bool | None = yes_no_field(required=False)


@dialog(
    "register-dialogue", intents=("register_dialogue",), examples=EXAMPLES,
    near_misses=NEAR_MISSES, talks=TALKS, changes=True, personal=True, forms=(Registration,),
)  # fmt: skip
async def register_dialogue(talk: Talk) -> None:
    if asks_if_welcome(talk.heard.text):
        return await say_welcome(talk, await which_dialogue(talk))
    other = await whom(talk)
    found = await which_dialogue(talk)
    said = await talk.note("said", _said(talk, found))
    if other is None and await _already(talk, found, said.get("parts")):
        return None
    choices = {"parts": part_choices(talk, found), "role": roles(talk)}
    if len(choices["parts"]) == 1:
        said = {**said, "parts": choices["parts"][0].value}
    answers = await talk.fill(
        form_for(found, role_of(talk.person.title) or OTHER), choices=choices, known=said
    )  # fmt: skip
    name = other[1] if other else ""
    draft = await checked(talk, found, _draft(answers), choices["parts"], name)
    if draft is None:
        return await talk.say("register-dialogue-dropped")
    result = await talk.do(
        "register", dialogues.register, talk.person, found.id, wish_of(found, draft),
        talk.turn.at, other[0] if other else None, subject=f"dialogue:{found.id}",
        detail={"part": draft.part, "for": str(other[0]) if other else ""},
    )  # fmt: skip
    await say_result(talk, found, result, other)
    if other is None:
        talk.can_undo("cancel-registration", dialogue=found.id, sure=True)
    return None


def _said(talk: Talk, found: Dialogue) -> dict[str, str]:
    """What the request named already; a press on a button may carry the part.

    Whoever says it all at once is asked nothing more: the role is then that of the profile.
    """
    part = talk.heard.value.get("part") or part_said(found, talk.heard.text)
    role = talk.heard.first("role") or ""
    if part and not role_of(role):
        role = role_of(talk.person.title) or OTHER
    known = {"parts": str(part or ""), "diet": ", ".join(talk.heard.all("diet")), "role": role}
    return {name: value for name, value in known.items() if value}


async def _already(talk: Talk, found: Dialogue, part: str | None) -> bool:
    """One person is registered once, wherever the press comes from; the rest is a change."""
    mine = await talk.look(dialogues.own, found.id, talk.person.id)
    if mine is None or not mine.standing:
        return False
    wanted = sessions_of(found, part) if part else ()
    if wanted and set(wanted) - set(mine.sessions(*card.LIVE)):
        await change_to(talk, found, mine, part or "")
        return True
    sure = mine.sessions("registered", "present")
    own = card.own(found, mine, talk)
    text = talk.text("register-dialogue-queued", own=own)
    if sure and set(sure) == set(mine.sessions(*card.LIVE)):
        text = talk.text("register-dialogue-already", parts=card.parts(found, sure, talk))
    await talk.say(await card.card(talk, found, text=text))
    return True


def form_for(found: Dialogue, role: str) -> type[Registration]:
    """The form with the questions that this dialogue has, for somebody of this role."""
    asked = {*wanted_fields(found.fields, role), "parts", "role", "topic", "anonymous"}
    fields = {
        name: value for name, value in vars(Registration).items()
        if isinstance(value, Field) and name in asked
    }  # fmt: skip
    return form("registration")(type("Registration", (Registration,), fields))


def _draft(answers: Registration) -> Draft:
    extras = {
        name: value for name in ("diet", "access", "dinner", "lodging")
        if (value := getattr(answers, name, None)) is not None and not isinstance(value, Field)
    }  # fmt: skip
    return Draft(answers.parts, answers.role, extras, answers.topic or "", bool(answers.anonymous))


async def say_result(
    talk: Talk, found: Dialogue, result: Mapping[str, Any], other: tuple[int, str] | None
) -> None:
    """What became of each part, with a calendar file of those that are sure."""
    rows = [(found.session(row[0]), *row[1:]) for row in result["sessions"]]
    sure = [row for row in rows if row[1] in {"registered", "present"}]
    lines = []
    if sure:
        seats = ", ".join(
            _seat(talk, card.part(session, talk), number, capacity, first=place == 0)
            for place, (session, _, number, capacity) in enumerate(sure)
        )
        lines.append(talk.text("register-dialogue-done", seats=seats))
    lines += [
        talk.text("register-dialogue-waits", number=number, part=card.the_part(session, talk))
        for session, state, number, _ in rows if state == "waiting"
    ]  # fmt: skip
    if any(state == "late" for _, state, *_ in rows):
        lines.append(talk.text("register-dialogue-asked"))
    if other is not None:
        lines.append(talk.text("register-dialogue-told", name=other[1]))
        return await talk.say(Text(" ".join(lines)))
    mine = await talk.look(dialogues.own, found.id, talk.person.id)
    text = " ".join([*lines, talk.text("dialogue-calendar-text")])
    file = card.calendar_file(found, mine, talk, text=text) if mine and sure else None
    return await talk.say(file or Text(" ".join(lines)))


def _seat(talk: Talk, part: str, number: int, capacity: int | None, *, first: bool) -> str:
    if capacity is None:
        return talk.text("register-dialogue-free", part=part)
    name = "register-dialogue-seat" if first else "register-dialogue-seat-more"
    return talk.text(name, number=number, capacity=capacity, part=part)
