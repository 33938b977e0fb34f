"""From text to tokens with tags; misspelt date words are repaired here, nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from typing import Final

from bot.dates.words import DAYS_EN, DAYS_SV, LEXICON, MONTHS_EN, MONTHS_SV, Tags, fold

LONGEST: Final = 2000  # characters looked at; a longer text is read only so far
MOST: Final = 400  # words looked at; a normal text of 2000 characters has fewer

_TOKEN: Final = re.compile(
    r"""
      (?P<isot>\d{4}-\d\d-\d\dT\d\d[:.]\d\d)(?::\d\d)?
    | (?P<iso>\d{4}-\d{1,2}-\d{1,2})(?![\d-])
    | (?P<isomonth>20\d\d-(?:0[1-9]|1[0-2]))(?![\d\w/-])
    | (?P<isoweek>\d{4}-?[wW]\d{1,2})(?!\w)
    | (?P<dotted>\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d))(?![\d.])
    | (?P<slashed>\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d\d)|-(?:20\d\d|[23]\d)))(?![\d/])
    | (?P<slash>\d{1,2}/\d{1,2})(?![\d/:])
    | (?P<ord>\d{1,2}(?::?(?:e|a|de|dje|te|nde)|st|nd|rd|th))(?!\w)
    | (?P<clock>\d{1,2}[:.]\d\d)(?!\d|[.:/]\d)
    | (?P<eight>\d{8})(?!\d)
    | (?P<six>\d{6})(?![\d-])
    | (?P<num>\d{1,12})
    | (?P<since>(?:fr|f)\.\s?o\.\s?m\b\.?|fr\ o\ m\b)
    | (?P<until>t\.\s?o\.\s?m\b\.?|t\ o\ m\b)
    | (?P<word>o['’]clock|[fe]\.\s?m\b\.?|[ap]\.m\b\.?|[^\W\d_]+(?:['’][^\W\d_]+)*)
    | (?P<other>[^\s\w]|_)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# An abbreviation takes its full stop along, so "5 dec. kl. 9" is no three sentences.
_ABBREVIATED: Final = frozenset(
    "kl v jan feb febr mar apr jun jul aug sep sept okt oct nov dec mån tis ons tors tor fre lör "
    "sön mon tue wed thu fri sat sun em fm vt ht st ca".split()
)
# Small words without dots that are no other word.
_SPELT: Final = {
    "pa": "på",
    "nastan": "nästan",
    "fran": "från",
    "manad": "månad",
    "borjan": "början",
}
_FULL_NAMES: Final = (
    *tuple(
        word
        for word in (*DAYS_SV, *DAYS_EN, *MONTHS_SV, *MONTHS_EN, *(day + "en" for day in DAYS_SV))
        if len(word) > 5
    ),
    "imorgon",
    "övermorgon",
    "tomorrow",
    "eftermiddag",
    "förmiddag",
)
_TRUE_WORDS: Final = frozenset(
    "mandat mandats augusta frida fridas torsdagsgruppen onsdagsgruppen sundar junior julia oktoberfest "
    "sommaren sommarn montag decembers tisdags onsdags fredags samday mondal fridag fridagar "
    "fridagen fredad fredade fredat lovdag lovdagen lovdagar soldag sundby sundry".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign; `text` is lower case, `glued` means no space before it."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool
    tags: Tags
    capital: bool
    keys: frozenset[str]  # the text and the tags


def tokens(text: str) -> list[Token]:
    """Cut the text into tokens, one position for one position."""
    clean = text[:LONGEST].replace("\u00a0", " ").replace("\u202f", " ")
    return list(islice(_cut(clean), MOST))


def _cut(text: str) -> Iterator[Token]:
    last = 0
    skip = -1
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < skip:
            continue
        kind = match.lastgroup or "other"
        raw = text[start:end]
        lower = raw.lower() if len(raw.lower()) == len(raw) else raw
        lower = _SPELT.get(lower, lower.replace("’", "'"))
        if kind == "word" and lower in _ABBREVIATED and text[end : end + 1] == ".":
            end = skip = end + 1
        tags = _tags(kind, lower)
        yield Token(
            kind, lower, start, end, start == last and start > 0, tags, raw[:1].isupper(),
            frozenset((lower, *tags)),
        )  # fmt: skip
        last = end


def _tags(kind: str, lower: str) -> Tags:
    if kind in {"word", "other"}:
        return LEXICON.get(lower) or (_repaired(lower) if kind == "word" else {}) or {}
    if kind == "num":
        return _number(lower)
    if kind == "ord":
        return {"ORD": int(re.match(r"\d+", lower).group())}  # type: ignore[union-attr]
    return {kind.upper(): 1}


def _number(digits: str) -> Tags:
    number = int(digits)
    tags = {"NUM": number}
    if len(digits) <= 2:
        tags["N2"] = number
        if len(digits) == 2:
            tags["YY"] = 2000 + number
    elif len(digits) == 4 and 1990 <= number < 2100:
        tags["YEAR"] = number
    return tags


def _repaired(word: str) -> Tags | None:
    """The tags of the date word this is one slip away from; names and true words are left."""
    if not 5 <= len(word) <= 12 or word in _TRUE_WORDS:
        return None
    near = _near().get(word)
    if near is None:
        for short in _shorter(word):
            near = _near().get(short)
            if near is not None and one_slip(word, near):
                break
            near = None
    return LEXICON.get(near) if near else None


@cache
def _near() -> dict[str, str]:
    table: dict[str, str] = {}
    for name in _FULL_NAMES:
        for spelling in {name, fold(name)}:
            table.setdefault(spelling, name)
            for short in _shorter(spelling):
                table.setdefault(short, name)
    return table


def _shorter(word: str) -> Iterator[str]:
    for at in range(1, len(word)):  # the first letter is nearly always right
        yield word[:at] + word[at + 1 :]


def one_slip(word: str, name: str) -> bool:
    """True when one letter is missing, extra, wrong or two neighbours have changed places."""
    for target in {name, fold(name)}:
        if abs(len(word) - len(target)) > 1:
            continue
        at = next(
            (i for i, (a, b) in enumerate(zip(word, target, strict=False)) if a != b),
            min(len(word), len(target)),
        )
        rests = (
            (word[at + 1 :], target[at + 1 :]),
            (word[at:], target[at + 1 :]),
            (word[at + 1 :], target[at:]),
            (word[at + 2 :] + word[at : at + 1], target[at + 2 :] + target[at + 1 : at + 2]),
        )
        if any(a == b for a, b in rests):
            return True
    return False


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
