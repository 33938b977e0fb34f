"""Find what was decided or said: in the decisions and the approved minutes that one may read."""

from __future__ import annotations

from collections.abc import Sequence

from bot import dates
from bot.dialog import Talk, dialog
from bot.reply import Button, Text
from bot.rules.wording import content
from dialogs.meetings.pick import borders, span
from storage import bodies, decisions
from storage.decisions import Decision, Hit

EXAMPLES = {
    "sv": (
        "Vad beslutade vi om KomX?", "leta i protokollen efter interkommunal ersättning",
        "vilka beslut har nätverket fattat i höst", "vad sa vi om särvux",
    ),
    "en": ("what did we decide about KomX", "list the decisions from the last meeting"),
}  # fmt: skip
NEAR_MISSES = (
    "visa protokollet från oktober",
    "vad står på dagordningen",
    "vilka protokoll saknas",
)
TALKS = """
# Bo Fiktivsson · teams
> vad beslutade vi om KomX?
< Det här hittar jag om ”komx”: • Beslut torsdag 15 oktober 2026, § 4, Nätverket Vuxenutbildning Skaraborg: Nätverket startar KomX inom vård och omsorg i fyra kommuner hösten 2027. … • Protokoll torsdag 15 oktober 2026, § 4 KomX, … [Protokollet från torsdag 15 oktober 2026]
> [Protokollet från torsdag 15 oktober 2026]
< Protokollet från torsdag 15 oktober 2026 …

# Bo Fiktivsson · slack
> vad sa vi om särvox?
< Det här hittar jag om ”särvox”: • Beslut torsdag 21 maj 2026, § 6, Nätverket Vuxenutbildning Skaraborg: Särvux och komvux har gemensam antagningsvecka i alla kommuner.

# Bo Fiktivsson · teams
> vad beslutade vi om badhus?
< Jag hittar inget om ”badhus” i de beslut och protokoll som du kan läsa. …

# Bo Fiktivsson · teams
> vilka beslut har nätverket fattat i höst
< Beslut i Nätverket Vuxenutbildning Skaraborg: • torsdag 15 oktober 2026, § 2: … • torsdag 15 oktober 2026, § 4: …

# Nora Provén · slack
> vad beslutade vi om KomX?
< Jag hittar inget om ”komx” …

# Bo Fiktivsson · web
> what did we decide about KomX
< This is what I find about “komx”: • Decision Thursday 15 October 2026, § 4, …
"""
TEXTS = {
    "sv": """
        search-found = Det här hittar jag om ”{ $words }”:
        search-some = Jag hittar inget ställe med allt i ”{ $words }”, men det här är närmast:
        search-none = Jag hittar inget om ”{ $words }” i de beslut och protokoll som du kan läsa. Prova med ett annat ord, eller fråga ordföranden.
        search-decision = Beslut { $day }
        search-text = Protokoll { $day }
        search-of = Protokollet från { $day }
        search-log = Beslut i { $body }:
        search-log-none = Jag har inga beslut i { $body } från den tiden.
        search-more = … och { $count } till. Säg vad du söker så letar jag bland dem.
    """,
    "en": """
        search-found = This is what I find about “{ $words }”:
        search-some = I find no place with everything in “{ $words }”, but this is the nearest:
        search-none = I find nothing about “{ $words }” in the decisions and minutes that you can read. Try another word, or ask the chair.
        search-decision = Decision { $day }
        search-text = Minutes { $day }
        search-of = The minutes of { $day }
        search-log = Decisions of { $body }:
        search-log-none = I have no decisions of { $body } from that time.
        search-more = … and { $count } more. Say what you are looking for and I will search among them.
    """,
}
LINES = 12
BUTTONS = 3


@dialog(
    "search-decisions", intents=("search_decisions",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS,
)  # fmt: skip
async def search_decisions(talk: Talk) -> None:
    given = talk.heard.value.get("words") or content(_without(talk))
    asked = [str(each) for each in await talk.note("asked", given)]
    if not asked:
        return await _log(talk)
    return await answer(talk, asked)


async def answer(talk: Talk, asked: Sequence[str]) -> None:
    """Say what was found of these words; also for the offer to search."""
    found = await talk.look(decisions.search, talk.person, asked)
    words = " ".join(asked)
    if not found:
        return await talk.say("search-none", words=words)
    whole = found[0].whole
    head = talk.text("search-found" if whole else "search-some", words=words)
    lines = [head, *(f"• {_line(talk, each)}" for each in found)]
    return await talk.say(Text("\n".join(lines), _buttons(talk, found)))


def _without(talk: Talk) -> str:
    """What was said, without the names of groups and of times: they say where, not what."""
    text = talk.heard.text
    for each in talk.heard.entities:
        if each.type in {"when", "group"}:
            text = text.replace(each.value, " ")
    return text


def _line(talk: Talk, hit: Hit) -> str:
    kind = "search-decision" if hit.decision else "search-text"
    place = " ".join(part for part in (hit.paragraph, hit.heading) if part)
    where = [talk.text(kind, day=_day(hit, talk.lang)), place, hit.body_name]
    return f"{', '.join(part for part in where if part)}: {hit.snippet}"


def _day(hit: Hit | Decision, lang: str) -> str:
    day = hit.held_on if isinstance(hit, Hit) else hit.decided_on
    return dates.show(day, lang, week=False)


def _buttons(talk: Talk, found: Sequence[Hit]) -> tuple[Button, ...]:
    once = {each.meeting: each for each in found if each.meeting is not None}
    return tuple(
        Button(talk.text("search-of", day=_day(each, talk.lang)), "find-protocol",
               {"meeting": number})
        for number, each in list(once.items())[:BUTTONS]
    )  # fmt: skip


async def _log(talk: Talk) -> None:
    """Nothing is asked about: the decisions of the bodies, from the time that was said."""
    said = talk.heard.first("group")
    mine = await talk.look(bodies.of_person, talk.person)
    networks = [each for each in mine if each.kind == "network"] or mine
    one = await talk.look(bodies.find_body, talk.person, said) if said else None
    chosen = [one] if one else networks
    when = talk.heard.when
    first, last = borders(span(when)) if when else (None, None)
    found = await talk.look(
        decisions.log, talk.person, [each.id for each in chosen],
        first.date() if first else None, last.date() if last else None,
    )  # fmt: skip
    name = " / ".join(each.name for each in chosen)
    if not found:
        return await talk.say("search-log-none", body=name)
    lines = [talk.text("search-log", body=name), *(f"• {_entry(talk, d)}" for d in found[:LINES])]
    if len(found) > LINES:
        lines.append(talk.text("search-more", count=len(found) - LINES))
    return await talk.say(Text("\n".join(lines)))


def _entry(talk: Talk, each: Decision) -> str:
    place = f", {each.paragraph}" if each.paragraph else ""
    return f"{_day(each, talk.lang)}{place}: {each.text}"
