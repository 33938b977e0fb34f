"""Which body and which meeting a person means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot import dates
from bot.dates import DateValue
from bot.dialog import BUTTONS, Talk
from bot.form import Choice
from dialogs.meetings import card
from storage import bodies, channels, meetings
from storage.bodies import Body
from storage.meetings import Meeting

TEXTS = {
    "sv": """
        pick-none = Du är inte med i något nätverk eller någon grupp ännu, så jag har inga möten att visa. Fråga samordnaren om det är fel.
        pick-unknown-body = Jag hittar ingen grupp som heter ”{ $said }” bland dina. Du är med i { $mine }.
        pick-all = Alla
        pick-body =
            .question = Vilket nätverk eller vilken grupp menar du?
        pick-meeting =
            .question = Vilket möte menar du?
        pick-no-meeting = Det finns inget kommande möte i { $body }.
        pick-no-past-meeting = Jag har inget tidigare möte i { $body }.
        pick-no-meeting-then = { $body } har inget möte { $when }.
    """,
    "en": """
        pick-none = You are not in any network or group yet, so I have no meetings to show. Ask the coordinator if that is wrong.
        pick-unknown-body = I cannot find a group called “{ $said }” among yours. You are in { $mine }.
        pick-all = All
        pick-body =
            .question = Which network or group do you mean?
        pick-meeting =
            .question = Which meeting do you mean?
        pick-no-meeting = There is no coming meeting in { $body }.
        pick-no-past-meeting = I have no earlier meeting of { $body }.
        pick-no-meeting-then = { $body } has no meeting { $when }.
    """,
}

ALL = "all"
_TERMS = {(3, 5): date(2000, 6, 30), (9, 11): date(2000, 12, 31)}  # spring and autumn, by month
_NETWORK = {"nätverket", "nätverk", "nätverks", "network", "the network"}  # name no certain one
_GROUP = {"gruppen", "group"}


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days, both inclusive."""

    first: date
    last: date


async def which_bodies(talk: Talk, *, one: bool = False) -> Sequence[Body]:
    """The bodies a question is about: the one that was named, else the person's own.

    Somebody in several bodies who named none is asked; with `one`, "all" is no answer.
    """
    mine = await talk.look(bodies.of_person, talk.person)
    fixed = talk.heard.value.get("body")
    if fixed is not None:
        return [each for each in await talk.look(bodies.visible, talk.person) if each.id == fixed]
    said = talk.heard.first("group")
    if said:
        visible = await talk.look(bodies.visible, talk.person)
        found = bodies.named(visible, talk.person, said)
        if found:
            return [found]
        if mine and said.casefold() not in _NETWORK | _GROUP:
            talk.refuse("pick-unknown-body", said=said, mine=", ".join(b.name for b in mine))
    if talk.in_channel and not said:
        here = await talk.look(channels.body_of, talk.turn.where)
        own = [each for each in await talk.look(bodies.visible, talk.person) if each.id == here]
        if own:
            return own
    if not mine:
        mine = await talk.look(bodies.visible, talk.person)
    if not mine:
        talk.refuse("pick-none")
    networks = [each for each in mine if each.kind == "network"]
    if said and len(networks) == 1 and said.casefold() in _NETWORK:
        return networks
    if len(mine) == 1:
        return mine
    choices = [Choice(str(each.id), each.name, (each.short, *each.aliases)) for each in mine]
    if not one:
        choices.append(Choice(ALL, talk.text("pick-all")))
    chosen = await talk.choose("body", choices, text="pick-body")
    return mine if chosen == ALL else [each for each in mine if str(each.id) == chosen]


def span(when: DateValue) -> Span:
    """The days that a date value covers; an open end goes two years.

    Who says "i vår" or "i höst" of meetings means what is left of the term.
    """
    first = when.first_day or date.min
    last = when.last_day or (first + timedelta(days=730) if when.first_day else date.max)
    if when.precision is dates.Precision.SEASON and (first.month, last.month) in _TERMS:
        last = _TERMS[first.month, last.month].replace(year=last.year)
    return Span(first, last)


def borders(days: Span) -> tuple[datetime, datetime]:
    """Wall times from the first day's beginning to the last day's end."""
    return datetime.combine(days.first, time.min), datetime.combine(days.last, time.max)


async def which_meeting(talk: Talk, *, when: DateValue | None, past: bool = False) -> Meeting:
    """The one meeting meant: by a button, by the day that was said, or the next one.

    Where several fit, the person chooses; where none does, the dialog ends with a word about it.
    """
    number = talk.heard.value.get("meeting")
    if number is not None:
        found = await talk.look(meetings.meeting_by_id, talk.person, int(number))
        if found is None:
            talk.refuse("finished")
        return found
    mine = await talk.look(bodies.of_person, talk.person)
    dated = when is not None and (when.first_day or when.last_day)
    anywhere = dated and mine and not talk.heard.first("group")
    chosen = mine if anywhere else await which_bodies(talk, one=True)
    ids = [each.id for each in chosen]
    name = " / ".join(each.name for each in chosen)
    if when is not None and (when.first_day or when.last_day):
        several = await talk.look(meetings.meetings_between, ids, *borders(span(when)))
        if not several:
            talk.refuse("pick-no-meeting-then", body=name, when=dates.show(when, talk.lang))
    else:
        nearest = meetings.previous_meeting if past else meetings.next_meeting
        only = await talk.look(nearest, ids, talk.wall)
        several = [only] if only else []
        if not several:
            talk.refuse("pick-no-past-meeting" if past else "pick-no-meeting", body=name)
    choices = [
        Choice(str(each.id), f"{card.short_day(each.starts, talk.lang)}, {card.bodies(each)}")
        for each in several
    ]
    picked = await talk.choose("meeting", choices[:BUTTONS], text="pick-meeting")
    return next(each for each in several if str(each.id) == picked)
