"""Which colleague is meant, where somebody is registered or asked to come instead."""

from __future__ import annotations

import re

from bot.dialog import Talk
from bot.form import Choice, Field
from storage import dialogues

TEXTS = {
    "sv": """
        whom-name =
            .question = Vem gäller det? Skriv hela namnet.
        whom-which =
            .question = Vilken av dem menar du?
        whom-nobody = Jag hittar ingen ”{ $said }” i { $where }. Du kan anmäla kolleger från din egen kommun; andra anmäler sig själva eller genom samordnaren.
    """,
    "en": """
        whom-name =
            .question = Who is it about? Write the full name.
        whom-which =
            .question = Which of them do you mean?
        whom-nobody = I cannot find any “{ $said }” in { $where }. You can register colleagues from your own municipality; others register themselves or through the coordinator.
    """,
}
_COLLEAGUE = re.compile(
    r"\b(?:min|vår|en)\s+(?:kolleg\w+|medarbetar\w+|rektor|chef)|\bkolleg\w+|\b(?:my|our|a)\s+colleague|\bersättar\w+|\bsubstitute",
    re.IGNORECASE,
)
_ME = re.compile(r"\b(?:mig|mej|jag|me|myself|i)\b", re.IGNORECASE)


async def whom(talk: Talk) -> tuple[int, str] | None:
    """Somebody else's number and name, if the request is about somebody else; None for oneself."""
    text, said = talk.heard.text, talk.heard.first("person")
    about = bool(_COLLEAGUE.search(text)) or bool(said and not _ME.search(text))
    if not await talk.note("other", about):
        return None
    return await somebody(talk, said)


async def somebody(talk: Talk, said: str | None) -> tuple[int, str]:
    """One person of one's own municipality, or of the region for its coordinator."""
    name = said or await talk.ask("name", Field("text", limit=120), text="whom-name")
    found = await talk.look(dialogues.candidates, talk.person, name)
    if not found:
        where = talk.person.municipality_name or talk.person.region_name
        talk.refuse("whom-nobody", said=name, where=where)
    choices = [Choice(str(number), f"{who}, {town}") for number, who, town in found]
    picked = await talk.choose("which", choices[:10], text="whom-which")
    return next((number, who) for number, who, _ in found if str(number) == picked)
