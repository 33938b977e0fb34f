"""Be reminded of anything, at a time of one's own; change one's mind, or want no more reminders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot import dates, words
from bot.dates import DateValue
from bot.dialog import Talk, Teller, dialog
from bot.form import Choice, Field
from bot.reading import clock_of
from bot.reply import Reply, Text
from bot.timer import Post, Timer, rule
from dialogs.meetings import card
from dialogs.meetings.pick import which_meeting
from dialogs.reminders.days import reminder_days
from storage import reminders
from storage.reminders import Own

EXAMPLES = {
    "sv": ("påminn mig på fredag om att ringa Hjo", "påminn mig i morgon kl 15 om protokollet",
           "säg till mig dagen innan mötet", "sluta påminna mig", "slå på påminnelserna igen"),
    "en": ("remind me on Friday to send the minutes", "remind me the day before the meeting",
           "stop reminding me", "turn on my reminders again"),
}  # fmt: skip
NEAR_MISSES = ("när är nästa möte", "visa mina påminnelser")
TALKS = """
# Bo Fiktivsson · teams
> påminn mig på fredag om att ringa Hjo
< Jag påminner dig fredag 27 november 2026 kl. 08.00 om: ringa Hjo. …
> nej, ta nästa tisdag i stället
< Ändrat till tisdag 1 december 2026 kl. 08.00: ringa Hjo. …
@ 2026-12-01 09:00
< Du bad mig påminna dig om: ringa Hjo. [I morgon] [Om en vecka]
> [I morgon]
< Jag påminner dig onsdag 2 december 2026 kl. 08.00 om: ringa Hjo. …
> [Ta bort]
< Påminnelsen om ”ringa Hjo” är borttagen.
> mina påminnelser
< …

# Bo Fiktivsson · slack
> remind me tomorrow at 15 to send the minutes
< I will remind you on Tuesday 24 November 2026 at 15.00 of: send the minutes. …
> påminn mig dagen innan mötet
< Jag påminner dig onsdag 9 december 2026 kl. 08.00 om: mötet torsdag 10 december 2026 (Nätverket Vuxenutbildning Skaraborg). …
> påminn mig den 3 november om rapporten
< … 3 november 2027 kl. 08.00 om: rapporten. …
> påminn mig i dag kl 8 om kaffet
< Den tiden har redan varit. …

# Bo Fiktivsson · teams
> påminn mig på torsdag
< Vad ska jag påminna dig om?
> boka lokalen
< Jag påminner dig torsdag 26 november 2026 kl. 08.00 om: boka lokalen. …
> påminn mig om att ringa Vara
< När ska jag påminna dig? Skriv till exempel ”på fredag kl 10”.
> i morgon kl 9
< Jag påminner dig tisdag 24 november 2026 kl. 09.00 om: ringa Vara. …
> flytta påminnelsen till på fredag
< Vilken påminnelse menar du? … ringa Vara … boka lokalen …
> 1
< Ändrat till fredag 27 november 2026 kl. 08.00: ringa Vara. …
> ta bort påminnelsen om lokalen
< Vilken påminnelse menar du? …
> boka lokalen
< Påminnelsen om ”boka lokalen” är borttagen.

# Asta Fiktberg · teams
> sluta påminna mig
< Jag skickar inga fler påminnelser om möten och ingen veckoöversikt. Det du själv ber om påminner jag om ändå. …
> slå på påminnelserna igen
< Jag påminner dig igen om möten, och varje måndag om din vecka. …
"""
TEXTS = {
    "sv": """
        remind-about =
            .question = Vad ska jag påminna dig om?
        remind-when =
            .question = När ska jag påminna dig? Skriv till exempel ”på fredag kl 10”.
        remind-which =
            .question = Vilken påminnelse menar du?
        remind-done = Jag påminner dig { $day } kl. { $clock } om: { $about }.
        remind-moved = Ändrat till { $day } kl. { $clock }: { $about }.
        remind-dropped = Påminnelsen om ”{ $about }” är borttagen.
        remind-none = Du har inga egna påminnelser som väntar. Skriv till exempel ”påminn mig på fredag om att boka lokal”.
        remind-off = Jag skickar inga fler påminnelser om möten och ingen veckoöversikt. Det du själv ber om påminner jag om ändå. Skriv ”slå på påminnelserna” om du ångrar dig.
        remind-on = Jag påminner dig igen om möten, och varje måndag om din vecka. Skriv ”sluta påminna mig” om det blir för mycket.
        remind-letter = Du bad mig påminna dig om: { $about }.
        remind-tomorrow = I morgon
        remind-week = Om en vecka
        remind-move = Ändra tid
        remind-drop = Ta bort
        remind-meeting = mötet { $day } ({ $body })
        reminder-gone = Den påminnelsen finns inte längre. Skriv ”mina påminnelser” så ser du vilka som väntar.
        reminder-past = Den tiden har redan varit. Skriv en tid som kommer, till exempel ”i morgon kl 9”.
        reminder-too-many = Du har redan { $most } påminnelser som väntar. Ta bort någon först: skriv ”mina påminnelser”.
    """,
    "en": """
        remind-about =
            .question = What shall I remind you of?
        remind-when =
            .question = When shall I remind you? Write for example “on Friday at 10”.
        remind-which =
            .question = Which reminder do you mean?
        remind-done = I will remind you on { $day } at { $clock } of: { $about }.
        remind-moved = Changed to { $day } at { $clock }: { $about }.
        remind-dropped = The reminder of “{ $about }” is removed.
        remind-none = You have no reminders of your own waiting. Write for example “remind me on Friday to book a room”.
        remind-off = I will send no more reminders of meetings and no weekly overview. What you ask me for yourself I still remind you of. Write “turn on reminders” if you change your mind.
        remind-on = I remind you again of meetings, and every Monday of your week. Write “stop reminding me” if it becomes too much.
        remind-letter = You asked me to remind you of: { $about }.
        remind-tomorrow = Tomorrow
        remind-week = In a week
        remind-move = Change the time
        remind-drop = Remove
        remind-meeting = the meeting on { $day } ({ $body })
        reminder-gone = That reminder is no longer there. Write “my reminders” to see which are waiting.
        reminder-past = That time is over. Write a time to come, for example “tomorrow at 9”.
        reminder-too-many = You already have { $most } reminders waiting. Remove one first: write “my reminders”.
    """,
}
ABOUT = Field("text", limit=300)
WHEN = Field("date")
EIGHT = time(8)

_OFF = re.compile(
    r"\b(sluta|stäng\w*|slå av|avaktivera|inga fler|pausa|tysta|stop|turn off|switch off|no more|disable)\b",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\b(slå på|sätt på|aktivera|börja|turn on|switch on|enable|start)\b.*\b(p[åa]min|notis|remind)",
    re.IGNORECASE,
)
_DROP = re.compile(r"\b(ta bort|tag bort|radera|stryk|remove|delete|cancel)\b", re.IGNORECASE)
_MOVE = re.compile(
    r"\b(flytta|ändra|byt|skjut|snooz\w*|i stället|istället|move|change|instead|postpone)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(före|innan|before|prior to|ahead of)\b.*?(mötet|möte|träff|sammanträde|konferens|meeting)",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(påminn|remind)\b.*\b(alla|nätverket|gruppen|medlemmarna|everybody|everyone|members|network|group)\b"
    r".*\b(före|innan|before)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^.*?\b(påminn\w*|påmind|säg till|hojta\w*|pinga\w*|remind\w*|tell|nudge|ping)\b"
    r"(?:\s+(?:till\s+)?(?:mig|oss|me|us))?(?:\s+om)?",
    re.IGNORECASE,
)  # fmt: skip
_LINK = re.compile(
    r"^(?:(?:om|av|att|på|till|that|about|of|to|for|i should|jag ska|jag måste)\b[\s,:]*)+",
    re.IGNORECASE,
)
_DAYS = re.compile(r"\b(\d+|en|ett|två|tre|fyra|fem|one|two|three|four|five|a)\s+(dag|veck|day|week)",
                   re.IGNORECASE)  # fmt: skip
_NUMBERS = {"en": 1, "ett": 1, "a": 1, "one": 1, "två": 2, "two": 2, "tre": 3, "three": 3,
            "fyra": 4, "four": 4, "fem": 5, "five": 5}  # fmt: skip


@dialog(
    "remind-me", intents=("remind_me",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
    personal=True, leans=True,
)  # fmt: skip
async def remind_me(talk: Talk) -> None:
    wish = await talk.note("wish", _wish(talk))
    if wish in {"on", "off"}:
        return await _switch(talk, on=wish == "on")
    if wish == "drop":
        return await drop_reminder(talk)
    if wish == "move":
        return await move_reminder(talk)
    if wish == "body":
        return await reminder_days(talk)
    about, at = await _before_meeting(talk) if wish == "meeting" else await _asked(talk)
    number = await talk.do("remind", reminders.remind, talk.person, about, at, talk.turn.at)
    return await _say(talk, "remind-done", Own(number, about, at))


@dialog("move-reminder", personal=True)
async def move_reminder(talk: Talk) -> None:
    """To another time; the newest one is meant by "nej, ta tisdag i stället"."""
    newest = await talk.look(reminders.newest, talk.person, talk.turn.at)
    leaning = await talk.note("leaning", words.correction(talk.heard.text) is not None)
    found = newest if leaning and newest else await _which(talk)
    at = await _time(talk)
    await talk.do("move-reminder", reminders.move, talk.person, found.id, at, talk.turn.at)
    await _say(talk, "remind-moved", Own(found.id, found.about, at))


@dialog("drop-reminder", personal=True)
async def drop_reminder(talk: Talk) -> None:
    found = await _which(talk)
    about = await talk.note("about", found.about)
    await talk.do("drop-reminder", reminders.drop, talk.person, found.id)
    await talk.say("remind-dropped", about=about)


@rule(reminders.OWN, texts=TEXTS)
def own_reminder(post: Post, due: Timer) -> None:
    """What somebody asked for, when they asked for it."""
    found = post.do("say-reminder", reminders.said, due.subject)
    if found is None:
        return
    person, about = found

    def letter(to: Teller) -> Sequence[Reply]:
        buttons = (
            to.button("remind-tomorrow", "remind-me", about=about, days=1),
            to.button("remind-week", "remind-me", about=about, days=7),
        )
        return [Text(to.text("remind-letter", about=about), buttons)]

    post.tell([person], letter)


def _wish(talk: Talk) -> str:
    text = talk.heard.text
    if _ON.search(text):
        return "on"
    if _OFF.search(text) or (talk.heard.negated and talk.heard.when is None):
        return "off"
    if _DROP.search(text):
        return "drop"
    if _MOVE.search(text) or words.correction(text):
        return "move"
    if _BODY.search(text):
        return "body"
    return "meeting" if _MEETING.search(text) else "new"


async def _switch(talk: Talk, *, on: bool) -> None:
    name = "remind-on" if on else "remind-off"
    await talk.do(name, reminders.switch, talk.person, on, talk.turn.at)
    await talk.say(name)


async def _asked(talk: Talk) -> tuple[str, datetime]:
    """What was said, and what was left out is asked for."""
    again = talk.heard.value
    if again:
        day = talk.today + timedelta(days=int(again["days"]))
        moment = await talk.note("at", datetime.combine(day, EIGHT).isoformat())
        return str(again["about"]), datetime.fromisoformat(moment)
    said = await talk.note("said", _about(talk.heard.text, talk.heard.when))
    about = said or await talk.ask("about", ABOUT, text="remind-about")
    return str(about), await _time(talk)


async def _time(talk: Talk) -> datetime:
    """The day that was said, at eight unless a time was said."""
    when = talk.heard.when
    if when is None or "excluded" in when.notes or (when.first_day is when.last_day is None):
        when = await talk.ask("when", WHEN, text="remind-when")
    at = await talk.note("at", _moment(when, talk.wall).isoformat())
    return datetime.fromisoformat(at)


def _moment(when: DateValue, now: datetime) -> datetime:
    if isinstance(when.start, datetime):
        return when.start
    day = when.first_day or when.last_day or now.date()
    at = datetime.combine(day, EIGHT)
    soon = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    return soon if day == now.date() and at <= now else at


async def _before_meeting(talk: Talk) -> tuple[str, datetime]:
    found = await which_meeting(talk, when=None)
    days = await talk.note("days", _days(talk.heard.text))
    at = datetime.combine(found.starts.date() - timedelta(days=days), EIGHT)
    day = card.short_day(found.starts, talk.lang)
    return talk.text("remind-meeting", day=day, body=card.bodies(found)), at


def _days(text: str) -> int:
    found = _DAYS.search(text)
    if found is None:
        return 1
    count = _NUMBERS.get(found[1].casefold()) or int(found[1])
    return min(count, 60) * (7 if found[2].casefold() in {"veck", "week"} else 1)


async def _which(talk: Talk) -> Own:
    """The one whose button was pressed, else one of those that wait."""
    mine = await talk.look(reminders.mine, talk.person)
    fixed = talk.heard.value.get("reminder")
    if fixed is not None:
        mine = [each for each in mine if each.id == fixed]
        if not mine:
            talk.refuse("reminder-gone")
    if not mine:
        talk.refuse("remind-none")
    choices = [
        Choice(str(each.id), f"{each.about} ({dates.show(each.at.date(), talk.lang, week=False)})")
        for each in mine[:10]
    ]
    chosen = await talk.choose("which", choices, text="remind-which")
    return next(each for each in mine if str(each.id) == chosen)


def _about(text: str, when: DateValue | None) -> str:
    """The words that are neither the wish itself nor its time."""
    rest = _ASKING.sub("", text.strip(), count=1) if _ASKING.search(text) else ""
    if when is not None:
        rest = rest.replace(when.words, " ", 1)
    rest = " ".join(rest.split()).strip(" ,.!:–-")
    return _LINK.sub("", rest).strip(" ,.!:–-")


async def _say(talk: Talk, name: str, of: Own) -> None:
    day = dates.show(of.at.date(), talk.lang, week=False)
    buttons = (
        talk.button("remind-move", "move-reminder", reminder=of.id),
        talk.button("remind-drop", "drop-reminder", reminder=of.id),
    )
    text = talk.text(name, day=day, clock=clock_of(of.at), about=of.about)
    await talk.say(Text(text, buttons))
