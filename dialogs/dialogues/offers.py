"""A seat that came free: the offer, the answer to it, and what follows when nobody answers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk, Teller, dialog
from bot.reply import Reply, Text
from bot.timer import Post, Timer, rule
from dialogs.dialogues import card
from dialogs.dialogues.change import say_own
from storage import dialogues
from storage.dialogues import Dialogue, guests

TALKS = """
# Nora Provén · slack
> ja tack
< Jag väntar inte på något svar just nu. …
"""
TEXTS = {
    "sv": """
        dialogue-offer = En plats är ledig på { $parts } ({ $title }, { $day }). Svara senast { $until }. Svarar du inte går den vidare till nästa i kön.
        dialogue-offer-link = Svara på webbsidan, med länken i din inbjudan.
        dialogue-offer-yes = Ja tack
        dialogue-offer-no = Nej tack
        dialogue-offer-ended = Erbjudandet om { $parts } ({ $title }, { $day }) gick ut { $until }, så platsen har gått vidare. Du står inte längre i kön. Anmäl dig igen om du vill ställa dig sist.
        dialogue-offer-declined = Tack för beskedet. Platsen går vidare, och du står inte längre i kön.
        offer-ended = Det erbjudandet gäller inte längre. Skriv ”anmäl mig till dialogen” om du vill ställa dig i kön igen.
        dialogue-free-seat = En plats på { $part } är ledig ({ $title }, { $day }), men det är mindre än ett dygn kvar, så jag erbjuder den inte själv. { $count } står i kö. Ring gärna den som står först, { $name }, och ge platsen sedan.
        dialogue-give = Ge platsen till den första i kön
        dialogue-given = { $name } har fått platsen på { $part } och vet det.
        dialogue-given-nobody = Ingen står i kö längre, eller så är platsen redan tagen.
        dialogue-given-you = Du har fått en plats på { $part } ({ $title }, { $day }). Välkommen!
    """,
    "en": """
        dialogue-offer = A seat is free in { $parts } ({ $title }, { $day }). Answer by { $until }. Without an answer it goes on to the next in line.
        dialogue-offer-link = Answer on the web page, by the link in your invitation.
        dialogue-offer-yes = Yes, please
        dialogue-offer-no = No, thank you
        dialogue-offer-ended = The offer of { $parts } ({ $title }, { $day }) ended on { $until }, so the seat has gone on. You are no longer on the waiting list. Register again if you want to be last in line.
        dialogue-offer-declined = Thank you for telling me. The seat goes on, and you are no longer on the waiting list.
        offer-ended = That offer is no longer open. Write “sign me up for the dialogue” if you want to join the waiting list again.
        dialogue-free-seat = A seat in { $part } is free ({ $title }, { $day }), but there is less than a day left, so I do not offer it by myself. { $count } are waiting. Please call the first one, { $name }, and then give the seat.
        dialogue-give = Give the seat to the first in line
        dialogue-given = { $name } has got the seat in { $part }, and knows it.
        dialogue-given-nobody = Nobody is waiting any more, or the seat is taken already.
        dialogue-given-you = You have got a seat in { $part } ({ $title }, { $day }). Welcome!
    """,
}


@dialog("answer-offer", talks=TALKS, changes=True, personal=True)
async def answer_offer(talk: Talk) -> None:
    """By the button of the offer, which is one's own to press and nobody else's."""
    number, said = int(talk.heard.value.get("registration", 0)), talk.heard.value.get("answer")
    await answer(talk, number, str(said))


async def answer_in_words(talk: Talk, said: str) -> bool:
    """ "ja tack" with nothing else open: to the offer that is running; False if there is none."""
    running = await talk.look(dialogues.offers_to, talk.person.id, talk.turn.at)
    if not running:
        return False
    await answer(talk, running[0].id, said)
    return True


async def answer(talk: Talk, number: int, said: str) -> None:
    mine = await talk.look(dialogues.registration_by_id, number)
    if mine is None or mine.person != talk.person.id:
        talk.refuse("offer-ended")
    found = await talk.look(dialogues.dialogue_by_id, talk.person, mine.dialogue)
    if found is None:
        talk.refuse("offer-ended")
    detail = {"answer": said}
    if said != "yes":
        await talk.do("decline-offer", dialogues.decline_offer, talk.person, number, talk.turn.at,
                      subject=f"registration:{number}", detail=detail)  # fmt: skip
        return await talk.say("dialogue-offer-declined")
    await talk.do("accept-offer", dialogues.accept, talk.person, number, talk.turn.at,
                  subject=f"registration:{number}", detail=detail)  # fmt: skip
    return await say_own(talk, found, [])


@dialog("give-seat", personal=True, changes=True)
async def give_seat(talk: Talk) -> None:
    """The coordinator's button on the last day before: the first in line gets the free seat."""
    number, session = int(talk.heard.value["dialogue"]), int(talk.heard.value["session"])
    found = await talk.look(dialogues.dialogue_by_id, talk.person, number)
    if found is None:
        talk.refuse("no-such-dialogue")
    given = await talk.do(
        "give-seat", dialogues.give, talk.person, number, session, talk.turn.at,
        subject=f"dialogue:{number}", detail={"session": str(session)},
    )  # fmt: skip
    mine = await talk.look(dialogues.registration_by_id, given) if given else None
    if mine is None:
        return await talk.say("dialogue-given-nobody")

    def letter(to: Teller) -> Sequence[Reply]:
        part = card.the_part(found.session(session), to)
        text = to.text("dialogue-given-you", part=part, title=found.title,
                       day=card.day(found, to.lang))  # fmt: skip
        file = card.calendar_file(found, mine, to, text=text)
        return [file or Text(text)]

    await talk.tell([mine.person], letter)
    part = card.the_part(found.session(session), talk)
    return await talk.say("dialogue-given", name=mine.person_name, part=part)


@rule("dialogue-offer", texts=TEXTS)
def offer(post: Post, due: Timer) -> None:
    """Tell whoever got the seat, unless it has been answered or taken back meanwhile."""
    number = int(due.subject.removeprefix("registration:"))
    mine = post.look(dialogues.registration_by_id, number)
    found = post.look(dialogues.any_dialogue, mine.dialogue if mine else 0)
    wanted = set(due.values["sessions"])
    held = [each for each in mine.held if each.session in wanted] if mine else []
    until = next((each.offer_until for each in held if each.state == "offered"), None)
    if not mine or not found or found.state == "cancelled" or until is None or until <= post.now:
        return

    linked = post.look(guests.has_link, mine.person, mine.dialogue)

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text(
            "dialogue-offer", until=card.moment(until, to.lang), **_what(found, wanted, to)
        )
        buttons = tuple(
            to.button(f"dialogue-offer-{said}", "answer-offer", registration=number, answer=said)
            for said in ("yes", "no")
        )
        if linked:
            return [Text(f"{text} {to.text('dialogue-offer-link')}")]
        return [Text(text, buttons)]

    post.tell([mine.person], letter)


@rule("dialogue-offer-ends", texts=TEXTS)
def offer_ends(post: Post, due: Timer) -> None:
    """Nobody answered: say so, and the next in line gets an offer in the same transaction."""
    number = int(due.subject.removeprefix("registration:"))
    mine = post.look(dialogues.registration_by_id, number)
    ended = post.do("expire-offer", dialogues.expire, number, due.values["sessions"], post.now)
    found = post.look(dialogues.any_dialogue, mine.dialogue if mine else 0)
    if not ended or mine is None or found is None or found.state == "cancelled":
        return

    def letter(to: Teller) -> Sequence[Reply]:
        until = card.moment(due.due, to.lang)
        return [Text(to.text("dialogue-offer-ended", until=until, **_what(found, set(ended), to)))]

    post.tell([mine.person], letter)


@rule("dialogue-free-seat", texts=TEXTS)
def free_seat(post: Post, due: Timer) -> None:
    """Less than a day is left: the coordinator decides who comes."""
    found = post.look(dialogues.any_dialogue, int(due.subject.removeprefix("dialogue:")))
    if found is None or found.state not in {"open", "closed"} or found.ends <= post.wall:
        return
    session = found.session(int(due.values["session"]))
    first = post.look(dialogues.first_waiting, session.id)
    if first is None or session.free == 0:
        return

    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text(
            "dialogue-free-seat", part=card.the_part(session, to), title=found.title,
            day=card.day(found, to.lang), count=session.waiting, name=first,
        )  # fmt: skip
        button = to.button("dialogue-give", "give-seat", dialogue=found.id, session=session.id)
        return [Text(text, (button,))]

    post.tell(post.look(dialogues.coordinators, found.region, post.today), letter)


def _what(found: Dialogue, sessions: set[int], to: Teller) -> dict[str, str]:
    named = [each for each in found.sessions if each.id in sessions]
    parts = (" och " if to.lang == "sv" else " and ").join(
        card.the_part(each, to) for each in named
    )
    return {"parts": parts, "title": found.title, "day": card.day(found, to.lang)}
