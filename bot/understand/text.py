"""Words out of what a person typed: one form for comparing, one for showing spans."""

import re
import unicodedata
from dataclasses import dataclass

MAX_CHARS = 1200  # longer messages are cut for understanding; no request needs more

_WORD = re.compile(r"[^\W_]+(?:[.@'’:-][^\W_]+)*|[?!#@]")
_MENTION = re.compile(
    r"(?:^|\s)@?(?:nätverksboten|natverksboten|nätverksbot|natverksbot)\b[,:]?", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_FOLD = str.maketrans("åäöéèüæø", "aaoeeuao")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "”": '"', "“": '"', "\u00a0": " ", "–": "-", "—": "-"})
_STRETCH = re.compile(r"([a-zåäö])\1{2,}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word in lower case with digits as ``#``; ``start`` and ``end`` point into the text given."""

    word: str
    start: int
    end: int


def clean(text: str) -> str:
    """The text one character for one, so that spans found in it fit what was typed."""
    composed = unicodedata.normalize("NFC", text[:MAX_CHARS])
    plain = composed.translate(_QUOTES)
    if plain.isprintable():
        return plain
    return "".join(c if c.isprintable() else " " for c in plain)


def without_mention(text: str) -> str:
    """Blanks where the bot is addressed by name, which says nothing about the errand."""
    return _MENTION.sub(lambda m: " " * len(m.group()), text)


def tokens(text: str) -> list[Token]:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few capitals grow when lowered; spans must not slip
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return [Token(word_form(m.group()), m.start(), m.end()) for m in _WORD.finditer(lowered)]


def word_form(word: str) -> str:
    """Digits become ``#`` and drawn-out letters two, so that "jaaaa" and "12" are seen as kinds."""
    if word.isalpha() and len(word) < 3:
        return word
    return _STRETCH.sub(r"\1\1", _DIGIT.sub("#", word))


def fold(word: str) -> str:
    """Without the dots and rings that phones and hurried people leave out."""
    return word.translate(_FOLD)
