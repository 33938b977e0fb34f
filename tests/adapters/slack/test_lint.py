"""The checker itself: it must catch what Slack refuses, and nothing that Slack takes."""

from copy import deepcopy

import pytest

from tests.adapters.slack.lint import lint


def plain(text):
    return {"type": "plain_text", "text": text}


def button(**more):
    return {"type": "button", "text": plain("Ja"), "action_id": "a", "value": "v"} | more


def option(text="x", value="v"):
    return {"text": plain(text), "value": value}


def field(**element):
    return {
        "type": "input",
        "block_id": "f",
        "label": plain("l"),
        "element": {"action_id": "e"} | element,
    }


def section(text="x"):
    return {"type": "section", "text": plain(text)}


CONFIRM = {"title": plain("t"), "text": plain("t"), "confirm": plain("j"), "deny": plain("n")}
MARKED = {"type": "mrkdwn", "text": "x"}
PICTURE = {"type": "image", "image_url": "https://e.org/a.png", "alt_text": "a"}
GOOD = [
    section(), {"type": "header", "text": plain("h")}, {"type": "section", "fields": [plain("a"), MARKED]},
    {"type": "actions", "elements": [button(confirm=CONFIRM, style="danger")]}, PICTURE,
]  # fmt: skip
GOOD_FIELDS = [
    field(type="plain_text_input", max_length=3000), field(type="static_select", options=[option()]),
    field(type="radio_buttons", options=[option()]), field(type="datepicker"),
    field(type="number_input", is_decimal_allowed=False), field(type="file_input"),
]  # fmt: skip
BAD = [
    section(""), section("x" * 3001), {"type": "section"}, {"type": "section", "text": "x"},
    {"type": "section", "fields": []}, {"type": "section", "fields": [plain("x")] * 11},
    {"type": "section", "fields": [plain("x" * 2001)]}, {"type": "section", "fields": ["x"]},
    {"type": "section", "text": {"type": "html", "text": "x"}}, {"type": "section", "text": {"type": "mrkdwn"}},
    {"type": "header", "text": MARKED}, {"type": "header", "text": plain("x" * 151)}, {"type": "header"},
    {"type": "header", "text": plain("")}, {"type": "strange"}, {},
    {"type": "actions", "elements": []}, {"type": "actions", "elements": [button(action_id=str(n)) for n in range(26)]},
    {"type": "actions", "elements": [button(), button()]}, {"type": "actions"},
    *({"type": "actions", "elements": [button(**more)]} for more in (
        {"text": MARKED}, {"text": plain("x" * 76)}, {"text": plain("")}, {"text": "x"}, {"value": "x" * 2001},
        {"url": "https://e.org/" + "x" * 3000}, {"style": "green"}, {"style": "default"}, {"action_id": ""},
        {"confirm": CONFIRM | {"title": plain("x" * 101)}}, {"confirm": CONFIRM | {"text": plain("x" * 301)}},
        {"confirm": CONFIRM | {"confirm": plain("x" * 31)}}, {"confirm": CONFIRM | {"deny": plain("x" * 31)}},
        {"confirm": {}},
    )),
    PICTURE | {"alt_text": ""}, PICTURE | {"alt_text": "x" * 2001}, PICTURE | {"image_url": "https://" + "x" * 3000},
]  # fmt: skip
BAD_FIELDS = [
    field(type="plain_text_input", max_length=3001), field(type="plain_text_input", max_length=0),
    field(type="static_select", options=[]), field(type="static_select", options=[option()] * 101),
    field(type="static_select", options=[option("x" * 76)]), field(type="static_select", options=[option(value="x" * 151)]),
    field(type="radio_buttons", options=[option()] * 11), field(type="datepicker") | {"label": MARKED},
    field(type="datepicker") | {"label": plain("x" * 2001)}, field(type="datepicker") | {"hint": plain("x" * 2001)},
]  # fmt: skip
MODAL = {"type": "modal", "title": plain("t"), "submit": plain("s"), "close": plain("c")}
BAD_VIEWS = [
    {"title": None}, {"title": plain("x" * 25)}, {"title": MARKED}, {"submit": None}, {"submit": plain("x" * 25)},
    {"close": plain("x" * 25)}, {"private_metadata": "x" * 3001}, {"blocks": []}, {"blocks": [section()] * 101},
    {"blocks": [GOOD_FIELDS[0], GOOD_FIELDS[0]]},
]  # fmt: skip


def test_there_are_enough_known_bad_payloads():
    assert len(BAD) + len(BAD_FIELDS) + len(BAD_VIEWS) >= 46


@pytest.mark.parametrize("block", GOOD)
def test_a_good_block_passes(block):
    assert lint({"text": "x", "blocks": [deepcopy(block)]}) == []


@pytest.mark.parametrize("block", GOOD_FIELDS)
def test_a_good_field_passes(block):
    assert lint(MODAL | {"blocks": [deepcopy(block)]}) == []


@pytest.mark.parametrize("block", BAD)
def test_a_bad_block_is_caught(block):
    assert lint({"text": "x", "blocks": [deepcopy(block)]})


@pytest.mark.parametrize("block", BAD_FIELDS)
def test_a_bad_field_is_caught(block):
    assert lint(MODAL | {"blocks": [deepcopy(block)]})


@pytest.mark.parametrize("more", BAD_VIEWS)
def test_a_bad_view_is_caught(more):
    assert lint(MODAL | {"blocks": [section()]} | more)


def test_a_message_needs_words_and_at_most_fifty_blocks():
    assert lint({"blocks": [section()]})
    assert lint({"text": "x", "blocks": [section()] * 51})
