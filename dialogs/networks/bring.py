"""Read a region's lists and calendars from a file: everything is shown first, nothing is saved unseen."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialog import Talk, Teller, dialog
from bot.form import Choice
from bot.reply import Card, File, Reply, Text
from bot.rules.roles import Action, Grade, Role, grade
from dialogs.meetings import card
from dialogs.networks import notes
from storage import bodies, imports, meetings
from storage.bodies import Body

EXAMPLES = {
    "sv": ("importera en fil", "läs in personer från en fil", "läs in årets möten",
           "skicka mallen för import"),
    "en": ("import a file", "import people from a file", "send the import template"),
}  # fmt: skip
NEAR_MISSES = ("visa medlemslistan", "lägg in ett nytt möte", "importera varor från Norge")
TALKS = """
# Vide Hittepåberg · teams
> importera en fil
< Skicka filen hit … XLSX, CSV eller ICS … Natverksbot-mall.xlsx

# Bo Fiktivsson · teams
> importera en fil
< Det här får administratören göra: Vide Hittepåberg. …

# Vide Hittepåberg · slack
> import a file
< Send the file here … Natverksbot-mall.xlsx
"""
TEXTS = {
    "sv": """
        bring-send = Skicka filen hit, så visar jag vad den skulle ändra innan något sparas. Jag läser XLSX, CSV eller ICS. Här är en mall.
        bring-region =
            .question = Vilken region gäller det?
        bring-body =
            .question = Vilken grupps möten är det?
        bring-title = Förhandsvisning: { $what }.
        bring-nothing = Jag hittar inget att läsa in i { $name }.
        bring-of = Grupp: { $body }.
        bring-unsaved = Inget sparat ännu.
        bring-file = Så här skulle det bli, cell för cell: grönt är nytt, blått ändras, gult behöver en blick och rött sparas inte.
        bring-sure =
            .yes = Spara
            .no = Avbryt
        bring-anyway =
            .yes = Spara ändå
            .no = Avbryt
        bring-same = { $what }. Allt stämmer redan, så det finns inget att spara.
        bring-wrong = Det finns inget att spara förrän felen är rättade.
        bring-dropped = Då sparar jag ingenting.
        bring-done = Nu är det sparat: { $what }.
        bring-skipped = { $count ->
            [one] En rad med fel lämnades.
           *[other] { $count } rader med fel lämnades.
        }
        bring-letter = Mötet i { $body } { $day } har ändrats: { $when }, { $place }.
    """,
    "en": """
        bring-send = Send the file here and I show what it would change before anything is saved. I read XLSX, CSV or ICS. Here is a template.
        bring-region =
            .question = Which region is it about?
        bring-body =
            .question = Whose meetings are they?
        bring-title = Preview: { $what }.
        bring-nothing = I find nothing to read in { $name }.
        bring-of = Group: { $body }.
        bring-unsaved = Nothing saved yet.
        bring-file = This is what it would be, cell by cell: green is new, blue changes, yellow needs a look and red is not saved.
        bring-sure =
            .yes = Save
            .no = Cancel
        bring-anyway =
            .yes = Save anyway
            .no = Cancel
        bring-same = { $what }. All of it is right already, so there is nothing to save.
        bring-wrong = There is nothing to save until the errors are mended.
        bring-dropped = Then I save nothing.
        bring-done = Saved: { $what }.
        bring-skipped = { $count ->
            [one] One row with an error was left out.
           *[other] { $count } rows with errors were left out.
        }
        bring-letter = The meeting of { $body } on { $day } has changed: { $when }, { $place }.
    """,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dialog(
    "bring", intents=("import_data",), examples=EXAMPLES, near_misses=NEAR_MISSES, talks=TALKS,
    changes=True, personal=True, needs=Action.MANAGE_DIRECTORY,
    takes_files=(".csv", ".tsv", ".xlsx", ".ics", "importera", "läs in", "import"),
)  # fmt: skip
async def bring(talk: Talk) -> None:
    region = await _region(talk)
    if talk.file is None:
        await talk.look(imports.may_start, talk.person, region, talk.today)
        template = await talk.look(imports.template)
        return await talk.say(
            File("Natverksbot-mall.xlsx", template, XLSX, talk.text("bring-send"))
        )
    own = await _body(talk, talk.file.id, region)
    body = own.id if own else None
    found = await talk.look(imports.of_file, talk.person, talk.file.id, talk.today, region, body)
    what = notes.summary(talk.text, found)
    if not found.rows:
        return await talk.say(_told(talk, found, talk.text("bring-nothing", name=talk.file.name)))
    if not found.writes and not found.errors:
        whole = talk.text("bring-same", what=what[:1].upper() + what[1:])
        return await talk.say(Text(whole))
    digest = await talk.note("digest", found.digest)
    await talk.say(File(
        "Forhandsvisning.xlsx",
        imports.shown(found, lambda note: notes.said(talk.text, note, talk.lang),
                      lambda state: talk.text(f"import-state-{state}")),
        XLSX, talk.text("bring-file"),
    ))  # fmt: skip
    title = talk.text("bring-title", what=what)
    if not found.writes:
        return await talk.say(_told(talk, found, title, talk.text("bring-wrong")))
    sure = "anyway" if found.told else "sure"
    ends = [talk.text("bring-of", body=own.name)] if own else []
    ends.append(talk.text("bring-unsaved"))
    if not await talk.confirm(sure, card=_told(talk, found, title, *ends)):
        return await talk.say("bring-dropped")
    done = await talk.do(
        "import", imports.bring, talk.person, talk.file.id, region, body, digest, talk.turn.at,
        subject=f"region:{region}",
    )  # fmt: skip
    await _tell(talk, done["meetings"])
    saved = ", ".join(talk.text(f"import-{kind}", count=n) for kind, n in done["done"].items())
    return await talk.say(Text(_lines(
        talk.text("bring-done", what=saved),
        talk.text("bring-skipped", count=found.errors) if found.errors else "",
    )))  # fmt: skip


async def _region(talk: Talk) -> int:
    """Where the person may; the home region for all who may something in a single body of it."""
    mine = [each.region for each in talk.person.memberships if each.role is Role.ADMIN]
    if not mine:
        return talk.person.region
    names = await talk.look(imports.region_names, mine)
    chosen = await talk.choose("region", [Choice(str(number), name) for number, name in names])
    return int(chosen)


async def _body(talk: Talk, file: int, region: int) -> Body | None:
    """Whose meetings they are, where the file does not say it: one's only network before others."""
    if not await talk.note("asks", await talk.look(imports.without_body, talk.person, file)):
        return None
    mine = [
        each for each in await talk.look(bodies.visible, talk.person)
        if each.region == region
        and grade(talk.person, Action.MANAGE_MEETING, region=region, bodies=[each.id]) is Grade.YES
    ]  # fmt: skip
    if not mine:
        return None
    said = talk.heard.first("group")
    named = bodies.named(mine, talk.person, said) if said else None
    if named is not None:
        return named
    networks = [each for each in mine if each.kind == "network"]
    mine = networks if len(networks) == 1 else mine
    chosen = await talk.choose("body", [Choice(str(each.id), each.name) for each in mine])
    return next(each for each in mine if str(each.id) == chosen)


def _told(talk: Talk, found: imports.Preview, title: str, *ends: str) -> Card:
    lines = list(notes.warnings(talk.text, found, talk.lang))
    return Card(title, _lines(*lines, *ends))


async def _tell(talk: Talk, changed: Sequence[int]) -> None:
    """Those concerned by a meeting that has moved or changed."""
    for number in changed:
        found = await talk.look(meetings.meeting_by_id, talk.person, number)
        if found is None or found.ends < talk.wall:
            continue
        people = await talk.look(meetings.concerned, found, talk.today)

        def letter(to: Teller, found: meetings.Meeting = found) -> Sequence[Reply]:
            return [Text(to.text(
                "bring-letter", body=card.bodies(found), when=card.when(found, to.lang),
                day=card.short_day(found.starts, to.lang), place=card.place(found, to),
            ))]  # fmt: skip

        await talk.tell([each for each in people if each != talk.person.id], letter)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
