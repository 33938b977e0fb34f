"""Hand in an interim or final report, with or without a file; whoever gave the mandate is told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk, Teller, dialog
from bot.files import FileHandle
from bot.form import Field
from bot.reply import File, Reply, Text
from dialogs.mandates import show
from dialogs.mandates.pick import which_report
from storage import mandates
from storage.mandates import Open

EXAMPLES = {
    "sv": ("vi har lämnat delrapporten för språkstöd", "lämna in slutrapporten", "delrapporten om Lärcenter är klar"),
    "en": ("hand in the interim report", "the final report has been delivered"),
}  # fmt: skip
NEAR_MISSES = ("när ska delrapporten lämnas", "lämna in protokollet")
TALKS = """
# Asta Fiktberg · teams
> delrapporten för språkstöd är klar
< Ska jag lämna in delrapporten för språkstöd (maj 2027)? Farid Testmark får den för kvittens. [Lämna in] [Nej]
> ja
< Skicka gärna med en fil: bifoga den här, eller hoppa över. [Hoppa över]
> hoppa över
< Inlämnad 23 november 2026. Farid Testmark får den för kvittens.
< (Farid Testmark) Asta Fiktberg har lämnat in delrapporten för Gemensam struktur för yrkesutbildningar med språkstöd. … [Kvittera] [Skicka tillbaka]

# Asta Fiktberg · slack
> vi har lämnat delrapporten
< För vilket uppdrag? [språkstöd (delrapport, maj 2027)] [Lärcenter (delrapport, maj 2027)] [KomX (delrapport, juni 2027)]
> 3
< Skicka gärna med en fil: … [Hoppa över]
> avbryt
< Då avbryter jag. Inget är sparat.

# Lena Modellson · slack
> hand in the interim report for KomX
< Shall I hand in the interim report for KomX (June 2027)? Farid Testmark will get it to acknowledge. [Hand in] [No]
> no
< Then I hand in nothing.

# Bo Fiktivsson · teams
> delrapporten för språkstöd är klar
< Rapporter lämnas av den som ansvarar för uppdraget. För språkstöd är det Asta Fiktberg. Jag kan fråga åt dig. [Fråga Asta]
"""
TEXTS = {
    "sv": """
        hand-in-sure =
            .question = Ska jag lämna in { $kind } för { $short } ({ $when })? { $people } får den för kvittens.
            .yes = Lämna in
            .no = Nej
        hand-in-file =
            .question = Skicka gärna med en fil: bifoga den här, eller hoppa över.
        hand-in-none = Du har inga rapporter att lämna in just nu.
        hand-in-not-yours = Rapporter lämnas av den som ansvarar för uppdraget. För { $short } är det { $people }. Jag kan fråga åt dig.
        hand-in-dropped = Då lämnar jag inte in något.
        hand-in-done = Inlämnad { $day }. { $people } får den för kvittens.
        hand-in-elsewhere = Lämnad på annat sätt.
        hand-in-letter = { $name } har lämnat in { $kind } för { $title }. { $note }
        hand-in-letter-file = Filen följer här.
        hand-in-letter-no-file = Ingen fil följde med.
    """,
    "en": """
        hand-in-sure =
            .question = Shall I hand in { $kind } for { $short } ({ $when })? { $people } will get it to acknowledge.
            .yes = Hand in
            .no = No
        hand-in-file =
            .question = Please send a file along: attach it here, or skip.
        hand-in-none = You have no reports to hand in right now.
        hand-in-not-yours = Reports are handed in by whoever is responsible for the mandate. For { $short } that is { $people }. I can ask for you.
        hand-in-dropped = Then I hand in nothing.
        hand-in-done = Handed in on { $day }. { $people } will get it to acknowledge.
        hand-in-elsewhere = Handed in in another way.
        hand-in-letter = { $name } has handed in { $kind } for { $title }. { $note }
        hand-in-letter-file = The file follows.
        hand-in-letter-no-file = No file came with it.
    """,
}
FILE = Field("file", required=False)
MIME = {
    "pdf": "application/pdf", "txt": "text/plain", "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


@dialog(
    "hand-in", intents=("mark_reported",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
    changes=True, personal=True,
    takes_files=("delrapport", "slutrapport", "återrapport", "rapport", "report"),
)  # fmt: skip
async def hand_in(talk: Talk) -> None:
    if not talk.heard.value and await waits_for_oneself(talk):
        return None
    found = await which_report(talk, await _mine(talk), "hand-in-none")
    people = await talk.look(mandates.director_names, found.mandate, talk.today)
    elsewhere = bool(talk.heard.value.get("elsewhere"))
    if not (elsewhere or talk.heard.value or _chosen(talk)) and not await talk.confirm(
        "sure", kind=show.the_kind(talk, found.report), short=found.mandate.short,
        when=show.when(talk, found.report), people=people,
    ):  # fmt: skip
        return await talk.say("hand-in-dropped")
    file: FileHandle | None = talk.file
    if file is None and not elsewhere:
        file = await talk.ask("file", FILE)
    words = talk.text("hand-in-elsewhere") if elsewhere else ""
    await talk.do(
        "hand-in", mandates.hand_in, talk.person, found.report.id, words,
        file.id if file else None, talk.turn.at, subject=f"report:{found.report.id}",
    )  # fmt: skip
    await _tell_givers(talk, found, file)
    return await talk.say("hand-in-done", day=_day(talk), people=people)


async def waits_for_oneself(talk: Talk) -> bool:
    """A giver who speaks of a report means one to acknowledge: it is shown with its buttons."""
    if await talk.look(mandates.open_reports, talk.person):
        return False
    waiting = await talk.look(mandates.handed_in, talk.person)
    for each in waiting:
        number = each.report.id
        buttons = (
            talk.button("mandate-acknowledge", "decide-report", report=number, step="acknowledged"),
            talk.button("mandate-give-back", "decide-report", report=number, step="returned"),
        )
        await talk.say(Text(show.name(talk, each), buttons))
    return bool(waiting)


async def _mine(talk: Talk) -> Sequence[Open]:
    """What one may hand in; who asks about somebody else's is told whose it is."""
    mine = await talk.look(mandates.open_reports, talk.person)
    if not mine and "report" not in talk.heard.value:
        seen = await talk.look(mandates.visible, talk.person)
        for each in seen:
            of = each.next_report
            if of is not None and each.short.casefold() in talk.heard.text.casefold():
                keepers = await talk.look(mandates.keepers, each, of.owner, talk.today)
                people = await talk.look(mandates.pairs, keepers)
                names = ", ".join(name for _, name in people)
                talk.refuse("hand-in-not-yours", ask=people, short=each.short, people=names)
    return mine


def _chosen(talk: Talk) -> bool:
    """The person has just named the report from a list: that is clear enough."""
    return any(key.startswith("ask:report") for key in talk.entries)


async def _tell_givers(talk: Talk, found: Open, file: FileHandle | None) -> None:
    of = found.report
    content = None
    if file is not None:
        content = await talk.look(mandates.file_of, talk.person, of.id, file.id)
    people = await talk.look(mandates.directors, found.mandate, talk.today)
    name = talk.person.name

    def letter(to: Teller) -> Sequence[Reply]:
        note = to.text("hand-in-letter-file" if content else "hand-in-letter-no-file")
        text = to.text("hand-in-letter", name=name, kind=show.the_kind(to, of),
                       title=found.mandate.title, note=note)  # fmt: skip
        buttons = (
            to.button("mandate-acknowledge", "decide-report", report=of.id, step="acknowledged"),
            to.button("mandate-give-back", "decide-report", report=of.id, step="returned"),
        )
        if file is None or content is None:
            return [Text(text, buttons)]
        return [Text(text, buttons), File(file.name, content, MIME[file.kind], file.name)]

    await talk.tell(people, letter, or_mail=True)


def _day(talk: Talk) -> str:
    return show.day(talk, talk.today, year=True).partition(" ")[2]


@dialog("report-file", personal=True)
async def report_file(talk: Talk) -> None:
    """The file of a report, for everybody who may see the mandate."""
    report, number = int(talk.heard.value["report"]), int(talk.heard.value["file"])
    found = await talk.look(mandates.report_by_id, talk.person, report)
    content = await talk.look(mandates.file_of, talk.person, report, number)
    if found is None or content is None:
        talk.refuse("file-gone")
    history = await talk.look(mandates.history, found.report)
    file = next(each for each in history.files if each.id == number)
    await talk.say(File(file.name, content, MIME[file.kind], file.name))
