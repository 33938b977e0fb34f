"""Choose the language that the bot answers in."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.form import Choice
from storage import people

EXAMPLES = {
    "sv": ("Byt språk till engelska", "svenska tack"),
    "en": ("switch to English", "answer in English please"),
}
NEAR_MISSES = ("vem är ordförande",)
TALKS = """
# Bo Fiktivsson · teams
> byt språk till engelska
< From now on I answer in English. Write “svenska tack” to change back.
> when is the next meeting?
< … Thursday 10 December 2026 …
"""
TEXTS = {
    "sv": """
        language-which =
            .question = Vilket språk vill du ha svar på?
        language-done = Jag svarar på svenska från och med nu. Skriv ”english please” för att byta.
        language-sv = Svenska
        language-en = English
    """,
    "en": """
        language-which =
            .question = Which language should I answer in?
        language-done = From now on I answer in English. Write “svenska tack” to change back.
        language-sv = Svenska
        language-en = English
    """,
}
_WORDS = {"svenska": "sv", "swedish": "sv", "engelska": "en", "english": "en"}


@dialog(
    "language", intents=("set_language",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def language(talk: Talk) -> None:
    said = _WORDS.get((talk.heard.first("lang") or "").casefold())
    choices = [Choice(lang, talk.text(f"language-{lang}")) for lang in ("sv", "en")]
    chosen = await talk.choose("which", choices, known=said)
    await talk.do("set-language", people.set_language, talk.person.id, chosen,
                  subject=f"person:{talk.person.id}", detail={"language": chosen})  # fmt: skip
    talk.lang = chosen
    await talk.say("language-done")
