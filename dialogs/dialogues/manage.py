"""The coordinator's dialogue: open and close it, change day, place and seats, cancel it, tick points."""

from __future__ import annotations

import re

from bot.dialog import Talk, dialog
from bot.form import Choice, Field
from bot.reply import Text
from dialogs.dialogues import card
from dialogs.dialogues.alter import last, move, place, points
from dialogs.dialogues.pick import part_said, sessions_of, which_dialogue
from storage import dialogues
from storage.dialogues import Dialogue

EXAMPLES = {
    "sv": ("öka antalet platser till 80 på förmiddagen på dialogen", "stäng anmälan till dialogen",
           "ställ in dialogen", "flytta sista anmälningsdag till 29 januari"),
    "en": ("close registration for the dialogue",),
}  # fmt: skip
NEAR_MISSES = ("ställ in mötet", "avanmäl mig från dialogen", "ställ inte in dialogen")
TALKS = """
# Eva Exempelqvist · teams
> öka antalet platser till 80 på förmiddagen på dialogen
< Ska jag ändra förmiddagen från 60 till 80 platser? [Ja] [Nej]
> ja
< Ändrat: 80 platser på förmiddagen, 40 tagna. …
> ändra till 20 platser på eftermiddagen på dialogen
< Ska jag ändra eftermiddagen från 40 till 20 platser? [Ja] [Nej]
> ja
< Det går inte: 31 platser är redan tagna. …
> stäng anmälan till dialogen
< Ska jag stänga anmälan till Skolverkets regionala dialog onsdag 10 februari 2027? … [Ja] [Nej]
> ja
< Anmälan är stängd. …

# Eva Exempelqvist · teams
> lokalen för dialogen är bytt till Insikten
< Ska jag ändra platsen från Portalen, Skövde till Insikten? … [Ändra + meddela] [Bara ändra] [Nej]
> [Bara ändra]
< Ändrat. …
> flytta sista anmälningsdag till 29 januari
< Ska jag ändra sista anmälningsdag från onsdag 27 januari 2027 till fredag 29 januari 2027? … [Ändra + meddela] [Bara ändra] [Nej]
> nej
< Då ändrar jag inget.

# Bo Fiktivsson · slack
> ställ in dialogen
< … Eva Exempelqvist …
"""
TEXTS = {
    "sv": """
        manage-dialogue-what =
            .question = Vad vill du göra med { $title } { $day }?
            .open = Öppna anmälan
            .close = Stäng anmälan
            .capacity = Ändra platser
            .place = Ändra lokal
            .last = Ändra sista dag
            .move = Flytta till annan dag
            .points = Checklista
            .invite = Bjud in en gäst
            .copy = Kopiera till ny dag
            .cancel = Ställ in
        manage-dialogue-capacity =
            .question = Hur många platser?
        manage-dialogue-part =
            .question = Vilken del?
        manage-dialogue-sure-capacity =
            .question = Ska jag ändra { $part } från { $before } till { $after } platser?
        manage-dialogue-sure-open =
            .question = Ska jag öppna anmälan till { $title } { $day }? Sista dag är { $last }.
        manage-dialogue-sure-close =
            .question = Ska jag stänga anmälan till { $title } { $day }? De som kommer sent får fråga dig.
        manage-dialogue-sure-cancel =
            .question = Ska jag ställa in { $title } { $day }? { $count } personer får veta det, och det tas bort ur deras kalendrar. Det går inte att ångra.
        manage-dialogue-done-capacity = Ändrat: { $capacity } platser på { $part }, { $taken } tagna. { $given ->
            [0] { "" }
            [one] En i kön har fått ett erbjudande.
           *[other] { $given } i kön har fått erbjudanden.
        }
        manage-dialogue-done-open = Anmälan är öppen. Nu kan alla i regionen anmäla sig.
        manage-dialogue-done-close = Anmälan är stängd. Den som vill avanmäla sig eller ändra kan det fortfarande.
        manage-dialogue-done-cancelled = { $title } är inställd. { $count } personer får veta det.
        manage-dialogue-dropped = Då ändrar jag inget.
        capacity-taken = Det går inte: { $taken ->
            [one] en plats är redan tagen
           *[other] { $taken } platser är redan tagna
        }. Ingen blir av med sin plats, så välj minst så många.
    """,
    "en": """
        manage-dialogue-what =
            .question = What would you like to do with { $title } on { $day }?
            .open = Open registration
            .close = Close registration
            .capacity = Change the seats
            .place = Change the venue
            .last = Change the last day
            .move = Move to another day
            .points = Checklist
            .invite = Invite a guest
            .copy = Copy to a new day
            .cancel = Cancel the dialogue
        manage-dialogue-capacity =
            .question = How many seats?
        manage-dialogue-part =
            .question = Which part?
        manage-dialogue-sure-capacity =
            .question = Shall I change { $part } from { $before } to { $after } seats?
        manage-dialogue-sure-open =
            .question = Shall I open registration for { $title } on { $day }? The last day is { $last }.
        manage-dialogue-sure-close =
            .question = Shall I close registration for { $title } on { $day }? Those who come late will ask you.
        manage-dialogue-sure-cancel =
            .question = Shall I cancel { $title } on { $day }? { $count } people will be told, and it is removed from their calendars. It cannot be undone.
        manage-dialogue-done-capacity = Changed: { $capacity } seats in { $part }, { $taken } taken. { $given ->
            [0] { "" }
            [one] One in the queue has got an offer.
           *[other] { $given } in the queue have got offers.
        }
        manage-dialogue-done-open = Registration is open. Everybody in the region can register now.
        manage-dialogue-done-close = Registration is closed. Anybody who wants to cancel or change still can.
        manage-dialogue-done-cancelled = { $title } has been cancelled. { $count } people will be told.
        manage-dialogue-dropped = Then I will not change anything.
        capacity-taken = That is not possible: { $taken ->
            [one] one seat is taken already
           *[other] { $taken } seats are taken already
        }. Nobody loses a seat, so choose at least as many.
    """,
}
_NUMBER = re.compile(
    r"\b(\d{1,4})\b(?!\s*(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec|:|\.\d|/))",
    re.I,
)
_KINDS = {
    "cancel": re.compile(r"\bställ\w*\b.*\bin\b|\binställ|\bställa in\b|\bcancel\b|\bcall off\b", re.I),
    "close": re.compile(r"\bstäng\w*|\bclose\b", re.I),
    "open": re.compile(r"\böppna\w*|\bopen\b|\bannonser\w*|\bpublicer\w*|\bannounce\b", re.I),
    "last": re.compile(r"\bsista\b|\banmälnings(?:dag|tid)\w*|\blast day\b|\bdeadline\b", re.I),
    "capacity": re.compile(r"\b(?:platser\w*|seats|places|capacity|kapacitet\w*)\b", re.I),
    "place": re.compile(r"\b(?:lokal\w*|venue|byt\w* plats|sal(?:en)?|room)\b", re.I),
    "points": re.compile(r"\bcheck\w*", re.I),
    "copy": re.compile(r"\bkopier\w*|\bcopy\b", re.I),
    "move": re.compile(r"\bflytta\w*|\bmove\b|\bnytt datum|\bny dag", re.I),
}  # fmt: skip


@dialog(
    "manage-dialogue", intents=("edit_announcement",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def manage_dialogue(talk: Talk) -> None:
    found = await which_to_manage(talk)
    kind = talk.heard.value.get("what") or await talk.note("kind", _kind(talk.heard.text))
    if not kind:
        words = await talk.ask("what", Field("choice", open_list=True), choices=_menu(talk, found),
                               title=found.title, day=card.day(found, talk.lang))  # fmt: skip
        kind = str(words)
    await _ACTS[str(kind)](talk, found)


async def which_to_manage(talk: Talk) -> Dialogue:
    """The dialogue that a change is about. A day that is said is the new one, not the old."""
    found = await which_dialogue(talk, dated=False)
    await talk.look(dialogues.managed, talk.person, found.id, talk.today)
    return found


def _kind(text: str) -> str:
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(text)), "")


def _menu(talk: Talk, found: Dialogue) -> list[Choice]:
    kinds = ["close", "capacity", "place", "last", "move", "points", "invite", "copy", "cancel"]
    if found.state != "open":
        kinds[0] = "open"
    return [Choice(kind, talk.text(f"manage-dialogue-what.{kind}")) for kind in kinds]


async def _capacity(talk: Talk, found: Dialogue) -> None:
    text = talk.heard.text
    number = _NUMBER.search(text)
    said = await talk.note("capacity", [part_said(found, text) or "", number[1] if number else ""])
    choices = [Choice(str(each.id), card.parts(found, [each.id], talk)) for each in found.sessions]
    known = sessions_of(found, said[0]) if said[0] else ()
    session = found.session(
        known[0] if len(known) == 1 else int(await talk.choose("part", choices))
    )
    after = await talk.ask("capacity", Field("number", least=1, most=5000), known=said[1] or None)
    part = card.the_part(session, talk)
    before = session.capacity if session.capacity is not None else "–"
    if not await talk.confirm("sure-capacity", part=part, before=before, after=after):
        return await talk.say("manage-dialogue-dropped")
    given = await talk.do(
        "set-capacity", dialogues.set_capacity, talk.person, found.id, session.id, after,
        talk.turn.at, subject=f"dialogue:{found.id}", detail={"capacity": str(after)},
    )  # fmt: skip
    return await talk.say("manage-dialogue-done-capacity", part=part, capacity=after,
                          taken=session.taken + given, given=given)  # fmt: skip


async def _open(talk: Talk, found: Dialogue) -> None:
    await _state(talk, found, "open", "open")


async def _close(talk: Talk, found: Dialogue) -> None:
    await _state(talk, found, "close", "closed")


async def _state(talk: Talk, found: Dialogue, name: str, state: str) -> None:
    last = card.day(found.last_day, talk.lang)
    sure = await talk.confirm(
        f"sure-{name}", title=found.title, day=card.day(found, talk.lang), last=last
    )
    if not sure:
        return await talk.say("manage-dialogue-dropped")
    await talk.do(f"{name}-dialogue", dialogues.set_state, talk.person, found.id, state,
                  talk.turn.at, subject=f"dialogue:{found.id}", detail={"state": state})  # fmt: skip
    return await talk.say(f"manage-dialogue-done-{name}")


async def _cancel(talk: Talk, found: Dialogue) -> None:
    people = await talk.look(dialogues.concerned, found.id)
    day = card.day(found, talk.lang)
    if not await talk.confirm("sure-cancel", title=found.title, day=day, count=len(people)):
        return await talk.say("manage-dialogue-dropped")
    await talk.do(
        "cancel-dialogue", dialogues.set_state, talk.person, found.id, "cancelled", talk.turn.at,
        subject=f"dialogue:{found.id}", detail={"state": "cancelled"},
    )  # fmt: skip
    return await talk.say("manage-dialogue-done-cancelled", title=found.title, count=len(people))


async def _elsewhere(talk: Talk, found: Dialogue) -> None:
    """What another dialog does: one press away."""
    names = {"copy": "create-dialogue", "invite": "invite-guest"}
    buttons = tuple(
        talk.button(f"manage-dialogue-what.{kind}", name, dialogue=found.id)
        for kind, name in names.items()
    )
    text = talk.text("manage-dialogue-what.question", title=found.title,
                     day=card.day(found, talk.lang))  # fmt: skip
    await talk.say(Text(text, buttons))


_ACTS = {
    "open": _open, "close": _close, "cancel": _cancel, "capacity": _capacity, "place": place,
    "last": last, "move": move, "points": points, "copy": _elsewhere, "invite": _elsewhere,
}  # fmt: skip
