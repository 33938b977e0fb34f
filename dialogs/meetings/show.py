"""The next meeting, or the one on a day, week or month: when, where, who is host and secretary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot import dates
from bot.dialog import Talk, dialog
from bot.reply import Text
from dialogs.meetings import card
from dialogs.meetings.pick import borders, span, which_bodies
from storage import bodies, meetings
from storage.bodies import Body
from storage.meetings import Meeting

EXAMPLES = {
    "sv": ("När är nästa nätverksträff?", "När e nästa nätverksmötte?", "har vi möte v 7?",
           "nästa möte", "vem är värd i mars", "var ska vi vara på torsdag"),
    "en": ("When is the next network meeting?", "next meeting?", "who is hosting in March",
           "where is the meeting"),
}  # fmt: skip
NEAR_MISSES = ("när går nästa buss", "flytta mötet till torsdag", "jag vill boka ett möte")
TALKS = """
# Bo Fiktivsson · teams
> När e nästa nätverksmötte?
< Nätverket Vuxenutbildning Skaraborg … torsdag 10 december 2026, v. 50, kl. 09.00–12.00 … Portalen, Skövde … Värd: Skövde … Sekreterare: Dag Låtsasberg … Du har inte svarat ännu … [Jag kommer] [Kan inte] [Lägg i kalendern] [Dagordning]

# Bo Fiktivsson · slack
> When is the next network meeting?
< Nätverket Vuxenutbildning Skaraborg … Thursday 10 December 2026, week 50, 09:00–12:00 … Host: Skövde … [I will come] [I cannot] [Put in my calendar] [Agenda]

# Bo Fiktivsson · teams
> vem är värd i mars
< … Lidköping är värd torsdag 11 mars 2027 … Cilla Påhittström …
> nej jag menar i maj
< … inget möte i maj 2027 … torsdag 22 april 2027 … Mariestad … torsdag 3 juni 2027 … Falköping …

# Bo Fiktivsson · slack
> har vi möte v 7?
< … inget möte … vecka 7 …
"""
TEXTS = {
    "sv": """
        meeting-none-planned = { $body } har inget möte inplanerat just nu.
        meeting-none-planned-last = { $body } har inget möte inplanerat just nu. Det senaste var { $last }.
        meeting-none-then = { $body } har inget möte { $when }.
        meeting-none-then-near = { $body } har inget möte { $when }. Närmast är { $near }.
        meeting-near-hosted = { $day } (värd { $host })
        meeting-and = { $first } och { $second }
        meeting-host-is = { $host } är värd { $day }.
        meeting-host-none = Ingen kommun är utsedd till värd { $day } ännu.
        meeting-several = { $count } möten { $when }:
    """,
    "en": """
        meeting-none-planned = { $body } has no meeting planned right now.
        meeting-none-planned-last = { $body } has no meeting planned right now. The last one was { $last }.
        meeting-none-then = { $body } has no meeting { $when }.
        meeting-none-then-near = { $body } has no meeting { $when }. The nearest: { $near }.
        meeting-near-hosted = { $day } (host { $host })
        meeting-and = { $first } and { $second }
        meeting-host-is = { $host } is hosting on { $day }.
        meeting-host-none = No municipality is appointed host for { $day } yet.
        meeting-several = { $count } meetings { $when }:
    """,
}


@dialog(
    "meeting", intents=("next_meeting", "meeting_place", "meeting_host"),
    examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
)  # fmt: skip
async def meeting(talk: Talk) -> None:
    chosen = await _bodies(talk)
    found = await find(talk, chosen)
    if not found:
        return await say_none(talk, chosen)
    if len(found) == 1:
        text = _host_line(talk, found[0]) if talk.heard.intent == "meeting_host" else ""
        return await talk.say(await card.card(talk, found[0], text=text))
    return await say_list(talk, found)


async def _bodies(talk: Talk) -> Sequence[Body]:
    """A day tells which meeting is meant, whatever group it is of; else the group must be told."""
    when = talk.heard.when
    if when is not None and (when.first_day or when.last_day) and not talk.heard.first("group"):
        mine = await talk.look(bodies.of_person, talk.person)
        if mine:
            return mine
    return await which_bodies(talk)


async def find(talk: Talk, chosen: Sequence[Body]) -> list[Meeting]:
    """What is meant by the date that was said, or the next one of each chosen body."""
    ids = [each.id for each in chosen]
    when = talk.heard.when
    if when is not None and (when.first_day or when.last_day):
        return await talk.look(meetings.meetings_between, ids, *borders(span(when)))
    host = talk.heard.first("muni") if talk.heard.intent == "meeting_host" else None
    if host is not None:
        coming = await talk.look(
            meetings.meetings_between, ids, talk.wall, talk.wall + timedelta(days=730)
        )
        hosted = [each for each in coming if each.host.casefold() == host.casefold()]
        if hosted:
            return hosted[:1]
    nearest = [await talk.look(meetings.next_meeting, [each], talk.wall) for each in ids]
    once = {each.id: each for each in nearest if each is not None}
    return sorted(once.values(), key=lambda each: each.starts)


async def say_none(talk: Talk, chosen: Sequence[Body]) -> None:
    """No meeting then: say so, and which are nearest."""
    body = " / ".join(each.name for each in chosen)
    ids = [each.id for each in chosen]
    when = talk.heard.when
    if when is None:
        last = await talk.look(meetings.previous_meeting, ids, talk.wall)
        if last is None:
            return await talk.say("meeting-none-planned", body=body)
        return await talk.say(
            "meeting-none-planned-last", body=body, last=card.short_day(last.starts, talk.lang)
        )
    near = await _around(talk, ids)
    words = dates.show(when, talk.lang)
    if not near:
        return await talk.say("meeting-none-then", body=body, when=words)
    return await talk.say("meeting-none-then-near", body=body, when=words, near=_joined(talk, near))


async def say_list(talk: Talk, found: Sequence[Meeting]) -> None:
    lines = [f"{card.bodies(each)}: {card.line(each, talk)}" for each in found[:LINES]]
    when = dates.show(talk.heard.when, talk.lang) if talk.heard.when else ""
    title = talk.text("meeting-several", count=len(found), when=when)
    await talk.say(Text("\n".join([title, *(f"• {line}" for line in lines)])))


LINES = 12


async def _around(talk: Talk, ids: Sequence[int]) -> list[Meeting]:
    """The last one before what was said and the first one after it, none of them past."""
    when = talk.heard.when
    assert when is not None
    start, end = borders(span(when))
    before = await talk.look(meetings.previous_meeting, ids, max(start, talk.wall))
    after = await talk.look(meetings.next_meeting, ids, max(end, talk.wall))
    return [each for each in (before, after) if each is not None and each.ends >= talk.wall]


def _joined(talk: Talk, near: Sequence[Meeting]) -> str:
    parts = [
        talk.text("meeting-near-hosted", day=card.short_day(each.starts, talk.lang), host=each.host)
        if each.host else card.short_day(each.starts, talk.lang)
        for each in near
    ]  # fmt: skip
    return (
        parts[0] if len(parts) == 1 else talk.text("meeting-and", first=parts[0], second=parts[1])
    )


def _host_line(talk: Talk, found: Meeting) -> str:
    day = card.short_day(found.starts, talk.lang)
    if not found.host:
        return talk.text("meeting-host-none", day=day)
    return talk.text("meeting-host-is", host=found.host, day=day)
