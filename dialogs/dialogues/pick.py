"""Which dialogue day a person means, and which parts of it."""

from __future__ import annotations

import re
from datetime import datetime, time

from bot import dates
from bot.dates import DateValue
from bot.dialog import BUTTONS, Talk
from bot.form import Choice, Field
from dialogs.dialogues import card
from storage import dialogues
from storage.dialogues import Dialogue

TEXTS = {
    "sv": """
        pick-dialogue =
            .question = Vilken dialogdag menar du?
        pick-dialogue-day =
            .question = { $said } är en { $weekday }. Menar du { $title } { $day }?
        pick-no-dialogue = Det finns ingen kommande dialogdag i din region. När samordnaren har öppnat anmälan till en hittar du den här.
        pick-no-dialogue-then = Det finns ingen dialogdag { $when }. Nästa är { $near }. Skriv ”anmäl mig till dialogen” om du menar den.
        pick-not-then = Okej. Skriv till mig igen med rätt dag. Nästa dialogdag är { $near }.
        pick-part-all = Hela dagen
        pick-part-both = Bara om jag får båda
        no-such-dialogue = Jag hittar ingen sådan dialogdag i din region. Fråga ”när är dialogen?” för att se dem som finns.
        no-such-session = Den delen finns inte på den dialogdagen. Fråga ”när är dialogen?” för att se delarna.
        no-such-person = Jag hittar ingen sådan person i din region. Skriv hela namnet, eller be samordnaren.
        dialogue-cancelled = { $title } är inställd, så det går inte att anmäla sig.
        dialogue-over = { $title } har redan varit.
        dialogue-not-open = Anmälan till { $title } är inte öppnad ännu.
        session-started = Den delen har redan börjat, så det går inte att anmäla sig längre. Tala med samordnaren på plats.
        not-registered = Du är inte anmäld till dialogen. Skriv ”anmäl mig till dialogen” om du vill vara med.
        already-registered = { $name } är redan anmäld till den dialogdagen.
        dialogue-state = Det går inte nu: dialogdagen är { $state ->
            [draft] ett utkast
            [open] öppen
            [closed] stängd för anmälan
            [held] redan hållen
           *[cancelled] inställd
        }.
    """,
    "en": """
        pick-dialogue =
            .question = Which dialogue day do you mean?
        pick-dialogue-day =
            .question = { $said } is a { $weekday }. Do you mean { $title } on { $day }?
        pick-no-dialogue = There is no coming dialogue day in your region. Once the coordinator has opened registration for one, you will find it here.
        pick-no-dialogue-then = There is no dialogue day { $when }. The next one is { $near }. Write “sign me up for the dialogue” if you mean that one.
        pick-not-then = All right. Write to me again with the right day. The next dialogue day is { $near }.
        pick-part-all = The whole day
        pick-part-both = Only if I get both
        no-such-dialogue = I cannot find such a dialogue day in your region. Ask “when is the dialogue?” to see those there are.
        no-such-session = There is no such part of that dialogue day. Ask “when is the dialogue?” to see the parts.
        no-such-person = I cannot find such a person in your region. Write the full name, or ask the coordinator.
        dialogue-cancelled = { $title } has been cancelled, so it is not possible to register.
        dialogue-over = { $title } is over.
        dialogue-not-open = Registration for { $title } is not open yet.
        session-started = That part has already begun, so it is no longer possible to register. Speak with the coordinator on site.
        not-registered = You are not registered for the dialogue. Write “sign me up for the dialogue” if you want to come.
        already-registered = { $name } is already registered for that dialogue day.
        dialogue-state = That is not possible now: the dialogue day is { $state ->
            [draft] a draft
            [open] open
            [closed] closed for registration
            [held] over
           *[cancelled] cancelled
        }.
    """,
}
ALL, BOTH = "all", "both"
WORDS = {
    "fm": ("fm", "förmiddag", "förmiddagen", "förmiddan", "morgonen", "morning", "forenoon"),
    "em": ("em", "eftermiddag", "eftermiddagen", "eftermiddan", "afternoon"),
    "day": ("heldag", "hela dagen", "whole day"),
    "digital": ("digitalt", "digital", "online", "på distans", "på länk"),
    ALL: ("heldag", "heldagen", "hela dagen", "hela dan", "båda", "båda passen", "bägge",
          "all day", "whole day", "full day", "entire day", "both"),
    BOTH: ("bara om", "only if", "båda eller ingen", "allt eller inget", "all or nothing"),
}  # fmt: skip
_YES_NO = Field("yes_no")


async def which_dialogue(talk: Talk, *, dated: bool = True) -> Dialogue:
    """The one meant: by a button, by its day, or the only one that is coming.

    A weekday that does not fit its date is asked about, never ignored. Without `dated` a day that
    was said means something else.
    """
    number = talk.heard.value.get("dialogue")
    if number is not None:
        found = await talk.look(dialogues.dialogue_by_id, talk.person, int(number))
        if found is None:
            talk.refuse("no-such-dialogue")
        return found
    coming = await talk.look(dialogues.coming, talk.person, talk.wall)
    coming = [each for each in coming if each.state != "cancelled"] or coming
    if not coming:
        talk.refuse("pick-no-dialogue")
    said = talk.heard.when if dated else None
    if said is not None and said.first_day and said.last_day:
        coming = await _on(talk, coming, said)
    choices = [
        Choice(str(each.id), f"{card.day(each, talk.lang)}, {each.region_name}") for each in coming
    ]
    picked = await talk.choose("dialogue", choices[:BUTTONS], text="pick-dialogue")
    return next(each for each in coming if str(each.id) == picked)


async def _on(talk: Talk, coming: list[Dialogue], said: DateValue) -> list[Dialogue]:
    """Those of the day or month that was said; the next one is named when there is none."""
    assert said.first_day
    assert said.last_day
    start = datetime.combine(said.first_day, time.min)
    end = datetime.combine(said.last_day, time.max)
    near = f"{coming[0].title} {card.day(coming[0], talk.lang)}"
    found = [each for each in coming if each.starts <= end and each.ends >= start]
    if not found:
        talk.refuse("pick-no-dialogue-then", when=dates.show(said, talk.lang), near=near)
    if "weekday_mismatch" in said.notes:
        one = found[0]
        shown = card.day(one, talk.lang)
        weekday, _, rest = shown.partition(" ")
        sure = await talk.ask(
            "day", _YES_NO, text="pick-dialogue-day", said=rest, weekday=weekday,
            title=one.title, day=shown,
        )  # fmt: skip
        if not sure:
            talk.refuse("pick-not-then", near=near)
    return found


def part_choices(talk: Talk, found: Dialogue) -> list[Choice]:
    """What one may come to, as buttons: everything, each part, or all or nothing."""
    physical = [each for each in found.sessions if each.part != "digital"]
    choices = []
    if len(physical) > 1:
        choices.append(Choice(ALL, talk.text("pick-part-all"), WORDS[ALL]))
    for each in found.sessions:
        name = card.part(each, talk)
        label = f"{name[:1].upper()}{name[1:]}"
        single = [one for one in found.sessions if one.part == each.part] == [each]
        value = each.part if single else str(each.id)
        if not single:
            label = f"{label} {card.day(each.starts.date(), talk.lang)}"
        choices.append(Choice(value, label, WORDS[each.part] if single else ()))
    if len(physical) > 1 and any(each.full for each in physical):
        choices.append(Choice(BOTH, talk.text("pick-part-both"), WORDS[BOTH]))
    return choices


def sessions_of(found: Dialogue, value: str) -> tuple[int, ...]:
    """The sessions that one of the choices stands for."""
    if value in {ALL, BOTH}:
        return tuple(each.id for each in found.sessions if each.part != "digital")
    return tuple(each.id for each in found.sessions if value in {each.part, str(each.id)})


def part_said(found: Dialogue, text: str) -> str | None:
    """The parts that words name, e.g. "bara förmiddagen" or "både fm och em"; None for none.

    Words for everything win, since "hela dagen, inte bara förmiddagen" names both.
    """
    said = f" {_SOFT.sub(' ', text.casefold()).strip()} "

    def names(words: tuple[str, ...]) -> bool:
        return any(f" {word} " in said for word in words)

    if names(WORDS[BOTH]) and len(found.sessions) > 1:
        return BOTH
    if names(WORDS[ALL]):
        return ALL if len(found.sessions) > 1 else found.sessions[0].part
    named = list(dict.fromkeys(each.part for each in found.sessions if names(WORDS[each.part])))
    return ALL if len(named) > 1 else named[0] if named else None


_SOFT = re.compile(r"[^\w]+")
