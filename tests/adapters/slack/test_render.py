import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import form, receive, render
from bot.form import Choice, FieldView, FormView
from bot.reply import Button, Card, Fact, File, FormPrompt, Picture, Text
from tests.adapters.slack.lint import lint

BUTTON = Button("Ja", token="tok", confirm="Ska det bort?", style="danger")
LINK = Button("Öppna", url="https://example.org/a?b=1&c=2")


PIECES = st.lists(
    st.sampled_from(
        "<!channel> <!here> <@U1> <#C1|x> <!subteam^S1> <https://x|y> <mailto:a@b|c> &lt;!here&gt; &amp; & < > | ` * _ ~ \n å 🙂 \u202e \x00 \u2028 ord".split(
            " "
        )
    )
    | st.text(max_size=20)
).map("".join)
ADDRESSES = st.sampled_from(["https://e.org", "https://e.org/a?b=1&c=<@U1>", "javascript:x", "https://e.org|<!here>", "mailto:a@b.example",
                             "https://e.org/" + "å" * 4000, "", " https://e.org", "http://e.org/>x"])  # fmt: skip
BUTTONS = st.lists(
    st.builds(Button, PIECES, token=st.sampled_from(["", "tok", "x" * 1999, "x" * 2001]), confirm=st.none() | PIECES)
    | st.builds(Button, PIECES, url=ADDRESSES), max_size=6,
).map(tuple)  # fmt: skip
FACTS = st.lists(st.builds(Fact, PIECES, PIECES, st.none() | ADDRESSES), max_size=12).map(tuple)
CHOICES = st.lists(st.builds(Choice, st.uuids().map(str), PIECES), min_size=1, max_size=5).map(
    tuple
)
FIELDS = st.lists(
    st.builds(FieldView, st.uuids().map(str), st.sampled_from(["text", "choice", "date", "yes_no", "number", "time", "file"]),
              PIECES, PIECES, options=CHOICES, initial=st.sampled_from(["", "2026-01-02", "v. 9", "3", "x" * 4000]), least=st.none() | st.just(5) , error=PIECES), min_size=1, max_size=5,
).map(tuple)  # fmt: skip
FORMS = st.builds(
    FormView, st.just("f"), PIECES, PIECES, PIECES, FIELDS, intro=PIECES, token=st.just("tok")
)
REPLIES = (
    st.builds(Text, PIECES, BUTTONS)
    | st.builds(
        Card, PIECES, PIECES, FACTS, st.none() | st.builds(Picture, ADDRESSES, PIECES), BUTTONS
    )
    | st.builds(FormPrompt, FORMS, PIECES, st.just(BUTTON), BUTTONS)
    | st.builds(File, PIECES, st.binary(), st.just("text/plain"), PIECES, BUTTONS)
)


@given(REPLIES, st.sampled_from(["sv", "en"]))
def test_no_active_element_survives_in_any_reply(reply, lang):
    drawn = [render.message(reply, lang), render.home((reply,) * 3, lang)]
    if isinstance(reply, File):
        drawn += [{"text": "x", "blocks": render.beside_file(reply, lang)}]
        drawn += [render.message(render.without_file(reply, lang), lang)]
    for each in drawn:
        assert lint(each) == []
        _assert_inert(each)


@given(FORMS)
def test_no_active_element_survives_in_any_form(view):
    drawn = form.modal(view, "C1", "1.1")
    assert lint(drawn) == []
    _assert_inert(drawn)
    assert all(1 <= len(each) <= 500 for each in form.errors(view).values())


def _assert_inert(body):
    """Only a link that we drew ourselves, to a web address or a mailbox, is markup."""
    for drawn in _texts(body):
        rest = re.sub(r"<(https?://|mailto:)[^<>|]*\|[^<>|]*>", "", drawn)
        assert not set(rest) & set("<>")
        assert "&" not in re.sub(r"&(amp|lt|gt);", "", rest)


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
