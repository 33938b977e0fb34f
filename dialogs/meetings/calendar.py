"""Meetings in one's own calendar: one meeting, or all that are coming, as a calendar file."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.reply import File
from bot.rules.calendar import Entry, calendar
from dialogs.meetings import card
from dialogs.meetings.pick import which_meeting
from storage import bodies, meetings
from storage.meetings import Meeting

EXAMPLES = {
    "sv": ("lägg in träffarna i min Outlook", "ge mig en ics-fil"),
    "en": ("add the meetings to my Outlook", "give me the ics file"),
}
NEAR_MISSES = ("boka ett möte den 3 mars",)
TALKS = """
# Bo Fiktivsson · teams
> när är nästa möte?
< … [Lägg i kalendern] …
> [Lägg i kalendern]
< … torsdag 10 december 2026 … nätverksmöte-2026-12-10.ics
> lägg in alla träffar i min kalender
< 8 möten … möten.ics
"""
TEXTS = {
    "sv": """
        calendar-one = Öppna filen för att lägga mötet { $day } i din kalender.
        calendar-all = { $count } möten. Öppna filen för att lägga in dem i din kalender. Ändras något får du ladda ner filen igen.
        calendar-none = Du har inga kommande möten att lägga in.
        calendar-name = Mina nätverksmöten
        calendar-file-one = nätverksmöte
        calendar-file-all = möten
    """,
    "en": """
        calendar-one = Open the file to put the meeting on { $day } in your calendar.
        calendar-all = { $count } meetings. Open the file to put them in your calendar. If anything changes, download the file again.
        calendar-none = You have no coming meetings to put in.
        calendar-name = My network meetings
        calendar-file-one = network-meeting
        calendar-file-all = meetings
    """,
}


@dialog("calendar-file")
async def calendar_file(talk: Talk) -> None:
    found = await which_meeting(talk, when=None)
    day = card.short_day(found.starts, talk.lang)
    name = f"{talk.text('calendar-file-one')}-{found.starts:%Y-%m-%d}.ics"
    await talk.say(_file(talk, [found], name, talk.text("calendar-one", day=day)))


@dialog(
    "calendar", intents=("calendar_subscription",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, personal=True,
)  # fmt: skip
async def calendar_all(talk: Talk) -> None:
    mine = await talk.look(bodies.of_person, talk.person)
    found = await talk.look(meetings.upcoming, [each.id for each in mine], talk.wall, 200)
    if not found:
        return await talk.say("calendar-none")
    name = f"{talk.text('calendar-file-all')}.ics"
    return await talk.say(_file(talk, found, name, talk.text("calendar-all", count=len(found))))


def _file(talk: Talk, found: list[Meeting], name: str, text: str) -> File:
    entries = [
        Entry(
            each.uid, card.bodies(each), each.days, card.place(each, talk),
            "\n".join(f"{fact.label}: {fact.value}" for fact in card.facts(each, talk)),
            each.link, each.sequence, each.cancelled, each.changed_at, each.format == "hybrid",
        )
        for each in found
    ]  # fmt: skip
    content = calendar(talk.text("calendar-name"), entries)
    return File(name, content, "text/calendar", text)
