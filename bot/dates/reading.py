"""Finding expressions in a text, and reading a text that is nothing but one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.atoms import Setting
from bot.dates.build import value
from bot.dates.combine import Phrase, Reader
from bot.dates.tokens import Token, tokens
from bot.dates.value import ZONE, DateValue, Found

LOV: Final[Mapping[str, tuple[int, ...]]] = {"höstlov": (44,)}
_LONGEST_ANSWER: Final = 200  # characters; a longer text is no answer to "when?"
_HERE: Final = ZoneInfo(ZONE)
_POLITE: Final = frozenset(
    "ja jo jadå ok okej okay tack gärna då kanske nog typ hmm hej snälla please thanks yes well tja "
    "vi tar ta kör det blir ska jag tänker menar är delrapport delrapporten slutrapport "
    "återrapport återrapporten rapport rapporten mötet möte träffen träff deadline datum datumet "
    "förslag föreslår förslagsvis passar bäst bra funkar istället i stället att alltså helst ungefär "
    "ca cirka about around let's lets how about maybe it is works for me instead the report meeting "
    "önskar bokar boka eh öh nej vänta day . , ! ? : ; ( ) \" ' … – - – när någon nån gång sometime any "
    "månad helt enkelt tid tiden dag dagen klockslag på för of om".split()
)


def setting(
    now: datetime, lang: str, prefer: str, lov: Mapping[str, tuple[int, ...]], *, whole: bool
) -> Setting:
    """Raises ValueError for a clock without a zone: a wrong zone is a wrong day."""
    if now.tzinfo is None:
        msg = "now must carry a time zone"
        raise ValueError(msg)
    return Setting(now.astimezone(_HERE).replace(tzinfo=None), prefer, lang, lov, whole)


def found(text: str, there: Setting) -> Iterator[Found]:
    """Every expression from the left; what is refused is skipped as a whole."""
    words = tokens(text)
    if not any(token.tags for token in words):
        return
    reader = Reader(there, words)
    at = 0
    while at < len(words):
        phrase = reader.phrase(at) if reader.may_start(at) else None
        if phrase is None:
            at += 1
            continue
        made = _found(text, words, phrase)
        if made is not None:
            yield made
        at = max(phrase.stop, at + 1)


def _found(text: str, words: list[Token], phrase: Phrase) -> Found | None:
    if phrase.bundle is None:
        return None
    start, end = words[phrase.start].start, words[phrase.stop - 1].end
    made = value(phrase.bundle, text[start:end])
    return None if made is None else Found(start, end, made)


def answer(text: str, there: Setting) -> DateValue | None:
    """The value of a text that is one expression, with polite words around it at most."""
    if len(text) > _LONGEST_ANSWER:
        return None
    words = tokens(text)
    first, last = 0, len(words)
    reader = Reader(there, words)
    while True:
        phrase = reader.phrase(first) if first < last else None
        if phrase is not None and _only_polite(words[phrase.stop :]):
            made = _found(text, words, phrase)
            return None if made is None else made.value
        if phrase is not None and phrase.bundle is None:
            return None
        if first >= last or words[first].text not in _POLITE:
            return None
        first += 1


def _only_polite(rest: list[Token]) -> bool:
    return all(token.text in _POLITE for token in rest)
