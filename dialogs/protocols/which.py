"""Which meeting a file belongs to: by what was said, its name, the dates in it, and the calendar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot import dates
from bot.dates import DateValue
from bot.dialog import BUTTONS, Talk
from bot.files import FileHandle
from bot.form import Choice
from dialogs.meetings import card
from storage import bodies, protocols
from storage.meetings import Meeting

TEXTS = {
    "sv": """
        protocol-meeting =
            .question = Vilket möte hör { $file } till?
        protocol-no-meeting = Jag hittar inget möte som { $name } kan höra till: inget av dina nätverk har haft något möte det senaste året.
    """,
    "en": """
        protocol-meeting =
            .question = Which meeting does { $file } belong to?
        protocol-no-meeting = I cannot find a meeting that { $name } could belong to: none of your networks has met in the past year.
    """,
}
_JOINT = re.compile(r"(?<=\d)(?=[a-zåäö])|(?<=[a-zåäö])(?=\d)", re.IGNORECASE)
_PACKED = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")


async def which_meeting(talk: Talk, file: FileHandle) -> Meeting:
    """The meeting meant; asks where that is not clear. Ends the dialog where there is none."""
    found = await talk.look(protocols.unfinished, talk.person, talk.wall)
    fixed = talk.heard.value.get("meeting")
    if not found:
        talk.refuse("protocol-no-meeting", name=file.name)
    guess = [fixed] if fixed else await _guess(talk, file, found)
    likely = await talk.note("likely", guess)
    chosen = [each for each in found if each.id in likely]
    if len(chosen) == 1:
        return chosen[0]
    return await choose(talk, file, chosen or found)


async def choose(talk: Talk, file: FileHandle, found: Sequence[Meeting]) -> Meeting:
    choices = [
        Choice(str(each.id), f"{card.short_day(each.starts, talk.lang)}, {card.bodies(each)}")
        for each in found[:BUTTONS]
    ]
    number = await talk.choose("meeting", choices, text="protocol-meeting", file=file.name)
    return next(each for each in found if str(each.id) == number)


async def others(talk: Talk, but: Meeting) -> list[Meeting]:
    found = await talk.look(protocols.unfinished, talk.person, talk.wall)
    return [each for each in found if each.id != but.id] or found


async def _guess(talk: Talk, file: FileHandle, found: Sequence[Meeting]) -> list[int]:
    """The meetings that fit everything that names a day; of them, those of a named group."""
    clues = [
        days
        for days in (
            [talk.heard.when] if talk.heard.when else [],
            in_name(file.name, talk),
            _first(file.head, talk),
        )
        if days
    ]
    fitting = [{each.id for each in found if _fits(each, days)} for days in clues]
    fitting = [each for each in fitting if each]
    agreed = set.intersection(*fitting) if fitting else set()
    likely = agreed or set().union(*fitting)
    said = talk.heard.first("group")
    body = await talk.look(bodies.find_body, talk.person, said) if said else None
    if body is not None:
        of_body = {each.id for each in found if body.id in each.body_ids}
        likely = (likely & of_body) or likely or of_body
    if not likely:
        likely = await _owed(talk, found)
    return sorted(likely)


async def _owed(talk: Talk, found: Sequence[Meeting]) -> set[int]:
    """Nothing names a day: the meetings whose minutes this person still owes."""
    missing = await talk.look(protocols.missing, talk.person, talk.person.bodies, talk.wall)
    open_ones = {each.meeting.id for each in missing if each.state == "missing"}
    own = {each.id for each in found if each.secretary_id == talk.person.id}
    return (open_ones & own) or open_ones or own


def in_name(name: str, talk: Talk) -> list[DateValue]:
    """ "protokoll_10dec.pdf", "Prot-2026-12-10.docx", "20261210.odt"."""
    stem = name.rpartition(".")[0] or name
    stem = _PACKED.sub(r"\1-\2-\3", stem)
    words = _JOINT.sub(" ", re.sub(r"_|(?<!\d)-|-(?!\d)", " ", stem))
    return _first(words, talk)


def _first(words: str, talk: Talk) -> list[DateValue]:
    found = dates.find(words, now=talk.now, prefer="past")
    return [each.value for each in found if each.value.first_day][:1]


def _fits(of: Meeting, days: Sequence[DateValue]) -> bool:
    first, last = of.starts.date(), of.ends.date()
    return any(
        (each.first_day or date.min) <= last and first <= (each.last_day or date.min)
        for each in days
    )
