"""How long what is kept, what goes tonight, and a region's decision to destroy lists of participants."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.form import form, number_field, text_field
from bot.reply import Button, Card, Fact
from bot.rules.retention import LEAST, MOST, Class
from storage import privacy
from storage.privacy import Done

EXAMPLES = {
    "sv": ("Visa gallringsreglerna", "gallringsbeslut"),
    "en": ("show the retention rules",),
}
NEAR_MISSES = ("sök beslut om gallring", "visa årshjulet")
TALKS = """
# Vide Hittepåberg · teams
> visa gallringsreglerna
< Gallring i Skaraborg … Kost och tillgänglighet: efter 14 dagar … Deltagarlistor: bevaras, inget gallringsbeslut … [Lägg in beslut]
> [Lägg in beslut]
< Efter hur många dagar ska deltagarlistor gallras? … [Fyll i formuläret]
> 20
< Talet måste vara minst 30.
< Efter hur många dagar ska deltagarlistor gallras? … [Fyll i formuläret]
> 365
< Vilket beslut stöder det? … [Fyll i formuläret]
> Dnr 2026-14
< Ska deltagarlistor i Skaraborg gallras efter 365 dagar, enligt Dnr 2026-14? … [Lägg in] [Nej]
> ja
< Inlagt: deltagarlistor gallras efter 365 dagar, enligt Dnr 2026-14. …
> visa gallringsreglerna
< Gallring i Skaraborg … Deltagarlistor: efter 365 dagar, Dnr 2026-14 …

# Eva Exempelqvist · slack
> visa gallringsreglerna
< Det här får administratören göra: Vide Hittepåberg. …
"""
TEXTS = {
    "sv": """
        decide-retention = Gallringsbeslut
            .submit = Vidare
            .open = Fyll i formuläret
        decide-retention-days =
            .question = Efter hur många dagar ska deltagarlistor gallras?
            .label = Dagar efter mötet
        decide-retention-reference =
            .question = Vilket beslut stöder det? Skriv dess beteckning.
            .label = Beslutets beteckning
        retention-rules-sure =
            .question = Ska deltagarlistor i { $region } gallras efter { $days } dagar, enligt { $reference }? Det görs varje natt och går inte att ångra.
            .yes = Lägg in
            .no = Nej
        retention-rules-title = Gallring i { $region }
        retention-rules-text = Så länge sparas det. Allmänna handlingar gallras bara efter beslut. Körs varje natt; beviset står i loggen.
        retention-rules-line = efter { $days } dagar. { $count ->
            [0] Inget är äldre nu.
           *[other] { $count } rader är äldre och tas bort i natt.
        }
        retention-rules-decided = efter { $days } dagar, { $reference }. { $count ->
            [0] Inget är äldre nu.
           *[other] { $count } rader är äldre och tas bort i natt.
        }
        retention-rules-waits = bevaras, inget gallringsbeslut. { $count ->
            [0] Inget är äldre än ett år.
           *[other] { $count } rader är äldre än ett år.
        }
        retention-class-diet = Kost och tillgänglighet
        retention-class-invitation = Inbjudningar som ingen bekräftat
        retention-class-passing = Tillfälliga uppgifter
        retention-class-participants = Deltagarlistor
        retention-class-case = Protokoll, beslut, uppdrag och frågerundor
        retention-rules-always = bevaras
        retention-rules-decide = Lägg in beslut
        retention-rules-dropped = Då ändrar jag inget.
        retention-rules-done = Inlagt: deltagarlistor gallras efter { $days } dagar, enligt { $reference }. Första gången i natt.
    """,
    "en": """
        decide-retention = Retention decision
            .submit = Next
            .open = Fill in the form
        decide-retention-days =
            .question = After how many days shall lists of participants be destroyed?
            .label = Days after the event
        decide-retention-reference =
            .question = Which decision says so? Write its reference.
            .label = The decision’s reference
        retention-rules-sure =
            .question = Shall lists of participants in { $region } be destroyed after { $days } days, by { $reference }? It is done every night and cannot be undone.
            .yes = Enter it
            .no = No
        retention-rules-title = Retention in { $region }
        retention-rules-text = This is how long it is kept. Public records are only destroyed by decision. Runs every night; the proof stands in the log.
        retention-rules-line = after { $days } days. { $count ->
            [0] Nothing is older now.
           *[other] { $count } rows are older and go tonight.
        }
        retention-rules-decided = after { $days } days, { $reference }. { $count ->
            [0] Nothing is older now.
           *[other] { $count } rows are older and go tonight.
        }
        retention-rules-waits = kept, no decision to destroy. { $count ->
            [0] Nothing is older than a year.
           *[other] { $count } rows are older than a year.
        }
        retention-class-diet = Diet and access needs
        retention-class-invitation = Invitations that nobody confirmed
        retention-class-passing = What is only for the moment
        retention-class-participants = Lists of participants
        retention-class-case = Minutes, decisions, mandates and question rounds
        retention-rules-always = kept
        retention-rules-decide = Enter a decision
        retention-rules-dropped = Then I change nothing.
        retention-rules-done = Entered: lists of participants are destroyed after { $days } days, by { $reference }. For the first time tonight.
    """,
}


@form("decide-retention")
class Decide:
    days: int = number_field(least=LEAST, most=MOST)
    reference: str = text_field(limit=120)


@dialog(
    "retention-rules", intents=("retention_rules",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, personal=True, forms=(Decide,),
)  # fmt: skip
async def retention_rules(talk: Talk) -> None:
    found = await talk.look(privacy.rules_of, talk.person, talk.turn.at)
    if talk.heard.value.get("decide"):
        return await _decide(talk)
    facts = [
        Fact(talk.text(f"retention-class-{each.of.value}"), _line(talk, each)) for each in found
    ]
    always = talk.text("retention-rules-always")
    facts.append(Fact(talk.text(f"retention-class-{Class.CASE.value}"), always))
    button = Button(talk.text("retention-rules-decide"), "retention-rules", {"decide": True})
    title = talk.text("retention-rules-title", region=talk.person.region_name)
    return await talk.say(
        Card(title, talk.text("retention-rules-text"), tuple(facts), buttons=(button,))
    )


async def _decide(talk: Talk) -> None:
    filled = await talk.fill(Decide)
    region, days, reference = talk.person.region_name, int(filled.days), filled.reference.strip()
    if not await talk.confirm("sure", region=region, days=days, reference=reference):
        return await talk.say("retention-rules-dropped")
    await talk.do(
        "decide-retention", privacy.decide, talk.person, Class.PARTICIPANTS.value, days, reference,
        talk.turn.at, subject=f"region:{talk.person.region}", detail={"days": str(days)},
    )  # fmt: skip
    return await talk.say("retention-rules-done", days=days, reference=reference)


def _line(talk: Talk, each: Done) -> str:
    if each.waits:
        return talk.text("retention-rules-waits", count=each.count)
    if each.reference:
        return talk.text("retention-rules-decided", count=each.count, days=each.days,
                         reference=each.reference)  # fmt: skip
    return talk.text("retention-rules-line", count=each.count, days=each.days)
