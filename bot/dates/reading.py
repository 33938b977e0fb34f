"""Finding expressions in a text, and reading a text that is nothing but one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.dates.atoms import Setting
from bot.dates.build import value
from bot.dates.combine import Phrase, Reader
from bot.dates.tokens import Token, tokens
from bot.dates.value import ZONE, DateValue, Found, Operator, Point

LOV: Final[Mapping[str, tuple[int, ...]]] = {"höstlov": (44,)}
MOST_FOUND: Final = 50  # expressions; a text with more is a calendar, not a message
_INSTEAD: Final = frozenset({"utan"})
_EXCEPT: Final = frozenset({"utom", "förutom", "except", "excluding"})
_NOT: Final = frozenset({"inte", "ej", "not"})
_OPEN: Final = frozenset(
    ", . ; : ( - – men och fast bara helst dock absolut gärna so but and just definitely please".split()
)  # before "inte", these leave it to what follows
_DAYS: Final = frozenset({"WD", "REL", "REL2", "MON"})
_LISTING: Final = frozenset({",", "eller", "och", "samt", "alternativt", "or", "and", "/"})
_LONGEST_ANSWER: Final = 200  # characters; a longer text is no answer to "when?"
_HERE: Final = ZoneInfo(ZONE)
_POLITE: Final = frozenset(
    "ja jo jadå ok okej okay tack gärna då kanske nog typ hmm hej snälla please thanks yes well tja "
    "vi tar ta kör det blir ska jag tänker menar är delrapport delrapporten slutrapport "
    "återrapport återrapporten rapport rapporten mötet möte träffen träff deadline datum datumet "
    "förslag föreslår förslagsvis passar bäst bra funkar istället i stället att alltså helst ungefär "
    "ca cirka about around let's lets how about maybe it is works for me instead the report meeting "
    "önskar bokar boka eh öh nej vänta day . , ! ? : ; ( ) \" ' … – - – när någon nån gång sometime any "
    "månad helt enkelt tid tiden dag dagen klockslag på för of om "
    "heldag heldagen "
    "framåt går fint perfekt utmärkt fungerar mig oss ses fine good great would could can works".split()
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
    reader = Reader(there, words)
    at = count = 0
    while at < len(words) and count < MOST_FOUND:
        phrase = reader.phrase(at) if reader.may_start(at) else None
        if phrase is None:
            at += 1
            continue
        made = _found(text, words, phrase)
        if made is not None:
            yield made
            count += 1
        at = max(phrase.stop, at + 1)


def _found(text: str, words: list[Token], phrase: Phrase) -> Found | None:
    if phrase.bundle is None:
        return None
    start, end = words[phrase.start].start, words[phrase.stop - 1].end
    made = value(phrase.bundle, text[start:end])
    if made is None:
        return None
    if _excluded(words, phrase.start, phrase.stop):
        made = replace(made, notes=(*made.notes, "excluded"))
    return Found(start, end, made)


def _excluded(words: list[Token], at: int, stop: int) -> bool:
    """ "Inte på torsdag", "utom fredag", "inte torsdag utan fredag".

    In "jag kan inte på torsdag" the verb is denied, not the day.
    """
    before = [token.text for token in words[max(0, at - 3) : at]]
    if before and before[-1] in _EXCEPT:
        return True
    if not before or before[-1] not in _NOT:
        return False
    if stop < len(words) and words[stop].text in _INSTEAD:
        return True
    return len(before) == 1 or before[-2] in _OPEN or bool(words[at - 2].tags.keys() & _DAYS)


def answer(text: str, there: Setting) -> DateValue | None:
    """The value of a text that is one expression, with polite words around it at most."""
    if len(text) > _LONGEST_ANSWER:
        return None
    words = tokens(text)
    first, last = 0, len(words)
    reader = Reader(there, words)
    while True:
        phrase = reader.phrase(first) if first < last else None
        if phrase is not None and phrase.bundle is None:
            return None
        if phrase is not None:
            phrases = list(_listed(reader, words, phrase))
            if _only_polite(words[phrases[-1].stop :]):
                return _one_of(text, words, phrases)
        if first >= last or words[first].text not in _POLITE:
            return None
        first += 1


def _listed(reader: Reader, words: list[Token], phrase: Phrase) -> Iterator[Phrase]:
    """The expression and those that "eller", "och" or a comma add to it."""
    yield phrase
    at = phrase.stop
    while at + 1 < len(words) and words[at].text in _LISTING:
        at += 1 + (words[at].text == "," and words[at + 1].text in _LISTING)
        following = reader.phrase(at) if at < len(words) else None
        if following is None or following.bundle is None:
            return
        yield following
        at = following.stop


def _one_of(text: str, words: list[Token], phrases: list[Phrase]) -> DateValue | None:
    """The first value, with the others as alternatives and a question."""
    made = [each.value for phrase in phrases if (each := _found(text, words, phrase))]
    if len(made) == 1 and len(phrases) == 1:
        return made[0]
    if len(made) < len(phrases) or any(
        each.operator is not Operator.ON or each.start is None for each in made
    ):
        return None
    said = text[words[phrases[0].start].start : words[phrases[-1].stop - 1].end]
    others = tuple(point for each in made[1:] if (point := _point(each)) is not None)
    return replace(made[0], words=said, alternatives=others, notes=("several",))


def _point(made: DateValue) -> Point | tuple[Point, Point] | None:
    if made.start is None or made.end is None:
        return made.start
    return made.start, made.end


def _only_polite(rest: list[Token]) -> bool:
    return all(token.text in _POLITE for token in rest)
