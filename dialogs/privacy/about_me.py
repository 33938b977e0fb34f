"""See everything that is kept about oneself, in short and as a file."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.reply import Button, Card, Fact, File
from bot.rules.retention import Class
from storage import privacy
from storage.privacy import About

EXAMPLES = {
    "sv": ("Vad vet du om mig?", "vilka uppgifter har ni om mig", "jag vill ha ett registerutdrag"),
    "en": ("what do you know about me", "show my personal data"),
}
NEAR_MISSES = ("vad vet du om nästa möte", "radera mig")
TALKS = """
# Bo Fiktivsson · teams
> vad vet du om mig?
< Det här vet jag om dig … Det du skriver till mig sparas inte … Namn: Bo Fiktivsson … Kommun: Vara … Roller: medlem, Nätverket Vuxenutbildning Skaraborg … Konton: … slack … Så länge sparas det: … [Radera mig]
< Allt som står om dig, rad för rad. uppgifter-om-mig.json

# Nora Provén · slack
> what do you know about me
< This is what I know about you … Name: Nora Provén … Municipality: Huddinge … [Erase me]
< Everything that stands about you, row by row. my-data.json
"""
TEXTS = {
    "sv": """
        about-me-title = Det här vet jag om dig
        about-me-text = Det du skriver till mig sparas inte, bara vad det ledde till. Adresser och roller kommer från regionens samordnare eller administratör: säg till om något är fel.
        about-me-name = Namn
        about-me-work = Titel
        about-me-town = Kommun
        about-me-region = Region
        about-me-email = E-post
        about-me-language = Språk
        about-me-roles = Roller
        about-me-accounts = Konton
        about-me-counts = Rader
        about-me-kept = Så länge sparas det
        about-me-none = inga
        about-me-whole = hela regionen
        about-me-diet = { $count ->
            [0] Kost och tillgänglighet: inget
           *[other] Kost och tillgänglighet: { $count }
        }
        about-me-profile = Profil, roller och konton: { $count }
        about-me-participants = Anmälningar och svar: { $count }
        about-me-invitation = Inbjudningar: { $count }
        about-me-case = Ärenden, till exempel uppdrag och protokoll: { $count }
        about-me-log = Loggen över vem som gjorde vad: { $count }
        about-me-passing = Tillfälligt: { $count }
        about-me-times = Kost och tillgänglighet tas bort 14 dagar efter mötet. Tillfälliga uppgifter tas bort efter högst 90 dagar. Profilen sparas så länge du är med. Deltagarlistor och ärenden är allmänna handlingar och tas bara bort efter ett gallringsbeslut.
        about-me-file = Allt som står om dig, rad för rad.
        about-me-file-name = uppgifter-om-mig.json
        about-me-erase = Radera mig
        role-member-of = medlem
        role-chair-of = ordförande
        role-presidium-of = presidium
        role-secretary-of = sekreterare
        role-director-of = skolchef
        role-coordinator-of = samordnare
        role-guest-of = gäst
        role-admin-of = administratör
    """,
    "en": """
        about-me-title = This is what I know about you
        about-me-text = What you write to me is not kept, only what came of it. Addresses and roles come from the region’s coordinator or administrator: tell them if something is wrong.
        about-me-name = Name
        about-me-work = Title
        about-me-town = Municipality
        about-me-region = Region
        about-me-email = E-mail
        about-me-language = Language
        about-me-roles = Roles
        about-me-accounts = Accounts
        about-me-counts = Rows
        about-me-kept = How long it is kept
        about-me-none = none
        about-me-whole = the whole region
        about-me-diet = { $count ->
            [0] Diet and access needs: nothing
           *[other] Diet and access needs: { $count }
        }
        about-me-profile = Profile, roles and accounts: { $count }
        about-me-participants = Registrations and answers: { $count }
        about-me-invitation = Invitations: { $count }
        about-me-case = Matters, such as mandates and minutes: { $count }
        about-me-log = The log of who did what: { $count }
        about-me-passing = For the moment: { $count }
        about-me-times = Diet and access needs are deleted 14 days after the event. What is only for the moment goes after 90 days at most. The profile is kept while you take part. Lists of participants and matters are public records, and go only after a decision.
        about-me-file = Everything that stands about you, row by row.
        about-me-file-name = my-data.json
        about-me-erase = Erase me
        role-member-of = member
        role-chair-of = chair
        role-presidium-of = presidium
        role-secretary-of = secretary
        role-director-of = school director
        role-coordinator-of = coordinator
        role-guest-of = guest
        role-admin-of = administrator
    """,
}
_FIELDS = (
    ("name", "name"), ("title", "work"), ("municipality", "town"), ("region", "region"),
    ("email", "email"), ("language", "language"),
)  # fmt: skip


@dialog(
    "about-me", intents=("gdpr_export",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
    personal=True,
)  # fmt: skip
async def about_me(talk: Talk) -> None:
    found = await talk.look(privacy.about, talk.person)
    button = Button(talk.text("about-me-erase"), "erase-me", {"press": True})
    await talk.say(
        Card(
            talk.text("about-me-title"), talk.text("about-me-text"), tuple(_facts(talk, found)),
            buttons=(button,),
        ),
        private=True,
    )  # fmt: skip
    name, text = talk.text("about-me-file-name"), talk.text("about-me-file")
    await talk.say(File(name, found.content, "application/json", text), private=True)


def _facts(talk: Talk, found: About) -> list[Fact]:
    facts = [
        Fact(talk.text(f"about-me-{label}"), found.profile[key])
        for key, label in _FIELDS
        if found.profile[key]
    ]
    whole = talk.text("about-me-whole")
    roles = [f"{talk.text(f'role-{role}-of')}, {body or whole}" for role, body in found.roles]
    none = talk.text("about-me-none")
    facts.append(Fact(talk.text("about-me-roles"), "; ".join(roles) or none))
    facts.append(Fact(talk.text("about-me-accounts"), ", ".join(found.accounts) or none))
    counts = [
        talk.text(f"about-me-{of.value}", count=found.counts.get(of.value, 0))
        for of in Class
        if found.counts.get(of.value) or of is Class.DIET
    ]
    facts.append(Fact(talk.text("about-me-counts"), "; ".join(counts)))
    facts.append(Fact(talk.text("about-me-kept"), talk.text("about-me-times")))
    return facts
