"""Whether one is welcome: everybody is, the whole day. The audience of a part is a recommendation."""

from __future__ import annotations

import re

from bot.dialog import Talk
from bot.reply import Text
from storage.dialogues import Dialogue

TEXTS = {
    "sv": """
        welcome-dialogue = Ja, alla är välkomna hela dagen. { $part ->
            [em] Eftermiddagen riktar sig främst till rektorer och chefer och är mer verksamhetsnära.
           *[other] Förmiddagen handlar om övergripande frågor; eftermiddagen är mer verksamhetsnära och riktar sig främst till rektorer och chefer.
        } Vad vill du vara med på?
        welcome-dialogue-one = Ja, alla är välkomna. Vill du anmäla dig?
        welcome-whole = Hela dagen
        welcome-morning = Bara förmiddag
    """,
    "en": """
        welcome-dialogue = Yes, everybody is welcome the whole day. { $part ->
            [em] The afternoon is mainly meant for principals and managers, and is closer to operations.
           *[other] The morning is about general matters; the afternoon is closer to operations and mainly meant for principals and managers.
        } What will you come to?
        welcome-dialogue-one = Yes, everybody is welcome. Would you like to sign up?
        welcome-whole = The whole day
        welcome-morning = Only the morning
    """,
}
_ASKS = re.compile(
    r"\b(?:får|kan|må|törs|duger|tillåts)\s+(?:jag|vi|man|en|även|också|\w+)\b[^?]*\b(?:vara med|komma|delta|sitta med|gå|följa med|närvara)\b"
    r"|\b(?:välkom\w*|inbjuden|öppen för|öppet för|till för|riktar sig)\b"
    r"|\b(?:may|can|could|am|are)\s+(?:i|we|\w+)\b[^?]*\b(?:come|attend|join|welcome|allowed|take part)\b",
    re.IGNORECASE,
)
_ME = re.compile(r"\b(?:anmäl|registrera|sign|register|boka|sätt upp)\b", re.IGNORECASE)


def asks_if_welcome(text: str) -> bool:
    """ "får jag vara med på eftermiddagen också?", whoever it is that asks."""
    return _ASKS.search(text) is not None and _ME.search(text) is None


async def say_welcome(talk: Talk, found: Dialogue) -> None:
    """Never a refusal."""
    parts = {each.part for each in found.sessions}
    if not {"fm", "em"} <= parts:
        button = talk.button("dialogue-sign-up", "register-dialogue", dialogue=found.id)
        return await talk.say(Text(talk.text("welcome-dialogue-one"), (button,)))
    said = (talk.heard.first("daypart") or "").casefold()
    part = "em" if said.startswith(("em", "eftermiddag", "afternoon")) else "other"
    buttons = (
        talk.button("welcome-whole", "register-dialogue", dialogue=found.id, part="all"),
        talk.button("welcome-morning", "register-dialogue", dialogue=found.id, part="fm"),
    )
    return await talk.say(Text(talk.text("welcome-dialogue", part=part), buttons))
