"""The essence of a meeting: what was decided there, and what is to be done."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.reply import Button, Text
from dialogs.meetings import card
from dialogs.meetings.pick import which_meeting
from storage import decisions, protocols
from storage.decisions import ActionPoint

EXAMPLES = {
    "sv": (
        "sammanfatta förra mötet",
        "vad kom vi fram till på mötet i oktober, kort sammanfattning",
    ),
    "en": ("summarise the last meeting", "what were the main points of the meeting in October"),
}
NEAR_MISSES = ("vad står på dagordningen", "visa protokollet från oktober")
TALKS = """
# Bo Fiktivsson · teams
> sammanfatta mötet i oktober
< Nätverket Vuxenutbildning Skaraborg, torsdag 15 oktober 2026 Beslut: • § 2 … • § 4 Nätverket startar KomX … Att göra: • … Lena Modellson … den 20 november 2026. Ansvarig: Lena Modellson. (försenat) … [Hela protokollet]

# Bo Fiktivsson · slack
> sammanfatta förra mötet
< Protokollet från torsdag 12 november 2026 är inte justerat ännu, så jag har inget att sammanfatta. …
"""
TEXTS = {
    "sv": """
        summary-none = Protokollet från { $day } är inte justerat ännu, så jag har inget att sammanfatta. Du kan läsa det när det är klart.
        summary-empty = Protokollet från { $day } är justerat, men inga beslut är antecknade ur det.
        summary-title = { $body }, { $day }
        summary-decided = Beslut:
        summary-to-do = Att göra:
        summary-point = { $text } Ansvarig: { $who }.
        summary-late = (försenat)
        summary-whole = Hela protokollet
    """,
    "en": """
        summary-none = The minutes of { $day } are not approved yet, so I have nothing to summarise. You can read them when they are ready.
        summary-empty = The minutes of { $day } are approved, but no decisions have been noted from them.
        summary-title = { $body }, { $day }
        summary-decided = Decided:
        summary-to-do = To do:
        summary-point = { $text } Responsible: { $who }.
        summary-late = (late)
        summary-whole = The whole minutes
    """,
}


@dialog(
    "summary", intents=("summary",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
)  # fmt: skip
async def summary(talk: Talk) -> None:
    found = await which_meeting(talk, when=talk.heard.when, past=True)
    day = card.short_day(found.starts, talk.lang)
    one = await talk.look(protocols.protocol_of, talk.person, found.id)
    if one is None or one.state not in protocols.STANDING:
        return await talk.say("summary-none", day=day)
    decided, tasks = await talk.look(decisions.of_meeting, talk.person, found.id)
    button = Button(talk.text("summary-whole"), "find-protocol", {"meeting": found.id})
    if not decided and not tasks:
        return await talk.say(Text(talk.text("summary-empty", day=day), (button,)))
    lines = [talk.text("summary-title", body=card.bodies(found), day=day)]
    if decided:
        lines.append(talk.text("summary-decided"))
        lines += [f"• {each.paragraph} {each.text}".replace("•  ", "• ") for each in decided]
    if tasks:
        lines.append(talk.text("summary-to-do"))
        lines += [f"• {_point(talk, each)}" for each in tasks]
    return await talk.say(Text("\n".join(lines), (button,)))


def _point(talk: Talk, each: ActionPoint) -> str:
    text = talk.text("summary-point", text=each.text, who=each.who) if each.who else each.text
    return f"{text} {talk.text('summary-late')}" if each.late(talk.today) else text
