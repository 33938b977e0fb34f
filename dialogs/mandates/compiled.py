"""A report on all mandates as a document that chair or presidium sends to the body that gave them."""

from __future__ import annotations

from collections.abc import Sequence

from bot import docx
from bot.dialog import Talk, Teller, dialog
from bot.docx import Heading, Paragraph, Part, Table
from bot.form import Choice
from bot.reply import File, Reply
from bot.rules import deadline
from bot.timer import Post, Timer, rule
from dialogs.mandates import show
from storage import mandates
from storage.mandates import History, Mandate

TALKS = """
# Lena Modellson · slack
> vilka uppdrag har vi?
< Uppdrag … [Sammanställ till uppdragsgivaren]
> [Sammanställ till uppdragsgivaren]
< Så här blir sammanställningen … uppdrag_2026-11-23.docx
< Ska jag skicka den till Skol- och utbildningschefer Skaraborg? … [Skicka] [Nej]
> [Skicka]
< Sammanställningen är på väg till Skol- och utbildningschefer Skaraborg.
@ 2026-11-23 09:05
"""
TEXTS = {
    "sv": """
        compile-mandates-giver =
            .question = Till vilken uppdragsgivare?
        compile-mandates-sure =
            .question = Ska jag skicka den till { $giver }? Alla i gruppen får den i chatten, och den går till gruppens brevlåda om det finns en.
            .yes = Skicka
            .no = Nej
        compile-mandates-shown = Så här blir sammanställningen. Inget är skickat ännu.
        compile-mandates-sent = Sammanställningen är på väg till { $giver }.
        compile-mandates-dropped = Då skickar jag den inte.
        compile-mandates-none = Gruppen har inga uppdrag att sammanställa.
        compile-mandates-file = uppdrag_{ $day }.docx
        compile-mandates-title = Uppdrag: läget { $day }
        compile-mandates-intro = Från { $owner } till { $giver }.
        compile-mandates-report = Rapport
        compile-mandates-deadline = Ska lämnas
        compile-mandates-last = Sista arbetsdag
        compile-mandates-state = Läge
        compile-mandates-open = ingen månad bestämd
        compile-mandates-of = { $kind }, { $owner }
        compile-mandates-goals = Mål: { $goals }
        compile-mandates-files = Inlämnat: { $names }
        compile-mandates-letter = Här är läget i uppdragen från { $giver }.
    """,
    "en": """
        compile-mandates-giver =
            .question = To which body?
        compile-mandates-sure =
            .question = Shall I send it to { $giver }? Everybody in the group gets it in the chat, and it goes to the group’s mailbox if there is one.
            .yes = Send
            .no = No
        compile-mandates-shown = This is the compiled report. Nothing has been sent yet.
        compile-mandates-sent = The report is on its way to { $giver }.
        compile-mandates-dropped = Then I do not send it.
        compile-mandates-none = The group has no mandates to compile.
        compile-mandates-file = mandates_{ $day }.docx
        compile-mandates-title = Mandates: the state on { $day }
        compile-mandates-intro = From { $owner } to { $giver }.
        compile-mandates-report = Report
        compile-mandates-deadline = Due
        compile-mandates-last = Last working day
        compile-mandates-state = State
        compile-mandates-open = no month decided
        compile-mandates-of = { $kind }, { $owner }
        compile-mandates-goals = Goals: { $goals }
        compile-mandates-files = Handed in: { $names }
        compile-mandates-letter = Here is the state of the mandates from { $giver }.
    """,
}


@dialog("compile-mandates", changes=True, personal=True, talks=TALKS)
async def compile_mandates(talk: Talk) -> None:
    owner = int(talk.heard.value["body"])
    found = await talk.look(mandates.compilable, talk.person, owner)
    if not found:
        talk.refuse("compile-mandates-none")
    givers = dict.fromkeys((each.giver_id, each.giver) for each in found)
    giver = await talk.choose("giver", [Choice(str(number), name) for number, name in givers])
    of = [each for each in found if str(each.giver_id) == giver]
    name = talk.text("compile-mandates-file", day=talk.today.isoformat())
    content = docx.write(await _parts(talk, owner, of), language=_LANGUAGES[talk.lang])
    await talk.say(File(name, content, docx.MIME, talk.text("compile-mandates-shown")))
    if not await talk.confirm("sure", giver=of[0].giver):
        return await talk.say("compile-mandates-dropped")
    await talk.do(
        "send-compiled", mandates.send_compiled, talk.person, owner, int(giver), name, content,
        talk.turn.at, subject=f"body:{owner}",
    )  # fmt: skip
    return await talk.say("compile-mandates-sent", giver=of[0].giver)


_LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


async def _parts(talk: Talk, owner: int, found: Sequence[Mandate]) -> list[Part]:
    first = next(each for each in found[0].owners if each.body_id == owner)
    day = show.day(talk, talk.today, year=True)
    parts: list[Part] = [
        Heading(talk.text("compile-mandates-title", day=day), 0),
        Paragraph(talk.text("compile-mandates-intro", owner=first.body, giver=found[0].giver)),
    ]
    for each in found:
        histories = [await talk.look(mandates.history, of) for of in each.reports]
        parts += _mandate(talk, each, histories)
    return parts


def _mandate(talk: Talk, found: Mandate, histories: Sequence[History]) -> list[Part]:
    parts: list[Part] = [Heading(found.title)]
    if found.text:
        parts.append(Paragraph(found.text))
    if found.goals:
        numbers = show.listed(talk, [str(each.number) for each in found.goals])
        parts.append(Paragraph(talk.text("compile-mandates-goals", goals=numbers)))
    parts.append(Table(_rows(talk, found)))
    for of, history in zip(found.reports, histories, strict=True):
        parts += [Paragraph(line) for line in show.history_lines(talk, of, history)]
        if history.files:
            names = ", ".join(each.name for each in history.files)
            parts.append(Paragraph(talk.text("compile-mandates-files", names=names)))
    return parts


def _rows(talk: Talk, found: Mandate) -> list[list[str]]:
    rows = [
        [talk.text(f"compile-mandates-{name}") for name in ("report", "deadline", "last", "state")]
    ]
    for of in found.reports:
        kind = talk.text("mandate-report", kind=of.kind)
        if len(found.owners) > 1:
            kind = talk.text("compile-mandates-of", kind=kind, owner=of.owner.name)
        last = talk.text("compile-mandates-open")
        if of.last_day is not None:
            last = show.day(talk, of.last_day, year=True)
        state = "late" if of.late(talk.today) else of.state
        rows.append(
            [
                kind,
                deadline.shown(of.deadline, talk.lang),
                last,
                talk.text(f"mandate-state-{state}"),
            ]
        )
    return rows


@rule(mandates.COMPILED, texts=TEXTS)
def send_compiled(post: Post, due: Timer) -> None:
    """The very document that was shown, to everybody of the giving body and to its mailbox."""
    number = int(due.subject.partition(":")[2])
    found = post.look(mandates.compiled, number)
    if found is None:
        return
    name, content = found
    giver = int(due.values["giver"])
    people, mailbox = post.look(mandates.receivers, giver, post.wall)
    names = post.look(mandates.body_name, giver)

    def letter(to: Teller) -> Sequence[Reply]:
        return [File(name, content, docx.MIME, to.text("compile-mandates-letter", giver=names))]

    post.tell(people, letter)
    if mailbox:
        post.mail(mailbox, "sv", letter)
