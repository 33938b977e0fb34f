"""Who is chair, secretary, presidium, school director or coordinator."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialog import Talk, dialog
from bot.rules.roles import Action, Grade, Role, grade
from dialogs.meetings import card
from dialogs.meetings.pick import which_bodies
from dialogs.meetings.show import find
from storage import bodies, meetings
from storage.bodies import Body, Member

EXAMPLES = {
    "sv": ("Vem är ordförande?", "vem är sekreterare nästa möte", "vilka sitter i presidiet", "vem är samordnare"),
    "en": ("who is the chair", "who sits on the presidium"),
}  # fmt: skip
NEAR_MISSES = ("vem är statsminister", "vem är värd i mars")
TALKS = """
# Bo Fiktivsson · teams
> vem är ordförande?
< Ordförande i Nätverket Vuxenutbildning Skaraborg: Asta Fiktberg, Skara.
> vem är sekreterare nästa möte
< Sekreterare torsdag 10 december 2026: Dag Låtsasberg, Skövde. …

# Bo Fiktivsson · slack
> vilka sitter i presidiet
< Presidium i Nätverket Vuxenutbildning Skaraborg: Jonas Attrapp, Tibro; Lena Modellson, Falköping.
> vem är samordnare
< Samordnare i Skaraborg: Eva Exempelqvist.
"""
TEXTS = {
    "sv": """
        roles-line = { $role } i { $where }: { $people }.
        roles-nobody = { $where } har ingen { $role } just nu.
        roles-secretary = Sekreterare { $day }: { $people }. Värdkommunen { $host } är sekreterare för sitt möte.
        roles-secretary-none = Ingen är utsedd till sekreterare { $day } ännu.
        roles-no-meeting = { $where } har inget möte inplanerat, och sekreteraren följer mötets värdkommun.
        role-chair = Ordförande
        role-presidium = Presidium
        role-director = Skolchef
        role-coordinator = Samordnare
        role-small-chair = ordförande
        role-small-presidium = presidium
        role-small-director = skolchef
        role-small-coordinator = samordnare
    """,
    "en": """
        roles-line = { $role } of { $where }: { $people }.
        roles-nobody = { $where } has no { $role } right now.
        roles-secretary = Secretary on { $day }: { $people }. The host municipality { $host } is secretary of its meeting.
        roles-secretary-none = Nobody is appointed secretary for { $day } yet.
        roles-no-meeting = { $where } has no meeting planned, and the secretary follows the meeting’s host municipality.
        role-chair = Chair
        role-presidium = Presidium
        role-director = School director
        role-coordinator = Coordinator
        role-small-chair = chair
        role-small-presidium = presidium
        role-small-director = school director
        role-small-coordinator = coordinator
    """,
}
_ROLES: tuple[tuple[str, str], ...] = (
    (r"sekret|secretar|protokollför|notes|antecknar", "secretary"),
    (r"presidi", "presidium"),
    (r"samordn|coordinat|kontaktperson|koordinat", "coordinator"),
    (r"skolchef|director|utbildningschef|förvaltningschef", "director"),
)


@dialog(
    "roles", intents=("who_is_role",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
)  # fmt: skip
async def roles(talk: Talk) -> None:
    said = talk.heard.text or " ".join(talk.heard.all("role"))
    guess = next((role for words, role in _ROLES if re.search(words, said, re.I)), "chair")
    role = await talk.note("role", guess)
    if role == "coordinator":
        return await _holders(talk, Role.COORDINATOR, talk.person.region_name, [])
    if role == "secretary" and await _secretaries_then(talk):
        return None
    chosen = await _bodies(talk, role)
    for each in chosen:
        if role == "secretary":
            await _secretary(talk, each)
        else:
            await _holders(talk, Role(role), each.name, [each.id])
    return None


async def _bodies(talk: Talk, role: str) -> Sequence[Body]:
    """ "presidiet" names a role of the network here, not a body to look for."""
    mine = await talk.look(bodies.of_person, talk.person)
    networks = [each for each in mine if each.kind == "network"]
    return (
        networks
        if role in {"presidium", "chair"} and len(networks) == 1
        else await which_bodies(talk)
    )


async def _holders(talk: Talk, role: Role, where: str, ids: Sequence[int]) -> None:
    who = talk.person
    found = await talk.look(bodies.holders, who, who.region, role, ids, talk.today)
    if not found:
        return await talk.say(
            "roles-nobody", where=where, role=talk.text(f"role-small-{role.value}")
        )
    contacts = (
        grade(talk.person, Action.SEE_CONTACTS, region=talk.person.region, bodies=ids) is Grade.YES
    )
    people = "; ".join(_person(each, contacts=contacts and not talk.in_channel) for each in found)
    return await talk.say(
        "roles-line", role=talk.text(f"role-{role.value}"), where=where, people=people
    )


async def _secretaries_then(talk: Talk) -> bool:
    """A day that was named tells the meeting, whichever of one's bodies it is of."""
    if talk.heard.when is None or talk.heard.first("group"):
        return False
    mine = await talk.look(bodies.of_person, talk.person)
    found = await find(talk, mine) if mine else []
    for each in found:
        await _say_secretary(talk, each)
    return bool(found)


async def _secretary(talk: Talk, body: Body) -> None:
    found = await find(talk, [body])
    if not found:
        return await talk.say("roles-no-meeting", where=body.name)
    return await _say_secretary(talk, found[0])


async def _say_secretary(talk: Talk, found: meetings.Meeting) -> None:
    day = card.short_day(found.starts, talk.lang)
    if not found.secretary:
        return await talk.say("roles-secretary-none", day=day)
    people = f"{found.secretary}, {found.host}"
    return await talk.say("roles-secretary", day=day, people=people, host=found.host)


def _person(each: Member, *, contacts: bool) -> str:
    parts = [each.name, each.municipality, each.email if contacts else None]
    return ", ".join(part for part in parts if part)
