"""What the text of a protocol holds: its paragraphs, what was decided, and what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PARAGRAPH = re.compile(
    r"^(?:§\s*(\d{1,3}[a-z]?)|(\d{1,3})\s*§|(?:punkt|item)\s+(\d{1,3}))\b[.:)]?\s*(.*)$", re.I
)
_NUMBERED = re.compile(r"^(\d{1,2})[.)]\s+(\S.{2,80})$")
_DECISION = re.compile(r"^(?:beslut|decision)(?:\s*[:.–-]\s*(.*)|\s+(att\b.*)|)$", re.IGNORECASE)
_DECIDES = re.compile(
    r"\b(?:nätverket|gruppen|styrgruppen|presidiet|konferensen|mötet|vi|beredningen|"
    r"skolcheferna|the network|the group|the meeting|we)\s+"
    r"(?:beslutar|beslutade|beslöt|bestämde|decides?|decided|resolved?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
_ACTION = re.compile(
    r"^(?:åtgärd(?:spunkt)?|att göra|uppgift|action(?: point)?|to do)\s*[:–-]\s*(.+)$", re.I
)
_WHO = re.compile(r"\b(?:ansvarig(?:a)?|responsible|owner)\s*[:–-]\s*([^.,;\n]+)", re.IGNORECASE)
_ALONE = re.compile(r"^(?:beslut|decision)\s*:?$", re.IGNORECASE)
_LIMIT = 1000  # characters of one decision


@dataclass(frozen=True, slots=True)
class Paragraph:
    number: str  # "§ 4"; empty for what stands before the first one
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Decided:
    paragraph: str
    text: str


@dataclass(frozen=True, slots=True)
class ToDo:
    """`who` is the person or the municipality as the text names it; empty when it names nobody."""

    paragraph: str
    text: str
    who: str


def paragraphs(text: str) -> list[Paragraph]:
    """In order. A protocol without § is divided at its numbered headings, or is one paragraph."""
    lines = [line.strip() for line in text.splitlines()]
    signs = any(_PARAGRAPH.match(line) for line in lines)
    found: list[Paragraph] = []
    number, heading, kept = "", "", list[str]()
    for line in lines:
        begun = _heading(line, signs=signs)
        if begun is None:
            kept.append(line)
            continue
        _close(found, number, heading, kept)
        number, heading, kept = *begun, []
    _close(found, number, heading, kept)
    return found


def _heading(line: str, *, signs: bool) -> tuple[str, str] | None:
    match = _PARAGRAPH.match(line) if signs else _NUMBERED.match(line)
    if match is None:
        return None
    *numbers, heading = match.groups()
    return "§ " + next(each for each in numbers if each), heading.strip()[:200]


def _close(found: list[Paragraph], number: str, heading: str, lines: Sequence[str]) -> None:
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if number or text:
        found.append(Paragraph(number, heading, text))


def decisions(text: str) -> list[Decided]:
    """What the text says was decided, to be confirmed by the secretary."""
    return [
        Decided(each.number, words[:_LIMIT])
        for each in paragraphs(text)
        for words in _decided(each.text)
    ]


def _decided(text: str) -> Iterator[str]:
    seen: set[str] = set()
    blocks = _blocks(text)
    for at, block in enumerate(blocks):
        marked = _DECISION.match(block)
        if marked:
            words = marked[1] or marked[2] or (blocks[at + 1] if at + 1 < len(blocks) else "")
            yield from _once(_flat(words), seen)
            continue
        for sentence in _SENTENCE.split(block):
            if _DECIDES.search(sentence):
                yield from _once(_flat(sentence), seen)


def _once(words: str, seen: set[str]) -> Iterator[str]:
    if len(words) > 8 and words.casefold() not in seen:
        seen.add(words.casefold())
        yield words


def to_do(text: str, people: Sequence[str], municipalities: Sequence[str]) -> list[ToDo]:
    """What the text leaves to be done, and by whom of those it may be."""
    found = []
    for each in paragraphs(text):
        for block in _blocks(each.text):
            marked = _ACTION.match(block)
            if marked:
                words = _flat(marked[1])[:_LIMIT]
                found.append(ToDo(each.number, words, _who(words, people, municipalities)))
    return found


def _who(words: str, people: Sequence[str], municipalities: Sequence[str]) -> str:
    named = _WHO.search(words)
    where = named[1] if named else words
    for name in (*people, *municipalities):
        if re.search(rf"\b{re.escape(name)}s?\b", where):
            return name
    return ""


def _blocks(text: str) -> list[str]:
    """Lines joined to what they continue: a new block begins at a mark or after a full sentence."""
    found: list[str] = []
    fresh = True
    for line in text.splitlines():
        if not line:
            fresh = True
        elif fresh or _DECISION.match(line) or _ACTION.match(line) or line[:1] in "-•*":
            found.append(line.lstrip("-•* "))
        else:
            found[-1] += " " + line
        fresh = not line or line.endswith((".", "!", "?", ":")) or _ALONE.match(line) is not None
    return found


def _flat(words: str) -> str:
    return " ".join(words.split()).strip(" -–:")
