"""Answer a question round for one's municipality: one question at a time, with pauses, together."""

from __future__ import annotations

import hashlib

from bot import dates
from bot.dialog import Talk, Teller, dialog
from bot.form import Choice, Field
from bot.reading import plain
from bot.reply import Card, Fact, Text
from bot.rules import deadline
from bot.rules.deadline import Deadline
from storage import rounds
from storage.rounds import Question, Round
from storage.rounds.find import CHANGE

TALKS = """
# Nora Provén · teams
> svara på frågerundan
< Kommunernas vuxenutbildning 2027. Huddinge svarar som en: …
< Fråga 1 av 6: Hur ofta … Skriv ”paus” …
> Ja, två gånger om året
< … Fråga 2 av 6 …
> ja
< … Fråga 3 av 6 …
> Lärcentret
< … Fråga 4 av 6 …
> paus
< Då tar vi paus. 3 av 6 frågor är besvarade … [Fortsätt]
> ändra svar 2 till nej
< Ändrat: svaret på fråga 2 är nu ”nej”. …
> [Fortsätt]
< Kommunernas vuxenutbildning 2027. …
< … Fråga 4 av 6 …
> Svetsare
< … Fråga 5 av 6 …
> tillbaka
< … Fråga 4 av 6 …
> Kockar
< … Fråga 5 av 6 …
> ändra svar 3 till Grannkommunens
< … Fråga 5 av 6 …
> ändra svar 9 till nej
< Den frågan finns inte. Rundan har 6 frågor.
"""
TEXTS = {
    "sv": """
        round-ask-answer =
            .question = Fråga { $number } av { $all }: { $words } Skriv ”paus” för att fortsätta en annan gång.
        round-ask-new =
            .question = Vad ska svaret på fråga { $number } vara? { $words } Nu står det: { $old }
        round-ask-which =
            .question = Vilken frågerunda?
        round-intro = { $title }. { $town } svarar som en: kollegor kan fortsätta där du slutar. Den { $due }.
        round-pause = Då tar vi paus. { $answered } av { $all } frågor är besvarade, och de är sparade. Du eller en kollega kan fortsätta när som helst.
        round-continue = Fortsätt
        round-done-title = Tack, { $town } är klar
        round-done-text = Alla { $all } frågor är besvarade. Skriv till exempel ”ändra svar 2 till nej” om något ska bli annorlunda. Den { $due }.
        round-changed = Ändrat: svaret på fråga { $number } är nu ”{ $text }”. { $answered } av { $all } frågor är besvarade.
        round-none-to-answer = Det finns ingen frågerunda att svara på just nu.
    """,
    "en": """
        round-ask-answer =
            .question = Question { $number } of { $all }: { $words } Write “pause” to go on another time.
        round-ask-new =
            .question = What shall the answer to question { $number } be? { $words } Now it says: { $old }
        round-ask-which =
            .question = Which question round?
        round-intro = { $title }. { $town } answers as one: colleagues can go on where you stop. It is { $due }.
        round-pause = Then we pause. { $answered } of { $all } questions are answered, and they are saved. You or a colleague can go on at any time.
        round-continue = Continue
        round-done-title = Thank you, { $town } is done
        round-done-text = All { $all } questions are answered. Write for example “change answer 2 to no” if something should be different. It is { $due }.
        round-changed = Changed: the answer to question { $number } is now “{ $text }”. { $answered } of { $all } questions are answered.
        round-none-to-answer = There is no question round to answer right now.
    """,
}
PAUSE = frozenset({"paus", "pausa", "pause", "ta paus", "senare", "later", "fortsätt senare"})
TEXT = Field("text", multiline=True, limit=3000)


@dialog("answer-round", talks=TALKS, changes=True, personal=True)
async def answer_round(talk: Talk) -> None:
    await answer_for(talk)


async def answer_for(talk: Talk) -> None:
    found = await _which(talk)
    if "change" in talk.heard.value:
        return await _change(talk, found)
    begun = await talk.look(rounds.pending, talk.person, found)
    left = await talk.note(
        "left", [each.position for each in found.questions if each.id not in begun]
    )
    if left:
        await talk.say("round-intro", title=found.title, town=talk.person.municipality_name,
                       due=show_when(talk, found.deadline))  # fmt: skip
    for question in found.questions:
        if question.position in left and not await _answered(talk, found, question):
            return await _pause(talk, found)
    facts = await _facts(talk, found)
    text = talk.text(
        "round-done-text", all=len(found.questions), due=show_when(talk, found.deadline)
    )
    title = talk.text("round-done-title", town=talk.person.municipality_name)
    return await talk.say(Card(title, text, facts))


async def _answered(talk: Talk, found: Round, question: Question) -> bool:
    """Ask until there is an answer: a change of an earlier one is made on the way. False: a pause."""
    while True:
        said = await talk.ask(
            f"q{question.position}", TEXT, text="round-ask-answer", number=question.position,
            all=len(found.questions), words=question.text,
        )  # fmt: skip
        if plain(said) in PAUSE:
            return False
        match = CHANGE.fullmatch(said)
        if match is None or not match["text"]:
            await _put(talk, found, question.position, said)
            return True
        await _put(talk, found, int(match["number"]), match["text"].strip())


async def _put(talk: Talk, found: Round, position: int, text: str) -> None:
    """Written when it is said, and again when the person went back and said something else."""
    name = f"answer-{position}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    before = [key for key in talk.entries if key.startswith(f"do:answer-{position}-")]
    if before and before[-1] != f"do:{name}":
        talk.entries.pop(f"do:{name}", None)
    await talk.do(name, rounds.answer, talk.person, found.id, position, text, talk.turn.at,
                  subject=f"question_round:{found.id}", detail={"question": str(position)})  # fmt: skip


async def _change(talk: Talk, found: Round) -> None:
    position = int(talk.heard.value["change"])
    question = next((each for each in found.questions if each.position == position), None)
    if question is None:
        talk.refuse("round-no-question", most=len(found.questions))
    text = str(talk.heard.value.get("text") or "")
    if not text:
        now = await talk.look(rounds.pending, talk.person, found)
        text = await talk.ask("new", TEXT, text="round-ask-new", number=position,
                              words=question.text, old=now.get(question.id) or "–")  # fmt: skip
    await _put(talk, found, position, text)
    now = await talk.look(rounds.pending, talk.person, found)
    await talk.say("round-changed", number=position, text=text, answered=len(now),
                   all=len(found.questions))  # fmt: skip


async def _pause(talk: Talk, found: Round) -> None:
    now = await talk.look(rounds.pending, talk.person, found)
    text = talk.text("round-pause", answered=len(now), all=len(found.questions))
    button = talk.button("round-continue", "answer-round", round=found.id)
    await talk.say(Text(text, (button,)))


async def _facts(talk: Talk, found: Round) -> tuple[Fact, ...]:
    now = await talk.look(rounds.pending, talk.person, found)
    return tuple(
        Fact(f"{each.position}. {each.text}"[:150], now.get(each.id, "–")[:500])
        for each in found.questions
    )


async def _which(talk: Talk) -> Round:
    number = talk.heard.value.get("round")
    found = await talk.look(rounds.to_answer, talk.person)
    if number is not None:
        found = [each for each in found if each.id == number]
    if not found:
        talk.refuse("round-none-to-answer")
    choices = [Choice(str(each.id), each.title[:60]) for each in found]
    chosen = await talk.choose("which", choices, text="round-ask-which")
    return next(each for each in found if each.id == int(chosen))


def show_when(to: Talk | Teller, of: Deadline) -> str:
    """ "ska vara rapporterad i juni 2027, senast onsdag 30 juni"."""
    when = deadline.phrase(of, to.lang)
    if of.last is None:
        return to.text("round-due", when=when)
    last = dates.show(of.last, to.lang, week=False)
    return (
        to.text("round-due", when=when)
        if last in when
        else to.text("round-due-last", when=when, last=last)
    )
