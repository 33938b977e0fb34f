"""What is still to be done after the meetings, by whom and until when; and say that it is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot import dates
from bot.dialog import BUTTONS, Talk, Teller, dialog
from bot.form import Choice
from bot.reply import Button, Reply, Text
from bot.timer import Post, Timer, rule
from storage import bodies, decisions
from storage.decisions import ActionPoint
from storage.decisions import follow as following

EXAMPLES = {
    "sv": ("vilka åtgärdspunkter har vi", "visa mina åtgärdspunkter", "min åtgärdspunkt är klar"),
    "en": ("what are my action points", "mark the action point as done"),
}
NEAR_MISSES = (
    "vilka punkter står på dagordningen",
    "vilka uppdrag har vi",
    "föreslå en punkt om validering",
)
TALKS = """
# Bo Fiktivsson · teams
> vilka åtgärdspunkter har vi?
< Åtgärdspunkter i Nätverket Vuxenutbildning Skaraborg: • Lena Modellson tar fram en gemensam prislista för KomX … Ansvarig: Lena Modellson. Senast fredag 20 november 2026 (försenat) • … Skara … • Kontakta lärosätena …

# Lena Modellson · slack
> min åtgärdspunkt är klar
< Bra! Då är den här klar: ”Lena Modellson tar fram en gemensam prislista för KomX senast den 20 november 2026.”
> visa mina åtgärdspunkter
< Du har inga åtgärdspunkter kvar.

# Lena Modellson · slack
> what are my action points?
< Your action points: • Lena Modellson tar fram … (late) [Done]
"""
TEXTS = {
    "sv": """
        points-title = Åtgärdspunkter i { $body }:
        points-own = Dina åtgärdspunkter:
        points-none = Det finns inga öppna åtgärdspunkter i { $body }.
        points-own-none = Du har inga åtgärdspunkter kvar.
        points-who = Ansvarig: { $who }.
        points-due = Senast { $day }
        points-late = (försenat)
        points-done = Klar
        point-done-which =
            .question = Vilken åtgärdspunkt är klar?
        point-done-said = Bra! Då är den här klar: ”{ $text }”
        point-coming = Du har en åtgärdspunkt från { $body } som ska vara klar senast { $day }: ”{ $text }”
        point-past = Din åtgärdspunkt från { $body } skulle ha varit klar senast { $day }: ”{ $text }” Hör av dig till ordföranden om du behöver mer tid.
    """,
    "en": """
        points-title = Action points of { $body }:
        points-own = Your action points:
        points-none = There are no open action points in { $body }.
        points-own-none = You have no action points left.
        points-who = Responsible: { $who }.
        points-due = By { $day }
        points-late = (late)
        points-done = Done
        point-done-which =
            .question = Which action point is done?
        point-done-said = Good! Then this one is done: “{ $text }”
        point-coming = You have an action point from { $body } to be done by { $day }: “{ $text }”
        point-past = Your action point from { $body } should have been done by { $day }: “{ $text }” Contact the chair if you need more time.
    """,
}
LINES = 15
_DONE = re.compile(
    r"\b(?:klar[at]?|färdig[at]?|gjord|gjort|bocka|avbocka|done|finished|completed?)\b", re.I
)
_NOT = re.compile(r"\b(?:inte|ej|not|är .{0,20}klara\?|vilka|which|visa|show)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:min|mina|mitt|jag|vår|våra|my|mine|our|i)\b", re.IGNORECASE)


@dialog(
    "action-points", intents=("action_points",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, personal=True,
)  # fmt: skip
async def action_points(talk: Talk) -> None:
    text = talk.heard.text
    done = await talk.note("done", bool(_DONE.search(text)) and not _NOT.search(text))
    own = await talk.note("own", bool(_OWN.search(text)))
    chosen = await _bodies(talk)
    ids = [each.id for each in chosen]
    found = await talk.look(decisions.points, talk.person, ids, own or done)
    if not found and (own or done):
        return await talk.say("points-own-none")
    if done:
        return await _which_is_done(talk, found)
    name = " / ".join(each.name for each in chosen)
    if not found:
        return await talk.say("points-none", body=name)
    head = talk.text("points-own") if own else talk.text("points-title", body=name)
    lines = [head, *(f"• {_line(talk, each)}" for each in found[:LINES])]
    buttons = (_done(talk, found[0]),) if own and len(found) == 1 else ()
    return await talk.say(Text("\n".join(lines), buttons))


@dialog("point-done", changes=True, personal=True)
async def point_done(talk: Talk) -> None:
    await _finish(talk, int(talk.heard.value["point"]))


async def _bodies(talk: Talk) -> Sequence[bodies.Body]:
    said = talk.heard.first("group")
    one = await talk.look(bodies.find_body, talk.person, said) if said else None
    if one is not None:
        return [one]
    mine = await talk.look(bodies.of_person, talk.person)
    return mine or await talk.look(bodies.visible, talk.person)


async def _which_is_done(talk: Talk, found: Sequence[ActionPoint]) -> None:
    choices = [Choice(str(each.id), each.text[:70]) for each in found[:BUTTONS]]
    number = await talk.choose("which", choices, text="point-done-which")
    await _finish(talk, int(number))


async def _finish(talk: Talk, number: int) -> None:
    text = await talk.do("point-done", decisions.finish_point, talk.person, number, talk.turn.at,
                         subject=f"action:{number}")  # fmt: skip
    await talk.say("point-done-said", text=text)


def _line(talk: Talk, each: ActionPoint) -> str:
    parts = [each.text]
    if each.who:
        parts.append(talk.text("points-who", who=each.who))
    if each.due_on is not None:
        parts.append(talk.text("points-due", day=_day(each.due_on, talk.lang)))
    if each.late(talk.today):
        parts.append(talk.text("points-late"))
    return " ".join(parts)


def _day(when: date, lang: str) -> str:
    return dates.show(when, lang, week=False)


def _done(talk: Talk | Teller, each: ActionPoint) -> Button:
    return talk.button("points-done", "point-done", point=each.id)


@rule(following.DUE, texts=TEXTS)
def point_due(post: Post, due: Timer) -> None:
    """A week before the day, and on the first working day after it."""
    found = post.look(following.open_point, int(due.subject.split(":")[1]))
    if found is None or found.due_on is None:
        return
    last = found.due_on
    name = "point-past" if last < post.today else "point-coming"

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text(name, body=found.body_name, day=_day(last, to.lang), text=found.text)
        return [Text(text, (_done(to, found),))]

    post.tell(post.look(following.owners, found, post.today), letter)
