"""The columns of each kind of table, by all the names that offices give them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from storage.imports.model import KINDS, Kind, Note, Table

_PERSON = "namn|name|person|förnamn och efternamn|full name"
_TOWN = "kommun|municipality|hemkommun"
_EMAIL = "epost|epostadress|mejl|mejladress|mail|email|emailaddress|adress"
_BODY = "grupp|nätverk|organ|group|network|body"
# The first name is the one of the templates.
NAMES: Mapping[Kind, Mapping[str, str]] = {
    "bodies": {
        "name": "Namn|name|grupp|group|body", "kind": "Slag|typ|kind|type",
        "short": "Kallas|kort namn|kortnamn|short|short name",
        "aliases": "Andra namn|fler namn|aliases|other names",
        "parent": "Under|hör till|överordnad|parent|part of",
        "per_year": "Möten per år|meetings per year",
        "per_half_year": "Möten per halvår|meetings per half year",
        "mailbox": "Brevlåda|mailbox", "towns": "Kommuner|municipalities",
    },
    "people": {
        "name": f"Namn|{_PERSON}", "town": f"Kommun|{_TOWN}", "title": "Titel|befattning|title|job",
        "email": f"E-post|{_EMAIL}", "left_on": "Slutar|sista dag|slutdatum|last day|leaves",
    },
    "roles": {
        "name": f"Namn|{_PERSON}", "town": f"Kommun|{_TOWN}", "email": f"E-post|{_EMAIL}",
        "role": "Roll|role", "body": f"Grupp|{_BODY}",
        "since": "Från|from|since|startdatum", "until": "Till|until|to|slutdatum",
    },
    "meetings": {
        "body": f"Grupp|{_BODY}", "day": "Datum|dag|date|day", "last": "Till datum|sista dag|end date|last day",
        "starts": "Start|börjar|starttid|tid|från kl|starts|start time",
        "ends": "Slut|slutar|sluttid|till kl|ends|end time",
        "format": "Form|format|typ", "place": "Plats|lokal|place|venue|location",
        "link": "Länk|möteslänk|link|url", "host": "Värdkommun|värd|host|host municipality",
        "theme": "Tema|ämne|rubrik|theme|subject|title|summary", "uid": "UID",
        "category": "Kategori|category|categories", "cancelled": "Inställt|cancelled",
        "repeats": "Upprepas|repeats",
    },
    "mandates": {
        "title": "Uppdrag|titel|rubrik|mandate|title",
        "giver": "Från grupp|ges av|uppdragsgivare|given by|giver|from",
        "owner": "Till grupp|ansvarig|ansvarig grupp|owner|to",
        "towns": "Kommuner|municipalities", "interim": "Delrapport|interim report|interim",
        "final": "Slutrapport|final report|final", "goals": "Mål|goals",
        "text": "Beskrivning|description|text",
    },
}  # fmt: skip
NEEDED: Mapping[Kind, Sequence[str]] = {
    "bodies": ("name", "kind"), "people": ("name",), "roles": ("role",), "meetings": ("day",),
    "mandates": ("title", "giver", "owner", "final"),
}  # fmt: skip
TEMPLATE = {
    kind: tuple(
        names.split("|")[0]
        for column, names in NAMES[kind].items()
        if column not in {"uid", "category", "cancelled", "repeats"}
    )
    for kind in KINDS
}
SHEETS: Mapping[Kind, str] = {
    "bodies": "Grupper", "people": "Personer", "roles": "Roller", "meetings": "Möten",
    "mandates": "Uppdrag",
}  # fmt: skip
README = "Läs mig"
_SHEET = re.compile(r"\[([^\t\]]{1,31})\]")
_FAR = 10  # rows above a header, at most


def _plain(words: str) -> str:
    return re.sub(r"[^\w]", "", words.casefold())


_BY_NAME = {
    kind: {
        _plain(name): column for column, names in NAMES[kind].items() for name in names.split("|")
    }
    for kind in KINDS
}


def tables(lines: Sequence[str]) -> tuple[list[Table], list[Note]]:
    """The tables of a file; notes for what holds none and for columns that mean nothing."""
    found: list[Table] = []
    notes: list[Note] = []
    for sheet, first, rows in _sheets(lines):
        if sheet == README or not any(rows):
            continue
        header = _header(sheet, rows[:_FAR])
        if header is None:
            notes.append(Note("no-columns", {"name": sheet}, error=True, sheet=sheet))
            continue
        at, kind = header
        names = rows[at].split("\t")
        columns = [_BY_NAME[kind].get(_plain(name), "") for name in names]
        strange = [name for name, column in zip(names, columns, strict=True) if name and not column]
        if strange:
            notes.append(Note("strange-columns", {"names": ", ".join(strange)}, sheet=sheet))
        table = Table(kind, sheet, [column for column in columns if column], [], [])
        for line, row in enumerate(rows[at + 1 :], first + at + 1):
            if row:
                cells = dict(zip(columns, row.split("\t"), strict=False))
                cells.pop("", None)
                table.rows.append(cells)
                table.lines.append(line)
        found.append(table)
    found.sort(key=lambda table: KINDS.index(table.kind))
    return found, notes


def _sheets(lines: Sequence[str]) -> list[tuple[str, int, list[str]]]:
    """Name, number of the first line, and lines of each sheet."""
    found: list[tuple[str, int, list[str]]] = []
    for line in lines:
        if told := _SHEET.fullmatch(line):
            found.append((told[1], 1, []))
        else:
            if not found:
                found.append(("", 1, []))
            found[-1][2].append(line)
    return found


def _header(sheet: str, rows: Sequence[str]) -> tuple[int, Kind] | None:
    """Where the row of names stands, and of what kind the table is."""
    for at, row in enumerate(rows):
        names = [_plain(name) for name in row.split("\t") if name]
        fits: list[tuple[int, int, Kind]] = []
        for kind in KINDS:
            known = {_BY_NAME[kind][name] for name in names if name in _BY_NAME[kind]}
            if known.issuperset(NEEDED[kind]) and (kind != "roles" or known & {"name", "email"}):
                named = _plain(sheet) == _plain(SHEETS[kind])
                fits.append((named, len(known), kind))
        if fits:
            return at, max(fits, key=lambda fit: fit[:2])[2]
    return None
