"""Where a question is not understood: an offer to search the minutes for what it is about."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.rules.wording import content
from dialogs.decisions.search import answer

TALKS = """
# Bo Fiktivsson · teams
> what did skolverket say about the budget 2028?
< I do not know that. I can answer about meetings, minutes, decisions and assignments. Do you want me to search the minutes for “budget 2028”? [Yes] [No]
> yes
< I find nothing about “budget 2028” …

# Bo Fiktivsson · slack
> vad kostar en ny skolbuss?
< Det vet jag inte. Jag kan svara om möten, protokoll, beslut och uppdrag. Vill du att jag söker i protokollen efter ”skolbuss”? [Ja] [Nej]
> nej
< Okej. Skriv ”hjälp” om du vill se vad jag kan.
"""
TEXTS = {
    "sv": """
        offer-search-sure =
            .question = Det vet jag inte. Jag kan svara om möten, protokoll, beslut och uppdrag. Vill du att jag söker i protokollen efter ”{ $words }”?
        offer-search-no = Okej. Skriv ”hjälp” om du vill se vad jag kan.
    """,
    "en": """
        offer-search-sure =
            .question = I do not know that. I can answer about meetings, minutes, decisions and assignments. Do you want me to search the minutes for “{ $words }”?
        offer-search-no = All right. Write “help” if you want to see what I can do.
    """,
}
MOST = 4  # words of an offer
LONG = 4  # letters that a word must have to be worth a search, unless it is a short form


def worth_searching(text: str) -> tuple[str, ...]:
    """The words that a question seems to be about; empty where it is no question."""
    if not text.rstrip().endswith("?") and len(text.split()) < 3:
        return ()
    found = [each for each in content(text) if len(each) >= LONG or each.isdigit()]
    return tuple(found[:MOST]) if any(not each.isdigit() for each in found) else ()


@dialog("offer-search", talks=TALKS, rescues=worth_searching)
async def offer_search(talk: Talk) -> None:
    asked = [str(each) for each in talk.heard.value["words"]]
    if not await talk.confirm("sure", words=" ".join(asked)):
        return await talk.say("offer-search-no")
    return await answer(talk, asked)
