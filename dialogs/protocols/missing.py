"""Which minutes are missing, who owes them, and how far the others have come."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from bot.reply import Text
from bot.rules.protocol import State
from dialogs.meetings.card import bodies as names
from dialogs.meetings.pick import borders, span
from dialogs.protocols import card
from storage import bodies, protocols
from storage.protocols import Missing

EXAMPLES = {
    "sv": ("Vilka protokoll saknas?", "vem har inte lämnat in protokoll", "är alla protokoll inne"),
    "en": ("which minutes are missing", "who hasn't submitted their minutes"),
}
NEAR_MISSES = ("visa protokollet från oktober", "vilka möten har vi i höst")
TALKS = """
# Bo Fiktivsson · teams
> vilka protokoll saknas?
< Inget protokoll saknas. Ett är på väg: • torsdag 12 november 2026, Nätverket Vuxenutbildning Skaraborg: väntar på justering

# Ida Skenlund · slack
> vilka protokoll saknas?
< Ett protokoll saknas: • torsdag 19 november 2026, Arbetsgrupp Resurser: ingen är utsedd till sekreterare

# Bo Fiktivsson · slack
> which minutes are missing?
< No minutes are missing. One set is on its way: • Thursday 12 November 2026, Nätverket Vuxenutbildning Skaraborg: waiting for approval
"""
TEXTS = {
    "sv": """
        missing-none = Inget protokoll saknas.
        missing-some = { $count ->
            [one] Ett protokoll saknas:
           *[other] { $count } protokoll saknas:
        }
        missing-coming = { $count ->
            [one] Ett är på väg:
           *[other] { $count } är på väg:
        }
        missing-line = { $day }, { $body }: { $who }
        missing-late = { $who } (försenat)
        missing-nobody = ingen är utsedd till sekreterare
        missing-draft = utkast
        missing-for_approval = väntar på justering
        missing-remarked = väntar på en ny version
        missing-approved = justerat, på väg till brevlådan
        missing-not_sent = justerat, men inte skickat
    """,
    "en": """
        missing-none = No minutes are missing.
        missing-some = { $count ->
            [one] One set of minutes is missing:
           *[other] { $count } sets of minutes are missing:
        }
        missing-coming = { $count ->
            [one] One set is on its way:
           *[other] { $count } sets are on their way:
        }
        missing-line = { $day }, { $body }: { $who }
        missing-late = { $who } (late)
        missing-nobody = nobody is appointed secretary
        missing-draft = draft
        missing-for_approval = waiting for approval
        missing-remarked = waiting for a new version
        missing-approved = approved, on the way to the mailbox
        missing-not_sent = approved, but not sent
    """,
}
LINES = 20


@dialog(
    "missing-protocols", intents=("missing_minutes",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS,
)  # fmt: skip
async def missing_protocols(talk: Talk) -> None:
    mine = await talk.look(bodies.visible, talk.person)
    said = talk.heard.first("group")
    one = await talk.look(bodies.find_body, talk.person, said) if said else None
    ids = [one.id] if one else [each.id for each in mine]
    when = talk.heard.when
    since = borders(span(when))[0] if when and when.first_day else None
    found = await talk.look(protocols.missing, talk.person, ids, talk.wall, since)
    if when and when.last_day:
        found = [each for each in found if each.meeting.starts.date() <= when.last_day]
    absent = [each for each in found if each.state is State.MISSING]
    coming = [each for each in found if each.state is not State.MISSING]
    parts = [talk.text("missing-some", count=len(absent)) if absent else talk.text("missing-none")]
    parts += [_line(talk, each) for each in absent[:LINES]]
    if coming:
        parts.append(talk.text("missing-coming", count=len(coming)))
        parts += [_line(talk, each) for each in coming[:LINES]]
    await talk.say(Text("\n".join(parts)))


def _line(talk: Talk, each: Missing) -> str:
    if each.state is State.MISSING:
        who = each.meeting.secretary or talk.text("missing-nobody")
        who = talk.text("missing-late", who=who) if each.late else who
    else:
        who = talk.text(f"missing-{each.state.value}")
    day = card.day(each.meeting, talk.lang)
    return "• " + talk.text("missing-line", day=day, body=names(each.meeting), who=who)
