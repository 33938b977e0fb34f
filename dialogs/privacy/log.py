"""Who did what, when and from where, searched by an administrator: by day, meeting, person or deed."""

from __future__ import annotations

import re
from collections.abc import Collection
from zoneinfo import ZoneInfo

from bot.dates import Precision
from bot.dialog import Talk, dialog
from bot.reply import Card, Fact
from storage import log
from storage.log import Line, Wanted

EXAMPLES = {
    "sv": ("Visa loggen", "visa loggen för mötet 10 december", "vem ändrade mötet 10 december"),
    "en": ("show the log", "who changed the meeting on 10 December"),
}
NEAR_MISSES = ("logga in på webben", "vem är ordförande", "vem ändrar jag hos")
TALKS = """
# Vide Hittepåberg · teams
> byt språk till svenska
< Jag svarar på svenska från och med nu. …
> visa loggen
< Loggen … set-language … Vide Hittepåberg … språk … teams …
> vem ställde in mötet den 11 mars?
< Jag hittar inget sådant i loggen.

# Vide Hittepåberg · slack
> show the log for the meeting on 10 December
< I find nothing like that in the log.

# Bo Fiktivsson · slack
> vem ändrade mötet 10 december
< Det här får administratören göra: Vide Hittepåberg. … [Fråga Vide]
"""
TEXTS = {
    "sv": """
        audit-log-title = Loggen
        audit-log-text = { $count ->
            [one] En rad
           *[other] { $count } rader
        }, den nyaste först. Här står vem, vad och när, aldrig vad någon skrev.
        audit-log-none = Jag hittar inget sådant i loggen.
        audit-log-bot = boten
        audit-log-from = från { $platform }
        audit-log-language = språk
    """,
    "en": """
        audit-log-title = The log
        audit-log-text = { $count ->
            [one] One line
           *[other] { $count } lines
        }, the newest first. It says who, what and when, never what anybody wrote.
        audit-log-none = I find nothing like that in the log.
        audit-log-bot = the bot
        audit-log-from = from { $platform }
        audit-log-language = language
    """,
}
HOME = ZoneInfo("Europe/Stockholm")
_DEEDS = (
    (r"ställ(?:de|t) in|cancel", ("cancel",)),
    (r"flytta|moved", ("move",)),
    (r"rader|tog bort|tagit bort|delet|eras", ("erase", "delete", "cancel", "retention")),
    (r"skapa|lade in|la in|creat", ("create", "new", "give")),
)
_OF_MEETING = re.compile(r"möte|träff|konferens|protokoll|meeting|minutes", re.IGNORECASE)


@dialog(
    "audit-log", intents=("audit_log",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
    personal=True,
)  # fmt: skip
async def audit_log(talk: Talk) -> None:
    names = await talk.look(log.people, talk.person)
    found = await talk.look(log.lines, talk.person, _wanted(talk, names), talk.turn.at)
    if not found:
        return await talk.say("audit-log-none")
    facts = tuple(Fact(_when(each), _line(talk, each)) for each in found)
    text = talk.text("audit-log-text", count=len(found))
    return await talk.say(Card(talk.text("audit-log-title"), text, facts), private=True)


def _wanted(talk: Talk, names: Collection[str]) -> Wanted:
    text = talk.heard.text
    said = text.casefold()
    name = next((each for each in names if each.casefold() in said), "")
    actions = next((deeds for words, deeds in _DEEDS if re.search(words, said)), ())
    when = talk.heard.when
    first, last = (when.first_day, when.last_day) if when else (None, None)
    if when is not None and when.precision is Precision.DAY and _OF_MEETING.search(text):
        return Wanted(meetings_on=first, name=name, actions=actions)
    return Wanted(since=first, until=last, name=name, actions=actions)


def _when(each: Line) -> str:
    return each.at.astimezone(HOME).strftime("%Y-%m-%d %H.%M")


def _line(talk: Talk, each: Line) -> str:
    detail = {key: value for key, value in each.detail.items() if key != "from"}
    parts = [each.action, each.who or talk.text("audit-log-bot"), each.subject]
    parts += [f"{_name(talk, key)}: {value}" for key, value in detail.items() if value]
    if platform := each.detail.get("from"):
        parts.append(talk.text("audit-log-from", platform=platform))
    return " · ".join(part for part in parts if part)


def _name(talk: Talk, key: str) -> str:
    return talk.text("audit-log-language") if key == "language" else key
