"""Answers to a ping: remind me later, and I need help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.dialog import Talk, Teller, dialog
from bot.form import Field
from bot.reading import clock_of
from bot.reply import Reply, Text
from dialogs.mandates import show
from dialogs.mandates.pick import which_report
from storage import mandates
from storage.mandates import Open

TEXTS = {
    "sv": """
        snooze-report-none = Jag har inte påmint dig om någon rapport nyligen.
        snooze-report-late =
            .question = Då är det efter sista dag, som är { $last }. Ska jag ändå påminna dig { $day }?
        snooze-report-done = Jag påminner dig om { $kind } för { $short } { $day } kl. { $clock }. Sista dag är fortfarande { $last }.
        snooze-report-changed = Ändrat till { $day } kl. { $clock }. Sista dag är fortfarande { $last }.
        snooze-report-loose = Jag påminner dig om { $kind } för { $short } { $day } kl. { $clock }.
        snooze-report-past = Den tiden har redan varit. Skriv till exempel ”påminn mig på fredag”.
        snooze-report-dropped = Då påminner jag som vanligt.
        need-help-what =
            .question = Vad behöver du hjälp med? { $people } får veta det.
        need-help-done = Jag har bett { $people } att höra av sig till dig.
        need-help-nobody = Jag hittar ingen att fråga för det här uppdraget. Hör av dig till samordnaren.
        need-help-letter = { $name } behöver hjälp med { $kind } för { $title } ({ $when }). { $words }
    """,
    "en": """
        snooze-report-none = I have not reminded you of any report lately.
        snooze-report-late =
            .question = That is after the last day, which is { $last }. Shall I remind you on { $day } anyway?
        snooze-report-done = I will remind you of { $kind } of { $short } on { $day } at { $clock }. The last day is still { $last }.
        snooze-report-changed = Changed to { $day } at { $clock }. The last day is still { $last }.
        snooze-report-loose = I will remind you of { $kind } of { $short } on { $day } at { $clock }.
        snooze-report-past = That time is over. Write for example “remind me on Friday”.
        snooze-report-dropped = Then I remind you as usual.
        need-help-what =
            .question = What do you need help with? { $people } will be told.
        need-help-done = I have asked { $people } to get in touch with you.
        need-help-nobody = I find nobody to ask for this mandate. Please contact the coordinator.
        need-help-letter = { $name } needs help with { $kind } of { $title } ({ $when }). { $words }
    """,
}
WORDS = Field("text", required=False, limit=500)
EIGHT = time(8)
WEEK = timedelta(days=7)


@dialog(
    "snooze-report", intents=("snooze_report",), changes=True, personal=True, leans=True,
    overhears=mandates.pinged, takes_over=("remind_me",),
)  # fmt: skip
async def snooze_report(talk: Talk) -> None:
    found = await which_report(talk, [], "snooze-report-none")
    at = datetime.fromisoformat(await talk.note("at", _moment(talk).isoformat()))
    if at <= talk.wall:
        talk.refuse("snooze-report-past")
    day, of = show.day(talk, at.date()), found.report
    last = show.day(talk, of.last_day) if of.last_day else ""
    late = of.last_day is not None and of.last_day >= talk.today and at.date() > of.last_day
    if late and not await talk.confirm("late", last=last, day=day):
        return await talk.say("snooze-report-dropped")
    before = await talk.note("before", bool(await talk.look(mandates.snoozed, talk.person, of.id)))
    await talk.do(
        "snooze-report", mandates.snooze, talk.person, of.id, at, talk.turn.at,
        subject=f"report:{of.id}",
    )  # fmt: skip
    name = "snooze-report-changed" if before else "snooze-report-done"
    return await talk.say(
        name if last else "snooze-report-loose", day=day, clock=clock_of(at), last=last,
        kind=show.the_kind(talk, of), short=found.mandate.short,
    )  # fmt: skip


def _moment(talk: Talk) -> datetime:
    """The day that was said, at eight unless a time was said; else in a week."""
    when = talk.heard.when
    if when is not None and isinstance(when.start, datetime):
        return when.start
    day = when.first_day or when.last_day if when else None
    return datetime.combine(day or talk.today + WEEK, EIGHT)


@dialog("need-help", changes=True, personal=True)
async def need_help(talk: Talk) -> None:
    """The presidium and whoever gave the mandate are told that somebody needs help."""
    found = await which_report(talk, [], "no-such-mandate")
    people = await _helpers(talk, found)
    if not people:
        talk.refuse("need-help-nobody")
    names = await talk.look(mandates.names, people)
    words = await talk.ask("what", WORDS, people=names) or ""
    name = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        of = found.report
        return [
            Text(to.text("need-help-letter", name=name, kind=show.the_kind(to, of),
                         title=found.mandate.title, when=show.when(to, of), words=words))
        ]  # fmt: skip

    await talk.tell(people, letter, or_mail=True)
    await talk.say("need-help-done", people=names)


async def _helpers(talk: Talk, found: Open) -> list[int]:
    mandate, today = found.mandate, talk.today
    near = await talk.look(mandates.presidium, mandate, found.report.owner, today)
    far = await talk.look(mandates.directors, mandate, today)
    return [each for each in dict.fromkeys((*near, *far)) if each != talk.person.id]
