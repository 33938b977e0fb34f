"""Who is registered: oneself, or for the coordinator everybody, the missing and the kitchen's counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialog import Talk, dialog
from bot.reply import Button, Card, Fact, Text
from bot.rules.seats import COMING, Municipality, standing
from dialogs.dialogues import card
from dialogs.dialogues.files import say_files
from dialogs.dialogues.pick import which_dialogue
from storage import dialogues
from storage.dialogues import Dialogue, Participant

EXAMPLES = {
    "sv": ("är jag anmäld till dialogen?", "vilka kommuner har inte anmält nån?",
           "visa anmälningarna till dialogen", "hur många är anmälda till dialogen?"),
    "en": ("am I registered for the dialogue?", "which municipalities have not registered anyone?"),
}  # fmt: skip
NEAR_MISSES = ("anmäl mig till dialogen", "vilka är med i nätverket?")
TALKS = """
# Bo Fiktivsson · teams
> är jag anmäld till dialogen?
< Nej, du är inte anmäld till Skolverkets regionala dialog onsdag 10 februari 2027. Sista dag är onsdag 27 januari 2027. [Anmäl]
> hur många är anmälda till dialogen?
< Skolverkets regionala dialog, Skaraborg … 40 av 60 … 31 av 40 …

# Bo Fiktivsson · slack
> am I registered for the dialogue?
< No, you are not registered for Skolverkets regionala dialog on Wednesday 10 February 2027. The last day is Wednesday 27 January 2027. [Sign up]

# Eva Exempelqvist · teams
> vilka kommuner har inte anmält nån?
< 4 av 15: Essunga, Gullspång, Hjo, Töreboda. … Har tackat nej: Karlsborg. [Påminn deras kontaktpersoner] [Visa text]
> [Visa text]
< … Ingen från din kommun är anmäld …
> [Påminn deras kontaktpersoner]
< Jag påminner 4 kontaktpersoner i Essunga, Gullspång, Hjo, Töreboda.

# Eva Exempelqvist · teams
> visa anmälningarna till dialogen
< Skolverkets regionala dialog, Skaraborg … Falköping … Lidköping … [Excel] [CSV] [Vilka saknas?] [Önskade ämnen] [Kost till köket] …
> [Kost till köket]
< … vegetarisk …
> [Önskade ämnen]
< Önskade ämnen, 6 önskemål: … anonymt … Validering av yrkeskunskaper …
> [Excel]
< … .xlsx

# Bo Fiktivsson · teams
> visa anmälningarna till dialogen
< Skolverkets regionala dialog, Skaraborg … 40 av 60 … Falköping …
"""
TEXTS = {
    "sv": """
        registered-no = Nej, du är inte anmäld till { $title } { $day }. Sista dag är { $last }.
        registered-no-late = Nej, du är inte anmäld till { $title } { $day }. Sista dag var { $last }, men du kan fråga samordnaren.
        registered-yes = Ja, till { $title } { $day }: { $own }.
        registered-not-yet = Inte säkert ännu till { $title } { $day }: { $own }.
        registered-others = Vilka andra som är anmälda ser bara samordnaren. Så här många är det:
        registered-missing = { $count } av { $all }: { $names }.
        registered-missing-none = Alla { $all } kommuner har anmält någon, väntar på en plats eller har tackat nej.
        registered-waiting = Väntar på en plats: { $names }.
        registered-declined = Har tackat nej: { $names }.
        registered-remind = Påminn deras kontaktpersoner
        registered-show-text = Visa text
        registered-reminded = Jag påminner { $count ->
            [one] en kontaktperson
           *[other] { $count } kontaktpersoner
        } i { $names }.
        registered-reminded-none = Det finns ingen att påminna: ingen kommun saknas längre.
        registered-nobody = Ingen är anmäld ännu.
        registered-towns = Kommuner
        registered-town = { $name } { $count }
        registered-excel = Excel
        registered-csv = CSV
        registered-who-missing = Vilka saknas?
        registered-topics = Önskade ämnen
        registered-kitchen = Kost till köket
        registered-needs = Kost och behov per namn
        registered-attendance = Närvaro
        registered-of-nowhere = Utan kommun
        registered-person = { $name } ({ $parts })
        registered-more = … och { $count } till; hämta hela listan som fil.
        kitchen-counts = Till köket, utan namn ({ $day }): { $counts }.
        kitchen-none = Ingen har angett någon specialkost.
        needs-none = Ingen har angett kost eller behov.
        needs-note = Det här ser bara du som samordnare. Det raderas 14 dagar efter dialogen.
        dialogue-topics-none = Ingen har önskat något ämne ännu.
        dialogue-topics-list = Önskade ämnen, { $count ->
            [one] ett önskemål
           *[other] { $count } önskemål
        }:
        dialogue-topics-anonymous = anonymt
    """,
    "en": """
        registered-no = No, you are not registered for { $title } on { $day }. The last day is { $last }.
        registered-no-late = No, you are not registered for { $title } on { $day }. The last day was { $last }, but you can ask the coordinator.
        registered-yes = Yes, for { $title } on { $day }: { $own }.
        registered-not-yet = Not for certain yet for { $title } on { $day }: { $own }.
        registered-others = Who else is registered is seen only by the coordinator. There are this many:
        registered-missing = { $count } of { $all }: { $names }.
        registered-missing-none = All { $all } municipalities have registered somebody, wait for a seat or have declined.
        registered-waiting = Waiting for a seat: { $names }.
        registered-declined = Have declined: { $names }.
        registered-remind = Remind their contacts
        registered-show-text = Show the text
        registered-reminded = I am reminding { $count ->
            [one] one contact
           *[other] { $count } contacts
        } in { $names }.
        registered-reminded-none = There is nobody to remind: no municipality is missing any more.
        registered-nobody = Nobody is registered yet.
        registered-towns = Municipalities
        registered-town = { $name } { $count }
        registered-excel = Excel
        registered-csv = CSV
        registered-who-missing = Who is missing?
        registered-topics = Topics wished for
        registered-kitchen = Diets for the kitchen
        registered-needs = Diet and needs by name
        registered-attendance = Attendance
        registered-of-nowhere = No municipality
        registered-person = { $name } ({ $parts })
        registered-more = … and { $count } more; get the whole list as a file.
        kitchen-counts = For the kitchen, without names ({ $day }): { $counts }.
        kitchen-none = Nobody has given any special diet.
        needs-none = Nobody has given any diet or need.
        needs-note = Only you as coordinator see this. It is deleted 14 days after the dialogue.
        dialogue-topics-none = Nobody has wished for a topic yet.
        dialogue-topics-list = Topics wished for, { $count ->
            [one] one wish
           *[other] { $count } wishes
        }:
        dialogue-topics-anonymous = anonymous
    """,
}
SHOWN = 2400  # characters of names in one message; the file has them all

_MISSING = re.compile(
    r"\b(?:saknas|inte (?:har )?(?:anmält|skickat|svarat)|ännu inte|ingen anmäl\w*|utan anmäl\w*|missing|not (?:yet )?registered any\w*|"
    r"have(?:n't| not) (?:registered|signed|sent|answered)|inte en enda|fattas)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:är|står|blev|kom|har|finns|was|am)\s+(?:jag|i|ja)\b|\bjag (?:är )?(?:anmäld|med|registrerad)|\bmin(?:a)? (?:anmäl\w+|plats|köplats)|"
    r"\bmy (?:registration|place|seat|spot)|\bi (?:am )?registered",
    re.IGNORECASE,
)
_TOPICS = re.compile(r"\b(?:ämne\w*|önskemål\w*|topics?|wishes)\b", re.IGNORECASE)
_KITCHEN = re.compile(
    r"\b(?:kost\w*|mat\w*|vegetar\w*|vegan\w*|allerg\w*|kök\w*|diet\w*|gluten\w*|food|kitchen)\b",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\b(?:export\w*|excel\w*|xlsx|csv|fil(?:en)?|ladda ner|download|file|kalkylblad\w*|spreadsheet)\b",
    re.IGNORECASE,
)


@dialog(
    "list-registrations", intents=("list_registrations",), examples=EXAMPLES,
    near_misses=NEAR_MISSES, talks=TALKS, personal=True,
)  # fmt: skip
async def list_registrations(talk: Talk) -> None:
    found = await which_dialogue(talk)
    text, wanted = talk.heard.text, talk.heard.value.get("show")
    about_me = _OWN.search(text) is not None
    if _MISSING.search(text) and not about_me:
        wanted = "missing"
    wanted = wanted or await talk.note("wanted", "" if about_me else _wanted(text))
    if about_me:
        return await _say_own(talk, found)
    if wanted == "missing":
        return await _say_missing(talk, found)
    if not dialogues.manages(talk.person, found.region) and not wanted:
        return await _say_counts(talk, found)
    says = {"topics": _say_topics, "kitchen": _say_kitchen, "needs": _say_needs}
    if wanted in {"xlsx", "csv"}:
        return await say_files(talk, found, str(wanted))
    return await says.get(str(wanted), _say_list)(talk, found)


def _wanted(text: str) -> str:
    kinds = {"xlsx": _FILE, "topics": _TOPICS, "kitchen": _KITCHEN}
    found = next((kind for kind, pattern in kinds.items() if pattern.search(text)), "")
    return "csv" if found == "xlsx" and "csv" in text.casefold() else found


async def _say_own(talk: Talk, found: Dialogue) -> None:
    mine = await talk.look(dialogues.own, found.id, talk.person.id)
    facts = {"title": found.title, "day": card.day(found, talk.lang)}
    if mine is not None and mine.standing:
        sure = bool(mine.sessions("registered", "present"))
        text = talk.text("registered-yes" if sure else "registered-not-yet",
                         own=card.own(found, mine, talk), **facts)  # fmt: skip
        return await talk.say(Text(text, tuple(card.buttons_of(talk, found, mine))))
    name = "registered-no" if found.last_day >= talk.today else "registered-no-late"
    button = talk.button(
        "dialogue-sign-up", "register-dialogue", style="primary", dialogue=found.id
    )
    text = talk.text(name, last=card.day(found.last_day, talk.lang), **facts)
    return await talk.say(Text(text, (button,)))


async def _say_counts(talk: Talk, found: Dialogue) -> None:
    """Counts per part and per municipality, never names."""
    towns = await talk.look(dialogues.municipalities, found.id, found.region)
    facts = (*card.facts(found, talk), *_counted(talk, towns))
    await talk.say(Card(card.title(found, talk), talk.text("registered-others"), facts))


def _counted(talk: Talk, towns: Sequence[Municipality]) -> list[Fact]:
    counted = [talk.text("registered-town", name=each.name, count=each.coming)
               for each in towns if each.coming]  # fmt: skip
    return [Fact(talk.text("registered-towns"), ", ".join(counted))] if counted else []


async def _say_missing(talk: Talk, found: Dialogue) -> None:
    towns = await talk.look(dialogues.towns_missing, talk.person, found.id, talk.today)
    lines = []
    missing = [each.name for each in standing(towns, "missing")]
    if missing:
        lines.append(talk.text("registered-missing", count=len(missing), all=len(towns),
                               names=", ".join(missing)))  # fmt: skip
    else:
        lines.append(talk.text("registered-missing-none", all=len(towns)))
    for kind in ("waiting", "declined"):
        names = ", ".join(each.name for each in standing(towns, kind))
        if names:
            lines.append(talk.text(f"registered-{kind}", names=names))
    buttons = (
        talk.button("registered-remind", "remind-missing", dialogue=found.id),
        talk.button("registered-show-text", "remind-missing", dialogue=found.id, show=True),
    )
    await talk.say(Text(" ".join(lines), buttons if missing else ()))


async def _say_list(talk: Talk, found: Dialogue) -> None:
    """Municipality by municipality, with names: for the coordinator alone."""
    people = await talk.look(dialogues.participants, talk.person, found.id, talk.today)
    lines: list[str] = []
    for town in dict.fromkeys(each.municipality for each in people):
        names = [_named(talk, found, each) for each in people if each.municipality == town]
        lines.append(f"• {town or talk.text('registered-of-nowhere')}: {', '.join(names)}")
    shown = lines[:]
    while len("\n".join(shown)) > SHOWN:
        shown.pop()
    if len(shown) < len(lines):
        shown.append(talk.text("registered-more", count=len(lines) - len(shown)))
    text = "\n".join(shown) or talk.text("registered-nobody")
    await talk.say(Card(card.title(found, talk), text, tuple(card.facts(found, talk)),
                        buttons=_buttons(talk, found)))  # fmt: skip


def _buttons(talk: Talk, found: Dialogue) -> tuple[Button, ...]:
    shows = {"registered-excel": "xlsx", "registered-csv": "csv",
             "registered-who-missing": "missing", "registered-topics": "topics",
             "registered-kitchen": "kitchen", "registered-needs": "needs"}  # fmt: skip
    asked = tuple(
        talk.button(name, "list-registrations", dialogue=found.id, show=show)
        for name, show in shows.items()
    )
    return (*asked, talk.button("registered-attendance", "tick-off", dialogue=found.id))


def _named(talk: Talk, found: Dialogue, each: Participant) -> str:
    parts = []
    for number, state in each.sessions.items():
        name = card.part(found.session(number), talk)
        parts.append(name if state in COMING else f"{name}: {talk.text(f'seat-state-{state}')}")
    return talk.text("registered-person", name=each.name, parts=", ".join(parts))


async def _say_topics(talk: Talk, found: Dialogue) -> None:
    wishes = await talk.look(dialogues.topics, talk.person, found.id, talk.today)
    if not wishes:
        return await talk.say("dialogue-topics-none")
    lines = [
        f"• {text} ({name or talk.text('dialogue-topics-anonymous')})" for text, name in wishes
    ]
    return await talk.say(
        Text("\n".join([talk.text("dialogue-topics-list", count=len(wishes)), *lines]))
    )


async def _say_kitchen(talk: Talk, found: Dialogue) -> None:
    counts = await talk.look(dialogues.kitchen, talk.person, found.id, talk.today)
    if not counts:
        return await talk.say("kitchen-none")
    shown = ", ".join(f"{diet} {number}" for diet, number in counts)
    return await talk.say("kitchen-counts", day=card.day(found, talk.lang), counts=shown)


async def _say_needs(talk: Talk, found: Dialogue) -> None:
    rows = await talk.look(dialogues.needs, talk.person, found.id, talk.today)
    if not rows:
        return await talk.say("needs-none")
    lines = [f"• {name}: {', '.join(each for each in (diet, access) if each)}"
             for name, diet, access in rows]  # fmt: skip
    return await talk.say(Text("\n".join([talk.text("needs-note"), *lines])))
