"""Every kind of reply as Teams gets it, in both languages: `pytest --golden` writes them anew."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adapters.teams.form import dialog, in_chat
from adapters.teams.render import activities
from bot.form import Choice, FieldView, FormView
from bot.reply import Button, Card, Fact, File, FormPrompt, Picture, Reply, Text
from tests.adapters.teams.lint import card_faults, faults, official, official_faults

GOLDEN = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Words:
    """The same things said in Swedish and in English."""

    lang: str

    def __call__(self, swedish: str, english: str) -> str:
        return swedish if self.lang == "sv" else english


def form(w: Words) -> FormView:
    yes_no = (Choice("ja", w("Ja", "Yes")), Choice("nej", w("Nej", "No")))
    bodies = tuple(Choice(str(n), w(f"Nätverk {n}", f"Network {n}")) for n in range(6))
    return FormView(
        "plan", w("Planera ett möte", "Plan a meeting"), w("Spara", "Save"), w("Avbryt", "Cancel"),
        (
            FieldView("body", "choice", w("Vilket organ?", "Which body?"), options=bodies),
            FieldView("day", "date", w("Vilken dag?", "Which day?"), initial="2026-12-10"),
            FieldView("times", "time", w("Vilken tid?", "What time?"), hint="09.00–12.00"),
            FieldView("hybrid", "yes_no", w("Även digitalt?", "Online too?"), options=yes_no),
            FieldView("seats", "number", w("Hur många platser?", "How many seats?"), least=1,
                      required=False),
            FieldView("theme", "text", w("Tema", "Theme"), multiline=True, required=False),
            FieldView("paper", "file", w("Underlag", "Paper"), required=False),
        ),
        "token-form", w("Alla i organet får veta det en gång.", "All members are told once."),
    )  # fmt: skip


def replies(w: Words) -> dict[str, Reply]:
    come = Button(w("Jag kommer", "I will come"), "a", token="token-yes", style="primary")
    cannot = Button(w("Kan inte", "I cannot"), "a", token="token-no")
    delete = Button(w("Ställ in", "Cancel it"), "a", token="token-x", style="danger",
                    confirm=w("Ska mötet ställas in?", "Shall the meeting be cancelled?"))  # fmt: skip
    link = Button(w("Öppna möteslänken", "Open the meeting link"), url="https://meet.example/1")
    facts = (
        Fact(w("Tid", "Time"), w("torsdag 10 december 2026, v. 50", "Thursday 10 December 2026")),
        Fact(w("Länk", "Link"), "meet.example", "https://meet.example/1"),
        Fact(w("Dagordning", "Agenda"), w("1. Val\n2. Övrigt", "1. Elections\n2. Other")),
    )
    picture = Picture("https://bot.example/map.png", w("Karta", "Map"))
    networks = tuple(
        Button(w(f"Nätverk {n}", f"Network {n}"), "a", token=f"token-{n}") for n in range(8)
    )
    opener = Button(w("Fyll i formuläret", "Fill in the form"), "form", token="token-form")
    return {
        "text": Text(w("Noterat: du kommer.", "Noted: you are coming.")),
        "list": Text(w("2 möten:\n• 10 december\n• 28 januari", "2 meetings:\n• 10 December\n• 28 January")),
        "question": Text(w("Kommer du?", "Will you come?"), (come, cannot)),
        "choice": Text(w("Vilket nätverk?", "Which network?"), networks),
        "card": Card(w("Nätverket", "The network"), w("Nästa träff.", "Next."), facts, picture,
                     (come, cannot, link, delete)),
        "menu": Card(w("Nätverket", "The network"), buttons=(*networks[:5], come, link, delete)),
        "prompt": FormPrompt(form(w), w("Vilken dag?", "Which day?"), opener, (come,)),
        "file": File("mote.ics", b"x", "text/calendar", w("Här är mötet.", "Here is the meeting.")),
    }  # fmt: skip


def drawn(lang: str) -> dict[str, Any]:
    w = Words(lang)
    made: dict[str, Any] = {name: activities(each, lang) for name, each in replies(w).items()}
    wrong = {"day": w("Skriv ett datum, till exempel 3 mars.", "Write a date, such as 3 March.")}
    made["form"] = dialog(form(w))
    made["form-wrong"] = dialog(form(w).with_errors({"day": "snart", "theme": "Språk"}, wrong))
    made["form-in-chat"] = [in_chat(form(w))]
    return made


def cards(value: Any) -> list[Any]:
    if isinstance(value, dict):
        if value.get("type") == "AdaptiveCard":
            return [value]
        return [card for each in value.values() for card in cards(each)]
    return [card for each in value for card in cards(each)] if isinstance(value, list) else []


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("name", drawn("sv"))
def test_a_reply_is_drawn_as_it_was(name: str, lang: str, request: pytest.FixtureRequest) -> None:
    text = json.dumps(drawn(lang)[name], ensure_ascii=False, indent=1) + "\n"
    file = GOLDEN / f"{name}.{lang}.json"
    if request.config.getoption("--golden"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_no_drawing_has_a_fault(lang: str) -> None:
    for name, each in drawn(lang).items():
        found = [card_faults(card) for card in cards(each)]
        found += [faults(activity) for activity in each] if isinstance(each, list) else []
        assert [one for one in found if one] == [], name


@pytest.mark.node
@pytest.mark.skipif(official() is None, reason="npm is missing")
def test_microsofts_own_library_reads_every_drawing() -> None:
    every = [card for lang in ("sv", "en") for card in cards(drawn(lang))]
    assert [each for each in official_faults(every) if each] == []


def test_every_golden_file_is_used() -> None:
    assert {each.name for each in GOLDEN.iterdir()} == {
        f"{name}.{lang}.json" for name in drawn("sv") for lang in ("sv", "en")
    }
