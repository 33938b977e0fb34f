"""Plan a new meeting, in words or with a form: day, time, form, place, host and theme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.dates import DateValue
from bot.dialog import Talk, Teller, dialog
from bot.form import Choice, choice_field, date_field, form, text_field, time_field
from bot.reply import Card, Fact, Reply, Text
from bot.rules.roles import Action
from dialogs.meetings import card
from dialogs.meetings.manage import may_manage_body
from dialogs.meetings.pick import which_bodies
from storage import meetings
from storage.bodies import Body
from storage.meetings import Day, Plan

EXAMPLES = {
    "sv": ("boka ett nytt möte", "lägg in en träff i Skara den 3 februari"),
    "en": ("create a meeting", "schedule a network meeting in April"),
}
NEAR_MISSES = ("när är nästa möte", "boka en plats åt mig på dialogen")
TALKS = """
# Asta Fiktberg · teams
> boka ett nytt möte med vuxnätverket den 6 maj 2027
< Vilken tid? … [Fyll i formuläret]
> 9-12
< Hur träffas ni? [På plats] [Digitalt] [Både och] [Fyll i formuläret]
> på plats
< Nätverket Vuxenutbildning Skaraborg … Ska jag lägga in mötet? … torsdag 6 maj 2027, v. 18, kl. 09.00–12.00 … [Lägg in mötet] [Nej]
> ja
< Mötet är inlagt … torsdag 6 maj 2027 …

# Bo Fiktivsson · teams
> boka ett nytt möte med vuxnätverket den 6 maj 2027
< Ordförande eller presidium ställer in möten … Asta Fiktberg …
"""
TEXTS = {
    "sv": """
        new-meeting = Nytt möte
            .submit = Lägg in
            .open = Fyll i formuläret
        new-meeting-day =
            .question = Vilken dag?
            .label = Dag
        new-meeting-clock =
            .question = Vilken tid? Skriv till exempel ”9–12”.
            .label = Tid, till exempel 9–12
        new-meeting-kind =
            .question = Hur träffas ni?
            .label = Form
            .place = På plats
            .digital = Digitalt
            .hybrid = Både och
        new-meeting-place =
            .question = Var?
            .label = Plats
        new-meeting-host =
            .question = Vilken kommun är värd?
            .label = Värdkommun
        new-meeting-theme =
            .question = Vilket tema?
            .label = Tema
        create-meeting-sure =
            .yes = Lägg in mötet
            .no = Nej
        create-meeting-check = Ska jag lägga in mötet? De som är med i { $body } får veta det i chatten.
        create-meeting-done = Mötet är inlagt i { $body }: { $when }.
        create-meeting-dropped = Då lägger jag inte in något.
        create-meeting-past = { $day } har redan varit. Skriv till mig igen med en dag som kommer.
        create-meeting-no-day = Jag behöver en viss dag för att lägga in mötet, och ”{ $words }” är flera. Skriv till mig igen med en dag.
        create-meeting-letter = Nytt möte i { $body }: { $when }. Skriv ”jag kommer” eller ”jag kan inte” till mig.
    """,
    "en": """
        new-meeting = New meeting
            .submit = Add
            .open = Fill in the form
        new-meeting-day =
            .question = Which day?
            .label = Day
        new-meeting-clock =
            .question = What time? Write for example “9–12”.
            .label = Time, for example 9–12
        new-meeting-kind =
            .question = How do you meet?
            .label = Form
            .place = In person
            .digital = Online
            .hybrid = Both
        new-meeting-place =
            .question = Where?
            .label = Place
        new-meeting-host =
            .question = Which municipality is hosting?
            .label = Host municipality
        new-meeting-theme =
            .question = Which theme?
            .label = Theme
        create-meeting-sure =
            .yes = Add the meeting
            .no = No
        create-meeting-check = Shall I add the meeting? The members of { $body } will be told in the chat.
        create-meeting-done = The meeting has been added to { $body }: { $when }.
        create-meeting-dropped = Then I will not add anything.
        create-meeting-past = { $day } is over. Write to me again with a day to come.
        create-meeting-no-day = I need one day to add the meeting, and “{ $words }” is several. Write to me again with a day.
        create-meeting-letter = New meeting of { $body }: { $when }. Write “I will come” or “I cannot come” to me.
    """,
}


@form("new-meeting")
class NewMeeting:
    day: DateValue = date_field()
    clock: str = time_field()
    kind: str = choice_field("place", "digital", "hybrid")
    place: str | None = text_field(required=False, limit=200)
    host: str | None = choice_field(required=False)
    theme: str | None = text_field(required=False, limit=300)


@dialog(
    "create-meeting", intents=("create_meeting",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, changes=True, personal=True, needs=Action.MANAGE_MEETING, forms=(NewMeeting,),
)  # fmt: skip
async def create_meeting(talk: Talk) -> None:
    body = (await which_bodies(talk, one=True))[0]
    await may_manage_body(talk, body)
    towns = await talk.look(meetings.may_host, [body.id])
    said = talk.heard.when
    answers = await talk.fill(
        NewMeeting, choices={"host": [Choice(str(number), name) for number, name in towns]},
        known={"day": said.words if said else None, "clock": _said_clock(said),
               "host": talk.heard.first("muni")},
    )  # fmt: skip
    days = _days(talk, answers)
    host = dict(towns).get(int(answers.host)) if answers.host else None
    when = _shown(talk, days)
    if not await talk.confirm("sure", card=_check(talk, body, answers, when, host)):
        return await talk.say("create-meeting-dropped")
    plan = _plan(body, days, answers)
    number = await talk.do(
        "create-meeting", meetings.create_meeting, talk.person, plan, talk.turn.at
    )
    found = await talk.look(meetings.meeting_by_id, talk.person, number)
    people = await talk.look(meetings.concerned, found, talk.today) if found else []

    def letter(to: Teller) -> Sequence[Reply]:
        shown = card.when(found, to.lang) if found else when
        return [Text(to.text("create-meeting-letter", body=body.name, when=shown))]

    await talk.tell([each for each in people if each != talk.person.id], letter)
    return await talk.say("create-meeting-done", body=body.name, when=when)


def _said_clock(said: DateValue | None) -> str | None:
    """The time that was said with the day: "12 maj kl 9-12"."""
    if said is None or not isinstance(said.start, datetime):
        return None
    ends = f"–{said.end:%H.%M}" if isinstance(said.end, datetime) else ""
    return f"{said.start:%H.%M}{ends}"


def _plan(body: Body, days: Sequence[Day], answers: NewMeeting) -> Plan:
    return Plan(
        bodies=(body.id,), days=tuple(days), format=answers.kind, place=answers.place or "",
        theme=answers.theme or "", host_id=int(answers.host) if answers.host else None,
    )  # fmt: skip


def _days(talk: Talk, answers: NewMeeting) -> list[tuple[datetime, datetime]]:
    first, last = answers.day.first_day, answers.day.last_day
    if first is None or last is None or (last - first).days > 2:
        talk.refuse("create-meeting-no-day", words=answers.day.words)
    starts, _, ends = answers.clock.partition("–")
    begin = _clock(starts)
    until = _clock(ends) if ends else time(min(begin.hour + 2, 23), begin.minute)
    if datetime.combine(last, until) < talk.wall:
        talk.refuse("create-meeting-past", day=_shown_day(talk, first))
    count = (last - first).days + 1
    days = [date.fromordinal(first.toordinal() + add) for add in range(count)]
    return [(datetime.combine(day, begin), datetime.combine(day, until)) for day in days]


def _clock(text: str) -> time:
    hour, _, minute = text.partition(".")
    return time(int(hour), int(minute))


def _shown_day(talk: Talk, day: date) -> str:
    return card.short_day(datetime.combine(day, time()), talk.lang)


def _shown(talk: Talk, days: Sequence[tuple[datetime, datetime]]) -> str:
    return card.days(days, talk.lang)


def _check(talk: Talk, body: Body, answers: NewMeeting, when: str, host: str | None) -> Card:
    facts = [
        Fact(talk.text("meeting-when"), when),
        Fact(talk.text("new-meeting-kind.label"), talk.text(f"new-meeting-kind.{answers.kind}")),
    ]
    given = (
        ("meeting-place", answers.place),
        ("meeting-host", host),
        ("meeting-theme", answers.theme),
    )
    facts += [Fact(talk.text(name), value) for name, value in given if value]
    return Card(body.name, talk.text("create-meeting-check", body=body.name), tuple(facts))
