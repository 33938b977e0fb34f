"""Move a meeting to another day or time: everybody concerned is told once, calendars follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.dates import DateValue, Operator
from bot.dialog import Talk, Teller, dialog
from bot.form import Field
from bot.reply import Reply, Text
from bot.rules.roles import Action
from dialogs.meetings import card
from dialogs.meetings.manage import may_manage, missed
from dialogs.meetings.pick import which_meeting
from storage import meetings
from storage.meetings import Meeting

EXAMPLES = {
    "sv": ("flytta mötet till den 19 mars", "kan vi byta dag för träffen"),
    "en": ("move the meeting to 19 March", "reschedule the network meeting"),
}
NEAR_MISSES = ("flytta dialogdagen till den 11 mars", "ställ in mötet")
TALKS = """
# Asta Fiktberg · teams
> flytta vuxnätverkets möte till den 17 december
< Ska jag flytta mötet torsdag 10 december 2026 till torsdag 17 december 2026, v. 51, kl. 09.00–12.00? … [Flytta mötet] [Nej]
> ja
< Mötet är flyttat till torsdag 17 december 2026, v. 51, kl. 09.00–12.00. …

# Bo Fiktivsson · slack
> flytta mötet till den 17 december
< Ordförande eller presidium ställer in möten och flyttar dem. … Asta Fiktberg …
"""
TEXTS = {
    "sv": """
        move-meeting-day =
            .question = Till vilken dag ska mötet { $day } flyttas?
        move-meeting-sure =
            .question = Ska jag flytta mötet { $day } till { $new }? Alla berörda får veta.
            .yes = Flytta mötet
            .no = Nej
        move-meeting-done = Mötet är flyttat till { $new }. { $count ->
            [0] Ingen av de berörda har en chatt med mig ännu, så berätta det på annat sätt.
            [one] En berörd har fått veta i chatten.
           *[other] { $count } berörda har fått veta i chatten.
        }{ $missed ->
            [0] {""}
            [one] {" "}En har ingen chatt med mig ännu: berätta det på annat sätt.
           *[other] {" "}{ $missed } har ingen chatt med mig ännu: berätta det för dem på annat sätt.
        }
        move-meeting-dropped = Då står mötet kvar.
        move-meeting-past = Den tiden har redan varit. Mötet står kvar.
        move-meeting-vague = Jag behöver en viss dag för att flytta mötet, och ”{ $words }” är flera. Skriv till mig igen med en dag.
        move-meeting-days = Mötet pågår i flera dagar. Skapa ett nytt möte för de nya dagarna och ställ in det här.
        move-meeting-letter = Mötet { $day } i { $body } är flyttat till { $new }. Har du svarat gäller svaret fortfarande; skriv till mig om du inte kan.
    """,
    "en": """
        move-meeting-day =
            .question = To which day shall the meeting on { $day } be moved?
        move-meeting-sure =
            .question = Shall I move the meeting on { $day } to { $new }? Everybody concerned will be told.
            .yes = Move the meeting
            .no = No
        move-meeting-done = The meeting has been moved to { $new }. { $count ->
            [0] None of those concerned has a chat with me yet, so please tell them in another way.
            [one] One person concerned has been told in the chat.
           *[other] { $count } people concerned have been told in the chat.
        }{ $missed ->
            [0] {""}
            [one] {" "}One has no chat with me yet: please tell that person in another way.
           *[other] {" "}{ $missed } have no chat with me yet: please tell them in another way.
        }
        move-meeting-dropped = Then the meeting stays.
        move-meeting-past = That time is over. The meeting stays.
        move-meeting-vague = I need one day to move the meeting, and “{ $words }” is several. Write to me again with a day.
        move-meeting-days = The meeting lasts several days. Plan a new meeting for the new days and cancel this one.
        move-meeting-letter = The meeting on { $day } of { $body } has been moved to { $new }. If you have answered, your answer still counts; write to me if you cannot come.
    """,
}
DAY = Field("date")


@dialog(
    "move-meeting", intents=("move_meeting",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True, needs=Action.MANAGE_MEETING,
)  # fmt: skip
async def move_meeting(talk: Talk) -> None:
    which, target = _dates(talk)
    found = await which_meeting(talk, when=which)
    await may_manage(talk, found)
    if len(found.days) > 1:
        talk.refuse("move-meeting-days")
    day = card.short_day(found.starts, talk.lang)
    known = target.words if target else None
    new = _days(talk, found, await talk.ask("day", DAY, known=known, day=day))
    shown = card.days(new, talk.lang)
    if not await talk.confirm("sure", day=day, new=shown):
        return await talk.say("move-meeting-dropped")
    people = await talk.do(
        "move-meeting", meetings.move_meeting, talk.person, found.id, new, talk.turn.at,
        subject=f"meeting:{found.id}", detail={"to": new[0][0].isoformat()},
    )  # fmt: skip

    def letter(to: Teller) -> Sequence[Reply]:
        old = card.short_day(found.starts, to.lang)
        moved = card.days(new, to.lang)
        body = card.bodies(found)
        return [Text(to.text("move-meeting-letter", day=old, body=body, new=moved))]

    told = await talk.tell(people, letter)
    return await talk.say("move-meeting-done", new=shown, count=told, missed=missed(people, told))


def _dates(talk: Talk) -> tuple[DateValue | None, DateValue | None]:
    """The meeting's date and the new one: of two dates the last is the new one, and so is a lone one."""
    said = [each.when for each in talk.heard.entities if each.when is not None]
    if len(said) > 1:
        return said[0], said[-1]
    if said and said[0].operator is Operator.FROM:
        return said[0], None
    return None, (said[0] if said else None)


def _days(talk: Talk, found: Meeting, value: DateValue) -> list[tuple[datetime, datetime]]:
    """The new day, at the time that was said or else at the meeting's own."""
    first, last = value.first_day, value.last_day
    if first is None or first != last:
        talk.refuse("move-meeting-vague", words=value.words)
    begin = value.start.time() if isinstance(value.start, datetime) else found.starts.time()
    starts = _at(first, begin)
    ends = starts + (found.ends - found.starts)
    if ends < talk.wall:
        talk.refuse("move-meeting-past")
    return [(starts, ends)]


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock)
