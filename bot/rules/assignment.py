"""Mandates in a piece of Swedish prose: title, goals, and when the reports are due.

Only reads. What a document says is shown to a person, who decides; it is never carried out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from bot import dates
from bot.dates import DateValue, Precision

TITLE = 160  # characters
MOST = 12  # mandates of one document

_HEADING = re.compile(
    r"^(?:deluppdrag|uppdrag|mandat|assignment)\s*(?:nr\s*)?(?:\d+|[A-ZÅÄÖ]|[IVX]+)\s*[:.)–-]*(?:\s+(?P<title>\S.*))?$",
    re.I,
)
_NUMBERED = re.compile(r"^\d{1,2}\s*[.)]\s+(?P<title>\S.*)$")
_BULLET = re.compile(r"^[•*–-]\s+(?P<title>\S.*)$")
_CLAUSE = re.compile(
    r"\b(?:i uppdrag|uppdras\b[^.]{0,80}?|uppdrar\b[^.]{0,80}?|uppdraget (?:är|består i|innebär)|"
    r"tasked|instructed)\s+(?:att|to)\s+(?P<title>[^.;\n]+)", re.I,
)  # fmt: skip
_LIST = re.compile(r"\bföljande uppdrag\b[^.]*:?\s*$|\buppdragen är\b[^.]*:?\s*$", re.I)
_CUT = re.compile(
    r"\s*(?:\(|,?\s*(?:med |och )?(?:del|slut|åter)(?:rapport|redovis|avrapport)|,?\s*mål(?:en|et)?\s+\d|"
    r",?\s*(?:som|vilket|vilka) (?:ska|skall)|\s+enligt beslut|,?\s*(?:interim|final) report|\.\s|;)", re.I,
)  # fmt: skip
_GOALS = re.compile(
    r"\b(?:mål(?:en|et)?|goals?)\s+(?P<numbers>\d+(?:\s*(?:,|och|samt|&|and|–|-)\s*\d+)*)", re.I
)
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_KINDS = (
    ("interim", re.compile(r"\b(?:del(?:rapport|redovis|avrapport|återrapport)|halvtids|läges(?:rapport|redovis)|"
                           r"interim)\w*", re.I)),
    ("final", re.compile(r"\b(?:slut(?:rapport|redovis|avrapport|återrapport|lever|för|datum)\w*|"
                         r"åter(?:rapport|redovis)\w*|slutlig\w*|final\b)", re.I)),
    ("any", re.compile(r"\b(?:rapport|redovis|avrapport|klar|färdig|inlämn|lämnas|deadline|tidplan|"
                       r"report|due)\w*", re.I)),
)  # fmt: skip
_REACH = {"interim": (90, 30), "final": (90, 30), "any": (60, 3)}  # characters before and behind
_DECIDED = re.compile(r"\bbeslut\w*\s+(?:den\s+|i\s+)?$", re.I)
_SAME = re.compile(
    r"\bsamma (?:tid(?:er|punkter)?|månader|datum|deadlines?)\b|\bsame (?:dates|months)\b", re.I
)
_SAME_YEAR = re.compile(r"^\s*(?:samma år|same year)", re.I)
_BEHIND = 12  # characters that a word behind a date counts as farther away


@dataclass(frozen=True, slots=True)
class Found:
    """`unsure` names what somebody should look at: no-interim, no-final, no-goals, year, same,
    past, order, loose, title.
    """

    title: str
    goals: tuple[int, ...] = ()
    interim: DateValue | None = None
    final: DateValue | None = None
    unsure: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title, "goals": list(self.goals), "unsure": list(self.unsure),
            "interim": self.interim.to_json() if self.interim else None,
            "final": self.final.to_json() if self.final else None,
        }  # fmt: skip

    @staticmethod
    def from_json(raw: Mapping[str, Any]) -> Found:
        interim, final = (
            DateValue.from_json(raw[name]) if raw[name] else None for name in ("interim", "final")
        )
        return Found(raw["title"], tuple(raw["goals"]), interim, final, tuple(raw["unsure"]))


@dataclass(slots=True)
class _Block:
    title: str
    lines: list[str] = field(default_factory=list)


def read(paragraphs: Sequence[str], now: datetime) -> list[Found]:
    """In the order of the text. Nothing where the text gives no mandate."""
    table = _table(paragraphs, now)
    if table:
        return [_judged(each, now.date()) for each in table[:MOST]]
    found: list[Found] = []
    for block in _blocks(paragraphs)[:MOST]:
        before = found[-1] if found else None
        found.append(_judged(_of_block(block, now, before), now.date()))
    return found


def title_of(text: str) -> str:
    """A title without brackets, dates and what else follows it; it begins with a capital."""
    cut = _CUT.search(text)
    title = (text[: cut.start()] if cut and cut.start() > 3 else text).strip(" \t.,:;–-")
    if len(title) > TITLE:
        title = title[:TITLE].rsplit(" ", 1)[0] + " …"
    return title[:1].upper() + title[1:]


def short_of(title: str) -> str:
    """What people would call it: the last word of its title."""
    words = re.findall(r"[\w-]+", title)
    return (words[-1] if words else title)[:60]


def goals_in(text: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for match in _GOALS.finditer(text):
        said = match["numbers"]
        for first, last in _RANGE.findall(said):
            numbers += range(int(first), min(int(last), int(first) + 20) + 1)
        numbers += [int(each) for each in re.findall(r"\d+", said)]
    return tuple(sorted({each for each in numbers if each < 100}))


# --- where a mandate begins -------------------------------------------------------------------


def _blocks(paragraphs: Sequence[str]) -> list[_Block]:
    for starts in (_headings, _clauses, _listed):
        blocks = starts(paragraphs)
        if blocks:
            return blocks
    return []


def _headings(paragraphs: Sequence[str]) -> list[_Block]:
    return _gather(paragraphs, _HEADING.match)


def _listed(paragraphs: Sequence[str]) -> list[_Block]:
    """A numbered or dotted list after "följande uppdrag:", or in a text about mandates."""
    at = next((n for n, line in enumerate(paragraphs) if _LIST.search(line)), None)
    if at is None and not any("uppdrag" in line.casefold() for line in paragraphs):
        return []
    rest = paragraphs[at + 1 :] if at is not None else paragraphs
    found = _gather(rest, lambda line: _NUMBERED.match(line) or _BULLET.match(line))
    return found if found or at is None else _unmarked(rest)


def _unmarked(lines: Sequence[str]) -> list[_Block]:
    """A list whose marks are the word processor's: lines that name a goal or a report."""
    blocks = []
    for line in lines:
        if not (_GOALS.search(line) or any(pattern.search(line) for _, pattern in _KINDS)):
            break
        blocks.append(_Block(title_of(line), [line]))
    return [each for each in blocks if each.title]


def _gather(
    paragraphs: Sequence[str], begins: Callable[[str], re.Match[str] | None]
) -> list[_Block]:
    blocks: list[_Block] = []
    for line in paragraphs:
        match = begins(line)
        if match is not None:
            title = match["title"] or ""
            blocks.append(_Block(title_of(title), [title]))
        elif blocks:
            if not blocks[-1].title:
                blocks[-1].title = title_of(line)
            blocks[-1].lines.append(line)
    return [each for each in blocks if each.title]


def _clauses(paragraphs: Sequence[str]) -> list[_Block]:
    """ "… får i uppdrag att ta fram …": a sentence begins a mandate, what follows belongs to it."""
    blocks: list[_Block] = []
    for line in paragraphs:
        for sentence in _sentences(line):
            match = _CLAUSE.search(sentence)
            if match is not None:
                blocks.append(_Block(title_of(match["title"]), []))
            if blocks:
                blocks[-1].lines.append(sentence)
    return [each for each in blocks if each.title]


def _sentences(line: str) -> Iterator[str]:
    yield from (each for each in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", line) if each)


# --- what is said of it -----------------------------------------------------------------------


def _of_block(block: _Block, now: datetime, before: Found | None) -> Found:
    text = "\n".join(block.lines)
    found = Found(block.title, goals_in(text))
    unsure: list[str] = []
    last: DateValue | None = None
    for line in block.lines:
        for kind, value, guessed in _deadlines(line, now, last):
            last = value
            if guessed and "year" not in unsure:
                unsure.append("year")
            if kind == "interim" and found.interim is None:
                found = replace(found, interim=value)
            elif kind != "interim" and (found.final is None or kind == "final"):
                found = replace(found, final=value)
    if before is not None and _SAME.search(text) and found.interim is None and found.final is None:
        unsure.append("same")
        found = replace(found, interim=before.interim, final=before.final)
    return replace(found, unsure=tuple(unsure))


def _deadlines(
    line: str, now: datetime, last: DateValue | None
) -> Iterator[tuple[str, DateValue, bool]]:
    """Each date of a line with the kind of report beside it, and whether its year was guessed."""
    for each in dates.find(line, now=now):
        kind = _kind_beside(line, each.start, each.end)
        if kind is None or isinstance(each.value.start, datetime):
            continue
        value, guessed = each.value, False
        if value.precision is Precision.MONTH and not re.search(r"\d{4}", value.words):
            same = _SAME_YEAR.match(line[each.end :]) is not None
            value, guessed = _with_year(value, last), not same
        last = value
        yield kind, value, guessed


def _kind_beside(line: str, start: int, end: int) -> str | None:
    """The kind of report that is named nearest; a word before the date counts before one behind.

    The day of a decision is no deadline.
    """
    if _DECIDED.search(line[:start]):
        return None
    nearest: tuple[int, str] | None = None
    for kind, pattern in _KINDS:
        if kind == "any" and nearest is not None:
            break
        before, behind = _REACH[kind]
        for match in pattern.finditer(line):
            if match.end() <= start:
                gap, near = start - match.end(), start - match.end() <= before
            else:
                between = line[end : match.start()].strip()
                gap = match.start() - end + (0 if between == "(" else _BEHIND)
                near = match.start() >= end and match.start() - end <= behind
            if near and (nearest is None or gap < nearest[0]):
                nearest = (gap, kind)
    return nearest[1] if nearest else None


def _with_year(value: DateValue, last: DateValue | None) -> DateValue:
    """A month without a year is the first one after the date before it."""
    first, end, known = value.first_day, value.last_day, last.last_day if last else None
    if end is None or known is None:
        return value
    year = known.year if end.month >= known.month else known.year + 1
    words = f"{value.words} {year}"
    start = date(year, first.month, first.day) if first else None
    return replace(value, start=start, end=_same_day(end, year), words=words)


def _same_day(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return day.replace(year=year, day=28)


# --- tables -----------------------------------------------------------------------------------


def _table(paragraphs: Sequence[str], now: datetime) -> list[Found]:
    """A table with a column of mandates and a column for each report."""
    columns: dict[str, int] = {}
    found: list[Found] = []
    for line in paragraphs:
        cells = [each.strip() for each in line.split("\t")]
        if len(cells) < 3:
            continue
        if not columns:
            columns = _columns(cells)
        elif len(cells) > max(columns.values()):
            found.append(_of_row(cells, columns, now))
    return [each for each in found if each.title]


def _columns(cells: Sequence[str]) -> dict[str, int]:
    names = {"title": r"uppdrag|mandate", "goals": r"mål|goal", "interim": r"del(?:rapport|redovis)|interim",
             "final": r"slut|åter|final"}  # fmt: skip
    found = {
        name: at
        for name, pattern in names.items()
        for at, cell in enumerate(cells)
        if re.search(pattern, cell, re.I)
    }
    return found if {"title", "final"} <= found.keys() else {}


def _of_row(cells: Sequence[str], columns: dict[str, int], now: datetime) -> Found:
    def when(name: str) -> DateValue | None:
        said = cells[columns[name]] if name in columns else ""
        dated = dates.find(said, now=now)
        return dated[0].value if dated else None

    numbers = re.findall(r"\d+", cells[columns["goals"]]) if "goals" in columns else []
    title = title_of(cells[columns["title"]])
    return Found(title, tuple(int(n) for n in numbers), when("interim"), when("final"))


# --- what somebody should look at -------------------------------------------------------------


def _judged(found: Found, today: date) -> Found:
    unsure = list(found.unsure)
    for name in ("interim", "final"):
        value = getattr(found, name)
        if value is None:
            unsure.append(f"no-{name}")
        elif value.precision is Precision.LOOSE:
            unsure.append("loose")
        elif value.last_day is not None and value.last_day < today:
            unsure.append("past")
    if not found.goals:
        unsure.append("no-goals")
    if found.title.endswith("…"):
        unsure.append("title")
    ends = [value.last_day for value in (found.interim, found.final) if value and value.last_day]
    if len(ends) == 2 and ends[0] > ends[1]:
        unsure.append("order")
    return replace(found, unsure=tuple(dict.fromkeys(unsure)))
