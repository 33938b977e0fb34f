import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import form, receive, render
from bot.form import Choice, FieldView, FormView
from bot.reply import Button, Card, Fact, Text
from tests.adapters.slack.lint import lint

BUTTON = Button("Ja", token="tok", confirm="Ska det bort?", style="danger")
LINK = Button("Öppna", url="https://example.org/a?b=1&c=2")
ANYTHING = st.text(max_size=400) | st.sampled_from(
    ["<!channel>", "<@U1>", "&lt;!here&gt;", "<https://x|y>", "*a*"]
)


@given(ANYTHING, ANYTHING, ANYTHING)
def test_no_active_element_survives(title, text, value):
    body = render.message(
        Card(
            title, text, (Fact(text, value), Fact("l", value, "https://e.org")), buttons=(BUTTON,)
        ),
        "sv",
    )
    assert lint(body) == []
    for drawn in _texts(body):
        assert not re.search(r"<(?!https://e\.org\|)", drawn)
        assert "&" not in re.sub(r"&(amp|lt|gt);", "", drawn)


@given(st.text(max_size=300))
def test_escaped_text_is_read_back_as_it_was(text):
    assert receive.plain(render.escape(text)) == text.strip()


@pytest.mark.parametrize("text", ["", "å" * 50_000, "&" * 9000, "ord " * 5000, "\n"])
@pytest.mark.parametrize("count", [0, 1, 26, 200])
def test_any_length_is_cut_to_what_slack_takes(text, count):
    card = Card(
        text, text, tuple(Fact(text, text) for _ in range(count)), buttons=(BUTTON, LINK) * count
    )
    assert lint(render.message(card, "sv")) == []
    assert lint(render.message(Text(text, (BUTTON,) * count), "en")) == []
    assert lint(render.home((card,) * 9, "sv")) == []


def test_a_form_becomes_a_modal_and_comes_back():
    fields = (
        FieldView("what", "text", "Vad?", "Kort", initial="x", multiline=True),
        FieldView("who", "choice", "Vem?", options=(Choice("1", "Ada"), Choice("2", "Bo")), initial="2"),
        FieldView("day", "date", "När?", initial="2026-01-02"), FieldView("vague", "date", "Då?", initial="v. 9"),
        FieldView("sure", "yes_no", "Säker?"), FieldView("many", "number", "Antal?", least=1, most=9),
        FieldView("clock", "time", "Tid?", error="Skriv en tid"), FieldView("file", "file", "Fil?"),
    )  # fmt: skip
    view = form.modal(FormView("f", "Titel", "Skicka", "Avbryt", fields, token="tok"), "C1", "1.2")
    assert lint(view) == []
    assert form.place_of(view) == form.Place("tok", "C1", "1.2")
    assert form.errors(FormView("f", "T", "S", "A", fields)) == {"clock": "Skriv en tid"}
    values = {"what": {"what": {"type": "plain_text_input", "value": "hej"}},
              "who": {"who": {"selected_option": {"value": "1"}}},
              "day": {"day": {"selected_date": None}}}  # fmt: skip
    assert form.answers_of({"state": {"values": values}}) == {"what": "hej", "who": "1", "day": ""}


def _texts(value):
    if isinstance(value, dict):
        for key, each in value.items():
            if key in {"text", "alt_text"} and isinstance(each, str):
                yield each
            else:
                yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
