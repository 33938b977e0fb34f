"""Files held against the demo's Skaraborg and against a region that is not there yet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook
from sqlalchemy import Connection, func, select

from bot.errors import Refused
from storage import demo, files, imports
from storage.documents import DocumentError, extract
from storage.imports.columns import tables
from storage.imports.model import Preview
from storage.session import Database
from storage.tables import (
    audit,
    body,
    identity,
    mandate,
    meeting,
    meeting_day,
    municipality,
    person,
    role,
)
from tests.storage.documents import made
from tests.storage.world import AT, TODAY, engine, someone

PEOPLE = "Namn;Kommun;Titel;E-post\n"
MEETINGS = "Grupp;Datum;Till datum;Start;Slut;Form;Plats;Värdkommun;Tema\n"


def lines(text: str, name: str = "lista.csv") -> list[str]:
    return list(files.examine(text.encode(), name).paragraphs)


def look(connection: Connection, text: str | list[str], body: int | None = None) -> Preview:
    found = lines(text) if isinstance(text, str) else text
    number = imports.find_region(connection, "skaraborg")
    return imports.preview(connection, number, "", found, TODAY, body)


def codes(found: Preview) -> list[tuple[str, int | None]]:
    return [(note.code, note.line) for note in found.told]


@pytest.fixture
async def skaraborg(database: Database) -> Database:
    await database.write(demo.fill)
    return database


@pytest.fixture(scope="module")
def demo_region() -> Iterator[Connection]:
    """For what only looks: the same whatever the database."""
    with engine().connect() as connection:
        yield connection


async def test_five_dates_are_held_against_the_rules(skaraborg: Database) -> None:
    text = MEETINGS + (
        "vux;2027-02-18;;09.00;12.00;Plats;Rådhuset;Skövde;\n"
        "vux;2027-05-06;;09.00;12.00;Plats;Rådhuset;Skara;\n"
        "vux;2027-08-19;;09.00;12.00;Plats;Rådhuset;;\n"
        "vux;2027-09-23;;09.00;12.00;Plats;Rådhuset;Hjo;\n"
        "vux;2027-12-11;;09.00;12.00;Plats;Rådhuset;Hjo;\n"
    )
    found = await skaraborg.read(lambda c: look(c, text))

    assert codes(found) == [("short", None), ("free-day", 3), ("no-host", 4), ("free-day", 6)]
    short = found.notes[0].values
    assert (short["least"], short["missing"], short["others"], short["year"]) == (6, 1, 7, 2027)
    assert found.count("meetings", "new") == 5


def test_a_short_list_of_more_meetings_is_no_plan_and_says_nothing(demo_region: Connection) -> None:
    text = MEETINGS + "vux;2027-02-18;;09.00;12.00;Plats;Rådhuset;Skövde;\n"

    assert codes(look(demo_region, text)) == []


async def test_one_file_makes_a_whole_region_and_the_second_time_nothing(
    database: Database,
) -> None:
    book = Workbook()
    sheets = {
        "Grupper": [
            ("Namn", "Slag", "Kallas", "Under", "Möten per år", "Kommuner", "Brevlåda"),
            ("Nätverket Vux", "Nätverk", "vux", "Skolchefer", 6, "Alby, Björkö", "vux@lan.example"),
            ("Skolchefer", "Skolchefer", "cheferna", None, 4, "Alby, Björkö", None),
        ],
        "Personer": [
            ("Namn", "Kommun", "Titel", "E-post"),
            ("Ada Påhittad", "Alby", "Rektor", "ada@alby.example"),
            ("Bea Påhittad", "Björkö", "Skolchef", "bea@bjorko.example"),
        ],
        "Roller": [
            ("Namn", "E-post", "Roll", "Grupp", "Från", "Till"),
            (None, "ada@alby.example", "Ordförande", "vux", date(2026, 1, 1), None),
            ("Bea Påhittad", None, "Skolchef", "Skolchefer", date(2026, 1, 1), None),
            ("Bea Påhittad", None, "Administratör", None, None, None),
        ],
        "Möten": [
            ("Grupp", "Datum", "Till datum", "Start", "Slut", "Plats", "Värdkommun"),
            ("vux", date(2027, 1, 28), None, "09.00", "12.00", "Huset", "Alby"),
            ("vux, cheferna", date(2027, 10, 13), date(2027, 10, 14), "10", "15", "Huset", "Björkö"),
        ],
        "Uppdrag": [
            ("Uppdrag", "Från grupp", "Till grupp", "Delrapport", "Slutrapport", "Mål"),
            ("Kartlägg valideringen", "Skolchefer", "vux", "maj 2027", "oktober 2027", "2 och 3"),
        ],
    }  # fmt: skip
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    told = list(files.examine(data.getvalue(), "lan.xlsx").paragraphs)

    def bring(connection: Connection) -> dict[str, int]:
        number = imports.find_region(connection, "Mittlanet")
        return imports.start(connection, number, "Mittlanet", told, AT)

    done = await database.write(bring)
    again = await database.write(bring)

    assert done == {"bodies": 2, "people": 2, "roles": 3, "meetings": 2, "mandates": 1}
    assert again == {}

    def kept(connection: Connection) -> list[object]:
        two_days = select(func.count()).select_from(meeting_day)
        parent = select(body.c.name).where(
            body.c.id
            == select(body.c.parent_id).where(body.c.name == "Nätverket Vux").scalar_subquery()
        )
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar()
            for table in (municipality, body, person, identity, role, meeting, mandate)
        ]
        return [
            counts, connection.execute(two_days).scalar(), connection.execute(parent).scalar(),
            connection.execute(select(mandate.c.contact_id.is_not(None))).scalar(),
            connection.execute(select(func.count()).select_from(audit)).scalar(),
        ]  # fmt: skip

    assert await database.read(kept) == [[2, 2, 2, 2, 3, 2, 1], 3, "Skolchefer", True, 2]


async def test_people_are_known_by_address_then_by_name_and_municipality(
    skaraborg: Database,
) -> None:
    text = PEOPLE + (
        "Bo Nyttnamn;Vara;Rektor;bo.fiktivsson@vara.example\n"
        "Karin Demoberg;Tibro;Lärare;\n"
        "Karin Demoberg;;Lärare;\n"
        "Ny Påhittad;Vara;;ny@vara.example\n"
        "Ny Påhittad;Vara;;ny@vara.example\n"
        "Ny Påhittad;Skara;;ny@vara.example\n"
    )
    found = await skaraborg.read(lambda c: look(c, text))

    assert [row.state for row in found.rows] == [
        "changed",
        "changed",
        "error",
        "new",
        "same",
        "error",
    ]
    assert codes(found) == [
        ("name-changes", 2), ("several", 4), ("twice", 6), ("twice", 7),
    ]  # fmt: skip
    titles = [cell for cell in found.rows[1].cells if cell.column == "title"]
    assert [(cell.state, cell.old) for cell in titles] == [("changed", "Rektor")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PEOPLE + "Ada;Skövdde;;a@x.example\n", ("town-unknown", 2)),
        (PEOPLE + "Ada;Skara;;ingen adress\n", ("address", 2)),
        (PEOPLE + '"=HYPERLINK(""x"")";Skara;;a@x.example\n', ("formula", 2)),
        (PEOPLE + ";Skara;;a@x.example\n", ("no-name", 2)),
        (PEOPLE + f"{'x' * 121};Skara;;a@x.example\n", ("too-long", 2)),
        (PEOPLE, ("no-rows", None)),
        ("A;B\n1;2\n", ("no-columns", None)),
        (MEETINGS + "vux;i höst;;9;12;;;Skara;\n", ("date", 2)),
        (MEETINGS + "vux;2027-02-30;;9;12;;;Skara;\n", ("date", 2)),
        (MEETINGS + ";2027-02-18;;9;12;;;Skara;\n", ("no-body", 2)),
        (MEETINGS + "sångkören;2027-02-18;;9;12;;;Skara;\n", ("body-unknown", 2)),
        (MEETINGS + "vux;2027-02-18;;25;12;;;Skara;\n", ("time", 2)),
        (MEETINGS + "vux;2027-02-18;2027-02-17;9;12;;;Skara;\n", ("last-before", 2)),
        (MEETINGS + "vux;2027-02-18;;9;12;;;Skåra;\n", ("town-unknown", 2)),
        ("Namn;Roll;Grupp\nNågon Annan;Medlem;vux\n", ("person-unknown", 2)),
        ("Namn;Roll;Grupp\nAsta Fiktberg;Kejsare;vux\n", ("choice", 2)),
        ("Namn;Roll;Grupp\nAsta Fiktberg;Medlem;\n", ("role-needs-body", 2)),
        ("Namn;Roll;Grupp\nAsta Fiktberg;Samordnare;vux\n", ("role-regional", 2)),
        ("Namn;Roll;Grupp;Från;Till\nAsta Fiktberg;Medlem;vux;2027-02-01;2027-01-01\n", ("until-before", 2)),
        ("Namn;Slag\nNy grupp;Sångkör\n", ("choice", 2)),
        ("Namn;Slag;Kommuner\nNy grupp;Nätverk;Skövdde\n", ("town-near", 2)),
        ("Uppdrag;Från grupp;Till grupp;Slutrapport\nX;skolcheferna;vux;efter sommaren\n", ("deadline", 2)),
        ("Uppdrag;Från grupp;Till grupp;Slutrapport\nX;skolcheferna;vux;maj 2025\n", ("deadline-over", 2)),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_not_written(
    demo_region: Connection, text: str, expected: tuple[str, int | None]
) -> None:
    found = look(demo_region, text)

    assert expected in codes(found)
    assert next(note for note in found.told if note.code == expected[0]).error
    assert not found.writes


@pytest.mark.parametrize(
    ("cells", "code", "day"),
    [
        ("46436;;09.00;12.00;;;Skara;", "date-serial", "2027-02-18"),
        ("18 februari;;09.00;12.00;;;Skara;", "date-year", "2027-02-18"),
        ("2027-02-18;;;;;;Skara;", "no-time", "2027-02-18"),
        ("2027-02-18;;10.00;09.00;;;Skara;", "two-days", "2027-02-18"),
        ("2027-02-18;;10.00;15.00;;;Skara;Internat, två dagar", "two-days", "2027-02-18"),
        ("2027-02-20;;10.00;15.00;;;Skara;", "free-day", "2027-02-20"),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_told_and_may_be_written(
    demo_region: Connection, cells: str, code: str, day: str
) -> None:
    found = look(demo_region, f"{MEETINGS}vux;{cells}\n")

    assert (code, 2) in codes(found)
    assert found.writes
    assert found.rows[0].target.days[0][0].date() == date.fromisoformat(day)


def test_who_leaves_is_told_with_the_duties_that_become_empty(demo_region: Connection) -> None:
    text = "Namn;Kommun;Slutar\nBo Fiktivsson;Vara;2026-12-31\n"
    found = look(demo_region, text)

    assert codes(found) == [("leaves", 2)]
    assert found.rows[0].told[0].values["duties"] == (
        "Nätverket Vuxenutbildning Skaraborg, 2027-10-14"
    )
    assert found.rows[0].state == "changed"


def test_dates_that_are_text_mean_what_they_say(demo_region: Connection) -> None:
    for said in ("2027-02-18", "20270218", "2027-02-18 09:00", "18 februari 2027", "18/2 2027"):
        found = look(demo_region, f"{MEETINGS}vux;{said};;9;12;;;Skara;\n")
        assert [row.name for row in found.rows] == ["2027-02-18"], said


async def test_a_meeting_that_moves_in_the_calendar_moves_here_and_counts_up(
    skaraborg: Database,
) -> None:
    calendar = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//SV\r\nBEGIN:VEVENT\r\nUID:a-1\r\n"
        "SUMMARY:Språkstöd\r\nDTSTART:2027{}T080000Z\r\nDTEND:2027{}T100000Z\r\nLOCATION:Huset\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    def bring(connection: Connection, day: str) -> dict[str, int]:
        number = imports.find_region(connection, "skaraborg")
        return imports.start(connection, number, "", lines(calendar.format(day, day), "k.ics"), AT)

    def kept(connection: Connection) -> list[tuple[datetime, int]]:
        rows = connection.execute(
            select(meeting.c.starts, meeting.c.sequence).where(meeting.c.uid.like("import-%"))
        )
        return [tuple(row) for row in rows]

    assert await skaraborg.write(lambda c: bring(c, "0218")) == {"meetings": 1}
    assert await skaraborg.write(lambda c: bring(c, "0218")) == {}
    assert await skaraborg.read(kept) == [(datetime(2027, 2, 18, 9), 0)]
    assert await skaraborg.write(lambda c: bring(c, "0219")) == {"meetings": 1}
    assert await skaraborg.read(kept) == [(datetime(2027, 2, 19, 9), 1)]


async def test_who_leads_a_network_may_bring_its_meetings_and_nothing_else(
    skaraborg: Database,
) -> None:
    def bring(connection: Connection, name: str, text: str) -> object:
        who = someone(connection, name)
        data = text.encode()
        kept = files.put(connection, who.id, data, files.examine(data, "lista.csv"), AT)
        found = imports.of_file(connection, who, kept.id, TODAY, who.region)
        return imports.bring(connection, who, kept.id, who.region, None, found.digest, AT)

    plan = MEETINGS + "{};2027-02-18;;09.00;12.00;Plats;Huset;Skövde;\n"
    done = await skaraborg.write(lambda c: bring(c, "Lena Modellson", plan.format("vux")))
    assert done == {"done": {"meetings": 1}, "meetings": []}
    for name, text in (
        ("Lena Modellson", plan.format("skolcheferna")),
        ("Bo Fiktivsson", plan.format("vux")),
        ("Lena Modellson", PEOPLE + "Ada;Skara;;a@x.example\n"),
        ("Farid Testmark", "Namn;Roll\nFarid Testmark;Administratör\n"),
        ("Olle Provdal", PEOPLE + "Ada;Skara;;a@x.example\n"),
    ):
        with pytest.raises(Refused, match="may-not"):
            await skaraborg.write(lambda c, n=name, t=text: bring(c, n, t))


async def test_nothing_is_saved_when_things_changed_since_the_preview(skaraborg: Database) -> None:
    def bring(connection: Connection) -> None:
        who = someone(connection, "Vide Hittepåberg")
        data = (PEOPLE + "Bo Fiktivsson;Vara;Lärare;\n").encode()
        kept = files.put(connection, who.id, data, files.examine(data, "lista.csv"), AT)
        digest = imports.of_file(connection, who, kept.id, TODAY, who.region).digest
        imports.start(
            connection, who.region, "", lines(PEOPLE + "Bo Fiktivsson;Vara;Vaktmästare;\n"), AT
        )
        imports.bring(connection, who, kept.id, who.region, None, digest, AT)

    with pytest.raises(Refused, match="import-changed"):
        await skaraborg.write(bring)


def test_a_list_of_a_region_changes_no_other(demo_region: Connection) -> None:
    """Nora Provén is of Stockholm: the same address in Skaraborg's list is a new person there."""
    text = PEOPLE + "Nora Provén;Skara;Lärare;nora.proven@huddinge.example\n"
    found = look(demo_region, text)

    assert [row.state for row in found.rows] == ["new"]


def test_the_templates_are_read_as_what_they_are() -> None:
    book, notes = tables(files.examine(imports.workbook(), "mall.xlsx").paragraphs)
    single = [tables(files.examine(data, name).paragraphs)
              for name, data in imports.csv_templates().items()]  # fmt: skip

    assert [table.kind for table in book] == list(imports.KINDS)
    assert [tables_[0].kind for tables_, _ in single] == list(imports.KINDS)
    assert notes == [note for _, several in single for note in several] == []


def test_a_hundred_thousand_rows_are_too_many(demo_region: Connection) -> None:
    text = PEOPLE + "\n".join(f"Ada Påhittad {n};Skara;;a{n}@x.example" for n in range(100_000))

    with pytest.raises(Refused, match="import-too-many"):
        look(demo_region, text)


def test_a_workbook_that_unpacks_to_too_much_is_thrown_away() -> None:
    sheet = "<worksheet><sheetData>" + "<row/>" * 20_000_000 + "</sheetData></worksheet>"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/sheet2.xml": sheet,
    }  # fmt: skip
    with pytest.raises(DocumentError, match="bomb"):
        extract(made.packed(parts), "lista.xlsx")


def test_formulas_of_a_workbook_come_as_they_are_written() -> None:
    book = Workbook()
    book.active.append(["Namn", "Kommun"])
    book.active.append(["=A1&B1", "Skara"])
    data = io.BytesIO()
    book.save(data)

    assert extract(data.getvalue(), "a.xlsx").paragraphs[2] == "=A1&B1\tSkara"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Namn;Kommun\nÅsa;Skövde\n", "cp1252"), ("Namn,Kommun\nÅsa,Skövde\n", "utf-8"),
        ("Namn\tKommun\nÅsa\tSkövde\n", "utf-16"), ('sep=;\nNamn;Kommun\n"Åsa";Skövde\n', "utf-8-sig"),
    ],
)  # fmt: skip
def test_tables_come_in_the_encodings_of_swedish_offices(text: str, encoding: str) -> None:
    found = extract(text.encode(encoding), "lista.csv").paragraphs

    assert [line for line in found if line.strip()] == ["Namn\tKommun", "Åsa\tSkövde"]


def test_the_preview_as_a_workbook_holds_no_formulas(demo_region: Connection) -> None:
    from openpyxl import load_workbook

    found = look(demo_region, PEOPLE + '"=1+1";Skara;;a@x.example\n')
    drawn = imports.shown(found, lambda note: note.code, lambda state: state)
    sheet = load_workbook(io.BytesIO(drawn))["Personer"]
    cells = [cell for row in sheet.iter_rows() for cell in row]

    assert [cell.value for cell in sheet[2]] == [
        2,
        "error",
        "=1+1",
        "Skara",
        "a@x.example",
        "formula",
    ]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert AT.tzinfo is UTC
