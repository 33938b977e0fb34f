"""What is told to everybody concerned when a dialogue day changes or is cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.dialog import Teller
from bot.reply import Reply, Text
from bot.timer import Post, Timer, rule
from dialogs.dialogues import card
from storage import dialogues
from storage.dialogues import Dialogue, Registration

TEXTS = {
    "sv": """
        manage-dialogue-changed = Ändring av { $title } { $day }: { $what } är nu { $after }, i stället för { $before }. Din anmälan står kvar.
        manage-dialogue-cancelled = { $title } { $day } är inställd. Din anmälan är borttagen.
    """,
    "en": """
        manage-dialogue-changed = A change of { $title } on { $day }: { $what } is now { $after } instead of { $before }. Your registration stands.
        manage-dialogue-cancelled = { $title } on { $day } has been cancelled. Your registration has been removed.
    """,
}


@rule("dialogue-changed", texts=TEXTS)
def changed(post: Post, due: Timer) -> None:
    """Tell whom it concerns, with a calendar file that takes the place of the old one."""
    found = post.look(dialogues.any_dialogue, int(due.subject.removeprefix("dialogue:")))
    if found is None or found.state not in {"open", "closed"}:
        return
    field, before = str(due.values["field"]), str(due.values["before"])

    def letter(to: Teller) -> Sequence[Reply]:
        values: dict[str, str | date] = {
            "place": found.place,
            "last": found.last_day,
            "day": found.starts.date(),
        }
        shown = [
            each if field == "place" else card.day(_date(each), to.lang)
            for each in (before, values[field])
        ]
        return [Text(to.text(
            "manage-dialogue-changed", title=found.title, day=card.day(found, to.lang),
            what=to.text(f"manage-dialogue-field-{field}"), before=shown[0], after=shown[1],
        ))]  # fmt: skip

    _tell_each(post, found, letter)


@rule("dialogue-cancelled", texts=TEXTS)
def cancelled(post: Post, due: Timer) -> None:
    found = post.look(dialogues.any_dialogue, int(due.subject.removeprefix("dialogue:")))
    if found is None or found.state != "cancelled":
        return

    def letter(to: Teller) -> Sequence[Reply]:
        return [Text(to.text("manage-dialogue-cancelled", title=found.title,
                             day=card.day(found, to.lang)))]  # fmt: skip

    _tell_each(post, found, letter)


def _tell_each(post: Post, found: Dialogue, letter: Callable[[Teller], Sequence[Reply]]) -> None:
    """Everybody gets the words; whoever has a seat also gets their own calendar file."""
    for mine in post.look(dialogues.registrations, found.id):
        if not mine.standing:
            continue

        def own(to: Teller, mine: Registration = mine) -> Sequence[Reply]:
            text = to.text(
                f"dialogue-calendar-{'gone' if found.state == 'cancelled' else 'changed'}"
            )
            file = card.calendar_file(found, mine, to, text=text)
            return [*letter(to), *([file] if file else [])]

        post.tell([mine.person], own)


def _date(value: str | date) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
