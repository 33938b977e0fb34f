"""How one answer in words is read: `read` gives the value, `keep` and `restore` its journal form."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from bot import dates
from bot.dates import DateValue, Precision
from bot.errors import Misread
from bot.files import FileHandle
from bot.form import Choice, Field

YES = frozenset(
    "ja japp jepp jo jajamän okej ok absolut gärna precis stämmer gör det kör ja tack det stämmer "
    "yes yep yeah sure ok okay correct please do yes please".split()
) | {"ja tack", "det stämmer", "gör det", "yes please", "that's right", "do it", "ja det stämmer"}
NO = frozenset("nej nä nix nope no".split()) | {
    "nej tack", "inte", "no thanks", "no thank you", "helst inte", "det stämmer inte",
}  # fmt: skip
SKIP = frozenset({"hoppa över", "skip", "inget", "nej tack", "-", "none", "pass"})
_SOFT = re.compile(r"[\s.,!?]+")
_ASKS = re.compile(
    r"^\W*(?:vem|vad|när|var|hur|vilk\w+|who|what|when|where|how|which)\b|\?\s*$", re.IGNORECASE
)
_SMALL = 4  # letters of a word that tells nothing
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading an answer may depend on; nothing else."""

    lang: str
    now: datetime  # aware
    choices: tuple[Choice, ...] = ()
    lov: Mapping[str, tuple[int, ...]] = field(
        default_factory=lambda: dates.LOV
    )  # the region's school holidays: ISO weeks


def plain(text: str) -> str:
    """Lower case, single spaces, no closing punctuation: for comparing whole utterances."""
    return _SOFT.sub(" ", text.casefold()).strip()


def clean(text: str) -> str:
    """Without control and direction characters; what is left is what the person meant to write."""
    return _CONTROL.sub("", text).strip()


def read(field: Field, text: str, reading: Reading) -> Any:
    """Raise Misread with the text to say when the words do not answer the question."""
    text = clean(text)
    if not text or (not field.required and plain(text) in SKIP):
        if field.required:
            raise Misread("misread-empty")
        return None
    match field.kind:
        case "text":
            return _text(field, text)
        case "choice":
            return _choice(text, reading.choices)
        case "date":
            return _date(field, text, reading)
        case "time":
            return _time(text, reading)
        case "yes_no":
            return _yes_no(text)
        case "number":
            return _number(field, text)
        case "file":
            raise Misread("misread-file")


def keep(value: Any) -> Any:
    """The value as JSON: what was meant, never what was said."""
    if isinstance(value, FileHandle):
        return {"file": value.to_json()}
    return {"date": value.to_json()} if isinstance(value, DateValue) else value


def restore(kept: Any) -> Any:
    if isinstance(kept, dict) and "date" in kept:
        return DateValue.from_json(kept["date"])
    if isinstance(kept, dict) and "file" in kept:
        return FileHandle.from_json(kept["file"])
    return kept


def _text(field: Field, text: str) -> str:
    if len(text) > field.limit:
        raise Misread("misread-long", limit=field.limit, length=len(text))
    return text


def _choice(text: str, choices: Sequence[Choice]) -> str:
    said = plain(text)
    if said.isdecimal() and len(said) < 5 and 1 <= int(said) <= len(choices):
        return choices[int(said) - 1].value
    for word, group in (("yes", YES), ("no", NO)):
        if said in group and any(choice.value == word for choice in choices):
            return word
    tests: tuple[Callable[[Choice], bool], ...] = (
        lambda c: said in {plain(c.label), c.value.casefold()},
        lambda c: plain(c.label).startswith(said),
        lambda c: f" {plain(c.label)} " in f" {said} ",
        lambda c: any(f" {word} " in f" {said} " for word in c.words),
        lambda c: len(said) > 2 and said in plain(c.label),
        lambda c: (
            not _ASKS.search(text)
            and bool(_telling(c.label))
            and _telling(c.label) <= _telling(said)
        ),
    )
    for test in tests:
        found = [choice for choice in choices if test(choice)]
        if len(found) == 1:
            return found[0].value
    raise Misread("misread-choice", said=text[:60])


def _telling(words: str) -> set[str]:
    """The words that tell one choice from another: "bara ordförande först" means that of the chair."""
    return {word for word in plain(words).split() if len(word) > _SMALL}


def _date(field: Field, text: str, reading: Reading) -> DateValue:
    prefer = "past" if field.past else "future"
    now, lang, lov = reading.now, reading.lang, reading.lov
    value = dates.read(text, now=now, lang=lang, prefer=prefer, lov=lov)
    if value is None:
        found = dates.find(text, now=now, lang=lang, prefer=prefer, lov=lov)
        value = found[0].value if len(found) == 1 else None
    if value is None or isinstance(value.start, time):
        raise Misread("misread-date", said=text[:60])
    return value


def _time(text: str, reading: Reading) -> str:
    value = dates.read(text, now=reading.now, lang=reading.lang)
    if value is None and re.fullmatch(r"\d{1,2}([.:]\d\d)?\s*[-–]\s*\d{1,2}([.:]\d\d)?", text):
        value = dates.read(f"kl {text}", now=reading.now, lang="sv")
    if value is None or value.precision is not Precision.EXACT:
        raise Misread("misread-time", said=text[:60])
    ends = [clock_of(part) for part in (value.start, value.end) if part is not None]
    return "–".join(ends)


def clock_of(moment: date | datetime | time) -> str:
    """HH.MM, the Swedish way."""
    return f"{moment:%H.%M}"


def _yes_no(text: str) -> bool:
    said = plain(text)
    if said in YES:
        return True
    if said in NO:
        return False
    raise Misread("misread-yes-no")


def _number(field: Field, text: str) -> int:
    digits = re.sub(r"[\s\u00a0]", "", text)
    if not re.fullmatch(r"-?\d{1,9}", digits):
        raise Misread("misread-number", said=text[:60])
    number = int(digits)
    if field.least is not None and number < field.least:
        raise Misread("misread-least", least=field.least)
    if field.most is not None and number > field.most:
        raise Misread("misread-most", most=field.most)
    return number
