"""Make a dialogue day as a draft, in words or with a form; or last year's again on a new day."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from bot.dates import DateValue
from bot.dialog import Talk, dialog
from bot.form import Field, choice_field, date_field, form, number_field, text_field, time_field
from bot.reply import Card, Fact
from bot.rules.roles import Action
from bot.rules.seats import in_season
from dialogs.dialogues import card
from dialogs.dialogues.manage import manage_dialogue
from storage import dialogues
from storage.dialogues import NewSession, Plan
from storage.rights import authorise

EXAMPLES = {
    "sv": ("skapa dialogdag 12 maj 2027", "lägg upp en ny dialogdag den 3 mars i Skövde"),
    "en": ("create a dialogue day on 3 March 2027",),
}
NEAR_MISSES = ("boka ett nytt möte", "när är dialogdagen?", "skapa inte någon dialogdag")
TALKS = """
# Eva Exempelqvist · slack
> annonsera skolverkets dialog 10 feb i alla skaraborgskanaler på måndag kl 9
< Jag kan inte lägga ut inlägg i kanaler ännu … ”öppna anmälan” …

# Eva Exempelqvist · teams
> skapa dialogdag 12 maj 2027
< Dialogerna brukar vara januari–april. Vill du ändå skapa den onsdag 12 maj 2027? [Ja] [Välj annat datum]
> ja
< Vilka delar ska dagen ha? … [Fyll i formuläret]
> förmiddag och eftermiddag
< Var? … [Fyll i formuläret]
> Portalen, Skövde
< Hur många platser på varje del? … [Fyll i formuläret]
> 50
< … Ska jag skapa dialogdagen som utkast? … onsdag 12 maj 2027 … 08.30–11.45 … 12.45–15.00 … onsdag 28 april 2027 … [Skapa utkastet] [Nej]
> ja
< UTKAST … onsdag 12 maj 2027 … [Öppna anmälan] …
> [Öppna anmälan]
< Ska jag öppna anmälan till Skolverkets regionala dialog onsdag 12 maj 2027? Sista dag är onsdag 28 april 2027. [Ja] [Nej]
> ja
< Anmälan är öppen. …

# Eva Exempelqvist · teams
> skapa dialogdag 12 maj 2027
< Dialogerna brukar vara januari–april. …
> [Välj annat datum]
< Vilken dag? …

# Bo Fiktivsson · slack
> skapa dialogdag 12 mars 2027
< … Eva Exempelqvist …
"""
TEXTS = {
    "sv": """
        new-dialogue = Ny dialogdag
            .submit = Fortsätt
            .open = Fyll i formuläret
        new-dialogue-shape =
            .question = Vilka delar ska dagen ha?
            .label = Delar
            .both = Förmiddag och eftermiddag
            .fm = Bara förmiddag
            .em = Bara eftermiddag
            .day = En enda del
        new-dialogue-place =
            .question = Var? Skriv lokal och ort.
            .label = Lokal och ort
        new-dialogue-capacity =
            .question = Hur många platser på varje del?
            .label = Platser (förmiddag)
        new-dialogue-afternoon =
            .question = Hur många platser på eftermiddagen?
            .label = Platser på eftermiddagen, om annat
        new-dialogue-morning_hours =
            .question = Vilken tid är förmiddagen?
            .label = Tid för förmiddagen, till exempel 8.30–11.45
        new-dialogue-afternoon_hours =
            .question = Vilken tid är eftermiddagen?
            .label = Tid för eftermiddagen, till exempel 12.45–15
        new-dialogue-last =
            .question = Vilken är sista dag att anmäla sig?
            .label = Sista dag att anmäla sig
        new-dialogue-kind =
            .question = Hur träffas ni?
            .label = Form
            .place = På plats
            .digital = Digitalt
            .hybrid = Både och
        new-dialogue-asks =
            .question = Vad ska anmälan fråga om?
            .label = Fråga också om
            .diet = Specialkost och behov
            .dinner = Kost, behov och middag
            .lodging = Kost, behov, middag och övernattning
            .nothing = Inget mer
        create-dialogue-channels = Jag kan inte lägga ut inlägg i kanaler ännu, så inbjudan får du lägga ut själv. Anmälan öppnar du med ”öppna anmälan”, och gäster utan konto bjuder du in med ”bjud in namn@kommun.example”.
        create-dialogue-season =
            .question = Dialogerna brukar vara januari–april. Vill du ändå skapa den { $day }?
            .no = Välj annat datum
        create-dialogue-day =
            .question = Vilken dag?
        create-dialogue-sure =
            .yes = Skapa utkastet
        create-dialogue-check = Ska jag skapa dialogdagen som utkast? Bara du ser den tills du öppnar anmälan.
        create-dialogue-made = Utkastet är klart. Bara du ser det tills du öppnar anmälan.
        create-dialogue-open = Öppna anmälan
        create-dialogue-change = Ändra
        create-dialogue-points = Checklista
        create-dialogue-dropped = Då skapar jag ingen dialogdag.
        create-dialogue-past = { $day } har redan varit. Skriv till mig igen med en dag som kommer.
        create-dialogue-title = Skolverkets regionala dialog
        create-dialogue-general = Alla; övergripande frågor
        create-dialogue-managers = Främst rektorer och chefer; mer verksamhetsnära
        create-dialogue-nobody = Bara en regional samordnare skapar dialogdagar, och du är inte samordnare i någon region.
    """,
    "en": """
        new-dialogue = New dialogue day
            .submit = Continue
            .open = Fill in the form
        new-dialogue-shape =
            .question = Which parts shall the day have?
            .label = Parts
            .both = Morning and afternoon
            .fm = Only the morning
            .em = Only the afternoon
            .day = One single part
        new-dialogue-place =
            .question = Where? Write the venue and the town.
            .label = Venue and town
        new-dialogue-capacity =
            .question = How many seats in each part?
            .label = Seats (morning)
        new-dialogue-afternoon =
            .question = How many seats in the afternoon?
            .label = Seats in the afternoon, if others
        new-dialogue-morning_hours =
            .question = What time is the morning?
            .label = Hours of the morning, for example 8.30–11.45
        new-dialogue-afternoon_hours =
            .question = What time is the afternoon?
            .label = Hours of the afternoon, for example 12.45–15
        new-dialogue-last =
            .question = Which is the last day to register?
            .label = Last day to register
        new-dialogue-kind =
            .question = How do you meet?
            .label = Form
            .place = In person
            .digital = Online
            .hybrid = Both
        new-dialogue-asks =
            .question = What shall the registration ask about?
            .label = Also ask about
            .diet = Special diet and needs
            .dinner = Diet, needs and dinner
            .lodging = Diet, needs, dinner and lodging
            .nothing = Nothing more
        create-dialogue-channels = I cannot post in channels yet, so please post the invitation yourself. You open registration with “open the registration”, and invite guests without an account with “invite name@municipality.example”.
        create-dialogue-season =
            .question = Dialogues usually run January–April. Do you want to create it on { $day } anyway?
            .no = Choose another date
        create-dialogue-day =
            .question = Which day?
        create-dialogue-sure =
            .yes = Create the draft
        create-dialogue-check = Shall I create the dialogue day as a draft? Only you see it until you open registration.
        create-dialogue-made = The draft is ready. Only you see it until you open registration.
        create-dialogue-open = Open registration
        create-dialogue-change = Change
        create-dialogue-points = Checklist
        create-dialogue-dropped = Then I will not create any dialogue day.
        create-dialogue-past = { $day } is over. Write to me again with a day to come.
        create-dialogue-title = Skolverkets regionala dialog
        create-dialogue-general = Everybody; general matters
        create-dialogue-managers = Mainly principals and managers; closer to operations
        create-dialogue-nobody = Only a regional coordinator creates dialogue days, and you coordinate no region.
    """,
}
MORNING, AFTERNOON = "08.30–11.45", "12.45–15.00"
MOST_DAYS = 3
BEFORE = timedelta(days=14)  # the last day to register, unless another one is given
ASKS = {
    "diet": ("diet", "access"), "dinner": ("diet", "access", "dinner"),
    "lodging": ("diet", "access", "dinner", "lodging"), "nothing": (),
}  # fmt: skip


@form("new-dialogue")
class NewDialogue:
    shape: str = choice_field("both", "fm", "em", "day")
    place: str = text_field(limit=200)
    capacity: int = number_field(least=1, most=5000)
    afternoon: int | None = number_field(required=False, least=1, most=5000)
    morning_hours: str | None = time_field(required=False)
    afternoon_hours: str | None = time_field(required=False)
    last: DateValue | None = date_field(required=False)
    kind: str | None = choice_field("place", "digital", "hybrid", required=False)
    asks: str | None = choice_field("diet", "dinner", "lodging", "nothing", required=False)


@dialog(
    "create-dialogue", intents=("announce_dialogue",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True, forms=(NewDialogue,),
)  # fmt: skip
async def create_dialogue(talk: Talk) -> None:
    region = await _region(talk)
    if await talk.note("posts", bool(_POSTS.search(talk.heard.text))):
        return await talk.say("create-dialogue-channels")
    if await talk.note("opens", bool(_opens(talk.heard.text))):
        return await manage_dialogue(talk)
    days = await _days(talk)
    day = days[0]
    number = talk.heard.value.get("dialogue")
    if number is not None:
        made = await talk.do("copy-dialogue", dialogues.copy, talk.person, int(number), day,
                             day - BEFORE, talk.turn.at)  # fmt: skip
        return await _show(talk, made)
    said = await talk.note("muni", talk.heard.first("muni"))
    answers = await talk.fill(NewDialogue, known={"place": said})
    plan = _plan(talk, region, days, answers)
    if not await talk.confirm("sure", card=_check(talk, plan)):
        return await talk.say("create-dialogue-dropped")
    made = await talk.do("create-dialogue", dialogues.create, talk.person, plan, talk.turn.at)
    return await _show(talk, made)


async def _region(talk: Talk) -> int:
    """The region of which one is the coordinator; else a refusal that says who is."""
    mine = [each for each in talk.person.regions if dialogues.manages(talk.person, each)]
    region = mine[0] if mine else talk.person.region
    await talk.look(authorise, talk.person, Action.MANAGE_DIALOGUE, region, (), talk.today)
    return region


_POSTS = re.compile(r"annonser|publicer|lägg ut|announce|publish|\bpost\b|#\w", re.IGNORECASE)


def _opens(text: str) -> bool:
    """ "öppna anmälan": of one that there is, not a new one."""
    said = text.casefold()
    opens = any(word in said for word in ("öppna", "open "))
    return opens and not any(word in said for word in ("skapa", "ny ", "nytt", "create", "new "))


async def _days(talk: Talk) -> list[date]:
    """One day or a few in a row. Outside January–April it is asked about, never refused."""
    said = talk.heard.when if "dialogue" not in talk.heard.value else None
    value = await talk.ask("day", Field("date"), known=said.words if said else None)
    while True:
        days = _in_a_row(talk, value)
        if in_season(days[0]):
            return days
        if await talk.confirm("season", day=card.day(days[0], talk.lang)):
            return days
        value = await talk.ask("day", Field("date"))


def _in_a_row(talk: Talk, value: DateValue) -> list[date]:
    first, last = value.first_day, value.last_day
    if first is None or last is None or (last - first).days >= MOST_DAYS:
        talk.refuse("manage-dialogue-vague", words=value.words)
    if first <= talk.today:
        talk.refuse("create-dialogue-past", day=card.day(first, talk.lang))
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


def _plan(talk: Talk, region: int, days: list[date], answers: NewDialogue) -> Plan:
    morning, afternoon = answers.morning_hours or MORNING, answers.afternoon_hours or AFTERNOON
    spans = {"fm": morning, "em": afternoon,
             "day": f"{morning.partition('–')[0]}–{afternoon.partition('–')[2] or '15.00'}"}  # fmt: skip
    parts = ("fm", "em") if answers.shape == "both" else (answers.shape,)
    sessions = []
    for day, part in ((day, part) for day in days for part in parts):
        starts, _, ends = spans[part].partition("–")
        begin = _clock(day, starts)
        aim = "managers" if part == "em" else "general"
        seats = answers.afternoon if part == "em" and answers.afternoon else answers.capacity
        sessions.append(
            NewSession(part, begin, _clock(day, ends) if ends else begin + timedelta(hours=3),
                       None if answers.kind == "digital" else seats,
                       talk.text(f"create-dialogue-{aim}"))
        )  # fmt: skip
    last = answers.last.first_day if answers.last and answers.last.first_day else days[0] - BEFORE
    return Plan(
        region, talk.text("create-dialogue-title"), tuple(sessions), max(last, talk.today),
        answers.kind or "place", answers.place,
        fields=tuple({"name": each} for each in ASKS[answers.asks or "diet"]),
    )  # fmt: skip


def _clock(day: date, text: str) -> datetime:
    hour, _, minute = text.partition(".")
    return datetime.combine(day, time(int(hour), int(minute or 0)))


def _check(talk: Talk, plan: Plan) -> Card:
    days = dict.fromkeys(each.starts.date() for each in plan.sessions)
    shown = ", ".join(card.day(each, talk.lang) for each in days)
    facts = [Fact(talk.text("dialogue-when"), shown),
             Fact(talk.text("dialogue-place"), plan.place)]  # fmt: skip
    for each in plan.sessions:
        name = talk.text(f"dialogue-part-{each.part}")
        seats = f", {each.capacity}" if each.capacity else ""
        facts.append(Fact(f"{name[:1].upper()}{name[1:]}",
                          f"{card.hours(each.starts, each.ends, talk.lang)}{seats}"))  # fmt: skip
    facts.append(Fact(talk.text("dialogue-last-day"), card.day(plan.last_day, talk.lang)))
    return Card(plan.title, talk.text("create-dialogue-check"), tuple(facts))


async def _show(talk: Talk, number: int) -> None:
    found = await talk.look(dialogues.dialogue_by_id, talk.person, number)
    if found is None:
        talk.refuse("no-such-dialogue")
    buttons = (
        talk.button("create-dialogue-open", "manage-dialogue", dialogue=number, what="open",
                    style="primary"),
        talk.button("create-dialogue-change", "manage-dialogue", dialogue=number),
        talk.button("create-dialogue-points", "manage-dialogue", dialogue=number, what="points"),
    )  # fmt: skip
    shown = Card(card.title(found, talk), talk.text("create-dialogue-made"),
                 tuple(card.facts(found, talk)), buttons=buttons)  # fmt: skip
    await talk.say(shown)
