"""Which mandate, and which of its reports, a person means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialog import Talk
from bot.form import Choice
from dialogs.mandates import show
from storage import mandates
from storage.mandates import Mandate, Open

TEXTS = {
    "sv": """
        pick-report =
            .question = För vilket uppdrag?
        pick-mandate =
            .question = Vilket uppdrag menar du?
        pick-no-mandate = Jag hittar inga uppdrag bland dina.
    """,
    "en": """
        pick-report =
            .question = For which mandate?
        pick-mandate =
            .question = Which mandate do you mean?
        pick-no-mandate = I find no mandates among yours.
    """,
}
_KINDS = (
    ("interim", re.compile(r"delrapport|delredovis|interim", re.IGNORECASE)),
    ("final", re.compile(r"slutrapport|slutredovis|final report", re.IGNORECASE)),
)
_STEM = 6  # letters that a word of a title and the words of a person must share
_COMMON = {"uppdra", "gemens", "region", "delrap", "slutra", "rapport", "mandat", "report"}


async def which_report(
    talk: Talk, found: Sequence[Open], empty: str, question: str = "pick-report"
) -> Open:
    """By a button, by what was said, or by choosing; `empty` is said where there is none.

    What was said may name one mandate; then nothing is asked.
    """
    number = talk.heard.value.get("report")
    if number is not None:
        only = await talk.look(mandates.report_by_id, talk.person, int(number))
        if only is None:
            talk.refuse("no-such-mandate")
        return only
    if not found:
        talk.refuse(empty)
    meant = named(talk.heard.text, [each.mandate for each in found])
    kind = named_kind(talk.heard.text)
    among = await talk.note(
        "among",
        [
            e.report.id
            for e in found
            if (not meant or e.mandate.id in meant) and kind in {None, e.report.kind}
        ],
    )
    fitting = [each for each in found if each.report.id in among] or list(found)
    choices = [Choice(str(each.report.id), show.name(talk, each)) for each in fitting]
    chosen = await talk.choose("report", choices, text=question)
    return next(each for each in fitting if str(each.report.id) == chosen)


async def which_mandate(talk: Talk) -> Mandate:
    found = await talk.look(mandates.visible, talk.person)
    number = talk.heard.value.get("mandate")
    if number is not None:
        only = next((each for each in found if each.id == number), None)
        if only is None:
            talk.refuse("no-such-mandate")
        return only
    if not found:
        talk.refuse("pick-no-mandate")
    among = await talk.note("among", named(talk.heard.text, found))
    fitting = [each for each in found if each.id in among] or found
    choices = [Choice(str(each.id), _label(talk, each, fitting)) for each in fitting]
    chosen = await talk.choose("mandate", choices, text="pick-mandate")
    return next(each for each in fitting if str(each.id) == chosen)


def _label(talk: Talk, found: Mandate, among: Sequence[Mandate]) -> str:
    """The title; where two share it also the owner, and the day it was given."""
    if [each.title for each in among].count(found.title) == 1:
        return found.title
    return f"{found.title}, {found.owner}, {show.day(talk, found.given_on, year=True)}"


def named(text: str, found: Sequence[Mandate]) -> list[int]:
    """The mandates that the words fit best; none where they fit none."""
    points = {each.id: _points(text.casefold(), each) for each in found}
    best = max(points.values(), default=0)
    return [number for number, of in points.items() if best and of == best]


def named_kind(text: str) -> str | None:
    """Whether the words name the interim or the final report."""
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return kind
    return None


def _points(said: str, found: Mandate) -> int:
    words = re.findall(r"[a-zåäöé]{5,}", found.title.casefold())
    stems = {word[:_STEM] for word in words} - _COMMON
    return 3 * (found.short.casefold() in said) + sum(stem in said for stem in stems)
