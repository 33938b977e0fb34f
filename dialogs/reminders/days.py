"""Choose how many days before its meetings a body is reminded of them."""

from __future__ import annotations

import re

from bot.dialog import Talk, dialog
from bot.form import Field
from dialogs.meetings.pick import which_bodies
from storage import mornings

TALKS = """
# Asta Fiktberg · teams
> påminn alla i nätverket 14 och 3 dagar före varje möte
< Från och med nu påminns Nätverket Vuxenutbildning Skaraborg 14 och 3 dagar före sina möten.
> påminn nätverket en vecka och en dag innan mötena
< … 7 och 1 dagar före …

# Bo Fiktivsson · teams
> påminn medlemmarna i nätverket två veckor före mötena
< Det här får ordföranden göra: Asta Fiktberg. …

# Asta Fiktberg · slack
> remind everybody in the network before each meeting
< How many days before the meetings? Write for example “14 and 3 days”.
> ten days or so
< How many days before the meetings? …
> 10 days
< … 10 days before …
"""
TEXTS = {
    "sv": """
        reminder-days-which =
            .question = Hur många dagar före mötena? Skriv till exempel ”14 och 3 dagar”.
        reminder-days-done = Från och med nu påminns { $body } { $days } dagar före sina möten.
        reminder-days-and = { $first } och { $last }
    """,
    "en": """
        reminder-days-which =
            .question = How many days before the meetings? Write for example “14 and 3 days”.
        reminder-days-done = From now on { $body } is reminded { $days } days before its meetings.
        reminder-days-and = { $first } and { $last }
    """,
}
WHICH = Field("text", limit=100)
_NUMBERS = {"en": 1, "ett": 1, "a": 1, "one": 1, "två": 2, "two": 2, "tre": 3, "three": 3,
            "fyra": 4, "four": 4, "fem": 5, "five": 5, "sex": 6, "six": 6, "sju": 7, "seven": 7}  # fmt: skip
_PART = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_NUMBERS)})\b(?:\s+(dag|veck|day|week))?", re.IGNORECASE
)
MOST = 3  # times


@dialog("reminder-days", talks=TALKS, personal=True)
async def reminder_days(talk: Talk) -> None:
    chosen = await talk.note("days", list(days_in(talk.heard.text)))
    body = (await which_bodies(talk, one=True))[0]
    while not chosen:
        chosen = list(days_in(str(await talk.ask("which", WHICH, text="reminder-days-which"))))
    await talk.do("reminder-days", mornings.set_days, talk.person, body.id, chosen, talk.today,
                  subject=f"body:{body.id}")  # fmt: skip
    *more, last = (str(each) for each in chosen)
    days = talk.text("reminder-days-and", first=", ".join(more), last=last) if more else last
    await talk.say("reminder-days-done", body=body.name, days=days)


def days_in(text: str) -> list[int]:
    """Whole days, the most first: "14 och 3 dagar", "en vecka och en dag"."""
    found: set[int] = set()
    unit = ""
    for number, of in reversed(_PART.findall(text)):
        unit = of.casefold() or unit
        if unit:
            count = _NUMBERS.get(number.casefold()) or int(number)
            found.add(count * (7 if unit in {"veck", "week"} else 1))
    return sorted((each for each in found if 0 < each <= 90), reverse=True)[:MOST]
