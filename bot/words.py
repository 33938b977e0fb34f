"""Words that count only as a whole utterance, and the openings of a change of mind."""

from __future__ import annotations

import re
from typing import Final, Literal

from bot.reading import plain

Command = Literal["cancel", "help", "back", "restart", "undo"]

_COMMANDS: Final[dict[str, Command]] = {
    **dict.fromkeys(
        ("avbryt", "avbryt allt", "glöm det", "strunt i det", "sluta", "stopp", "cancel", "stop",
         "never mind", "nevermind", "forget it", "nej avbryt", "quit"), "cancel"),
    **dict.fromkeys(("hjälp", "help", "?", "hjälp mig", "help me"), "help"),
    **dict.fromkeys(("tillbaka", "backa", "back", "go back", "gå tillbaka"), "back"),
    **dict.fromkeys(("börja om", "start over", "restart", "från början"), "restart"),
    **dict.fromkeys(("ångra", "undo", "ångra det", "undo that", "jag ångrar mig"), "undo"),
}  # fmt: skip

_CORRECTION = re.compile(
    r"^(?:(?:nej|nä|oj|äsch|no|sorry|oops|förlåt)[\s,.!–-]+)?"
    r"(?:(?:vänta|förresten|jag menar?|jag menade|jag menar nog|snarare|ändra(?: det)? till|"
    r"ta i stället|ta|byt till|eller förresten|wait|actually|i mean|i meant|make it|"
    r"change(?: it| that)? to|rather|instead)[\s,.!:–-]+)+(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN_NO = re.compile(r"^(?:nej|nä|no)[\s,.!–-]+(?P<rest>\S.+)$", re.IGNORECASE | re.DOTALL)
_INSTEAD = re.compile(r"\s+(?:i stället|istället|instead)[.!]?$", re.IGNORECASE)
_FOLLOW = re.compile(r"^(?:och|men|samt|and|but|what about|how about|hur är det)\s+", re.IGNORECASE)
_QUESTION = re.compile(
    r"(?:^\s*(?:när|var|vart|vem|vilka|vilken|vilket|vad|hur|varför|finns|är|kan|har|"
    r"when|where|who|which|what|how|why|is|are|can|do|does)\b)|\?\s*$",
    re.IGNORECASE,
)
TEXT_LIMIT: Final = 4000  # characters of one utterance


def command(text: str) -> Command | None:
    return _COMMANDS.get(plain(text)) or _COMMANDS.get(text.strip())


def correction(text: str) -> str | None:
    """What remains of "nej vänta, bara förmiddag": the new answer; None if nothing is corrected."""
    match = _CORRECTION.match(text.strip())
    if match:
        return _INSTEAD.sub("", match["rest"]).strip()
    if _INSTEAD.search(text):
        rest = _PLAIN_NO.match(text.strip())
        return _INSTEAD.sub("", rest["rest"] if rest else text).strip()
    return None


def contradiction(text: str) -> str | None:
    """What remains of "nej, i maj": weaker than a correction, as a plain no opens it."""
    match = _PLAIN_NO.match(text.strip())
    return match["rest"].strip() if match else None


def follow_up(text: str) -> str | None:
    """What remains of "och i april?": a question that leans on the one before it."""
    match = _FOLLOW.match(text.strip())
    return text.strip()[match.end() :] if match else None


def looks_like_question(text: str) -> bool:
    return _QUESTION.search(text) is not None
