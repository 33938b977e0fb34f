"""Ask somebody who may: who asks and what is wished goes to them, and their answer comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.dialog import Talk, Teller, dialog
from bot.form import Field
from bot.reply import Button, Text
from storage import wishes

TEXTS = {
    "sv": """
        ask-person-done = Jag har frågat { $name }. Du får svaret här.
        ask-person-unreached = { $name } har ingen chatt med mig ännu, så frågan gick inte fram. Hör av dig på annat sätt.
        ask-person-again = Det har jag redan frågat om. Svaret kommer här.
        ask-person-gone = Den personen kan jag inte fråga längre.
        ask-person-letter = { $who } undrar om du kan hjälpa till: ”{ $wish }”. Det är du som får göra det.
        ask-person-yes = Jag ordnar det
        ask-person-no = Tyvärr inte
        ask-person-words = Svara { $name }
        ask-person-from = { $name }, { $town }
        answer-wish-words =
            .question = Vad vill du svara { $who }?
        answer-wish-letter-yes = { $who } svarar på ”{ $wish }”: Jag ordnar det.
        answer-wish-letter-no = { $who } svarar på ”{ $wish }”: Tyvärr, det går inte.
        answer-wish-letter-words = { $who } svarar på ”{ $wish }”: { $words }
        answer-wish-done = { $name } har fått ditt svar.
        answer-wish-unreached = { $name } har ingen chatt med mig längre, så svaret gick inte fram. Hör av dig på annat sätt.
        answer-wish-again = Den frågan har du redan svarat på.
    """,
    "en": """
        ask-person-done = I have asked { $name }. You will get the answer here.
        ask-person-unreached = { $name } has no chat with me yet, so the question did not get through. Please get in touch in another way.
        ask-person-again = I have asked about that already. The answer will come here.
        ask-person-gone = I can no longer ask that person.
        ask-person-letter = { $who } wonders whether you can help: “{ $wish }”. You are the one who may do it.
        ask-person-yes = I will see to it
        ask-person-no = Sorry, no
        ask-person-words = Answer { $name }
        ask-person-from = { $name }, { $town }
        answer-wish-words =
            .question = What do you want to answer { $who }?
        answer-wish-letter-yes = { $who } answers “{ $wish }”: I will see to it.
        answer-wish-letter-no = { $who } answers “{ $wish }”: Sorry, that is not possible.
        answer-wish-letter-words = { $who } answers “{ $wish }”: { $words }
        answer-wish-done = { $name } has got your answer.
        answer-wish-unreached = { $name } no longer has a chat with me, so the answer did not get through. Please get in touch in another way.
        answer-wish-again = You have already answered that question.
    """,
}
WORDS = Field("text", multiline=True, limit=500)


@dialog("ask-person", changes=True, personal=True)
async def ask_person(talk: Talk) -> None:
    value = talk.heard.value
    to, name, key = int(value["to"]), str(value["name"]), str(value["key"])
    await talk.do(wishes.ASK, wishes.ask, talk.person, to, key, subject=wishes.subject(key))
    who = _named(talk)
    back = {"of": to, "to": talk.person.id, "name": talk.person.name,
            "wish": str(value["wish"]), "key": key}  # fmt: skip
    await talk.tell([to], lambda teller: [_question(teller, who, back)])
    await talk.say("ask-person-done", name=name)


@dialog("answer-wish", changes=True, personal=True)
async def answer_wish(talk: Talk) -> None:
    value = talk.heard.value
    name, key, said = (str(value[each]) for each in ("name", "key", "said"))
    if await talk.look(wishes.answered, key):
        return await talk.say("answer-wish-again")
    words = await talk.ask("words", WORDS, who=name) if said == "words" else ""
    await talk.do(wishes.ANSWER, wishes.answer, talk.person, int(value["of"]), key,
                  subject=wishes.subject(key), detail={"said": said})  # fmt: skip
    facts: dict[str, Any] = {"who": _named(talk), "wish": value["wish"]}
    if words:
        facts["words"] = words
    told = await talk.tell(
        [int(value["to"])],
        lambda teller: [Text(teller.text(f"answer-wish-letter-{said}", **facts))],
    )
    return await talk.say("answer-wish-done" if told else "answer-wish-unreached", name=name)


def _question(to: Teller, who: str, back: Mapping[str, Any]) -> Text:
    text = to.text("ask-person-letter", who=who, wish=back["wish"])
    first = str(back["name"]).split()[0]
    labels = {
        "yes": to.text("ask-person-yes"), "no": to.text("ask-person-no"),
        "words": to.text("ask-person-words", name=first),
    }  # fmt: skip
    buttons = tuple(
        Button(label, "answer-wish", {**back, "said": said}) for said, label in labels.items()
    )
    return Text(text, buttons)


def _named(talk: Talk) -> str:
    who = talk.person
    if not who.municipality_name:
        return who.name
    return talk.text("ask-person-from", name=who.name, town=who.municipality_name)
