"""Each kind of reply as it leaves for Slack, compared exactly; `pytest --golden` rewrites the files."""

import json
from pathlib import Path

import pytest

from adapters.slack import form, render
from bot.form import Choice, FieldView, FormView
from bot.reply import Button, Card, Fact, File, FormPrompt, Picture, Text
from tests.adapters.slack.lint import lint

FOLDER = Path(__file__).parent / "golden"


def _words(lang):
    """Picks the Swedish or the English of two."""
    return lambda sv, en: {"sv": sv, "en": en}[lang]


def text(lang):
    say = _words(lang)
    return Text(say("Vilken grupp & vilket <möte>?", "Which group & which <meeting>?"),
                (Button("Vuxenutbildning", token="tok-1"), Button("SFI", token="tok-2")))  # fmt: skip


def card(lang):
    say = _words(lang)
    facts = (
        Fact(say("När", "When"), say("torsdag 10 december 2026 kl. 09.00–12.00 (v. 50)",
                                     "Thursday 10 December 2026, 09:00–12:00 (week 50)")),
        Fact(say("Plats", "Place"), "Skövde, Portalen", "https://maps.example/?q=Portalen&z=3"),
        Fact(say("Värd", "Host"), "Skövde (Dag Låtsasberg)"),
    )  # fmt: skip
    buttons = (
        Button(say("Jag kommer", "I will come"), token="tok-1", style="primary"),
        Button(say("Ställ in", "Cancel it"), token="tok-2", style="danger",
               confirm=say("Ställa in mötet?", "Cancel the meeting?")),
        Button(say("Dagordning", "Agenda"), url="https://web.example/agenda?m=1&l=2"),
    )  # fmt: skip
    picture = Picture("https://web.example/map.png", say("Karta", "Map"))
    return Card(say("Nästa möte", "Next meeting"), say("Du har inte svarat ännu.", "You have not answered yet."),
                facts, picture, buttons)  # fmt: skip


def view(lang):
    say = _words(lang)
    fields = (
        FieldView("title", "text", say("Rubrik", "Title"), say("Kort och tydlig", "Short and clear"), initial="Träff"),
        FieldView("body", "choice", say("Grupp", "Group"), options=(Choice("1", "Vux"), Choice("2", "SFI")), initial="2"),
        FieldView("day", "date", say("Dag", "Day"), initial="2027-02-03"),
        FieldView("clock", "time", say("Tid", "Time"), required=False),
        FieldView("seats", "number", say("Platser", "Seats"), least=1, most=60, initial="20"),
        FieldView("online", "yes_no", say("På distans?", "Online?"),
                  options=(Choice("ja", say("Ja", "Yes")), Choice("nej", say("Nej", "No")))),
        FieldView("minutes", "file", say("Protokoll", "Minutes")),
    )  # fmt: skip
    return FormView("new", say("Nytt möte", "New meeting"), say("Boka", "Book"), say("Avbryt", "Cancel"),
                    fields, "tok-form", say("Allt går att ändra sedan.", "All of it can be changed later."))  # fmt: skip


def file(lang):
    say = _words(lang)
    return File("mote.ics", b"BEGIN:VCALENDAR", "text/calendar",
                say("Här är mötet för din kalender.", "Here is the meeting for your calendar."))  # fmt: skip


def prompt(lang):
    say = _words(lang)
    open_ = Button(say("Öppna formuläret", "Open the form"), token="tok-form")
    return FormPrompt(view(lang), say("Vilken grupp gäller det?", "Which group is it?"), open_,
                      (Button("Vux", token="tok-1"),))  # fmt: skip


KINDS = {
    "text": lambda lang: render.message(text(lang), lang),
    "card": lambda lang: render.message(card(lang), lang),
    "form-prompt": lambda lang: render.message(prompt(lang), lang),
    "modal": lambda lang: form.modal(view(lang), "C1", "1.1"),
    "file": lambda lang: {"text": file(lang).plain, "blocks": render.beside_file(file(lang), lang)},
    "file-refused": lambda lang: render.message(render.without_file(file(lang), lang), lang),
    "home": lambda lang: render.home((card(lang), text(lang)), lang),
}


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_reply_is_drawn_as_agreed(kind, lang, request):
    drawn = KINDS[kind](lang)
    agreed = FOLDER / f"{kind}.{lang}.json"
    if request.config.getoption("--golden"):
        agreed.parent.mkdir(exist_ok=True)
        agreed.write_text(json.dumps(drawn, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert lint(drawn) == []
    assert drawn == json.loads(agreed.read_text(encoding="utf-8"))


def test_every_golden_file_belongs_to_a_kind():
    assert {each.name for each in FOLDER.iterdir()} == {
        f"{kind}.{lang}.json" for kind in KINDS for lang in ("sv", "en")
    }
