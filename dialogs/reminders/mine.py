"""See what one will be reminded of and when, and change it."""

from __future__ import annotations

from bot import dates
from bot.dialog import Talk, dialog
from bot.reading import clock_of
from bot.reply import Button, Text
from dialogs.mandates import show
from dialogs.meetings import card
from storage import mandates, mornings, reminders
from storage.valid import wall

EXAMPLES = {
    "sv": ("mina påminnelser", "vad kommer du att påminna mig om?"),
    "en": ("my reminders", "what will you remind me about?"),
}
NEAR_MISSES = ("påminn mig på fredag om rapporten", "mina uppdrag")
TALKS = """
# Bo Fiktivsson · teams
> mina påminnelser
< Du har inga egna påminnelser. … Det här påminner jag om av mig själv: … torsdag 3 december 2026 … torsdag 10 december 2026 … [Sluta påminna mig]
> påminn mig på fredag om att ringa Hjo
< …
> vad kommer du att påminna mig om?
< Det här har du bett om: • fredag 27 november 2026 kl. 08.00: ringa Hjo … [Ändra tid] [Ta bort] [Sluta påminna mig]
> [Sluta påminna mig]
< Jag skickar inga fler påminnelser om möten …
> mina påminnelser
< Det här har du bett om: … Påminnelser om möten är avstängda. [Ändra tid] [Ta bort] [Slå på påminnelser]
> [Slå på påminnelser]
< Jag påminner dig igen …
"""
TEXTS = {
    "sv": """
        mine-own = Det här har du bett om:
        mine-none = Du har inga egna påminnelser. Skriv till exempel ”påminn mig på fredag om att boka lokal”.
        mine-line = • { $day } kl. { $clock }: { $about }
        mine-coming = Det här påminner jag om av mig själv:
        mine-meeting = • { $day }: { $body }, { $when }
        mine-more = … och { $count } till senare
        mine-monday = • varje måndag kl. 08.00: din vecka, om det är något på gång
        mine-off = Påminnelser om möten är avstängda.
        mine-reports = Rapporter som du ansvarar för, tills de är inlämnade:
        mine-report = • { $day }: { $report }
        mine-stop = Sluta påminna mig
        mine-start = Slå på påminnelser
    """,
    "en": """
        mine-own = This is what you have asked for:
        mine-none = You have no reminders of your own. Write for example “remind me on Friday to book a room”.
        mine-line = • { $day } at { $clock }: { $about }
        mine-coming = This is what I remind you of by myself:
        mine-meeting = • { $day }: { $body }, { $when }
        mine-more = … and { $count } more later
        mine-monday = • every Monday at 08.00: your week, if there is anything in it
        mine-off = Reminders of meetings are turned off.
        mine-reports = Reports that you are responsible for, until they are handed in:
        mine-report = • { $day }: { $report }
        mine-stop = Stop reminding me
        mine-start = Turn on reminders
    """,
}
LINES = 8


@dialog(
    "my-reminders", intents=("my_reminders",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, personal=True,
)  # fmt: skip
async def my_reminders(talk: Talk) -> None:
    own = await talk.look(reminders.mine, talk.person)
    on = await talk.look(reminders.wanted, talk.person)
    lines = [talk.text("mine-own" if own else "mine-none")]
    lines += [
        talk.text("mine-line", day=dates.show(each.at.date(), talk.lang, week=False),
                  clock=clock_of(each.at), about=each.about)
        for each in own
    ]  # fmt: skip
    lines += await _coming(talk) if on else [talk.text("mine-off")]
    lines += await _reports(talk)
    buttons: list[Button] = []
    if own:
        buttons += [talk.button("remind-move", "move-reminder"),
                    talk.button("remind-drop", "drop-reminder")]  # fmt: skip
    buttons.append(talk.button("mine-stop" if on else "mine-start", "switch-reminders", on=not on))
    await talk.say(Text("\n".join(lines), tuple(buttons)))


@dialog("switch-reminders", personal=True)
async def switch_reminders(talk: Talk) -> None:
    on = bool(talk.heard.value["on"])
    name = "remind-on" if on else "remind-off"
    await talk.do(name, reminders.switch, talk.person, on, talk.turn.at)
    await talk.say(name)


async def _reports(talk: Talk) -> list[str]:
    """Duties: these come also when reminders are turned off."""
    coming = await talk.look(mandates.pings_ahead, talk.person, talk.today)
    lines = [
        talk.text("mine-report", day=dates.show(wall(at).date(), talk.lang, week=False),
                  report=show.name(talk, each))
        for at, each in coming[:LINES]
    ]  # fmt: skip
    return [talk.text("mine-reports"), *lines] if lines else []


async def _coming(talk: Talk) -> list[str]:
    coming = await talk.look(mornings.ahead_of, talk.person, talk.wall)
    lines = [talk.text("mine-coming")]
    lines += [
        talk.text("mine-meeting", day=dates.show(day, talk.lang, week=False),
                  body=card.bodies(each), when=card.short_day(each.starts, talk.lang))
        for day, each in coming[:LINES]
    ]  # fmt: skip
    if len(coming) > LINES:
        lines.append(talk.text("mine-more", count=len(coming) - LINES))
    return [*lines, talk.text("mine-monday")]
