"""All coming meetings, or those of a year, a season, a month; and when the last one was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot import dates
from bot.dialog import Talk, dialog
from bot.reply import Text
from dialogs.meetings import card
from dialogs.meetings.pick import borders, span, which_bodies
from storage import meetings
from storage.meetings import Meeting

EXAMPLES = {
    "sv": ("Visa alla möten i vår", "lista kommande möten", "vilka träffar har vi under 2027?",
           "när var förra mötet?"),
    "en": ("list all upcoming meetings", "which meetings are planned for 2027"),
}  # fmt: skip
NEAR_MISSES = ("vilka protokoll saknas", "lista medlemmarna")
TALKS = """
# Bo Fiktivsson · teams
> lista kommande möten
< Nätverket Vuxenutbildning Skaraborg … 8 möten … torsdag 10 december 2026 … torsdag 25 november 2027 …
> när var förra mötet?
< … torsdag 12 november 2026 …
"""
TEXTS = {
    "sv": """
        list-title = { $body }: { $count ->
            [one] ett möte
           *[other] { $count } möten
        } { $when }
        list-coming = framöver
        list-none = { $body } har inga möten { $when }.
        list-last = Det senaste mötet i { $body } var { $line }.
        list-never = { $body } har inte haft något möte som jag känner till.
        list-more = … och { $count } till. Fråga om en viss månad eller ett visst år för att se dem.
    """,
    "en": """
        list-title = { $body }: { $count ->
            [one] one meeting
           *[other] { $count } meetings
        } { $when }
        list-coming = ahead
        list-none = { $body } has no meetings { $when }.
        list-last = The last meeting of { $body } was { $line }.
        list-never = { $body } has not had any meeting that I know of.
        list-more = … and { $count } more. Ask about a month or a year to see them.
    """,
}
LINES = 15
_LAST = re.compile(r"\b(förra|senaste|sista|last|latest|previous)\b", re.IGNORECASE)


@dialog(
    "list-meetings", intents=("list_meetings",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS,
)  # fmt: skip
async def list_meetings(talk: Talk) -> None:
    asks_last = talk.heard.when is None and bool(_LAST.search(talk.heard.text))
    last = await talk.note("last", asks_last)
    for body in await which_bodies(talk):
        if last:
            await _say_last(talk, body.id, body.name)
            continue
        start, end, words = _span(talk)
        found = await talk.look(meetings.meetings_between, [body.id], start, end)
        await _say_list(talk, body.name, found, words)


def _span(talk: Talk) -> tuple[datetime, datetime, str]:
    when = talk.heard.when
    if when is not None and (when.first_day or when.last_day):
        return *borders(span(when)), dates.show(when, talk.lang)
    far = datetime.combine(date(talk.today.year + 2, 12, 31), time.max)
    return talk.wall, far, talk.text("list-coming")


async def _say_list(talk: Talk, body: str, found: Sequence[Meeting], when: str) -> None:
    if not found:
        return await talk.say("list-none", body=body, when=when)
    lines = [talk.text("list-title", body=body, count=len(found), when=when)]
    lines += [f"• {card.line(each, talk)}" for each in found[:LINES]]
    if len(found) > LINES:
        lines.append(talk.text("list-more", count=len(found) - LINES))
    return await talk.say(Text("\n".join(lines)))


async def _say_last(talk: Talk, body: int, name: str) -> None:
    last = await talk.look(meetings.previous_meeting, [body], talk.wall - timedelta(seconds=1))
    if last is None:
        return await talk.say("list-never", body=name)
    return await talk.say("list-last", body=name, line=card.line(last, talk))
