from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.minutes import Decided, ToDo, decisions, paragraphs, to_do

TEXT = """Protokoll 15 oktober 2026
§ 1 Mötets öppnande
Ordföranden hälsar välkommen.
§ 2 Valideringsstödet
Arbetsgruppen redovisar.
Beslut: Nätverket föreslår en gemensam prislista för
validering från våren 2027.
Åtgärd: Skara tar fram ett utkast senast 28 januari 2027.
§ 3 KomX
Frågan har beretts. Nätverket beslutar att starta en kombinationsutbildning. Vi ses i december.
Beslut
Kostnaden delas lika mellan kommunerna.
Att göra: Bo Fiktivsson skriver till Vara kommun.
"""


def test_paragraphs_with_their_headings() -> None:
    assert [(each.number, each.heading) for each in paragraphs(TEXT)] == [
        ("", ""), ("§ 1", "Mötets öppnande"), ("§ 2", "Valideringsstödet"), ("§ 3", "KomX"),
    ]  # fmt: skip


def test_a_protocol_without_signs_is_divided_at_its_numbers() -> None:
    text = "1. Öppnande\nVälkomna.\n2. Budget\nInget nytt."

    assert [each.heading for each in paragraphs(text)] == ["Öppnande", "Budget"]


def test_notes_without_any_heading_are_one_paragraph() -> None:
    assert [each.text for each in paragraphs("Vi talade om sfi.\nInget mer.")] == [
        "Vi talade om sfi.\nInget mer."
    ]


def test_what_was_decided() -> None:
    assert decisions(TEXT) == [
        Decided("§ 2", "Nätverket föreslår en gemensam prislista för validering från våren 2027."),
        Decided("§ 3", "Nätverket beslutar att starta en kombinationsutbildning."),
        Decided("§ 3", "Kostnaden delas lika mellan kommunerna."),
    ]


def test_what_is_to_be_done_and_by_whom() -> None:
    assert to_do(TEXT, ["Bo Fiktivsson"], ["Skara", "Vara"]) == [
        ToDo("§ 2", "Skara tar fram ett utkast senast 28 januari 2027.", "Skara"),
        ToDo("§ 3", "Bo Fiktivsson skriver till Vara kommun.", "Bo Fiktivsson"),
    ]


def test_nobody_is_named_where_the_text_names_nobody() -> None:
    assert [each.who for each in to_do("Åtgärd: Någon bokar lokal.", ["Bo Fiktivsson"], [])] == [""]


def test_talk_of_decisions_is_no_decision() -> None:
    assert decisions("§ 1 Läget\nBeslutet väntas i mars. Frågan avgörs av nämnden.") == []


@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    paragraphs(text)
    decisions(text)
    to_do(text, ["Bo"], ["Vara"])


def test_a_hostile_text_costs_little() -> None:
    before = time.perf_counter()
    for text in ("nätverket " * 50_000, "§ 1 " * 50_000, "a" * 500_000, "Beslut\n" * 50_000):
        decisions(text)
        to_do(text, [], ["Vara"])

    assert time.perf_counter() - before < 3
