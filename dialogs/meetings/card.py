"""How a meeting is shown: one rich card, the same wherever a meeting is the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot import dates
from bot.dialog import Talk, Teller
from bot.reply import Button, Card, Fact
from storage import meetings
from storage.meetings import Meeting

TEXTS = {
    "sv": """
        meeting-when = Tid
        meeting-place = Plats
        meeting-link = Länk
        meeting-host = Värd
        meeting-secretary = Sekreterare
        meeting-theme = Tema
        meeting-own = Ditt svar
        meeting-agenda = Dagordning
        meeting-no-secretary = inte utsedd ännu
        meeting-digital = digitalt
        meeting-hybrid = { $place } och digitalt
        meeting-no-place = plats meddelas senare
        meeting-cancelled = INSTÄLLT
        meeting-answer-yes = Du kommer
        meeting-answer-no = Du kan inte
        meeting-answer-none = Du har inte svarat ännu
        meeting-come = Jag kommer
        meeting-cannot = Kan inte
        meeting-calendar = Lägg i kalendern
        meeting-show-agenda = Dagordning
        meeting-join = Öppna möteslänken
        meeting-both-host = { $host } (sekreterare { $secretary })
        meeting-line = { $when } · { $place } · värd { $host }
        meeting-line-no-host = { $when } · { $place }
    """,
    "en": """
        meeting-when = Time
        meeting-place = Place
        meeting-link = Link
        meeting-host = Host
        meeting-secretary = Secretary
        meeting-theme = Theme
        meeting-own = Your answer
        meeting-agenda = Agenda
        meeting-no-secretary = not appointed yet
        meeting-digital = online
        meeting-hybrid = { $place } and online
        meeting-no-place = place to be announced
        meeting-cancelled = CANCELLED
        meeting-answer-yes = You are coming
        meeting-answer-no = You cannot come
        meeting-answer-none = You have not answered yet
        meeting-come = I will come
        meeting-cannot = I cannot
        meeting-calendar = Put in my calendar
        meeting-show-agenda = Agenda
        meeting-join = Open the meeting link
        meeting-both-host = { $host } (secretary { $secretary })
        meeting-line = { $when } · { $place } · host { $host }
        meeting-line-no-host = { $when } · { $place }
    """,
}


def clock(moment: datetime, lang: str) -> str:
    return f"{moment:%H.%M}" if lang == "sv" else f"{moment:%H:%M}"


def when(found: Meeting, lang: str) -> str:
    return days(found.days, lang)


def days(all_days: Sequence[tuple[datetime, datetime]], lang: str) -> str:
    """ "torsdag 10 december 2026, v. 50, kl. 09.00–12.00"; one part per day."""
    parts = []
    for starts, ends in all_days:
        times = f"{clock(starts, lang)}–{clock(ends, lang)}"
        day = dates.show(starts.date(), lang)
        parts.append(f"{day}, kl. {times}" if lang == "sv" else f"{day}, {times}")
    return (" och " if lang == "sv" else " and ").join(parts)


def short_day(moment: datetime, lang: str) -> str:
    """ "torsdag 11 mars 2027"."""
    return dates.show(moment.date(), lang, week=False)


def place(found: Meeting, talk: Talk | Teller) -> str:
    if found.format == "digital":
        return talk.text("meeting-digital")
    where = found.place or talk.text("meeting-no-place")
    return talk.text("meeting-hybrid", place=where) if found.format == "hybrid" else where


def bodies(found: Meeting) -> str:
    return ", ".join(name for _, name in found.bodies)


def facts(found: Meeting, talk: Talk | Teller) -> list[Fact]:
    """What anybody who may see the meeting may see of it."""
    listed = [
        Fact(talk.text("meeting-when"), when(found, talk.lang)),
        Fact(talk.text("meeting-place"), place(found, talk)),
    ]
    if found.host:
        listed.append(Fact(talk.text("meeting-host"), found.host))
        secretary = found.secretary or talk.text("meeting-no-secretary")
        listed.append(Fact(talk.text("meeting-secretary"), secretary))
    if found.theme:
        listed.append(Fact(talk.text("meeting-theme"), found.theme))
    return listed


def line(found: Meeting, talk: Talk | Teller) -> str:
    """One meeting in one line, for lists."""
    values = {"when": when(found, talk.lang), "place": place(found, talk)}
    if found.host:
        return talk.text("meeting-line", host=found.host, **values)
    return talk.text("meeting-line-no-host", **values)


async def card(
    talk: Talk, found: Meeting, *, text: str = "", with_agenda: bool = False,
    replaces: bool = False,
) -> Card:  # fmt: skip
    """The card of one meeting. One's own answer is left out where others read along."""
    listed = facts(found, talk)
    more = await talk.look(meetings.extras, found.id, talk.person.id)
    items = more.agenda
    if with_agenda and items:
        numbered = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
        listed.append(Fact(talk.text("meeting-agenda"), numbered))
    title = bodies(found)
    if found.cancelled:
        title = f"{talk.text('meeting-cancelled')} · {title}"
    elif not talk.in_channel:
        own = talk.text(f"meeting-answer-{more.own or 'none'}")
        listed.append(Fact(talk.text("meeting-own"), own))
    return Card(
        title=title, text=text, facts=tuple(listed), replaces=replaces,
        buttons=tuple(_buttons(talk, found, items, with_agenda=with_agenda)),
    )  # fmt: skip


def _buttons(
    talk: Talk, found: Meeting, items: Sequence[str], *, with_agenda: bool
) -> list[Button]:
    if found.cancelled:
        return []
    buttons = []
    if found.ends >= talk.wall:
        buttons += [
            talk.button("meeting-come", "answer-meeting", style="primary", meeting=found.id,
                        answer="yes"),
            talk.button("meeting-cannot", "answer-meeting", meeting=found.id, answer="no"),
            talk.button("meeting-calendar", "calendar-file", meeting=found.id),
        ]  # fmt: skip
    if items and not with_agenda:
        buttons.append(talk.button("meeting-show-agenda", "meeting-agenda", meeting=found.id))
    if found.link and found.format != "place":
        buttons.append(Button(talk.text("meeting-join"), url=found.link))
    return buttons
