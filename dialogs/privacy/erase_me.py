"""Be erased: what goes, what must stay and why, whose the duties are then; nothing before typed words."""

from __future__ import annotations

from collections.abc import Sequence

from bot import dates
from bot.dialog import Talk, Teller, dialog
from bot.form import Field
from bot.reading import plain
from bot.reply import Reply, Text
from storage import privacy
from storage.privacy import Duty, Leaving

EXAMPLES = {
    "sv": ("Radera mig", "ta bort mina uppgifter", "jag vill bli glömd"),
    "en": ("delete my data", "erase everything you have about me"),
}
NEAR_MISSES = ("vad vet du om mig", "radera inte mig", "ta bort mig från dialogen")
TALKS = """
# Bo Fiktivsson · teams
> radera mig
< Jag tar bort profil, konton, kost, påminnelser … Skriv ”radera mig” för att bekräfta.
> nja
< Det var inte ”radera mig”, så jag har inte tagit bort något.

# Bo Fiktivsson · slack
> radera mig
< Jag tar bort profil … Skriv ”radera mig” för att bekräfta.
> radera mig
< Nu är du borttagen. …
> radera mig
< Hej! Jag är Nätverksboten … Jag känner inte igen ditt konto …

# Nora Provén · slack
> delete my data
< I delete your profile … Write “erase me” to confirm.
> cancel
< Cancelled. Nothing has been saved.

# Asta Fiktberg · teams
> radera mig
< Jag tar bort profil … Det här blir utan någon: … ordförande, Nätverket Vuxenutbildning Skaraborg … Lena Modellson, Jonas Attrapp … får veta det. … Skriv ”radera mig” för att bekräfta.
> radera mig
< Nu är du borttagen. …
< (Lena Modellson) Asta Fiktberg finns inte längre hos mig. Det här behöver någon annan: … ordförande, Nätverket Vuxenutbildning Skaraborg …
"""
TEXTS = {
    "sv": """
        erase-me-goes = Jag tar bort profil, konton, kost, påminnelser och kommande anmälningar ({ $count }).
        erase-me-stays = { $count ->
            [0] Det du har gjort i nätverkens ärenden finns kvar utan ditt namn, eftersom allmänna handlingar ska bevaras.
            [one] Ditt namn finns kvar i ett justerat protokoll, eftersom det ska bevaras. Det du har gjort i andra ärenden finns kvar utan ditt namn.
           *[other] Ditt namn finns kvar i { $count } justerade protokoll, eftersom de ska bevaras. Det du har gjort i andra ärenden finns kvar utan ditt namn.
        }
        erase-me-secretary = Du är sekreterare { $day } – presidiet måste utse någon.
        erase-me-duties = Det här blir utan någon: { $duties }.
        erase-me-heirs = { $people } får veta det.
        erase-me-type =
            .question = { $what } Skriv ”radera mig” för att bekräfta.
        erase-me-words = radera mig
        erase-me-dropped = Det var inte ”radera mig”, så jag har inte tagit bort något.
        erase-me-done = Nu är du borttagen. Loggen säger bara ”Person { $number }”. Skriver du till mig igen känner jag inte igen dig. Säkerhetskopior som läses tillbaka rensas på samma sätt.
        erase-me-letter = { $name } finns inte längre hos mig. Det här behöver någon annan: { $duties }.
        duty-secretary = sekreterare { $day }, { $what }
        duty-mandate = uppdraget { $what }
        duty-role = { $role }, { $what }
    """,
    "en": """
        erase-me-goes = I delete your profile, accounts, diet, reminders and coming registrations ({ $count }).
        erase-me-stays = { $count ->
            [0] What you have done in the networks’ matters stays without your name, as public records must be kept.
            [one] Your name stays in one approved set of minutes, as they must be kept. What you have done in other matters stays without your name.
           *[other] Your name stays in { $count } approved sets of minutes, as they must be kept. What you have done in other matters stays without your name.
        }
        erase-me-secretary = You are the secretary on { $day } – the presidium must appoint somebody.
        erase-me-duties = This will be nobody’s: { $duties }.
        erase-me-heirs = { $people } will be told.
        erase-me-type =
            .question = { $what } Write “erase me” to confirm.
        erase-me-words = erase me
        erase-me-dropped = That was not “erase me”, so I have deleted nothing.
        erase-me-done = You are deleted now. The log only says “Person { $number }”. If you write to me again, I do not know you. Backups that are read back are cleaned in the same way.
        erase-me-letter = { $name } is not with me any more. This needs somebody else: { $duties }.
        duty-secretary = secretary on { $day }, { $what }
        duty-mandate = the mandate { $what }
        duty-role = { $role }, { $what }
    """,
}
_TYPED = frozenset({"radera mig", "erase me", "delete me"})


@dialog(
    "erase-me", intents=("gdpr_delete",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
    changes=True, personal=True,
)  # fmt: skip
async def erase_me(talk: Talk) -> None:
    who = talk.person
    found = await talk.look(privacy.leaving, who, talk.turn.at)
    names = await talk.look(privacy.names, found.heirs)
    typed = await talk.ask("type", Field("text", limit=200), what=_what(talk, found, names))
    if plain(typed.strip("*\"”“’'.! ")) not in _TYPED:
        return await talk.say("erase-me-dropped")

    def letter(to: Teller) -> Sequence[Reply]:
        return [Text(to.text("erase-me-letter", name=who.name, duties=_duties(to, found.duties)))]

    if found.duties:
        await talk.tell(found.heirs, letter, or_mail=True)
    await talk.do("erase", privacy.erase, who, talk.turn.at, subject=f"person:{who.id}")
    return await talk.say("erase-me-done", number=str(who.id))


def _what(talk: Talk, found: Leaving, names: str) -> str:
    parts = [
        talk.text("erase-me-goes", count=found.registrations),
        talk.text("erase-me-stays", count=found.protocols),
    ]
    parts += [
        talk.text("erase-me-secretary", day=dates.show(each.day, talk.lang, week=False))
        for each in found.duties
        if each.kind == "secretary" and each.day
    ]
    others = [each for each in found.duties if each.kind != "secretary"]
    if others:
        parts.append(talk.text("erase-me-duties", duties=_duties(talk, others)))
    if found.duties and names:
        parts.append(talk.text("erase-me-heirs", people=names))
    return " ".join(parts)


def _duties(to: Talk | Teller, duties: Sequence[Duty]) -> str:
    return "; ".join(_duty(to, each) for each in duties)


def _duty(to: Talk | Teller, each: Duty) -> str:
    if each.kind == "role":
        role, _, where = each.what.partition("|")
        return to.text("duty-role", role=to.text(f"role-{role}-of"), what=where)
    day = dates.show(each.day, to.lang, week=False) if each.day else ""
    return to.text(f"duty-{each.kind}", what=each.what, **({"day": day} if day else {}))
