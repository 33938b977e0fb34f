"""Change a dialogue day: venue, last day, date; and the points agreed with Skolverket."""

from __future__ import annotations

import re
from datetime import date

from bot.dialog import Talk
from bot.form import Choice, Field
from bot.reply import Card, Fact
from dialogs.dialogues import card
from storage import dialogues
from storage.dialogues import Dialogue

TEXTS = {
    "sv": """
        manage-dialogue-place =
            .question = Vilken lokal och ort?
        manage-dialogue-date =
            .question = Vilken dag?
        manage-dialogue-sure-change =
            .question = Ska jag ändra { $what } från { $before } till { $after }? { $count } personer är anmälda eller i kö.
            .yes = Ändra + meddela
            .only = Bara ändra
            .no = Nej
        manage-dialogue-field-place = platsen
        manage-dialogue-field-last = sista anmälningsdag
        manage-dialogue-field-day = dagen
        manage-dialogue-done = Ändrat.
        manage-dialogue-done-told = Ändrat. { $count } personer får veta det, med en ny kalenderfil.
        manage-dialogue-vague = Jag behöver en viss dag, och ”{ $words }” är flera. Skriv till mig igen med en dag.
        manage-dialogue-points = Checklista med Skolverket
        manage-dialogue-point =
            .question = Vilken punkt vill du bocka av eller öppna igen?
        checkpoint-planning = Planering
        checkpoint-invitation = Inbjudan
        checkpoint-content = Innehåll
        checkpoint-arrangement = Upplägg
        checkpoint-done = klart
        checkpoint-open = återstår
        checkpoint-noted = Noterat: { $point } – { $state }.
        last-day-after = Sista anmälningsdag kan inte vara efter dialogdagen. Välj en tidigare dag.
    """,
    "en": """
        manage-dialogue-place =
            .question = Which venue and town?
        manage-dialogue-date =
            .question = Which day?
        manage-dialogue-sure-change =
            .question = Shall I change { $what } from { $before } to { $after }? { $count } people are registered or waiting.
            .yes = Change + tell them
            .only = Only change
            .no = No
        manage-dialogue-field-place = the venue
        manage-dialogue-field-last = the last day to register
        manage-dialogue-field-day = the day
        manage-dialogue-done = Changed.
        manage-dialogue-done-told = Changed. { $count } people will be told, with a new calendar file.
        manage-dialogue-vague = I need one day, and “{ $words }” is several. Write to me again with a day.
        manage-dialogue-points = Checklist with Skolverket
        manage-dialogue-point =
            .question = Which point would you like to tick or open again?
        checkpoint-planning = Planning
        checkpoint-invitation = Invitation
        checkpoint-content = Content
        checkpoint-arrangement = Arrangement
        checkpoint-done = done
        checkpoint-open = remains
        checkpoint-noted = Noted: { $point } – { $state }.
        last-day-after = The last day to register cannot be after the dialogue day. Choose an earlier day.
    """,
}
_VENUE = re.compile(
    r"\b(?:till|blir|är nu|är|to|is now|is)\s+(?!bytt|ändrad|changed)([^,.!?]+)[.!?]?\s*(?:,.*)?$",
    re.I,
)


async def place(talk: Talk, found: Dialogue) -> None:
    match = _VENUE.search(talk.heard.text)
    said = await talk.note("place", match[1].strip() if match else "")
    after = said or await talk.ask("place", Field("text", limit=200))
    await _change(talk, found, "place", found.place, after)


async def last(talk: Talk, found: Dialogue) -> None:
    day = await _day(talk)
    await _change(talk, found, "last", found.last_day, day)


async def move(talk: Talk, found: Dialogue) -> None:
    day = await _day(talk)
    await _change(talk, found, "day", found.starts.date(), day)


async def _day(talk: Talk) -> date:
    said = talk.heard.when
    value = await talk.ask("date", Field("date"), known=said.words if said else None)
    if value.first_day is None or value.first_day != value.last_day:
        talk.refuse("manage-dialogue-vague", words=value.words)
    first: date = value.first_day
    return first


async def _change(
    talk: Talk, found: Dialogue, field: str, before: str | date, after: str | date
) -> None:
    """Change one thing after a yes, and tell whom it concerns if the coordinator says so."""
    people = await talk.look(dialogues.concerned, found.id)
    choices = [Choice(each, talk.text(f"manage-dialogue-sure-change.{each}"))
               for each in ("yes", "only", "no")]  # fmt: skip
    shown = [each if isinstance(each, str) else card.day(each, talk.lang)
             for each in (before, after)]  # fmt: skip
    sure = await talk.ask(
        "sure-change", Field("choice", open_list=True), choices=choices,
        what=talk.text(f"manage-dialogue-field-{field}"), before=shown[0], after=shown[1],
        count=len(people),
    )  # fmt: skip
    if sure == "no":
        return await talk.say("manage-dialogue-dropped")
    subject, detail = f"dialogue:{found.id}", {"field": field}
    if isinstance(after, date) and field == "day":
        await talk.do("move-dialogue", dialogues.move, talk.person, found.id, after, talk.turn.at,
                      subject=subject, detail=detail)  # fmt: skip
    else:
        values = {"last_day" if field == "last" else field: after}
        await talk.do("change-dialogue", dialogues.change_dialogue, talk.person, found.id, values,
                      talk.turn.at, subject=subject, detail=detail)  # fmt: skip
    if sure == "only":
        return await talk.say("manage-dialogue-done")
    await talk.do("tell-change", dialogues.tell_change, talk.person, found.id, field, str(before),
                  talk.turn.at, subject=subject, detail=detail)  # fmt: skip
    return await talk.say("manage-dialogue-done-told", count=len(people))


async def points(talk: Talk, found: Dialogue) -> None:
    done = await talk.look(dialogues.checklist, talk.person, found.id, talk.today)

    def state(point: str) -> str:
        return talk.text("checkpoint-done" if done[point] else "checkpoint-open")

    shown = Card(
        talk.text("manage-dialogue-points"), card.title(found, talk),
        tuple(Fact(talk.text(f"checkpoint-{each}"), state(each)) for each in done),
    )  # fmt: skip
    choices = [Choice(each, talk.text(f"checkpoint-{each}")) for each in done]
    point = await talk.ask("point", Field("choice", open_list=True), choices=choices, card=shown)
    await talk.do("tick-point", dialogues.tick, talk.person, found.id, point, not done[point],
                  talk.turn.at, subject=f"dialogue:{found.id}", detail={"point": point})  # fmt: skip
    after = talk.text("checkpoint-open" if done[point] else "checkpoint-done")
    await talk.say("checkpoint-noted", point=talk.text(f"checkpoint-{point}"), state=after)
