"""Cancel a meeting: everybody concerned is told once, and a year with too few meetings is pointed out."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk, Teller, dialog
from bot.reply import Reply, Text
from bot.rules.cadence import shortfalls
from bot.rules.roles import Action
from dialogs.meetings import card
from dialogs.meetings.manage import may_manage, missed
from dialogs.meetings.pick import which_meeting
from storage import bodies, meetings
from storage.meetings import Meeting

EXAMPLES = {
    "sv": ("ställ in mötet", "avboka nätverksträffen den 10 december"),
    "en": ("cancel the meeting", "call off the network meeting"),
}
NEAR_MISSES = ("ställ inte in mötet", "avboka min plats på dialogen")
TALKS = """
# Asta Fiktberg · teams
> ställ in mötet den 11 mars
< Vill du ställa in mötet torsdag 11 mars 2027 (Nätverket Vuxenutbildning Skaraborg)? Alla berörda får veta. [Ställ in mötet] [Nej]
> ja
< Mötet torsdag 11 mars 2027 är inställt. …
> ställ in mötet den 22 april
< Vill du ställa in mötet torsdag 22 april 2027 …
> ja
< Mötet torsdag 22 april 2027 är inställt. … ⚠ … 5 möten 2027 … minst 6 …

# Bo Fiktivsson · slack
> ställ in nätverksmötet den 11 mars
< Ordförande eller presidium ställer in möten … Asta Fiktberg …
"""
TEXTS = {
    "sv": """
        cancel-meeting-sure =
            .question = Vill du ställa in mötet { $day } ({ $body })? Alla berörda får veta.
            .yes = Ställ in mötet
            .no = Nej
        cancel-meeting-done = Mötet { $day } är inställt. { $count ->
            [0] Ingen av de berörda har en chatt med mig ännu, så berätta det på annat sätt.
            [one] En berörd har fått veta i chatten.
           *[other] { $count } berörda har fått veta i chatten.
        }{ $missed ->
            [0] {""}
            [one] {" "}En har ingen chatt med mig ännu: berätta det på annat sätt.
           *[other] {" "}{ $missed } har ingen chatt med mig ännu: berätta det för dem på annat sätt.
        }
        cancel-meeting-short = ⚠ { $body } har nu { $planned } möten { $year }, men ska ha minst { $least }.
        cancel-meeting-dropped = Då står mötet kvar.
        cancel-meeting-letter = Mötet { $day } i { $body } är inställt. Ta bort det ur din kalender om du har lagt in det.
    """,
    "en": """
        cancel-meeting-sure =
            .question = Do you want to cancel the meeting on { $day } ({ $body })? Everybody concerned will be told.
            .yes = Cancel the meeting
            .no = No
        cancel-meeting-done = The meeting on { $day } is cancelled. { $count ->
            [0] None of those concerned has a chat with me yet, so please tell them in another way.
            [one] One person concerned has been told in the chat.
           *[other] { $count } people concerned have been told in the chat.
        }{ $missed ->
            [0] {""}
            [one] {" "}One has no chat with me yet: please tell that person in another way.
           *[other] {" "}{ $missed } have no chat with me yet: please tell them in another way.
        }
        cancel-meeting-short = ⚠ { $body } now has { $planned } meetings in { $year }, but must have at least { $least }.
        cancel-meeting-dropped = Then the meeting stays.
        cancel-meeting-letter = The meeting on { $day } of { $body } is cancelled. Remove it from your calendar if you have put it there.
    """,
}


@dialog(
    "cancel-meeting", intents=("cancel_meeting",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True, needs=Action.MANAGE_MEETING,
)  # fmt: skip
async def cancel_meeting(talk: Talk) -> None:
    found = await which_meeting(talk, when=talk.heard.when)
    await may_manage(talk, found)
    day, body = card.short_day(found.starts, talk.lang), card.bodies(found)
    if not await talk.confirm("sure", day=day, body=body):
        return await talk.say("cancel-meeting-dropped")
    people = await talk.do(
        "cancel-meeting", meetings.cancel_meeting, talk.person, found.id, talk.turn.at,
        subject=f"meeting:{found.id}",
    )  # fmt: skip

    def letter(to: Teller) -> Sequence[Reply]:
        when = card.short_day(found.starts, to.lang)
        return [Text(to.text("cancel-meeting-letter", day=when, body=body))]

    told = await talk.tell(people, letter)
    parts = [
        talk.text("cancel-meeting-done", day=day, count=told, missed=missed(people, told)),
        *await _short(talk, found),
    ]
    return await talk.say(Text("\n".join(parts)))


async def _short(talk: Talk, found: Meeting) -> list[str]:
    """What the year lacks now, body by body."""
    lines = []
    year = found.starts.year
    for number, name in found.bodies:
        body = await talk.look(bodies.by_id, talk.person, number)
        if body is None:
            continue
        days = await talk.look(meetings.in_year, number, year)
        lines += [
            talk.text("cancel-meeting-short", body=name, planned=each.planned, year=str(each.year),
                      least=each.least)
            for each in shortfalls(days, year, body.least_per_year, body.least_per_half_year)
        ]  # fmt: skip
    return lines
