"""Meetings in one's own calendar: a secret link that keeps itself up to date, or a file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dialog import Talk, dialog
from bot.form import Choice
from bot.reply import Button, Card, Fact, File, Text
from dialogs.meetings import card
from dialogs.meetings.ics import ics
from dialogs.meetings.pick import which_meeting
from storage import bodies, feeds, meetings
from storage.bodies import Body
from storage.feeds import Feed

EXAMPLES = {
    "sv": ("prenumerera på kalendern", "ge mig en kalenderlänk", "ta bort kalenderlänken",
           "vilka kalenderlänkar har jag", "lägg in träffarna i min Outlook", "ge mig en ics-fil"),
    "en": ("subscribe to the calendar", "remove the calendar link",
           "which calendar links do I have", "give me the ics file"),
}  # fmt: skip
NEAR_MISSES = ("boka ett möte den 3 mars", "ta bort mötet den 3 mars")
TALKS = """
# Bo Fiktivsson · teams
> när är nästa möte?
< … [Lägg i kalendern] …
> [Lägg i kalendern]
< … torsdag 10 december 2026 … nätverksmöte-2026-12-10.ics
> ge mig en ics-fil
< 8 möten … möten.ics
> vilka kalenderlänkar har jag
< Du har ingen kalenderlänk. … [Skaffa en länk]
> prenumerera på kalendern
< Vad ska kalendern visa? … [Alla mina möten] [Nätverket Vuxenutbildning Skaraborg] [Bara en fil]
> [Alla mina möten]
< Din kalenderlänk … Alla mina möten … /calendar/ … .ics … [Ta bort länken]
> vilka kalenderlänkar har jag
< Dina kalenderlänkar … Alla mina möten … måndag 23 november 2026 … [Ta bort: Alla mina möten] [Skaffa en länk]
> ta bort kalenderlänken
< Ska jag ta bort kalenderlänken (Alla mina möten)? … [Ta bort länken] [Nej]
> nej
< Då är länken kvar.
> [Ta bort: Alla mina möten]
< Länken är borttagen. …
> [Ta bort: Alla mina möten]
< Den länken är redan borttagen.
> ta bort kalenderlänken
< Du har ingen kalenderlänk. …

# Nora Provén · slack
> subscribe to the calendar
< What shall the calendar show? … [All my meetings] [Styrgruppen] … [Just a file]
> just a file
< … meetings … meetings.ics
> give me a calendar link for Kvalitet
< What shall the calendar show? … [Arbetsgrupp Kvalitet] [All my meetings] …
> Kvalitet
< Your calendar link … Arbetsgrupp Kvalitet … .ics …
> undo
< The link has been removed. …
"""
TEXTS = {
    "sv": """
        calendar-one = Öppna filen för att lägga mötet { $day } i din kalender.
        calendar-all = { $count ->
            [one] Ett möte.
           *[other] { $count } möten.
        } Öppna filen för att lägga in det i din kalender. En fil ändrar sig inte: be om en kalenderlänk om du vill att kalendern följer med när något flyttas.
        calendar-none = Du har inga kommande möten att lägga in.
        calendar-file-one = nätverksmöte
        calendar-file-all = möten
        calendar-show =
            .question = Vad ska kalendern visa? Jag gör en länk som bara är din och som håller sig uppdaterad.
        calendar-mine = Alla mina möten
        calendar-just-file = Bara en fil
        calendar-title = Din kalenderlänk
        calendar-how = Kopiera adressen och lägg till den i ditt kalenderprogram. Outlook: Lägg till kalender, Prenumerera från webben. Google Kalender: Andra kalendrar, Via webbadress. iPhone: Kalendrar, Lägg till kalender, Lägg till kalenderprenumeration.
        calendar-keep = Den som har adressen kan läsa kalendern, så visa den inte för andra. Jag kan inte visa den igen, men du får gärna en ny.
        calendar-shows = Visar
        calendar-address = Adress
        calendar-made = skapad { $day }
        calendar-mine-title = Dina kalenderlänkar
        calendar-lost = Adresserna sparar jag inte, så de går inte att visa igen. Har du tappat bort en tar du bort den och skaffar en ny.
        calendar-no-link = Du har ingen kalenderlänk. Med en sådan visar din egen kalender mötena och följer med när något ändras.
        calendar-new = Skaffa en länk
        calendar-end-one = Ta bort länken
        calendar-end-this = Ta bort: { $what }
        calendar-sure =
            .question = Ska jag ta bort kalenderlänken ({ $what })? Kalendern som använder den slutar då att uppdateras.
            .yes = Ta bort länken
            .no = Nej
        calendar-which =
            .question = Vilken kalenderlänk ska jag ta bort?
        calendar-every = Alla
        calendar-keep-all = Ingen
        calendar-dated = { $what }, skapad { $day }
        calendar-kept = Då är länken kvar.
        calendar-ended = { $count ->
            [one] Länken är borttagen.
           *[other] { $count } länkar är borttagna.
        } Ta också bort prenumerationen i ditt kalenderprogram, så slutar det fråga efter den.
        calendar-gone = Den länken är redan borttagen.
    """,
    "en": """
        calendar-one = Open the file to put the meeting on { $day } in your calendar.
        calendar-all = { $count ->
            [one] One meeting.
           *[other] { $count } meetings.
        } Open the file to put it in your calendar. A file does not change: ask for a calendar link if you want your calendar to follow when something is moved.
        calendar-none = You have no coming meetings to put in.
        calendar-file-one = network-meeting
        calendar-file-all = meetings
        calendar-show =
            .question = What shall the calendar show? I will make a link that is yours alone and keeps itself up to date.
        calendar-mine = All my meetings
        calendar-just-file = Just a file
        calendar-title = Your calendar link
        calendar-how = Copy the address and add it to your calendar program. Outlook: Add calendar, Subscribe from web. Google Calendar: Other calendars, From URL. iPhone: Calendars, Add Calendar, Add Subscription Calendar.
        calendar-keep = Whoever has the address can read the calendar, so do not show it to others. I cannot show it again, but you may have a new one.
        calendar-shows = Shows
        calendar-address = Address
        calendar-made = made on { $day }
        calendar-mine-title = Your calendar links
        calendar-lost = I do not keep the addresses, so they cannot be shown again. If you have lost one, remove it and get a new one.
        calendar-no-link = You have no calendar link. With one, your own calendar shows the meetings and follows when something changes.
        calendar-new = Get a link
        calendar-end-one = Remove the link
        calendar-end-this = Remove: { $what }
        calendar-sure =
            .question = Shall I remove the calendar link ({ $what })? The calendar that uses it will no longer be updated.
            .yes = Remove the link
            .no = No
        calendar-which =
            .question = Which calendar link shall I remove?
        calendar-every = All of them
        calendar-keep-all = None
        calendar-dated = { $what }, made on { $day }
        calendar-kept = Then the link stays.
        calendar-ended = { $count ->
            [one] The link has been removed.
           *[other] { $count } links have been removed.
        } Remove the subscription in your calendar program too, so that it stops asking for it.
        calendar-gone = That link has been removed already.
    """,
}
ALL, FILE, NONE = "all", "file", "none"
MOST = 8  # bodies or links offered as buttons
_END = r"ta(?:g)? bort|avsluta|sluta|återkalla|radera|avprenumerera|säg upp|remove|delete|revoke|unsubscribe|cancel|stop"
_LIST = r"\b(?:vilka|vilken|lista|visa|har jag|which|what|list|show|do i have)\b"
_FILE = r"\bics\b|\bfil(?:en|er)?\b|\bfiles?\b|ladda ner|download"


@dialog("calendar-file")
async def calendar_file(talk: Talk) -> None:
    found = await which_meeting(talk, when=None)
    name = f"{talk.text('calendar-file-one')}-{found.starts:%Y-%m-%d}.ics"
    text = talk.text("calendar-one", day=card.short_day(found.starts, talk.lang))
    await talk.say(File(name, ics([found], talk), "text/calendar", text))


@dialog(
    "calendar", intents=("calendar_subscription",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def calendar(talk: Talk) -> None:
    wish = await talk.note("wish", talk.heard.value.get("wish") or _wish(talk.heard.text))
    match wish:
        case "file":
            await _whole_file(talk)
        case "list":
            await _list(talk)
        case "end":
            await _end(talk)
        case _:
            await _subscribe(talk)


def _wish(text: str) -> str:
    for wish, words in (("end", _END), ("file", _FILE)):
        if re.search(words, text, re.IGNORECASE):
            return wish
    links = re.search(r"länk|prenum|link|subscription|feed", text, re.IGNORECASE)
    return "list" if links and re.search(_LIST, text, re.IGNORECASE) else "link"


async def _subscribe(talk: Talk) -> None:
    """What it shall show is asked even where only one thing fits: that answer is the yes."""
    offered = await _bodies(talk)
    choices = [Choice(str(each.id), each.name) for each in offered]
    mine = Choice(ALL, talk.text("calendar-mine"))
    named = bool(talk.heard.first("group"))
    choices = [*choices[:1], mine, *choices[1:]] if named else [mine, *choices]
    choices.append(Choice(FILE, talk.text("calendar-just-file")))
    chosen = await talk.choose("show", choices)
    if chosen == FILE:
        return await _whole_file(talk)
    body = None if chosen == ALL else next(each for each in offered if str(each.id) == chosen)
    number, secret = await talk.do(
        "calendar-link", feeds.create, talk.person, body.id if body else None, talk.lang,
        talk.turn.at, subject=f"body:{body.id}" if body else "bodies:own",
    )  # fmt: skip
    talk.can_undo("calendar-end", feed=number)
    facts = (
        Fact(talk.text("calendar-shows"), body.name if body else mine.label),
        Fact(talk.text("calendar-address"), f"{talk.public_url}/calendar/{secret}.ics"),
    )
    text = f"{talk.text('calendar-how')}\n\n{talk.text('calendar-keep')}"
    end = talk.button("calendar-end-one", "calendar-end", feed=number)
    return await talk.say(Card(talk.text("calendar-title"), text, facts, buttons=(end,)))


async def _bodies(talk: Talk) -> Sequence[Body]:
    """The person's own bodies; one that was named comes first, also if it is only visible."""
    mine = await talk.look(bodies.of_person, talk.person)
    said = talk.heard.first("group")
    named = await talk.look(bodies.find_body, talk.person, said) if said else None
    found = mine if named is None else [named, *(each for each in mine if each.id != named.id)]
    return found[:MOST]


async def _whole_file(talk: Talk) -> None:
    mine = await talk.look(bodies.of_person, talk.person)
    found = await talk.look(meetings.upcoming, [each.id for each in mine], talk.wall, 200)
    if not found:
        return await talk.say("calendar-none")
    text = talk.text("calendar-all", count=len(found))
    name = f"{talk.text('calendar-file-all')}.ics"
    return await talk.say(File(name, ics(found, talk), "text/calendar", text))


async def _list(talk: Talk) -> None:
    found = await talk.look(feeds.of_person, talk.person)
    new = talk.button("calendar-new", "calendar", wish="link")
    if not found:
        return await _no_link(talk, new)
    names = await _names(talk, found)
    facts = tuple(
        Fact(names[each.id], talk.text("calendar-made", day=_day(talk, each))) for each in found
    )
    ends = tuple(
        Button(talk.text("calendar-end-this", what=names[each.id]), "calendar-end",
               {"feed": each.id})
        for each in found[:MOST]
    )  # fmt: skip
    title, text = talk.text("calendar-mine-title"), talk.text("calendar-lost")
    return await talk.say(Card(title, text, facts, buttons=(*ends, new)))


async def _end(talk: Talk) -> None:
    found = await talk.look(feeds.of_person, talk.person)
    if not found:
        return await _no_link(talk, talk.button("calendar-new", "calendar", wish="link"))
    names = await _names(talk, found)
    if len(found) == 1:
        sure = await talk.confirm("sure", what=names[found[0].id])
        chosen = ALL if sure else NONE
    else:
        dated = [
            talk.text("calendar-dated", what=names[each.id], day=_day(talk, each)) for each in found
        ]
        choices = [
            *(Choice(str(each.id), label) for each, label in zip(found, dated, strict=True)),
            Choice(ALL, talk.text("calendar-every")),
            Choice(NONE, talk.text("calendar-keep-all")),
        ]
        chosen = await talk.choose("which", choices)
    if chosen == NONE:
        return await talk.say("calendar-kept")
    return await _revoke(talk, [each.id for each in found if chosen in {ALL, str(each.id)}])


@dialog("calendar-end", changes=True, personal=True)
async def calendar_end(talk: Talk) -> None:
    await _revoke(talk, [int(talk.heard.value["feed"])])


async def _revoke(talk: Talk, numbers: list[int]) -> None:
    subject = ",".join(f"feed:{each}" for each in numbers)[:80]
    count = await talk.do(
        "calendar-end", feeds.revoke, talk.person, talk.turn.at, numbers, subject=subject
    )
    if count == 0:
        return await talk.say("calendar-gone")
    return await talk.say("calendar-ended", count=count)


async def _no_link(talk: Talk, new: Button) -> None:
    await talk.say(Text(talk.text("calendar-no-link"), (new,)))


async def _names(talk: Talk, found: list[Feed]) -> dict[int, str]:
    """What each feed shows; a body that may no longer be asked about has no name here."""
    seen = {each.id: each.name for each in await talk.look(bodies.visible, talk.person)}
    mine = talk.text("calendar-mine")
    return {each.id: seen.get(each.body, "–") if each.body else mine for each in found}


def _day(talk: Talk, found: Feed) -> str:
    return card.short_day(found.created_at, talk.lang)
