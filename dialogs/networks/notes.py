"""What a preview of a file says, note by note; the same words in the chat and on the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from bot import dates
from storage.imports import KINDS, Note, Preview

TEXTS = {
    "sv": """
        import-row = rad { $line }
        import-row-sheet = { $sheet } rad { $line }
        import-bodies = { $count ->
            [one] en grupp
           *[other] { $count } grupper
        }
        import-people = { $count ->
            [one] en person
           *[other] { $count } personer
        }
        import-roles = { $count ->
            [one] en roll
           *[other] { $count } roller
        }
        import-meetings = { $count ->
            [one] ett möte
           *[other] { $count } möten
        }
        import-mandates = { $count ->
            [one] ett uppdrag
           *[other] { $count } uppdrag
        }
        import-split = { $what } ({ $parts })
        import-part-new = { $count } att lägga till
        import-part-changed = { $count } att ändra
        import-part-same = { $count } som redan stämmer
        import-part-error = { $count } med fel
        import-state-new = ny
        import-state-changed = ändras
        import-state-same = oförändrad
        import-state-warning = varning
        import-state-error = fel, sparas inte
        import-note-no-columns = Bladet ”{ $name }” har inga kolumner som jag känner igen. Be om mallen, så ser du vad de ska heta.
        import-note-strange-columns = Kolumner som jag inte använder: { $names }.
        import-note-no-rows = Det finns inga rader under rubrikerna.
        import-note-short = Minst { $least } möten per år krävs – det fattas { $missing }. ({ $body }, { $year })
        import-note-short-others = Minst { $least } möten per år krävs – det fattas { $missing } i filen. ({ $body } har { $others } andra möten { $year }.)
        import-note-short-half = Minst { $least } möten per halvår krävs – det fattas { $missing } halvår { $half } { $year }. ({ $body })
        import-note-short-half-others = Minst { $least } möten per halvår krävs – det fattas { $missing } i filen, halvår { $half }. ({ $body } har { $others } andra möten { $year }.)
        import-note-formula = { $row }: en cell är en formel. Klistra in värdet i stället.
        import-note-too-long = { $row }: texten är för lång, högst { $most } tecken får plats.
        import-note-no-name = { $row } saknar namn.
        import-note-no-kind = { $row } saknar slag, till exempel nätverk eller arbetsgrupp.
        import-note-near = { $row }: liknar ”{ $near }” som redan finns. Är det samma?
        import-note-town-near = { $row }: ”{ $said }” finns inte. Menas { $near }?
        import-note-town-new = { $row }: nya kommuner i regionen: { $names }.
        import-note-town-unknown = { $row }: kommunen ”{ $said }” finns inte i regionen. Lägg den på en grupp i bladet Grupper först.
        import-note-town-unknown-near = { $row }: kommunen ”{ $said }” finns inte. Menas { $near }?
        import-note-town-changes = { $row }: byter kommun, var { $old }.
        import-note-leaves = { $row }: när { $name } slutar behöver någon annan utses för { $duties }.
        import-note-name-changes = { $row }: byter namn, hette { $old }.
        import-note-body-unknown = { $row }: jag hittar ingen grupp som heter ”{ $said }”.
        import-note-body-unknown-near = { $row }: jag hittar ingen grupp som heter ”{ $said }”. Menas { $near }?
        import-note-parent-circle = { $row }: ”{ $said }” ligger själv under gruppen.
        import-note-several = { $row }: flera heter { $name }. Skriv kommun eller e-post också.
        import-note-no-email = { $row } saknar e-post, så personen kan inte kännas igen i Teams eller Slack.
        import-note-person-unknown = { $row }: { $name } finns inte bland personerna.
        import-note-role-needs-body = { $row }: rollen måste höra till en grupp.
        import-note-role-regional = { $row }: samordnare och administratör gäller hela regionen. Lämna gruppen tom.
        import-note-until-before = { $row }: slutar innan den börjar.
        import-note-twice = { $row } är samma som rad { $first }.
        import-note-no-body = { $row } saknar grupp.
        import-note-no-date = { $row } saknar datum.
        import-note-date = { $row }: ”{ $said }” är ingen dag som jag kan läsa. Skriv till exempel 2027-01-28.
        import-note-date-serial = { $row }: { $said } läser jag som { $day }.
        import-note-date-year = { $row }: ”{ $said }” har inget år. Jag räknar med { $day }.
        import-note-last-before = { $row }: sista dagen passar inte ihop med den första.
        import-note-time = { $row }: ”{ $said }” är ingen tid. Skriv till exempel 09.00.
        import-note-time-order = { $row }: slutar innan det börjar.
        import-note-no-time = { $row } saknar tid, så jag räknar med 09.00–12.00.
        import-note-two-days = { $row }: ser ut att vara två dagar men har bara ett datum. Fyll i Till datum.
        import-note-free-day = { $row }: { $day } är { $name }.
        import-note-weekend = { $row }: { $day } är en { $weekday }.
        import-note-no-host = { $row } saknar värdkommun.
        import-note-cancelled = { $row } är inställt och läses inte in.
        import-note-repeats = { $row } upprepas i kalendern. Jag läser bara in den första gången.
        import-note-number = { $row }: ”{ $said }” är inget antal.
        import-note-choice = { $row }: ”{ $said }” känner jag inte igen. Välj bland { $options }.
        import-note-address = { $row }: ”{ $said }” är ingen e-postadress.
        import-note-deadline = { $row }: ”{ $said }” är ingen tid som jag kan bevaka. Skriv till exempel maj 2027.
        import-note-deadline-over = { $row }: { $said } har redan varit.
        import-note-no-final = { $row } saknar slutrapport.
        import-more = … och { $count ->
            [one] en anmärkning
           *[other] { $count } anmärkningar
        } till. Alla står i filen.
        import-too-many = Det är för många rader på en gång. Dela upp filen, högst { $most } rader i varje.
        import-changed = Uppgifterna har ändrats medan du tittade. Skicka filen igen, så får du se hur det blir nu.
    """,
    "en": """
        import-row = row { $line }
        import-row-sheet = { $sheet } row { $line }
        import-bodies = { $count ->
            [one] one group
           *[other] { $count } groups
        }
        import-people = { $count ->
            [one] one person
           *[other] { $count } people
        }
        import-roles = { $count ->
            [one] one role
           *[other] { $count } roles
        }
        import-meetings = { $count ->
            [one] one meeting
           *[other] { $count } meetings
        }
        import-mandates = { $count ->
            [one] one mandate
           *[other] { $count } mandates
        }
        import-split = { $what } ({ $parts })
        import-part-new = { $count } to add
        import-part-changed = { $count } to change
        import-part-same = { $count } already right
        import-part-error = { $count } with errors
        import-state-new = new
        import-state-changed = changes
        import-state-same = unchanged
        import-state-warning = warning
        import-state-error = wrong, not saved
        import-note-no-columns = The sheet “{ $name }” has no columns that I know. Ask for the template to see what they are called.
        import-note-strange-columns = Columns that I do not use: { $names }.
        import-note-no-rows = There are no rows below the headings.
        import-note-short = At least { $least } meetings a year are required – { $missing } missing. ({ $body }, { $year })
        import-note-short-others = At least { $least } meetings a year are required – { $missing } missing in the file. ({ $body } has { $others } other meetings in { $year }.)
        import-note-short-half = At least { $least } meetings per half-year are required – { $missing } missing in half { $half } of { $year }. ({ $body })
        import-note-short-half-others = At least { $least } meetings per half-year are required – { $missing } missing in the file, half { $half }. ({ $body } has { $others } other meetings in { $year }.)
        import-note-formula = { $row }: a cell is a formula. Paste the value instead.
        import-note-too-long = { $row }: the text is too long, { $most } characters fit.
        import-note-no-name = { $row } has no name.
        import-note-no-kind = { $row } has no kind, for example network or working group.
        import-note-near = { $row }: looks like “{ $near }”, which exists. Is it the same?
        import-note-town-near = { $row }: “{ $said }” does not exist. Is { $near } meant?
        import-note-town-new = { $row }: new municipalities in the region: { $names }.
        import-note-town-unknown = { $row }: the municipality “{ $said }” is not in the region. Put it on a group in the sheet Grupper first.
        import-note-town-unknown-near = { $row }: the municipality “{ $said }” does not exist. Is { $near } meant?
        import-note-town-changes = { $row }: changes municipality, was { $old }.
        import-note-leaves = { $row }: when { $name } leaves, somebody else must be named for { $duties }.
        import-note-name-changes = { $row }: changes name, was { $old }.
        import-note-body-unknown = { $row }: I find no group called “{ $said }”.
        import-note-body-unknown-near = { $row }: I find no group called “{ $said }”. Is { $near } meant?
        import-note-parent-circle = { $row }: “{ $said }” is itself below the group.
        import-note-several = { $row }: several people are called { $name }. Add municipality or e-mail.
        import-note-no-email = { $row } has no e-mail, so the person cannot be recognised in Teams or Slack.
        import-note-person-unknown = { $row }: { $name } is not among the people.
        import-note-role-needs-body = { $row }: the role must belong to a group.
        import-note-role-regional = { $row }: coordinator and administrator are of the whole region. Leave the group empty.
        import-note-until-before = { $row }: ends before it begins.
        import-note-twice = { $row } is the same as row { $first }.
        import-note-no-body = { $row } has no group.
        import-note-no-date = { $row } has no date.
        import-note-date = { $row }: “{ $said }” is no day that I can read. Write for example 2027-01-28.
        import-note-date-serial = { $row }: I read { $said } as { $day }.
        import-note-date-year = { $row }: “{ $said }” has no year. I take it as { $day }.
        import-note-last-before = { $row }: the last day does not fit the first.
        import-note-time = { $row }: “{ $said }” is no time. Write for example 09:00.
        import-note-time-order = { $row }: ends before it begins.
        import-note-no-time = { $row } has no time, so I take 09:00–12:00.
        import-note-two-days = { $row }: looks like two days but has one date. Fill in Till datum.
        import-note-free-day = { $row }: { $day } is { $name }.
        import-note-weekend = { $row }: { $day } is a { $weekday }.
        import-note-no-host = { $row } has no host municipality.
        import-note-cancelled = { $row } is cancelled and is not read.
        import-note-repeats = { $row } repeats in the calendar. I read only the first time.
        import-note-number = { $row }: “{ $said }” is no number.
        import-note-choice = { $row }: I do not know “{ $said }”. Choose among { $options }.
        import-note-address = { $row }: “{ $said }” is no e-mail address.
        import-note-deadline = { $row }: “{ $said }” is no time that I can watch. Write for example May 2027.
        import-note-deadline-over = { $row }: { $said } is over.
        import-note-no-final = { $row } has no final report.
        import-more = … and { $count ->
            [one] one more note
           *[other] { $count } more notes
        }. All of them stand in the file.
        import-too-many = That is too many rows at once. Divide the file, at most { $most } rows in each.
        import-changed = Things have changed while you were looking. Send the file again to see what it would do now.
    """,
}
Say = Callable[..., str]  # a text's name and values, in one language
SHOWN = 10  # notes in a message; all stand in the file


def said(say: Say, note: Note, lang: str) -> str:
    values: dict[str, Any] = dict(note.values)
    code = note.code
    if note.line is not None:
        several = {"sheet": note.sheet} if note.sheet else {}
        name = "import-row-sheet" if note.sheet else "import-row"
        values["row"] = say(name, line=str(note.line), **several)
    if "year" in values:
        values["year"] = str(values["year"])
    if "day" in values:
        day = date.fromisoformat(values["day"])
        year = code != "free-day"
        values["day"] = dates.show(day, lang, week=False) if year else _day_and_month(day, lang)
        if code == "free-day" and not values["name"]:
            code, values["weekday"] = "weekend", dates.show(day, lang, week=False).split()[0]
    if code.startswith("short") and values["others"]:
        code += "-others"
    if values.get("near") and code in {"town-unknown", "body-unknown"}:
        code += "-near"
    return say(f"import-note-{code}", **values)


def _day_and_month(day: date, lang: str) -> str:
    """ "6 maj"."""
    return " ".join(dates.show(day, lang, week=False).replace(",", "").split()[1:3])


def summary(say: Say, found: Preview) -> str:
    """ "5 möten", or with what becomes of them where that is not all new."""
    parts = []
    for kind in KINDS:
        count = sum(1 for row in found.rows if row.kind == kind)
        if not count:
            continue
        what = say(f"import-{kind}", count=count)
        split = {state: found.count(kind, state) for state in ("new", "changed", "same", "error")}
        told = [say(f"import-part-{state}", count=n) for state, n in split.items() if n]
        plain = split["new"] == count
        parts.append(what if plain else say("import-split", what=what, parts=", ".join(told)))
    return ", ".join(parts)


def warnings(say: Say, found: Preview, lang: str, most: int = SHOWN) -> Iterator[str]:
    """One line a note: rules first, then errors, then row by row."""
    told = sorted(found.told, key=lambda note: (note.line is not None, not note.error))
    for note in told[:most]:
        yield f"⚠ {said(say, note, lang)}"
    if len(told) > most:
        yield say("import-more", count=len(told) - most)
