"""Cards and dialogs: what is drawn, and that no string can become markup."""

from __future__ import annotations

import json

from adapters.teams.form import answers, dialog, form_card
from adapters.teams.render import activities, reply_card
from bot.form import Choice, FieldView, FormView
from bot.reply import Button, Card, Fact, Text

EVIL = "**fet** [länk](https://evil.example) <at>alla</at> {{DATE(2026-01-01)}}"


def test_a_plain_text_is_sent_as_plain() -> None:
    assert activities(Text("*hej*")) == [
        {"type": "message", "text": "*hej*", "textFormat": "plain"}
    ]


def test_a_button_is_an_execute_with_a_submit_for_old_clients() -> None:
    (sent,) = activities(Text("Kommer du?", (Button("Ja", "answer", token="t", style="primary"),)))
    card = sent["attachments"][0]["content"]  # type: ignore[index]
    assert card["version"] == "1.5"
    (action,) = card["actions"]
    assert (action["type"], action["data"], action["style"]) == (
        "Action.Execute", {"token": "t"}, "positive",
    )  # fmt: skip
    assert action["fallback"]["type"] == "Action.Submit"


def test_more_than_six_buttons_become_a_second_card() -> None:
    buttons = tuple(Button(str(number), "a", token="t") for number in range(8))
    sent = activities(Card("Titel", buttons=buttons))
    assert [len(one["attachments"][0]["content"]["actions"]) for one in sent] == [6, 2]  # type: ignore[index]


def test_strings_stand_only_where_markup_means_nothing() -> None:
    text = json.dumps(reply_card(Card(EVIL, EVIL, (Fact(EVIL, EVIL),))))
    assert '"TextBlock"' not in text
    assert "{{DATE" not in text


def test_an_address_that_is_no_web_address_is_not_drawn() -> None:
    sent = json.dumps(activities(Card("x", buttons=(Button("y", url="javascript:alert(1)"),))))
    assert "javascript" not in sent


def test_a_form_button_asks_teams_for_the_dialog() -> None:
    (sent,) = activities(Text("x", (Button("Öppna", "form", token="t"),)))
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
