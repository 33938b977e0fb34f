"""Who comes to a meeting, municipality by municipality, and who has not answered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk, dialog
from bot.reply import Card, Fact
from dialogs.meetings import card
from dialogs.meetings.pick import which_meeting
from storage import meetings
from storage.meetings import Attendee

EXAMPLES = {
    "sv": (
        "Vilka kommer på mötet?",
        "hur många kommer på torsdag",
        "vem har inte svarat på kallelsen",
    ),
    "en": ("who is attending the next meeting", "how many people are coming on Thursday"),
}
NEAR_MISSES = ("vilka är anmälda till dialogdagen", "vilka ingår i nätverket")
TALKS = """
# Bo Fiktivsson · teams
> vilka kommer på mötet?
< Nätverket Vuxenutbildning Skaraborg · torsdag 10 december 2026 … Kommer … Kan inte … Har inte svarat …
"""
TEXTS = {
    "sv": """
        attendees-title = { $body } · { $day }
        attendees-yes = Kommer ({ $count })
        attendees-no = Kan inte ({ $count })
        attendees-open = Har inte svarat ({ $count })
        attendees-nobody = ingen ännu
        attendees-person = { $name }, { $municipality }
    """,
    "en": """
        attendees-title = { $body } · { $day }
        attendees-yes = Coming ({ $count })
        attendees-no = Cannot come ({ $count })
        attendees-open = No answer yet ({ $count })
        attendees-nobody = nobody yet
        attendees-person = { $name }, { $municipality }
    """,
}


@dialog(
    "meeting-attendees", intents=("meeting_attendees",), examples=EXAMPLES,
    near_misses=NEAR_MISSES, talks=TALKS, personal=True,
)  # fmt: skip
async def meeting_attendees(talk: Talk) -> None:
    found = await which_meeting(talk, when=talk.heard.when)
    people = await talk.look(meetings.attendees, found, talk.today)
    groups = {
        "yes": [each for each in people if each.answer == "yes"],
        "no": [each for each in people if each.answer == "no"],
        "open": [each for each in people if each.answer is None],
    }
    day = card.short_day(found.starts, talk.lang)
    await talk.say(
        Card(
            title=talk.text("attendees-title", body=card.bodies(found), day=day),
            facts=tuple(
                Fact(talk.text(f"attendees-{kind}", count=len(group)), _names(talk, group))
                for kind, group in groups.items()
            ),
        )
    )


def _names(talk: Talk, group: Sequence[Attendee]) -> str:
    if not group:
        return talk.text("attendees-nobody")
    return "; ".join(
        talk.text("attendees-person", name=each.name, municipality=each.municipality)
        if each.municipality else each.name
        for each in group
    )  # fmt: skip
