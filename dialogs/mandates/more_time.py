"""More time: the owner asks, whoever gave the mandate grants it or not; and which month to watch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.dates import DateValue
from bot.dialog import Talk, Teller, dialog
from bot.form import Field
from bot.reply import Reply, Text
from bot.rules import deadline
from bot.rules.deadline import Deadline
from dialogs.mandates import show
from dialogs.mandates.pick import which_report
from storage import mandates
from storage.mandates import Open

EXAMPLES = {
    "sv": ("vi behöver mer tid för språkstödet", "flytta deadline för KomX till september 2027", "kan vi få förlängd tid för slutrapporten"),
    "en": ("we need more time for the report", "postpone the deadline to September"),
}  # fmt: skip
NEAR_MISSES = ("flytta mötet till den 3 maj", "när ska rapporten lämnas")
TALKS = """
# Asta Fiktberg · teams
> vi behöver mer tid för delrapporten om språkstöd, till september 2027
< Varför behöver ni mer tid? … [Hoppa över]
> vi väntar på siffror
< Ska jag be Farid Testmark om mer tid för språkstöd (delrapport, maj 2027), till september 2027? Tills svaret kommer gäller maj 2027. [Be om mer tid] [Nej]
> ja
< Jag har frågat Farid Testmark. Tills svaret kommer gäller maj 2027.
< (Farid Testmark) Asta Fiktberg ber om mer tid för delrapporten … från maj 2027 till september 2027. Skäl: vi väntar på siffror [Bevilja] [Avslå]

# Farid Testmark · teams
> flytta deadline för KomX till september 2027
< Vilken rapport gäller det? [KomX (delrapport, juni 2027)] [KomX (slutrapport, april 2028)]
> 1
< Ska jag flytta KomX (delrapport, juni 2027) till september 2027? Juni 2027 finns kvar i historiken. [Flytta] [Nej]
> ja
< KomX (delrapport, juni 2027) är flyttad till september 2027, senast torsdag 30 september.
< (Asta Fiktberg) Farid Testmark har flyttat delrapporten för Implementera beslutad organisation för KomX från juni 2027 till september 2027.

# Lena Modellson · slack
> we need more time for the interim report on KomX, until September 2027
< Why do you need more time? … [Skip]
> skip
< Shall I ask Farid Testmark for more time for KomX (interim report, June 2027), until September 2027? Until the answer comes, June 2027 holds. [Ask for more time] [No]
> no
< Then the time stands.

# Bo Fiktivsson · teams
> vi behöver mer tid för språkstödet
< Mer tid begärs av ordföranden för den grupp som har uppdraget. …
"""
TEXTS = {
    "sv": """
        pick-deadline =
            .question = Vilken rapport gäller det?
        more-time-until =
            .question = Till när? Skriv till exempel ”september 2027”.
        more-time-month =
            .question = Vilken månad ska jag bevaka?
        more-time-reason =
            .question = Varför behöver ni mer tid? { $people } får veta det.
        more-time-ask =
            .question = Ska jag be { $people } om mer tid för { $report }, till { $new }? Tills svaret kommer gäller { $old }.
            .yes = Be om mer tid
            .no = Nej
        more-time-move =
            .question = Ska jag flytta { $report } till { $new }? { $was } finns kvar i historiken.
            .yes = Flytta
            .no = Nej
        more-time-none = Mer tid begärs av ordföranden för den grupp som har uppdraget. Du har inget öppet uppdrag att begära det för.
        more-time-asked = Jag har frågat { $people }. Tills svaret kommer gäller { $old }.
        more-time-moved = { $name } är flyttad till { $new }, senast { $last }.
        more-time-moved-loose = { $name } är flyttad till { $new }.
        more-time-dropped = Då ligger tiden fast.
        more-time-letter = { $name } ber om mer tid för { $kind } för { $title }, från { $old } till { $new }. { $reason }
        more-time-reason-line = Skäl: { $reason }
        more-time-letter-moved = { $name } har flyttat { $kind } för { $title } från { $old } till { $new }.
        more-time-grant = Bevilja
        more-time-decline = Avslå
        decide-time-granted = Beviljat. Ny tid för { $name }: { $new }. { $asker } får veta.
        decide-time-declined = Avslaget. { $old } gäller fortfarande för { $name }. { $asker } får veta.
        decide-time-decided = Det är redan besvarat.
        decide-time-letter-granted = { $name } har beviljat mer tid för { $kind } för { $title }: { $new } i stället för { $old }.
        decide-time-letter-declined = { $name } säger nej till mer tid för { $kind } för { $title }. { $old } gäller fortfarande.
        watch-month-which =
            .question = ”{ $words }” säger ingen månad. Vilken månad ska jag bevaka?
        watch-month-done = Jag bevakar { $month } för { $short }. ”{ $words }” står kvar som det sades.
        watch-month-vague = Jag behöver en viss månad, till exempel ”september 2027”.
    """,
    "en": """
        pick-deadline =
            .question = Which report is it about?
        more-time-until =
            .question = Until when? Write for example “September 2027”.
        more-time-month =
            .question = Which month should I watch?
        more-time-reason =
            .question = Why do you need more time? { $people } will be told.
        more-time-ask =
            .question = Shall I ask { $people } for more time for { $report }, until { $new }? Until the answer comes, { $old } holds.
            .yes = Ask for more time
            .no = No
        more-time-move =
            .question = Shall I move { $report } to { $new }? { $was } stays in the history.
            .yes = Move
            .no = No
        more-time-none = More time is asked for by the chair of the group that has the mandate. You have no open mandate to ask it for.
        more-time-asked = I have asked { $people }. Until the answer comes, { $old } holds.
        more-time-moved = { $name } has been moved to { $new }, at the latest { $last }.
        more-time-moved-loose = { $name } has been moved to { $new }.
        more-time-dropped = Then the time stands.
        more-time-letter = { $name } asks for more time for { $kind } of { $title }, from { $old } to { $new }. { $reason }
        more-time-reason-line = Reason: { $reason }
        more-time-letter-moved = { $name } has moved { $kind } of { $title } from { $old } to { $new }.
        more-time-grant = Grant
        more-time-decline = Decline
        decide-time-granted = Granted. New time for { $name }: { $new }. { $asker } will be told.
        decide-time-declined = Declined. { $old } still holds for { $name }. { $asker } will be told.
        decide-time-decided = That has been answered already.
        decide-time-letter-granted = { $name } has granted more time for { $kind } of { $title }: { $new } instead of { $old }.
        decide-time-letter-declined = { $name } says no to more time for { $kind } of { $title }. { $old } still holds.
        watch-month-which =
            .question = “{ $words }” names no month. Which month should I watch?
        watch-month-done = I watch { $month } for { $short }. “{ $words }” stays as it was said.
        watch-month-vague = I need one month, for example “September 2027”.
    """,
}
UNTIL = Field("date", loose=True)
MONTH = Field("date")
REASON = Field("text", required=False, limit=500)


@dialog(
    "more-time", intents=("postpone_deadline",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True,
)  # fmt: skip
async def more_time(talk: Talk) -> None:
    movable = await talk.look(mandates.movable, talk.person)
    found = await which_report(talk, movable, "more-time-none", "pick-deadline")
    said = talk.heard.when
    until: DateValue = await talk.ask("until", UNTIL, known=said.words if said else None)
    new = Deadline(until)
    if new.loose:
        new = await watched(talk, new)
    if mandates.may_give(talk.person, found.mandate):
        return await _move(talk, found, new)
    return await _ask(talk, found, new)


async def watched(talk: Talk, loose: Deadline) -> Deadline:
    """Loose words with the month that the person names for them."""
    month: DateValue = await talk.ask("month", MONTH, text="more-time-month")
    found = loose.watched(month)
    return found if found.watch else talk.refuse("watch-month-vague")


async def _ask(talk: Talk, found: Open, new: Deadline) -> None:
    people = await talk.look(mandates.director_names, found.mandate, talk.today)
    reason = await talk.ask("reason", REASON, people=people) or ""
    old = show.when(talk, found.report)
    shown: dict[str, Any] = {
        "report": show.name(talk, found),
        "new": deadline.shown(new, talk.lang),
        "old": old,
    }
    if not await talk.confirm("ask", people=people, **shown):
        return await talk.say("more-time-dropped")
    change = await talk.do(
        "ask-for-time", mandates.ask_for_time, talk.person, found.report.id, new, reason,
        talk.turn.at, subject=f"report:{found.report.id}",
    )  # fmt: skip
    name = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        line = to.text("more-time-reason-line", reason=reason) if reason else ""
        text = to.text("more-time-letter", name=name, reason=line, **_words(to, found, new))
        return [
            Text(text, (to.button("more-time-grant", "decide-time", change=change, state="granted"),
                        to.button("more-time-decline", "decide-time", change=change, state="declined")))
        ]  # fmt: skip

    givers = await talk.look(mandates.directors, found.mandate, talk.today)
    await talk.tell(givers, letter, or_mail=True)
    return await talk.say("more-time-asked", people=people, old=old)


async def _move(talk: Talk, found: Open, new: Deadline) -> None:
    name, shown = show.name(talk, found), deadline.shown(new, talk.lang)
    was = show.when(talk, found.report)
    if not await talk.confirm("move", report=name, new=shown, was=was[:1].upper() + was[1:]):
        return await talk.say("more-time-dropped")
    await talk.do(
        "move-deadline", mandates.move, talk.person, found.report.id, new, talk.turn.at,
        subject=f"report:{found.report.id}",
    )  # fmt: skip
    who = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        return [Text(to.text("more-time-letter-moved", name=who, **_words(to, found, new)))]

    await talk.tell(await _keepers(talk, found), letter, or_mail=True)
    if new.last is None:
        return await talk.say("more-time-moved-loose", name=name, new=shown)
    last = show.day(talk, new.last, year=str(new.last.year) not in shown)
    return await talk.say("more-time-moved", name=name, new=shown, last=last)


@dialog("decide-time", changes=True, personal=True)
async def decide_time(talk: Talk) -> None:
    number, state = int(talk.heard.value["change"]), str(talk.heard.value["state"])
    both = await talk.look(mandates.change_by_id, talk.person, number)
    if both is None:
        talk.refuse("no-such-mandate")
    change, found = both
    decided = await talk.do(
        "decide-time", mandates.decide_time, talk.person, number, state, talk.turn.at,
        subject=f"report:{found.report.id}", detail={"state": state},
    )  # fmt: skip
    if not decided:
        return await talk.say("decide-time-decided")
    name = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        words = _words(to, found, change.new) | {"old": deadline.shown(change.old, to.lang)}
        return [Text(to.text(f"decide-time-letter-{state}", name=name, **words))]

    await talk.tell([change.asked_by], letter, or_mail=True)
    old, new = (deadline.shown(each, talk.lang) for each in (change.old, change.new))
    return await talk.say(f"decide-time-{state}", name=found.mandate.short, new=new,
                          old=old[:1].upper() + old[1:], asker=change.asker)  # fmt: skip


@dialog("watch-month", changes=True, personal=True)
async def watch_month(talk: Talk) -> None:
    """Loose words stay as they were said; the month is what the ladder follows."""
    found = await talk.look(mandates.report_by_id, talk.person, int(talk.heard.value["report"]))
    if found is None:
        talk.refuse("no-such-mandate")
    words = found.report.deadline.said.words
    month: DateValue = await talk.ask("which", MONTH, words=words)
    named = found.report.deadline.watched(month)
    if named.watch is None:
        talk.refuse("watch-month-vague")
    await talk.do(
        "watch-month", mandates.watch, talk.person, found.report.id, named, talk.turn.at,
        subject=f"report:{found.report.id}",
    )  # fmt: skip
    shown = deadline.shown(deadline.month(named.watch.year, named.watch.month), talk.lang)
    return await talk.say("watch-month-done", month=shown, short=found.mandate.short, words=words)


async def _keepers(talk: Talk, found: Open) -> Sequence[int]:
    return await talk.look(mandates.keepers, found.mandate, found.report.owner, talk.today)


def _words(to: Teller, found: Open, new: Deadline) -> dict[str, str]:
    return {
        "kind": show.the_kind(to, found.report), "title": found.mandate.title,
        "old": show.when(to, found.report), "new": deadline.shown(new, to.lang),
    }  # fmt: skip
