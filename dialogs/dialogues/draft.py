"""What somebody asks for, shown until it is confirmed or dropped: nothing is saved before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialog import Talk
from bot.form import Choice, Field
from bot.reply import Card, Fact
from bot.rules.seats import late
from dialogs.dialogues import card
from dialogs.dialogues.pick import BOTH, part_choices, part_said, sessions_of
from storage.dialogues import Dialogue, Wish

TEXTS = {
    "sv": """
        register-dialogue-check =
            .question = Stämmer detta?
            .yes = Bekräfta
            .change = Ändra
            .topic = Lägg till ämne
            .no = Nej
        register-dialogue-topic =
            .question = Vad vill du prata om? Samordnaren får önskemålen samlade.
        register-dialogue-named =
            .question = Ska ditt namn stå vid önskemålet?
            .yes = Visa mitt namn
            .no = Anonymt
        register-dialogue-other =
            .question = Vad ska vara annorlunda? Välj en del, eller skriv till exempel ”vegan” eller ”verksamhetschef”.
        register-dialogue-sure = Stämmer detta?
        register-dialogue-full = { $part } är full: du får en plats i kön och ett erbjudande när någon lämnar återbud.
        register-dialogue-late = Sista dag var { $day }, så det blir en fråga till samordnaren.
        register-dialogue-who = Anmäls
        register-dialogue-parts = Delar
        register-dialogue-parts-both = { $parts }, bara om båda går
        register-dialogue-wish = Ämne
        register-dialogue-anonymous = { $topic } (anonymt)
        category-principal = Rektor
        category-operations = Verksamhetschef
        category-administration = Förvaltnings- eller skolchef
        category-politician = Politiker
        category-agency = Arbetsförmedlingen
        category-actor = Regional aktör
        category-other = Annat
    """,
    "en": """
        register-dialogue-check =
            .question = Is this right?
            .yes = Confirm
            .change = Change
            .topic = Add a topic
            .no = No
        register-dialogue-topic =
            .question = What would you like to talk about? The coordinator gets all the wishes together.
        register-dialogue-named =
            .question = Shall your name be shown with it?
            .yes = Show my name
            .no = Anonymous
        register-dialogue-other =
            .question = What should be different? Choose a part, or write for example “vegan” or “operations manager”.
        register-dialogue-sure = Is this right?
        register-dialogue-full = { $part } is full: you get a place on the waiting list, and an offer when somebody drops out.
        register-dialogue-late = The last day was { $day }, so it becomes a question to the coordinator.
        register-dialogue-who = Registered
        register-dialogue-parts = Parts
        register-dialogue-parts-both = { $parts }, only if both are possible
        register-dialogue-wish = Topic
        register-dialogue-anonymous = { $topic } (anonymous)
        category-principal = Principal
        category-operations = Operations manager
        category-administration = Head of administration
        category-politician = Politician
        category-agency = Arbetsförmedlingen
        category-actor = Regional actor
        category-other = Other
    """,
}
ROUNDS = 6  # changes of one draft before it must be confirmed or dropped


@dataclass(frozen=True, slots=True)
class Draft:
    part: str
    role: str
    extras: Mapping[str, Any]
    topic: str = ""
    anonymous: bool = False


ROLES: dict[str, tuple[str, ...]] = {
    "principal": ("rektor", "biträdande rektor", "principal", "head teacher"),
    "operations": ("verksamhetschef", "enhetschef", "operations manager"),
    "administration": ("förvaltningschef", "skolchef", "utbildningschef", "administration head"),
    "politician": ("politiker", "nämndordförande", "vice nämndordförande", "nämndledamot",
                   "ledamot", "politician", "committee chair"),
    "agency": ("arbetsförmedlingen", "handläggare"),
    "actor": ("regional aktör", "regional actor"),
    "other": ("annat", "annan", "other"),
}  # fmt: skip


OTHER = "other"


def role_of(words: str) -> str | None:
    """The category that a title or some other words name."""
    said = words.casefold()
    return next(
        (role for role, known in ROLES.items()
         if any(re.search(rf"\b{re.escape(word)}\b", said) for word in known)),
        None,
    )  # fmt: skip


def roles(talk: Talk) -> list[Choice]:
    return [Choice(value, talk.text(f"category-{value}"), words) for value, words in ROLES.items()]


async def checked(
    talk: Talk, found: Dialogue, draft: Draft, parts: Sequence[Choice], name: str
) -> Draft | None:
    """Show the draft until it is confirmed or dropped; nothing is saved before."""
    for _ in range(ROUNDS):
        steps = ["yes", "change", "topic", "no"] if not draft.topic else ["yes", "change", "no"]
        choices = [Choice(each, talk.text(f"register-dialogue-check.{each}")) for each in steps]
        step = await talk.ask(
            "check", Field("choice", open_list=True), choices=choices,
            card=_check(talk, found, draft, name),
        )  # fmt: skip
        if step in {"yes", "no"}:
            return draft if step == "yes" else None
        if step == "topic":
            topic = await talk.ask("topic", Field("text", limit=500))
            named = await talk.confirm("named")
            draft = Draft(draft.part, draft.role, draft.extras, topic, not named)
        else:
            words = await talk.ask("other", Field("text", limit=300), choices=parts)
            draft = _other(talk, found, draft, words)
    return None


def _other(talk: Talk, found: Dialogue, draft: Draft, words: str) -> Draft:
    """The draft with what was written in the place of what it had."""
    values = {each.value for each in part_choices(talk, found)}
    part = words if words in values else part_said(found, words)
    role = role_of(words)
    if part or role:
        return Draft(part or draft.part, role or draft.role, draft.extras, draft.topic,
                     draft.anonymous)  # fmt: skip
    return Draft(draft.part, draft.role, {**draft.extras, "diet": words}, draft.topic,
                 draft.anonymous)  # fmt: skip


def wish_of(found: Dialogue, draft: Draft) -> Wish:
    return Wish(
        sessions_of(found, draft.part), draft.role, draft.part == BOTH,
        topic=draft.topic, anonymous=draft.anonymous, **draft.extras,
    )  # fmt: skip


def _check(talk: Talk, found: Dialogue, draft: Draft, name: str) -> Card:
    sessions = sessions_of(found, draft.part)
    shown = card.parts(found, sessions, talk)
    if draft.part == BOTH:
        shown = talk.text("register-dialogue-parts-both", parts=shown)
    facts = [*([Fact(talk.text("register-dialogue-who"), name)] if name else []),
             *card.public(found, talk), Fact(talk.text("register-dialogue-parts"), shown),
             Fact(talk.text("registration-role.label"), talk.text(f"category-{draft.role}"))]  # fmt: skip
    for field, value in draft.extras.items():
        words = (
            value if isinstance(value, str) else talk.text("answer-yes" if value else "answer-no")
        )
        facts.append(Fact(talk.text(f"registration-{field}.label"), words))
    if draft.topic:
        wish = talk.text("register-dialogue-anonymous", topic=draft.topic)
        facts.append(Fact(talk.text("register-dialogue-wish"), wish if draft.anonymous else draft.topic))  # fmt: skip
    notes = [talk.text("register-dialogue-sure")]
    if found.state == "closed" or late(found.last_day, talk.today):
        notes.append(talk.text("register-dialogue-late", day=card.day(found.last_day, talk.lang)))
    else:
        full = [
            card.the_part(each, talk)
            for each in found.sessions
            if each.id in sessions and each.full
        ]
        notes += [talk.text("register-dialogue-full", part=f"{each[:1].upper()}{each[1:]}") for each in full]  # fmt: skip
    return Card(card.title(found, talk), " ".join(notes), tuple(facts))
