"""Send the same questions to every municipality, and see how far they have come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.dates import DateValue
from bot.dialog import Talk, Teller, dialog
from bot.form import Choice, Field, date_field, form, text_field
from bot.reply import Button, Card, Fact, Reply, Text
from bot.rules.deadline import Deadline
from bot.rules.roles import Action
from bot.timer import Make, Post, Timer, rule
from dialogs.question_rounds.answer import answer_for, show_when
from dialogs.question_rounds.summary import hand_over
from storage import files, rounds
from storage.rounds import Round, Status

EXAMPLES = {
    "sv": ("Skicka ut en frågerunda till kommunerna", "hur går det med frågerundan",
           "vilka kommuner har inte svarat på enkäten", "sammanställ svaren från frågerundan"),
    "en": ("send a survey to the municipalities", "how's the survey going",
           "who hasn't answered the survey"),
}  # fmt: skip
NEAR_MISSES = ("hur går det med språkstödsuppdraget", "vilka har svarat på mötet")
TALKS = """
# Ida Skenlund · slack
> hur går det med frågerundan?
< Kommunernas vuxenutbildning 2027 … 19 av 26 klara, 3 påbörjade, 4 inte börjat: … Huddinge … ska vara rapporterad i juni 2027 … [Påminn de 7] [Sammanställning] [Utan namn] [Stäng rundan]
> [Påminn de 7]
< Jag har påmint dem som inte är klara: …
< (Nora Provén) Ida Skenlund väntar på svar från Huddinge: Kommunernas vuxenutbildning 2027 … 0 av 6 … [Svara nu]

# Ida Skenlund · slack
> hur går det?
< … 19 av 26 klara, 3 påbörjade, 4 inte börjat: …
> [Sammanställning]
< Alla svar, fråga för fråga. fragerunda.xlsx
< Samma svar som dokument. fragerunda.docx
> [Utan namn]
< Svaren utan kommuner och namn. … fragerunda-utan-namn.docx

# Ida Skenlund · slack
> skicka ut en frågerunda
< Vad ska rundan heta? … [Fyll i formuläret]
> Distansutbildning
< Vilka frågor? Skriv en per rad. [Fyll i formuläret]
> Erbjuder ni distansutbildning? Hur många deltar?
< När ska svaren vara inne? … [Fyll i formuläret]
> efter sommaren
< Vilken månad ska jag bevaka?
> september 2027
< Distansutbildning … 2 frågor, ska vara rapporterad ”efter sommaren”, senast torsdag 30 september 2027. Ska jag skicka det här till regionens kommuner? … [Skicka] [Nej]
> ja
< Skickat till 26 kommuner. …
< (Nora Provén) Ida Skenlund ställer 2 frågor till Huddinge: Distansutbildning. … [Svara nu]

# Bo Fiktivsson · teams
> skicka ut en frågerunda
< Det här får … göra: … Jag kan fråga åt dig. …
"""
TEXTS = {
    "sv": """
        new-round = Ny frågerunda
            .submit = Vidare
            .open = Fyll i formuläret
        new-round-title =
            .question = Vad ska rundan heta?
            .label = Namn
        new-round-questions =
            .question = Vilka frågor? Skriv en per rad.
            .label = Frågor, en per rad
        new-round-due =
            .question = När ska svaren vara inne? Till exempel ”juni 2027”.
            .label = Svar senast, till exempel juni 2027
        question-round-month =
            .question = Vilken månad ska jag bevaka?
        question-round-sure =
            .question = Ska jag skicka det här till regionens kommuner?
            .yes = Skicka
            .no = Nej
        question-round-which =
            .question = Vilken frågerunda?
        round-sure-text = { $count ->
            [one] En fråga
           *[other] { $count } frågor
        }, { $due }. Ska jag skicka det här till regionens kommuner?
        round-due = ska vara rapporterad { $when }
        round-due-last = ska vara rapporterad { $when }, senast { $last }
        round-sent = Skickat till { $towns } kommuner. { $people ->
            [0] Ingen där har en chatt med mig ännu, så berätta det på annat sätt.
            [one] En person har fått frågorna.
           *[other] { $people } personer har fått frågorna; det räcker att en per kommun svarar.
        }
        round-not-sent = Då skickar jag inget.
        round-none = Det finns ingen öppen frågerunda just nu.
        round-letter = { $name } ställer { $count ->
            [one] en fråga
           *[other] { $count } frågor
        } till { $town }: { $title }. Den { $due }. Ni svarar tillsammans, en fråga i taget, och kan göra paus när ni vill.
        round-answer-now = Svara nu
        round-status = { $done } av { $all } klara, { $begun } påbörjade, { $missing } inte börjat: { $who }.
        round-status-all = Alla { $all } kommuner är klara.
        round-begun = Påbörjade
        round-title = { $title }: { $due }
        round-remind = Påminn de { $count }
        round-summary = Sammanställning
        round-anonymous = Utan namn
        round-close = Stäng rundan
        round-reminded = Jag har påmint dem som inte är klara: { $towns }. { $people ->
            [0] Ingen av dem har en chatt med mig ännu.
            [one] En person fick påminnelsen.
           *[other] { $people } personer fick påminnelsen.
        }
        round-all-done = Alla är redan klara, så ingen blir påmind.
        round-reminder = { $name } väntar på svar från { $town }: { $title }. { $answered } av { $all } frågor är besvarade. Den { $due }.
        question-round-stop =
            .question = Ska jag stänga { $title }? Sedan kan ingen svara eller ändra.
            .yes = Stäng rundan
            .no = Nej
        round-closed-done = { $title } är stängd. Svaren finns kvar.
        round-stays = Då är den öppen.
    """,
    "en": """
        new-round = New question round
            .submit = Next
            .open = Fill in the form
        new-round-title =
            .question = What shall the round be called?
            .label = Name
        new-round-questions =
            .question = Which questions? Write one a line.
            .label = Questions, one a line
        new-round-due =
            .question = When must the answers be in? For example “June 2027”.
            .label = Answers by, for example June 2027
        question-round-month =
            .question = Which month should I watch?
        question-round-sure =
            .question = Shall I send this to the municipalities of the region?
            .yes = Send
            .no = No
        question-round-which =
            .question = Which question round?
        round-sure-text = { $count ->
            [one] One question
           *[other] { $count } questions
        }, { $due }. Shall I send this to the municipalities of the region?
        round-due = to be reported { $when }
        round-due-last = to be reported { $when }, at the latest { $last }
        round-sent = Sent to { $towns } municipalities. { $people ->
            [0] Nobody there has a chat with me yet, so please tell them in another way.
            [one] One person has got the questions.
           *[other] { $people } people have got the questions; one from each municipality is enough.
        }
        round-not-sent = Then I send nothing.
        round-none = There is no open question round right now.
        round-letter = { $name } asks { $town } { $count ->
            [one] one question
           *[other] { $count } questions
        }: { $title }. It is { $due }. You answer together, one question at a time, and may pause when you like.
        round-answer-now = Answer now
        round-status = { $done } of { $all } done, { $begun } begun, { $missing } not begun: { $who }.
        round-status-all = All { $all } municipalities are done.
        round-begun = Begun
        round-title = { $title }: { $due }
        round-remind = Remind the { $count }
        round-summary = Summary
        round-anonymous = Without names
        round-close = Close the round
        round-reminded = I have reminded those who are not done: { $towns }. { $people ->
            [0] None of them has a chat with me yet.
            [one] One person got the reminder.
           *[other] { $people } people got the reminder.
        }
        round-all-done = All are done already, so nobody is reminded.
        round-reminder = { $name } waits for the answer of { $town }: { $title }. { $answered } of { $all } questions are answered. It is { $due }.
        question-round-stop =
            .question = Shall I close { $title }? After that nobody can answer or change.
            .yes = Close the round
            .no = No
        round-closed-done = { $title } is closed. The answers stay.
        round-stays = Then it stays open.
    """,
}


@form("new-round")
class NewRound:
    title: str = text_field(limit=200)
    questions: str = text_field(multiline=True)
    due: DateValue = date_field(loose=True)


_MEANT = (  # what "ändra svar 2 till nej" and "hur går det?" look like
    "answer_meeting", "approve_minutes", "cancel_registration", "change_registration",
    "edit_announcement", "greeting", "mandate_status", "move_meeting", "no", "postpone_deadline",
    "question_round", "remind_me", "set_language", "swap_host", "upload_minutes", "yes",
)  # fmt: skip
_MONTH = Field("date", loose=True)
_STEPS = (
    ("remind", r"påminn|piska|ping|remind|nudge"),
    ("anonymous", r"utan namn|anonym|without names"),
    ("summary", r"sammanst|compile|summar|resultat|result"),
    ("close", r"stäng|avsluta|close"),
    ("answer", r"^(?:svara|besvara|answer|fortsätt|continue|fyll i)\b|jag vill svara|vi vill svara|i want to answer"),
    ("make", r"skicka|starta|skapa|gör en|göra en|ny (?:enkät|fråge)|send|create|start|launch|new "),
)  # fmt: skip


@dialog(
    "question-round", intents=("question_round",), examples=EXAMPLES, near_misses=NEAR_MISSES,
    talks=TALKS, personal=True, needs=Action.MAKE_QUESTION_ROUND, forms=(NewRound,),
    overhears=rounds.changing, takes_over=_MEANT,
    takes_files=("frågerunda", "enkät", "frågor", "survey", "questionnaire"),
)  # fmt: skip
async def question_round(talk: Talk) -> None:
    value = talk.heard.value
    if "change" in value:
        return await answer_for(talk)
    guess = next(
        (step for step, words in _STEPS if re.search(words, talk.heard.text, re.I)), "status"
    )
    step = str(value.get("step") or await talk.note("step", "make" if talk.file else guess))
    if step == "answer":
        return await answer_for(talk)
    if step == "make":
        return await _make(talk)
    found = await _which(talk)
    if found is None:
        return await answer_for(talk)
    return await _follow(talk, found, step)


async def _follow(talk: Talk, found: Round, step: str) -> None:
    status = await talk.look(rounds.status_of, talk.person, found.id, talk.today)
    match step:
        case "remind":
            await _remind(talk, found, status)
        case "close":
            await _close(talk, found)
        case "summary" | "anonymous":
            await hand_over(talk, found, without_names=step == "anonymous")
        case _:
            await _status(talk, found, status)


async def _which(talk: Talk) -> Round | None:
    """The round that is meant, among those the person may follow; None where there is none."""
    number = talk.heard.value.get("round")
    found = await talk.look(rounds.made, talk.person)
    if number is not None:
        return next((each for each in found if each.id == number), None)
    found = [each for each in found if each.open] or found
    if not found:
        return None
    chosen = await talk.choose("which", [Choice(str(each.id), each.title[:60]) for each in found])
    return next(each for each in found if each.id == int(chosen))


# --- making -----------------------------------------------------------------------------------


async def _make(talk: Talk) -> None:
    await talk.look(rounds.require_maker, talk.person, talk.person.region, talk.today)
    known: dict[str, str | None] = {}
    if talk.file is not None:
        words = await talk.look(files.words, talk.person, talk.file.id)
        known["questions"] = "\n".join(asked(words))
    filled = await talk.fill(NewRound, known=known)
    questions = asked(filled.questions.splitlines())
    due = Deadline(filled.due)
    if due.loose:
        due = due.watched(await talk.ask("month", _MONTH))
        if due.watch is None:
            talk.refuse("watch-month-vague")
    facts = [Fact(str(place), text) for place, text in enumerate(questions, 1)]
    said = talk.text("round-sure-text", count=len(questions), due=show_when(talk, due))
    if not await talk.confirm("sure", card=Card(filled.title, said, tuple(facts))):
        return await talk.say("round-not-sent")
    number = await talk.do(
        "make-round", rounds.make, talk.person, filled.title, questions, due.to_json(),
        talk.turn.at,
    )  # fmt: skip
    found = await talk.look(rounds.any_round, number)
    assert found is not None
    status = await talk.look(rounds.system_status, found)
    told = 0
    for town in status.missing:
        told += await talk.tell(
            await talk.look(rounds.writers, found, (town,), talk.today),
            _letter(found, town),
            or_mail=True,
        )
    return await talk.say("round-sent", towns=status.count, people=told)


def _letter(found: Round, town: str) -> Make:
    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text("round-letter", name=found.maker, town=town, title=found.title,
                       count=len(found.questions), due=show_when(to, found.deadline))  # fmt: skip
        return [Text(text, (to.button("round-answer-now", "answer-round", round=found.id),))]

    return letter


def asked(lines: Sequence[str]) -> list[str]:
    """One question a line, without its number; a line with several question marks is several."""
    found = []
    for line in lines:
        for part in re.findall(r"[^?]+\?|[^?]+$", line):
            text = re.sub(r"^\s*(?:\d{1,2}[.)]|[-•*–])\s*", "", part).strip()
            if text:
                found.append(text[:1000])
    return found


# --- following --------------------------------------------------------------------------------


async def _status(talk: Talk, found: Round, status: Status) -> None:
    await talk.say(_card(talk, found, status))


def _card(talk: Talk, found: Round, status: Status) -> Card:
    open_ = len(status.begun) + len(status.missing)
    text = talk.text("round-status-all", all=status.count)
    if open_:
        text = talk.text(
            "round-status", done=len(status.done), all=status.count, begun=len(status.begun),
            missing=len(status.missing), who=", ".join(status.missing or status.begun),
        )  # fmt: skip
    facts = [Fact(talk.text("round-begun"), ", ".join(status.begun))] if status.begun else []
    buttons = [_button(talk, "round-summary", "round-summary", found),
               _button(talk, "round-anonymous", "round-summary", found, anonymous=True)]  # fmt: skip
    if found.open:
        buttons.append(_button(talk, "round-close", "question-round", found, step="close"))
    if open_ and found.open:
        value = {"round": found.id, "step": "remind"}
        label = talk.text("round-remind", count=open_)
        buttons.insert(0, Button(label, "question-round", value, style="primary"))
    due = talk.text("round-title", title=found.title, due=show_when(talk, found.deadline))
    return Card(found.title, f"{text}\n{due}", tuple(facts), buttons=tuple(buttons))


def _button(talk: Talk, label: str, action: str, found: Round, **value: object) -> Button:
    return Button(talk.text(label), action, {"round": found.id, **value})


async def _remind(talk: Talk, found: Round, status: Status) -> None:
    towns = (*status.begun, *status.missing)
    if not towns:
        return await talk.say("round-all-done")
    people = await talk.do(rounds.REMINDED, rounds.remind, talk.person, found.id, talk.turn.at,
                           subject=f"question_round:{found.id}")  # fmt: skip
    told = 0
    for town in towns:
        mine = await talk.look(rounds.writers, found, (town,), talk.today)
        answered = await talk.look(rounds.count_of, found, town)
        here = [each for each in mine if each in people]
        told += await talk.tell(here, _reminder(found, town, answered), or_mail=True)
    return await talk.say("round-reminded", towns=", ".join(towns), people=told)


def _reminder(found: Round, town: str, answered: int) -> Make:
    def letter(to: Teller) -> Sequence[Reply]:
        text = to.text("round-reminder", name=found.maker, town=town, title=found.title,
                       answered=answered, all=len(found.questions),
                       due=show_when(to, found.deadline))  # fmt: skip
        return [Text(text, (to.button("round-answer-now", "answer-round", round=found.id),))]

    return letter


async def _close(talk: Talk, found: Round) -> None:
    if not await talk.confirm("stop", title=found.title):
        return await talk.say("round-stays")
    await talk.do("close-round", rounds.close, talk.person, found.id, talk.turn.at,
                  subject=f"question_round:{found.id}")  # fmt: skip
    return await talk.say("round-closed-done", title=found.title)


@rule(rounds.REMIND, texts=TEXTS)
def remind_municipalities(post: Post, due: Timer) -> None:
    """Only those who are not done, and nobody when the round is closed."""
    found = post.look(rounds.any_round, int(due.subject.partition(":")[2]))
    if found is None or not found.open:
        return
    status = post.look(rounds.system_status, found)
    for town in (*status.begun, *status.missing):
        people = post.look(rounds.writers, found, (town,), post.today)
        post.tell(people, _reminder(found, town, post.look(rounds.count_of, found, town)), key=town)
