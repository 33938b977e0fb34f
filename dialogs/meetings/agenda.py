"""What a meeting is about: its agenda, with the rest of the card beside it."""

from __future__ import annotations

from bot.dialog import Talk, dialog
from dialogs.meetings import card
from dialogs.meetings.pick import which_meeting
from storage import meetings

EXAMPLES = {
    "sv": ("Vad står på dagordningen till nästa möte?", "visa dagordningen", "kallelsen?"),
    "en": ("what's on the agenda", "show the agenda for the next meeting"),
}
NEAR_MISSES = ("jag vill föreslå en punkt till dagordningen", "när är nästa möte")
TALKS = """
# Bo Fiktivsson · teams
> vad står på dagordningen?
< Nätverket Vuxenutbildning Skaraborg … Dagordning: 1. …
"""
TEXTS = {
    "sv": """
        meeting-agenda-none = Det finns ingen dagordning ännu. Du kan föreslå en punkt: skriv ”föreslå en punkt om …”.
    """,
    "en": """
        meeting-agenda-none = There is no agenda yet. You can propose an item: write “propose an item about …”.
    """,
}


@dialog(
    "meeting-agenda", intents=("meeting_agenda",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS,
)  # fmt: skip
async def meeting_agenda(talk: Talk) -> None:
    found = await which_meeting(talk, when=talk.heard.when)
    items = await talk.look(meetings.agenda, found.id)
    text = "" if items else talk.text("meeting-agenda-none")
    await talk.say(await card.card(talk, found, text=text, with_agenda=True))
