"""The participants as a file, as the states of a registration are called in it."""

from __future__ import annotations

from bot.dialog import Talk
from bot.reply import File
from bot.rules.sheet import XLSX, to_csv, to_xlsx
from dialogs.dialogues import card
from storage import dialogues
from storage.dialogues import Dialogue, Participant

TEXTS = {
    "sv": """
        seat-state-registered = anmäld
        seat-state-waiting = i kö
        seat-state-offered = erbjuden plats
        seat-state-late = sen fråga
        seat-state-present = närvarande
        seat-state-absent = frånvarande
        dialogue-list-name = Namn
        dialogue-list-town = Kommun
        dialogue-list-role = Roll
        dialogue-list-email = E-post
        dialogue-list-dinner = Middag
        dialogue-list-lodging = Övernattning
        dialogue-list-instead = I stället för
        dialogue-list-file = anmälda
        dialogue-list-text = { $count } rader. Kost och behov finns inte med i filen: be om ”kost till köket”.
    """,
    "en": """
        seat-state-registered = registered
        seat-state-waiting = waiting
        seat-state-offered = offered a seat
        seat-state-late = late request
        seat-state-present = present
        seat-state-absent = absent
        dialogue-list-name = Name
        dialogue-list-town = Municipality
        dialogue-list-role = Role
        dialogue-list-email = Email
        dialogue-list-dinner = Dinner
        dialogue-list-lodging = Lodging
        dialogue-list-instead = In place of
        dialogue-list-file = participants
        dialogue-list-text = { $count } rows. Diet and needs are not in the file: ask for “diets for the kitchen”.
    """,
}
CSV = "text/csv"
_COLUMNS = ("name", "town", "role", "email", "dinner", "lodging", "instead")


async def say_files(talk: Talk, found: Dialogue, kind: str) -> None:
    people = await talk.look(dialogues.participants, talk.person, found.id, talk.today)
    heads = [talk.text(f"dialogue-list-{each}") for each in _COLUMNS]
    parts = [f"{card.part(each, talk)} {each.starts:%Y-%m-%d}" for each in found.sessions]
    rows = [[*heads, *parts], *(_row(talk, found, each) for each in people)]
    name = f"{talk.text('dialogue-list-file')}-{found.starts:%Y-%m-%d}.{kind}"
    content = to_csv(rows) if kind == "csv" else to_xlsx(rows, talk.text("dialogue-list-file"))
    text = talk.text("dialogue-list-text", count=len(people))
    await talk.say(File(name, content, CSV if kind == "csv" else XLSX, text))


def _row(talk: Talk, found: Dialogue, each: Participant) -> list[str]:
    def yes(value: bool | None) -> str:
        return "" if value is None else talk.text("answer-yes" if value else "answer-no")

    role = talk.text(f"category-{each.role}") if each.role in _ROLES else each.role
    states = [
        talk.text(f"seat-state-{each.sessions[session.id]}") if session.id in each.sessions else ""
        for session in found.sessions
    ]
    return [each.name, each.municipality, role, each.email, yes(each.dinner), yes(each.lodging),
            each.in_place_of, *states]  # fmt: skip


_ROLES = frozenset(
    "principal operations administration politician agency actor other".split()
)  # fmt: skip
