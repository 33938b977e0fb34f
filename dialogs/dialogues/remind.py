"""Reminders before the last day, only to those municipalities that have not answered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk, Teller, dialog
from bot.reply import Button, Reply, Text
from bot.rules.seats import standing
from bot.timer import Post, Timer, rule
from dialogs.dialogues import card
from dialogs.dialogues.pick import which_dialogue
from storage import dialogues
from storage.dialogues import Dialogue

TEXTS = {
    "sv": """
        dialogue-missing-letter = Ingen från din kommun är anmäld till { $title } { $day } ännu. Sista dag att anmäla sig är { $last }. Alla är välkomna: politiker, rektorer, chefer och andra.
        dialogue-missing-none = Vi skickar ingen
        dialogue-missing-noted = Tack, då påminner jag inte din kommun mer. Ändrar ni er är ni välkomna att anmäla er.
        dialogue-missing-week = Om en vecka, { $last }, stänger anmälan till { $title } { $day }. { $missing ->
            [0] Alla kommuner har hört av sig.
           *[other] Från { $missing } kommuner har ingen hört av sig: { $names }.
        } Anmälda: { $seats }.
        dialogue-summary-due = Sammanställningen efter { $title } { $day } ska vara klar den här månaden. Önskade ämnen och antal finns här:
        no-municipality = Du hör inte till någon kommun i registret, så jag kan inte tacka nej för en. Be samordnaren.
        registered-of-parts = { $part } { $taken }
    """,
    "en": """
        dialogue-missing-letter = Nobody from your municipality is registered for { $title } on { $day } yet. The last day to register is { $last }. Everybody is welcome: politicians, principals, managers and others.
        dialogue-missing-none = We send nobody
        dialogue-missing-noted = Thank you, then I will not remind your municipality again. If you change your minds you are welcome to register.
        dialogue-missing-week = In a week, on { $last }, registration for { $title } on { $day } closes. { $missing ->
            [0] All municipalities have been in touch.
           *[other] From { $missing } municipalities nobody has been in touch: { $names }.
        } Registered: { $seats }.
        dialogue-summary-due = The summary after { $title } on { $day } is due this month. The topics wished for and the counts are here:
        no-municipality = You belong to no municipality in the register, so I cannot decline for one. Ask the coordinator.
        registered-of-parts = { $part } { $taken }
    """,
}


@dialog("remind-missing", personal=True, changes=True)
async def remind_missing(talk: Talk) -> None:
    """The coordinator's button: show the text, or send it to the contacts of those missing."""
    found = await which_dialogue(talk)
    towns = await talk.look(dialogues.towns_missing, talk.person, found.id, talk.today)
    missing = standing(towns, "missing")
    if talk.heard.value.get("show"):
        text, buttons = _letter(found, talk)
        return await talk.say(Text(text, buttons))
    if not missing:
        return await talk.say("registered-reminded-none")
    people = await talk.do(
        "remind-missing", dialogues.remind, talk.person, found.id, talk.turn.at,
        subject=f"dialogue:{found.id}", detail={"towns": ",".join(str(each.id) for each in missing)},
    )  # fmt: skip
    names = ", ".join(each.name for each in missing)
    return await talk.say("registered-reminded", count=people, names=names)


@rule("dialogue-remind", texts=TEXTS)
def remind(post: Post, due: Timer) -> None:
    """Write to the contacts of the municipalities that are missing at this moment."""
    found = _open(post, due)
    if found is None:
        return
    towns = post.look(dialogues.municipalities, found.id, found.region)
    missing = [each.id for each in standing(towns, "missing")]
    people = post.look(dialogues.contacts, found, missing, post.today)

    def letter(to: Teller) -> Sequence[Reply]:
        text, buttons = _letter(found, to)
        return [Text(text, buttons)]

    post.tell(people, letter)


@rule("dialogue-last-day", texts=TEXTS)
def last_day(post: Post, due: Timer) -> None:
    """The working day before the last one: the same reminder, to the same people only."""
    remind.function(post, due)


@rule("dialogue-missing", texts=TEXTS)
def week_before(post: Post, due: Timer) -> None:
    """A week before the last day the coordinator sees how it stands."""
    found = _open(post, due)
    if found is None:
        return
    towns = post.look(dialogues.municipalities, found.id, found.region)
    missing = [each.name for each in standing(towns, "missing")]

    def letter(to: Teller) -> Sequence[Reply]:
        seats = ", ".join(
            to.text("registered-of-parts", part=card.part(each, to), taken=each.taken)
            for each in found.sessions
        )
        text = to.text("dialogue-missing-week", missing=len(missing), names=", ".join(missing), seats=seats,
                       **_facts(found, to))  # fmt: skip
        button = to.button("registered-remind", "remind-missing", dialogue=found.id)
        return [Text(text, (button,) if missing else ())]

    post.tell(post.look(dialogues.coordinators, found.region, post.today), letter)


@rule("dialogue-closes", texts=TEXTS)
def closes(post: Post, due: Timer) -> None:
    """After the last day registration is closed; who comes later asks the coordinator."""
    found = _open(post, due)
    if found is not None and found.last_day <= post.today:
        post.do("close-registration", dialogues.close, found.id, post.now)


@rule("dialogue-held", texts=TEXTS)
def held(post: Post, due: Timer) -> None:
    post.do("dialogue-held", dialogues.mark_held, _number(due), post.now)


@rule("dialogue-forget", texts=TEXTS)
def forget(post: Post, due: Timer) -> None:
    """Two weeks after the event nothing is left of what people eat and need."""
    post.do("forget-needs", dialogues.forget_needs, _number(due))


@rule("dialogue-summary", texts=TEXTS)
def summary(post: Post, due: Timer) -> None:
    """The month in which the summary is due has begun."""
    found = post.look(dialogues.any_dialogue, _number(due))
    if found is None or found.state != "held":
        return

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text("dialogue-summary-due", title=found.title, day=card.day(found, to.lang))
        topics = to.button(
            "registered-topics", "list-registrations", dialogue=found.id, show="topics"
        )
        people = to.button("dialogue-participants", "list-registrations", dialogue=found.id)
        return [Text(text, (topics, people))]

    post.tell(post.look(dialogues.coordinators, found.region, post.today), letter)


@dialog("decline-dialogue", personal=True, changes=True)
async def decline_dialogue(talk: Talk) -> None:
    """ "Vi skickar ingen": the municipality is not reminded any more."""
    number = int(talk.heard.value.get("dialogue", 0))
    await talk.do("decline-dialogue", dialogues.decline, talk.person, number, talk.turn.at,
                  subject=f"dialogue:{number}")  # fmt: skip
    await talk.say("dialogue-missing-noted")


def _letter(found: Dialogue, to: Talk | Teller) -> tuple[str, tuple[Button, ...]]:
    buttons = (
        to.button("dialogue-sign-up", "register-dialogue", dialogue=found.id),
        to.button("dialogue-missing-none", "decline-dialogue", dialogue=found.id),
    )
    return to.text("dialogue-missing-letter", **_facts(found, to)), buttons


def _facts(found: Dialogue, to: Talk | Teller) -> dict[str, str]:
    return {
        "title": found.title, "day": card.day(found, to.lang),
        "last": card.day(found.last_day, to.lang),
    }  # fmt: skip


def _open(post: Post, due: Timer) -> Dialogue | None:
    """The dialogue as it is now, if people may still register."""
    found = post.look(dialogues.any_dialogue, _number(due))
    return found if found is not None and found.state == "open" else None


def _number(due: Timer) -> int:
    return int(due.subject.removeprefix("dialogue:"))
