"""All answers of a question round as files; and without anybody's name, where enough have answered."""

from __future__ import annotations

from bot import docx, xlsx
from bot.dialog import Talk, dialog
from bot.reply import File
from storage import rounds
from storage.rounds import LEAST, Answered, Round

TEXTS = {
    "sv": """
        round-file = fragerunda
        round-file-anonymous = fragerunda-utan-namn
        round-xlsx = Alla svar, fråga för fråga.
        round-docx = Samma svar som dokument.
        round-without = Svaren utan kommuner och namn. Läs igenom dem innan du sprider dem: någon kan ha skrivit något som bara passar en kommun.
        round-few = För få har svarat för att det ska gå att visa utan namn (minst { $least }).
        round-column-town = Kommun
        round-column-answer = Svar
        round-column-person = Skrivet av
        round-column-question = Fråga
        round-sheet-all = Alla svar
    """,
    "en": """
        round-file = question-round
        round-file-anonymous = question-round-without-names
        round-xlsx = All answers, question by question.
        round-docx = The same answers as a document.
        round-without = The answers without municipalities and names. Read them before you spread them: somebody may have written what only fits one municipality.
        round-few = Too few have answered to show it without names (at least { $least }).
        round-column-town = Municipality
        round-column-answer = Answer
        round-column-person = Written by
        round-column-question = Question
        round-sheet-all = All answers
    """,
}


@dialog("round-summary", personal=True)
async def round_summary(talk: Talk) -> None:
    value = talk.heard.value
    found = await talk.look(rounds.by_id, talk.person, int(value["round"]))
    if found is None:
        talk.refuse("no-such-round")
    await hand_over(talk, found, without_names=bool(value.get("anonymous")))


async def hand_over(talk: Talk, found: Round, *, without_names: bool) -> None:
    if without_names:
        _, shown = await talk.look(rounds.anonymous, talk.person, found.id, talk.turn.at)
        content = docx.write(_without_names(talk, found, shown), language=_language(talk))
        name = talk.text("round-file-anonymous")
        return await talk.say(File(f"{name}.docx", content, docx.MIME, talk.text("round-without")))
    _, answers = await talk.look(rounds.summary, talk.person, found.id, talk.turn.at)
    name = talk.text("round-file")
    book = xlsx.write(_sheets(talk, found, answers))
    await talk.say(File(f"{name}.xlsx", book, xlsx.MIME, talk.text("round-xlsx")))
    content = docx.write(_parts(talk, found, answers), language=_language(talk))
    return await talk.say(File(f"{name}.docx", content, docx.MIME, talk.text("round-docx")))


def _sheets(talk: Talk, found: Round, answers: list[Answered]) -> list[tuple[str, list[list[str]]]]:
    """One sheet with a column for each question, then one for each question."""
    towns = list(dict.fromkeys(each.municipality for each in answers))
    said = {(each.municipality, each.position): each.text for each in answers}
    town, person = talk.text("round-column-town"), talk.text("round-column-person")
    head = [town, *(f"{each.position}. {each.text}" for each in found.questions)]
    rows = [
        [name, *(said.get((name, q.position), "") for q in found.questions)]
        for name in sorted(towns)
    ]
    sheets = [(talk.text("round-sheet-all"), [head, *rows])]
    question = talk.text("round-column-question")
    for each in found.questions:
        lines = [[a.municipality, a.text, a.person] for a in answers if a.position == each.position]
        sheets.append((f"{question} {each.position}", [[town, each.text, person], *lines]))
    return sheets


def _parts(talk: Talk, found: Round, answers: list[Answered]) -> list[docx.Part]:
    parts: list[docx.Part] = [docx.Heading(found.title, 0)]
    head = [talk.text("round-column-town"), talk.text("round-column-answer")]
    for each in found.questions:
        parts.append(docx.Heading(f"{each.position}. {each.text}"))
        lines = [[a.municipality, a.text] for a in answers if a.position == each.position]
        parts.append(docx.Table([head, *lines]))
    return parts


def _without_names(talk: Talk, found: Round, shown: dict[int, list[str] | None]) -> list[docx.Part]:
    parts: list[docx.Part] = [docx.Heading(found.title, 0)]
    for each in found.questions:
        parts.append(docx.Heading(f"{each.position}. {each.text}"))
        texts = shown[each.position]
        few = talk.text("round-few", least=LEAST)
        parts += [docx.Paragraph(text) for text in ([few] if texts is None else texts)]
    return parts


def _language(talk: Talk) -> str:
    return "sv-SE" if talk.lang == "sv" else "en-GB"
