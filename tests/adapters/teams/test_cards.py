"""Cards and dialogs: what is drawn, and that no string can become markup."""

from __future__ import annotations

import json
from typing import Any

import pytest

from adapters.teams.form import answers, dialog, form_card
from adapters.teams.render import activities
from bot.form import Choice, FieldView, FormView
from bot.reply import Button, Card, Fact, Reply, Text
from tests.adapters.teams.lint import faults

EVIL = "**fet** [länk](https://evil.example) <at>alla</at> {{DATE(2026-01-01)}}"


def test_a_plain_text_is_sent_as_plain() -> None:
    assert activities(Text("*hej*"), "sv") == [
        {"type": "message", "text": "*hej*", "textFormat": "plain"}
    ]


def test_a_button_is_an_execute_with_a_submit_for_old_clients() -> None:
    (sent,) = activities(
        Text("Kommer du?", (Button("Ja", "answer", token="t", style="primary"),)), "sv"
    )
    card = sent["attachments"][0]["content"]  # type: ignore[index]
    assert card["version"] == "1.5"
    (action,) = card["actions"]
    assert (action["type"], action["data"], action["style"]) == (
        "Action.Execute", {"token": "t"}, "positive",
    )  # fmt: skip
    assert action["fallback"]["type"] == "Action.Submit"


def buttons(count: int, **more: Any) -> tuple[Button, ...]:
    return tuple(
        Button(f"Val {number}", "a", token=f"t{number}", **more) for number in range(count)
    )


def only(reply: Reply) -> dict[str, Any]:
    (sent,) = activities(reply, "sv")
    content: dict[str, Any] = sent["attachments"][0]["content"]  # type: ignore[index]
    return content


def test_many_alternatives_become_a_list_whose_choice_is_the_press() -> None:
    card = only(Text("Vilket nätverk?", buttons(8)))
    question = card["body"][-1]
    assert (question["type"], question["id"]) == ("Input.ChoiceSet", "token")
    assert [each["value"] for each in question["choices"]] == [f"t{n}" for n in range(8)]
    (choose,) = card["actions"]
    assert (choose["title"], choose["data"]) == ("Välj", {})


def test_from_the_seventh_on_actions_of_several_kinds_stand_in_the_menu() -> None:
    card = only(Card("Titel", buttons=(*buttons(7), Button("Länk", url="https://x.example/"))))
    assert [each.get("mode", "primary") for each in card["actions"]] == ["primary"] * 6 + [
        "secondary"
    ] * 2


def test_very_many_buttons_go_on_in_another_message() -> None:
    sent = activities(Text("Vilken?", buttons(48)), "sv")
    values = [
        each["value"]
        for one in sent
        for each in one["attachments"][0]["content"]["body"][-1]["choices"]  # type: ignore[index]
    ]
    assert values == [f"t{n}" for n in range(48)]


@pytest.mark.parametrize("text", ["å" * 40_000, "rad ett\n" * 4_000, "• p\n" * 5_000, "\n\nx\n\n"])
def test_a_long_text_arrives_whole_in_cards_that_are_small_enough(text: str) -> None:
    sent = activities(Card("Titel", text, buttons=buttons(6)), "sv")
    assert [fault for each in sent for fault in faults(each)] == []
    said = json.dumps(sent, ensure_ascii=False)
    assert said.count("å" if "å" in text else "rad ett") >= text.count(
        "å" if "å" in text else "rad ett"
    )


def test_several_lines_are_a_card_because_a_message_may_run_them_together() -> None:
    card = only(Text("Möten:\n• ett\n• två"))
    assert [each["type"] for each in card["body"]] == ["RichTextBlock", "ColumnSet", "ColumnSet"]
    assert card["body"][0]["inlines"][0]["weight"] == "Bolder"


def test_a_question_before_a_press_stands_in_the_card() -> None:
    (action,) = only(Text("x", buttons(1, confirm="Säkert?", style="danger")))["actions"]
    assert action["type"] == "Action.ShowCard"
    assert action["card"]["actions"][0]["style"] == "destructive"


def test_strings_stand_only_where_markup_means_nothing() -> None:
    text = json.dumps(only(Card(EVIL, EVIL, (Fact(EVIL, EVIL),), buttons=buttons(1, confirm=EVIL))))
    assert '"TextBlock"' not in text
    assert "{{DATE" not in text


def test_an_address_that_is_no_web_address_is_not_drawn() -> None:
    sent = json.dumps(
        activities(Card("x", buttons=(Button("y", url="javascript:alert(1)"),)), "sv")
    )
    assert "javascript" not in sent


def test_a_form_button_asks_teams_for_the_dialog() -> None:
    (sent,) = activities(Text("x", (Button("Öppna", "form", token="t"),)), "sv")
    assert sent["attachments"][0]["content"]["actions"][0] == {  # type: ignore[index]
        "type": "Action.Submit", "title": "Öppna",
        "data": {"token": "t", "msteams": {"type": "task/fetch"}},
    }  # fmt: skip


def test_a_dialog_shows_what_was_filled_in_and_what_is_wrong() -> None:
    view = FormView(
        "ask", "Fråga", "Skicka", "Avbryt", token="t",
        fields=(
            FieldView("what", "text", "Vad?"), FieldView("day", "date", "Dag?"),
            FieldView("who", "choice", "Vem?", options=(Choice("1", "Bo"),)),
        ),
    ).with_errors({"what": "x", "day": "nån gång"}, {"day": "Skriv ett datum."})  # fmt: skip
    body = form_card(view)["body"]
    kinds = [each["type"] for each in body]  # type: ignore[attr-defined]
    assert kinds == ["Input.Text", "RichTextBlock", "Input.Text", "Input.ChoiceSet"]
    assert body[0]["value"] == "x"  # type: ignore[index]
    assert dialog(view)["task"]["type"] == "continue"  # type: ignore[index]


def test_answers_are_plain_strings() -> None:
    data = {"token": "t", "a": "x", "b": True, "c": 3, "d": [1], "msteams": {}}
    assert answers(data) == {"a": "x", "b": "ja", "c": "3"}
