from __future__ import annotations

from html.parser import HTMLParser

import pytest

from adapters.web import render
from bot.form import Choice, FieldView, FormView
from bot.reply import Button, Card, Fact, File, FormPrompt, Picture, Text

VIEW = render.View("sv", "c" * 64)
HOSTILE = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>', "'><script>alert(1)</script>", "<svg onload=alert(1)>",
    '" onmouseover="alert(1)', "' onfocus='alert(1)' autofocus='", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)", "//evil.example", "\\\\evil.example",
    "/\\evil.example", 'https://a.example/"onclick="x', "https://a.example/'><script>x</script>",
    "https:javascript", "http://", "http://[", "{{ 7*7 }}", "{% raw %}", "{{ view.csrf }}", "${7*7}",
    "<!--", "-->", "]]>", "<![CDATA[", "&lt;script&gt;", "&#60;script&#62;", "</textarea><script>x</script>",
    "</title><script>x</script>", "<iframe src=//evil>", "<base href=//evil>", "<form action=//evil>",
    "<style>*{x:expression(1)}</style>", "<a href=javascript:x>", "<meta http-equiv=refresh>",
    "\u202e<b>", "\x00<script>", "<math><mi xlink:href=x>", "<object data=x>", "` onload=x",
]  # fmt: skip
ALLOWED = {
    "div", "p", "article", "h2", "a", "img", "dl", "dt", "dd", "form", "input", "button", "details",
    "summary", "strong", "ul", "li", "fieldset", "legend", "label", "span", "select", "option", "textarea",
}  # fmt: skip


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def everything(text: str):
    buttons = (
        Button(text, token=text), Button(text, token=text, confirm=text, style="danger"), Button(text, url=text),
    )  # fmt: skip
    fields = tuple(
        FieldView(
            text,
            kind,
            text,
            text,
            options=(Choice(text, text),) * many,
            initial=text,
            error=text,
            multiline=multi,
        )
        for kind in ("text", "choice", "date", "time", "yes_no", "number", "file")
        for many in (1, 7)
        for multi in (False, True)
    )
    form = FormView(text, text, text, text, fields, text, text)
    return (
        Text(text, buttons), Card(text, text, (Fact(text, text, text),), Picture(text, text), buttons),
        FormPrompt(form, text, buttons[0], buttons), File(text, text.encode(), text, text, buttons),
    ), form  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_wherever_it_stands(text):
    replies, form = everything(text)
    reader = Reader()
    reader.feed(render.fragment(VIEW, replies, form, "sv"))
    for tag, attrs in reader.seen:
        assert tag in ALLOWED
        assert not [
            name for name in attrs if name.startswith("on") or name in {"style", "formaction"}
        ]
        for name in ("href", "src", "action"):
            address = attrs.get(name) or "/"
            assert address.startswith(
                ("/", "#", "http://", "https://", "data:application/octet-stream;base64,")
            )
            assert not address.startswith(("//", "/\\"))
    page = Reader()
    page.feed(
        render.page(
            "chat.html", render.View("sv", "c", _person(text)), welcome="", mine=text, answer=""
        )
    )
    assert [tag for tag, _ in page.seen].count("script") == 1


def _person(text: str):
    from adapters.web.people import WebPerson

    return WebPerson(1, text, text, text, text)


def test_a_card_is_an_article_with_its_facts_as_a_list_of_terms():
    card = Card(
        "Möte", "Välkommen", (Fact("Dag", "torsdag"), Fact("Plats", "Umeå", "https://a.example/"))
    )
    html = " ".join(render.fragment(VIEW, (card,), None, "sv").split()).replace("> <", "><")
    assert (
        '<article class="card"><h2>Möte</h2><p class="text">Välkommen</p><dl><div><dt>Dag</dt><dd>torsdag'
        '</dd></div><div><dt>Plats</dt><dd><a href="https://a.example/">Umeå</a></dd></div></dl>'
    ) in html


def test_a_text_keeps_its_lines_and_links_its_addresses():
    html = render.fragment(VIEW, (Text("Se https://a.example/x?a=1&b=2.\nHej"),), None, "sv")
    assert (
        '<a href="https://a.example/x?a=1&amp;b=2">https://a.example/x?a=1&amp;b=2</a>.\nHej'
        in html
    )


def test_a_file_is_handed_over_inside_the_page():
    html = render.fragment(VIEW, (File("a.csv", b"a;b", "text/csv", "Här"),), None, "sv")
    assert 'download="a.csv" href="data:text/csv;base64,YTti"' in html


def test_a_prompt_offers_its_answers_before_the_whole_form():
    form = FormView("f", "T", "S", "C", (), "t")
    prompt = FormPrompt(form, "När?", Button("Öppna", token="o"), (Button("Idag", token="i"),))
    html = render.fragment(VIEW, (prompt,), None, "sv")
    assert html.index("Idag</button>") < html.index("Öppna</button>")


def test_a_form_names_each_field_and_ties_the_error_to_it():
    field = FieldView("day", "date", "Dag", "Hint", initial="2026-12-03", error="Fel dag")
    html = render.fragment(VIEW, (), FormView("f", "T", "S", "C", (field,), "t"), "sv")
    reader = Reader()
    reader.feed(html)
    drawn = next(attrs for tag, attrs in reader.seen if attrs.get("name") == "f.day")
    ids = {attrs["id"] for _, attrs in reader.seen if "id" in attrs}
    assert drawn["type"] == "date"
    assert set((drawn["aria-describedby"] or "").split()) <= ids
    assert {attrs.get("for") for tag, attrs in reader.seen if tag == "label"} == {drawn["id"]}


def test_a_time_from_to_stays_in_one_piece_and_an_address_in_it_stays_an_address():
    assert str(render.linked("v. 4, kl")) == '<span class="whole">v. 4</span>, kl'
    got = str(render.linked("kl. 09.00–12.00 på https://x.example/09.00–12.00 <b>"))
    assert got.startswith('<span class="whole">kl. 09.00–12.00</span> på <a href=')
    assert got.count("<span") == 1
    assert got.endswith("&lt;b&gt;")
