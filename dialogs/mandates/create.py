"""Give a mandate: in words, with a form, or by sending the document that it stands in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dates import DateValue
from bot.dialog import Talk, Teller, dialog
from bot.form import Choice, Field, date_field, form, text_field
from bot.reading import plain
from bot.reply import Card, Fact, Reply, Text
from bot.rules import assignment, deadline
from bot.rules.assignment import Found, short_of
from bot.rules.deadline import Deadline
from bot.rules.roles import Action
from dialogs.mandates import show
from dialogs.mandates.more_time import watched
from storage import bodies, files, mandates
from storage.bodies import Body
from storage.mandates import Kind, OwnerPlan, Plan

EXAMPLES = {
    "sv": ("lägg in ett nytt uppdrag", "ge nätverket i uppdrag att kartlägga valideringen", "skapa ett uppdrag till vuxnätverket"),
    "en": ("create a new mandate", "give the network a mandate"),
}  # fmt: skip
NEAR_MISSES = ("vilka uppdrag har vi", "lägg in ett nytt möte")
TALKS = """
# Farid Testmark · teams
> skapa ett uppdrag till vuxnätverket: kartlägg valideringen, mål 2, delrapport maj 2027, slutrapport oktober 2027
< Kartlägg valideringen … Stämmer det? Inget är sparat ännu. … Från: Skol- och utbildningschefer Skaraborg Ansvarig: Nätverket Vuxenutbildning Skaraborg Mål: mål 2 Delrapport: maj 2027, senast måndag 31 maj Slutrapport: oktober 2027, senast fredag 29 oktober [Spara uppdraget] [Nej]
> ja
< Uppdraget Kartlägg valideringen är sparat. Asta Fiktberg får veta det.
< (Asta Fiktberg) Farid Testmark har gett Nätverket Vuxenutbildning Skaraborg ett uppdrag: Kartlägg valideringen. … [Visa uppdraget]

# Farid Testmark · teams
> lägg in ett nytt uppdrag
< Vem ska ha uppdraget? [Nätverket Vuxenutbildning Skaraborg] [Presidium Skaraborg] [Arbetsgrupp Språkstöd] [Arbetsgrupp Lärcenter]
> språkstöd
< Vad går uppdraget ut på? … [Fyll i formuläret]
> Pröva nya läromedel
< När ska slutrapporten lämnas? … [Fyll i formuläret]
> efter sommaren
< Vilken månad ska jag bevaka?
> september 2027
< Pröva nya läromedel … Osäkert: inga mål angivna … Slutrapport: ”efter sommaren”, senast torsdag 30 september 2027 [Spara uppdraget] [Nej]
> nej
< Då sparar jag inte uppdraget.

# Farid Testmark · teams
> create a new mandate
< Who shall have the mandate? …
> 3
< What is the mandate about? …
> Try new textbooks
< When is the final report due? …
> October 2027
< Try new textbooks … Unsure: no goals are named. … Final report: October 2027, at the latest Friday 29 October [Save the mandate] [No]
> yes
< The mandate Try new textbooks has been saved. Asta Fiktberg will be told.

# Asta Fiktberg · teams
> lägg in ett nytt uppdrag
< Uppdrag ges av den som har rollen skolchef. För dig är det Farid Testmark. Jag kan fråga åt dig. [Fråga Farid]

# Farid Testmark · teams
> ge vuxnätverket i uppdrag att utreda lokalerna, slutrapport oktober 2025
< Oktober 2025 har redan varit. När ska slutrapporten lämnas? …
> oktober 2027
< Utreda lokalerna …
"""
TEXTS = {
    "sv": """
        new-mandate = Nytt uppdrag
            .submit = Visa för mig
            .open = Fyll i formuläret
        new-mandate-title =
            .question = Vad går uppdraget ut på? Skriv en rubrik.
            .label = Rubrik
        new-mandate-final =
            .question = När ska slutrapporten lämnas? Skriv till exempel ”oktober 2027”.
            .label = Slutrapport, till exempel oktober 2027
        new-mandate-interim =
            .question = När ska delrapporten lämnas?
            .label = Delrapport, till exempel maj 2027
        new-mandate-goals =
            .question = Vilka mål hör det till?
            .label = Mål, till exempel 2 och 3
        new-mandate-towns =
            .question = Vilka kommuner ansvarar var för sig?
            .label = Kommuner som ansvarar var för sig, eller ”alla”
        new-mandate-text =
            .question = Vad mer ska stå där?
            .label = Beskrivning
        give-mandate-giver =
            .question = Vem ger uppdraget?
        give-mandate-owner =
            .question = Vem ska ha uppdraget?
        give-mandate-final =
            .question = När ska slutrapporten för { $title } lämnas? Dokumentet säger ingen månad. Skriv till exempel ”oktober 2027”.
        give-mandate-over =
            .question = { $when } har redan varit. När ska { $kind } lämnas? Skriv till exempel ”oktober 2027”.
        give-mandate-sure =
            .yes = Spara uppdraget
            .no = Nej
        give-mandate-check = Stämmer det? Inget är sparat ännu.
        give-mandate-unsure = Osäkert: { $what }.
        give-mandate-unsure-no-interim = ingen delrapport nämns
        give-mandate-unsure-no-final = ingen slutrapport nämns
        give-mandate-unsure-no-goals = inga mål angivna
        give-mandate-unsure-year = året är gissat
        give-mandate-unsure-same = samma tider som uppdraget före
        give-mandate-unsure-past = en tid har redan varit
        give-mandate-unsure-order = delrapporten kommer efter slutrapporten
        give-mandate-unsure-loose = en tid är ingen bestämd månad
        give-mandate-unsure-title = rubriken är lång
        give-mandate-unsure-twin = det finns redan ett uppdrag som heter så
        give-mandate-found = { $count ->
            [one] Jag hittar ett uppdrag i { $name }.
           *[other] Jag hittar { $count } uppdrag i { $name }. Vi tar ett i taget.
        }
        give-mandate-none = Jag hittar inget uppdrag i { $name }. Skriv ”nytt uppdrag” om du vill lägga in det själv.
        give-mandate-no-words = { $name } har ingen text att läsa, kanske är den inskannad. Skriv ”nytt uppdrag” så lägger vi in det tillsammans.
        give-mandate-not-you = Uppdrag ges av den som har rollen skolchef. För dig är det { $people }. Jag kan fråga åt dig.
        give-mandate-not-you-nobody = Uppdrag ges av den som har rollen skolchef. Hör av dig till samordnaren.
        give-mandate-nobody-below = Det finns ingen grupp under { $giver } att ge uppdraget till. Hör av dig till administratören.
        give-mandate-unknown-town = Jag känner inte igen ”{ $said }” bland kommunerna i { $owner }. De är { $towns }. Börja om med ”nytt uppdrag”.
        give-mandate-done = Uppdraget { $title } är sparat. { $people } får veta det.
        give-mandate-dropped = Då sparar jag inte uppdraget.
        give-mandate-letter = { $name } har gett { $owner } ett uppdrag: { $title }. { $reports }
        give-mandate-letter-line = { $kind }: { $when }.
        give-mandate-show = Visa uppdraget
        give-mandate-when = { $when }, senast { $last }
    """,
    "en": """
        new-mandate = New mandate
            .submit = Show me
            .open = Fill in the form
        new-mandate-title =
            .question = What is the mandate about? Write a heading.
            .label = Heading
        new-mandate-final =
            .question = When is the final report due? Write for example “October 2027”.
            .label = Final report, for example October 2027
        new-mandate-interim =
            .question = When is the interim report due?
            .label = Interim report, for example May 2027
        new-mandate-goals =
            .question = Which goals does it belong to?
            .label = Goals, for example 2 and 3
        new-mandate-towns =
            .question = Which municipalities are responsible, each for itself?
            .label = Municipalities responsible each for itself, or “all”
        new-mandate-text =
            .question = What else should it say?
            .label = Description
        give-mandate-giver =
            .question = Who gives the mandate?
        give-mandate-owner =
            .question = Who shall have the mandate?
        give-mandate-final =
            .question = When is the final report of { $title } due? The document names no month. Write for example “October 2027”.
        give-mandate-over =
            .question = { $when } is over. When is { $kind } due? Write for example “October 2027”.
        give-mandate-sure =
            .yes = Save the mandate
            .no = No
        give-mandate-check = Is this right? Nothing has been saved yet.
        give-mandate-unsure = Unsure: { $what }.
        give-mandate-unsure-no-interim = no interim report is mentioned
        give-mandate-unsure-no-final = no final report is mentioned
        give-mandate-unsure-no-goals = no goals are named
        give-mandate-unsure-year = the year is a guess
        give-mandate-unsure-same = the same dates as the mandate before
        give-mandate-unsure-past = one date is over
        give-mandate-unsure-order = the interim report comes after the final one
        give-mandate-unsure-loose = one date is no certain month
        give-mandate-unsure-title = the heading is long
        give-mandate-unsure-twin = there is a mandate of that name already
        give-mandate-found = { $count ->
            [one] I find one mandate in { $name }.
           *[other] I find { $count } mandates in { $name }. We take them one by one.
        }
        give-mandate-none = I find no mandate in { $name }. Write “new mandate” to add it yourself.
        give-mandate-no-words = { $name } has no text to read; perhaps it is a scan. Write “new mandate” and we add it together.
        give-mandate-not-you = Mandates are given by school directors. For you that is { $people }. I can ask for you.
        give-mandate-not-you-nobody = Mandates are given by school directors. Please contact the coordinator.
        give-mandate-nobody-below = There is no group below { $giver } to give the mandate to. Please contact the administrator.
        give-mandate-unknown-town = I do not know “{ $said }” among the municipalities of { $owner }. They are { $towns }. Start again with “new mandate”.
        give-mandate-done = The mandate { $title } has been saved. { $people } will be told.
        give-mandate-dropped = Then I do not save the mandate.
        give-mandate-letter = { $name } has given { $owner } a mandate: { $title }. { $reports }
        give-mandate-letter-line = { $kind }: { $when }.
        give-mandate-show = Show the mandate
        give-mandate-when = { $when }, at the latest { $last }
    """,
}
FINAL = Field("date", loose=True)
_ALL = {"alla", "alla kommuner", "samtliga", "samtliga kommuner", "all", "all municipalities"}


@form("new-mandate")
class NewMandate:
    title: str = text_field(limit=200)
    interim: DateValue | None = date_field(required=False, loose=True)
    final: DateValue = date_field(loose=True)
    goals: str | None = text_field(required=False, limit=60)
    towns: str | None = text_field(required=False, limit=300)
    text: str | None = text_field(required=False, multiline=True)


@dialog(
    "give-mandate", intents=("create_mandate",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True, needs=Action.GIVE_MANDATE,
    forms=(NewMandate,),
    takes_files=("uppdrag", "mandat", "assignment"),
)  # fmt: skip
async def give_mandate(talk: Talk) -> None:
    giver = await _giver(talk)
    if talk.file is not None:
        return await _from_document(talk, giver)
    found = assignment.read([_after_colon(talk.heard.text)], talk.now)
    said = await talk.note("said", {k: v for k, v in _known(found).items() if v})
    owner = await _owner(talk, giver)
    answers = await talk.fill(NewMandate, known=said)
    owners = await _owners(talk, owner, answers.towns)
    reports = await _reports(talk, answers.interim, answers.final)
    goals = assignment.goals_in(f"mål {answers.goals}") if answers.goals else ()
    title = assignment.title_of(answers.title)
    plan = Plan(title, short_of(title), giver.id, owners, reports, goals, answers.text or "")
    await _save(talk, giver, owner, plan, () if goals else ("no-goals",))
    return None


async def _from_document(talk: Talk, giver: Body) -> None:
    """Every mandate that the document gives, one by one; nothing is saved unseen."""
    assert talk.file is not None
    words = await talk.look(files.words, talk.person, talk.file.id)
    kept = await talk.note("found", [e.to_json() for e in assignment.read(words, talk.now)])
    if not kept:
        name = "give-mandate-none" if words else "give-mandate-no-words"
        await talk.say(Text(talk.text(name, name=talk.file.name)))
        return
    await talk.say(Text(talk.text("give-mandate-found", count=len(kept), name=talk.file.name)))
    owner = await _owner(talk, giver)
    file: int | None = talk.file.id  # kept with the first mandate that is saved
    for each in map(Found.from_json, kept):
        final = each.final or await talk.ask("final", FINAL, title=each.title)
        reports = await _reports(talk, each.interim, final)
        owners = [OwnerPlan(owner.id)]
        plan = Plan(each.title, short_of(each.title), giver.id, owners, reports, each.goals)
        unsure = [code for code in each.unsure if code not in {"past", "loose", "no-final"}]
        if await _save(talk, giver, owner, plan, unsure, file):
            file = None


async def _giver(talk: Talk) -> Body:
    found = await talk.look(mandates.givers, talk.person)
    if not found:
        people = await talk.look(mandates.contacts, talk.person, talk.today)
        if people:
            names = ", ".join(name for _, name in people)
            talk.refuse("give-mandate-not-you", ask=people, people=names)
        talk.refuse("give-mandate-not-you-nobody")
    chosen = await talk.choose("giver", _choices(found))
    return next(each for each in found if str(each.id) == chosen)


async def _owner(talk: Talk, giver: Body) -> Body:
    below = await talk.look(mandates.below, talk.person, giver.id)
    if not below:
        talk.refuse("give-mandate-nobody-below", giver=giver.name)
    said = talk.heard.first("group")
    named = await talk.look(bodies.find_body, talk.person, said) if said else None
    if named in below:
        return named
    chosen = await talk.choose("owner", _choices(below))
    return next(each for each in below if str(each.id) == chosen)


def _choices(found: Sequence[Body]) -> list[Choice]:
    return [Choice(str(each.id), each.name, (each.short, *each.aliases)) for each in found]


async def _owners(talk: Talk, owner: Body, said: str | None) -> list[OwnerPlan]:
    """The whole body, or each of the municipalities that were named by itself."""
    if not said:
        return [OwnerPlan(owner.id)]
    towns = await talk.look(mandates.towns, owner)
    known = {name.casefold(): number for number, name in towns}
    if plain(said) in _ALL:
        return [OwnerPlan(owner.id, number) for number, _ in towns]
    found = []
    for word in re.split(r",|;|\boch\b|\band\b", said):
        name = word.strip(" .").casefold()
        if name and name not in known:
            everybody = ", ".join(name for _, name in towns)
            talk.refuse("give-mandate-unknown-town", said=word.strip(), owner=owner.name,
                        towns=everybody)  # fmt: skip
        if name:
            found.append(OwnerPlan(owner.id, known[name]))
    return found or [OwnerPlan(owner.id)]


async def _reports(
    talk: Talk, interim: DateValue | None, final: DateValue
) -> list[tuple[Kind, Deadline]]:
    """Each deadline as it was said; a month is asked for loose words, another time for past ones."""
    reports: list[tuple[Kind, Deadline]] = []
    said: tuple[tuple[Kind, DateValue | None], ...] = (("interim", interim), ("final", final))
    for kind, value in said:
        if value is not None:
            reports.append((kind, await _deadline(talk, kind, value)))
    return reports


async def _deadline(talk: Talk, kind: Kind, value: DateValue) -> Deadline:
    found = Deadline(value)
    while True:
        if found.loose:
            found = await watched(talk, found)
        if found.last is None or found.last >= talk.today:
            return found
        when = deadline.shown(found, talk.lang)
        found = Deadline(
            await talk.ask("over", FINAL, kind=talk.text(f"mandate-the-{kind}"),
                           when=when[:1].upper() + when[1:])
        )  # fmt: skip


async def _save(
    talk: Talk, giver: Body, owner: Body, plan: Plan, unsure: Sequence[str],
    file: int | None = None,
) -> bool:  # fmt: skip
    """Show it, and save it where the person says so; gives whether it was saved."""
    twins = await talk.look(mandates.same_title, talk.person, plan.title)
    twin = await talk.note("twin", bool(twins))
    doubts = [*unsure, *(("twin",) if twin else ())]
    if not await talk.confirm("sure", card=_check(talk, giver, owner, plan, doubts)):
        await talk.say("give-mandate-dropped")
        return False
    number = await talk.do("give-mandate", mandates.give, talk.person, plan, file, talk.turn.at)
    found = await talk.look(mandates.by_id, talk.person, number)
    people: list[int] = []
    for each in found.owners if found else ():
        people += await talk.look(mandates.keepers, found, each, talk.today)
    who = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        lines = [
            to.text("give-mandate-letter-line", kind=to.text("mandate-report", kind=kind),
                    when=deadline.shown(of, to.lang))
            for kind, of in plan.reports
        ]  # fmt: skip
        text = to.text("give-mandate-letter", name=who, owner=owner.name, title=plan.title,
                       reports=" ".join(lines))  # fmt: skip
        return [Text(text, (to.button("give-mandate-show", "mandate-status", mandate=number),))]

    await talk.tell(
        [each for each in dict.fromkeys(people) if each != talk.person.id], letter, or_mail=True
    )
    names = await talk.look(mandates.names, people)
    await talk.say("give-mandate-done", title=plan.title, people=names)
    return True


def _check(talk: Talk, giver: Body, owner: Body, plan: Plan, unsure: Sequence[str]) -> Card:
    facts = [
        Fact(talk.text("mandate-given"), giver.name),
        Fact(talk.text("mandate-owner"), owner.name),
    ]
    if plan.goals:
        numbers = show.listed(talk, [str(each) for each in plan.goals])
        facts.append(Fact(talk.text("mandate-goal"), talk.text("mandate-goals", goals=numbers)))
    for kind, of in plan.reports:
        shown = deadline.shown(of, talk.lang)
        if of.last is not None:
            day = show.day(talk, of.last, year=str(of.last.year) not in shown)
            shown = talk.text("give-mandate-when", when=shown, last=day)
        facts.append(Fact(talk.text("mandate-report", kind=kind), shown))
    text = talk.text("give-mandate-check")
    if unsure:
        what = ", ".join(talk.text(f"give-mandate-unsure-{code}") for code in unsure)
        text = f"{text} {talk.text('give-mandate-unsure', what=what)}"
    return Card(plan.title, text, tuple(facts))


def _known(found: Sequence[Found]) -> dict[str, str | None]:
    """What the request itself says, as words that the form's fields read again."""
    if not found:
        return {}
    first = found[0]
    return {
        "title": first.title, "goals": show_numbers(first.goals),
        "interim": first.interim.words if first.interim else None,
        "final": first.final.words if first.final else None,
    }  # fmt: skip


def show_numbers(goals: Sequence[int]) -> str:
    return ", ".join(str(each) for each in goals)


def _after_colon(text: str) -> str:
    """ "skapa ett uppdrag till nätverket: kartlägg …" gives the mandate behind the colon."""
    before, colon, rest = text.partition(":")
    return f"i uppdrag att {rest.strip()}" if colon and len(before.split()) < 10 else text
