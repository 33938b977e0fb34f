from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.assignment import Found, goals_in, read, short_of

NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/Stockholm"))


def shown(found: Found) -> tuple[object, ...]:
    ends = [
        v.last_day.isoformat()[:7] if v and v.last_day else None
        for v in (found.interim, found.final)
    ]
    return (found.title, found.goals, *ends, *found.unsure)


HEADINGS = """Uppdrag till Nätverket Vuxenutbildning
Beslutat av skolcheferna 2026-09-01.
Uppdrag 1: Gemensam struktur för yrkesutbildningar med språkstöd
Nätverket tar fram en gemensam struktur. Uppdraget hör till mål 2 och 3.
En delrapport lämnas i maj 2027 och slutrapporten i oktober 2027.
Uppdrag 2 – Regional samverkan utifrån Lärcenter-tanken (mål 1, 2)
Delredovisning sker i maj 2027 och slutredovisning i oktober samma år.
Uppdrag 3. Implementera beslutad organisation för KomX
Mål 1–2. Delrapport: juni 2027. Slutrapport: april 2028.
"""
PROSE = """Skolcheferna ger nätverket i uppdrag att ta fram en gemensam struktur för yrkesutbildningar med språkstöd. \
Uppdraget kopplas till mål 2 och 3. Delrapportering ska ske i maj 2027 och återrapportering senast oktober 2027.
Vidare får nätverket i uppdrag att föreslå regional samverkan utifrån Lärcenter-tanken (mål 1 och 2), med samma tider.
"""
LIST = """Nätverket får under 2027 följande uppdrag:
1. Kartlägga språkstödet, mål 3, som rapporteras i maj 2027 (delrapport) och december 2027 (slutrapport).
2. Pröva gemensamma öppettider. Klart våren 2027.
Kostnaderna ryms i budgeten.
"""
LETTERS = """Uppdragsbeskrivning
Skolcheferna beslutade 2026-09-17 att ge nätverket två uppdrag.
Uppdrag A – Språkstöd i yrkesutbildningar
Uppdraget beslutades den 17 september 2026 och avser mål 2 och 3. Lägesrapport lämnas i maj 2027.
Återrapportering sker senast 29 oktober 2027.
Uppdrag B – Lärcenter
Återrapportering sker till skolcheferna i juni 2027 (delrapport) och april 2028 (slutrapport). Mål 1.
"""
WORD = """Nätverket får följande uppdrag:
Kartlägga språkstödet (mål 3), delrapport maj 2027 och slutrapport december 2027
Pröva gemensamma öppettider (mål 1), slutredovisning våren 2027
Kostnaderna ryms i budgeten.
"""
DECIDED = """Nätverket ges i uppdrag att se över valideringen enligt beslut 2026-09-01, vilket ska rapporteras i maj 2027. Mål 1."""
TABLE = "Uppdrag\tMål\tDelrapport\tSlutrapport\nSpråkstöd i yrke\t2, 3\tmaj 2027\toktober 2027\nKomX\t1\tjuni 2027\tapril 2028\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEADINGS, [
            ("Gemensam struktur för yrkesutbildningar med språkstöd", (2, 3), "2027-05", "2027-10"),
            ("Regional samverkan utifrån Lärcenter-tanken", (1, 2), "2027-05", "2027-10"),
            ("Implementera beslutad organisation för KomX", (1, 2), "2027-06", "2028-04"),
        ]),
        (PROSE, [
            ("Ta fram en gemensam struktur för yrkesutbildningar med språkstöd", (2, 3), "2027-05", "2027-10"),
            ("Föreslå regional samverkan utifrån Lärcenter-tanken", (1, 2), "2027-05", "2027-10", "same"),
        ]),
        (LIST, [
            ("Kartlägga språkstödet", (3,), "2027-05", "2027-12"),
            ("Pröva gemensamma öppettider", (), None, "2027-05", "no-interim", "no-goals"),
        ]),
        (LETTERS, [
            ("Språkstöd i yrkesutbildningar", (2, 3), "2027-05", "2027-10"),
            ("Lärcenter", (1,), "2027-06", "2028-04"),
        ]),
        (WORD, [
            ("Kartlägga språkstödet", (3,), "2027-05", "2027-12"),
            ("Pröva gemensamma öppettider", (1,), None, "2027-05", "no-interim"),
        ]),
        (DECIDED, [
            ("Se över valideringen", (1,), None, "2027-05",
             "no-interim"),
        ]),
        (TABLE, [
            ("Språkstöd i yrke", (2, 3), "2027-05", "2027-10"),
            ("KomX", (1,), "2027-06", "2028-04"),
        ]),
        ("Nätverket får i uppdrag att se över valideringen. Delrapport i maj och slutrapport i mars.", [
            ("Se över valideringen", (), "2027-05", "2028-03", "year", "no-goals"),
        ]),
        ("Nätverket får i uppdrag att se över valideringen.", [
            ("Se över valideringen", (), None, None, "no-interim", "no-final", "no-goals"),
        ]),
        ("Gruppen får i uppdrag att städa. Slutrapport efter sommaren. Mål 1.", [
            ("Städa", (1,), None, None, "no-interim", "loose"),
        ]),
        ("Gruppen får i uppdrag att städa. Delrapport oktober 2025, slutrapport maj 2025. Mål 1.", [
            ("Städa", (1,), "2025-10", "2025-05", "past", "order"),
        ]),
        ("Budgeten för 2027 är klar i maj.\nHälsningar", []),
        ("", []),
    ],
    ids=["headings", "prose", "a list", "letters and decisions", "a list of Word's",
         "a decision", "a table", "months without a year", "no month", "loose words",
         "past and out of order", "no mandate", "nothing"],
)  # fmt: skip
def test_mandates_are_found_in_prose(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [shown(each) for each in read(text.splitlines(), NOW)] == expected


def test_it_is_called_by_its_last_word() -> None:
    assert [short_of(each.title) for each in read(HEADINGS.splitlines(), NOW)] == [
        "språkstöd",
        "Lärcenter-tanken",
        "KomX",
    ]


def test_it_survives_being_kept() -> None:
    found = read([*HEADINGS.splitlines(), *LIST.splitlines()], NOW)

    assert [Found.from_json(each.to_json()) for each in found] == found


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("mål 2 och 3", (2, 3)), ("mål 1–3", (1, 2, 3)), ("Målen 1, 2 samt 4", (1, 2, 4)), ("målet 3", (3,)),
     ("mål 1-999", tuple(range(1, 22))), ("målare 3", ()), ("goals 1 and 2", (1, 2))],
)  # fmt: skip
def test_goals_are_read_as_they_are_written(text: str, numbers: tuple[int, ...]) -> None:
    assert goals_in(text) == numbers


@given(st.lists(st.text(max_size=200), max_size=20))
def test_any_text_is_read_without_raising(paragraphs: list[str]) -> None:
    assert len(read(paragraphs, NOW)) <= 12
