"""The lint lets what the bot draws through, and names every planted fault."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from adapters.teams.render import activities
from bot.reply import Button, Card, Fact
from tests.adapters.teams.lint import faults, official, official_faults

Bend = Callable[[dict[str, Any]], object]


def good() -> dict[str, Any]:
    button = Button("Ja", "a", token="t", style="primary")
    (sent,) = activities(Card("Titel", "Text", (Fact("Tid", "i dag"),), buttons=(button,)), "sv")
    return copy.deepcopy(sent)  # type: ignore[return-value]


def content(sent: dict[str, Any]) -> Any:
    return sent["attachments"][0]["content"]


BENDS: dict[str, Bend] = {
    "type": lambda s: s.update(type="event"),
    "unknown property": lambda s: s.update(colour="red"),
    "markup": lambda s: s.update(text="**x**"),
    "nothing": lambda s: s.pop("attachments"),
    "attachment": lambda s: s["attachments"][0].update(contentType="text/html"),
    "two": lambda s: s["attachments"].append(s["attachments"][0]),
    "summary": lambda s: s.pop("summary"),
    "version": lambda s: content(s).update(version="1.6"),
    "no body": lambda s: content(s).update(body=[]),
    "card type": lambda s: content(s).update(type="HeroCard"),
    "card property": lambda s: content(s).update(refresh={}),
    "element": lambda s: content(s)["body"][0].update(type="TextBlock"),
    "no inlines": lambda s: content(s)["body"][0].update(inlines=[]),
    "run property": lambda s: content(s)["body"][0]["inlines"][0].update(bold=True),
    "run value": lambda s: content(s)["body"][0]["inlines"][0].update(size="Huge"),
    "empty run": lambda s: content(s)["body"][0]["inlines"][0].update(text=" "),
    "code": lambda s: content(s)["body"][0]["inlines"][0].update(text="{{DATE(x)}}"),
    "size": lambda s: content(s)["body"][0]["inlines"][0].update(text="å" * 20_000),
    "column": lambda s: content(s)["body"][2]["columns"][0].update(width="wide"),
    "action in body": lambda s: content(s)["body"].append(content(s)["actions"][0]),
    "element in actions": lambda s: content(s)["actions"].append(content(s)["body"][0]),
    "no title": lambda s: content(s)["actions"][0].pop("title"),
    "no fallback": lambda s: content(s)["actions"][0].pop("fallback"),
    "style": lambda s: content(s)["actions"][0].update(style="primary"),
    "seven": lambda s: content(s).update(actions=content(s)["actions"] * 7),
    "address": lambda s: content(s).update(
        actions=[{"type": "Action.OpenUrl", "title": "x", "url": "javascript:x"}]
    ),
    "input without label": lambda s: content(s)["body"].append({"type": "Input.Text", "id": "a"}),
    "required": lambda s: content(s)["body"].append(
        {"type": "Input.Text", "id": "a", "label": "A", "isRequired": True}
    ),
    "same id": lambda s: content(s)["body"].extend(
        [{"type": "Input.Text", "id": "a", "label": "A"}] * 2
    ),
    "choices": lambda s: content(s)["body"].append(
        {"type": "Input.ChoiceSet", "id": "a", "label": "A", "choices": [{"title": "x"}]}
    ),
    "day": lambda s: content(s)["body"].append(
        {"type": "Input.Date", "id": "a", "label": "A", "value": "i morgon"}
    ),
}


def test_what_the_bot_draws_has_no_fault() -> None:
    assert faults(good()) == []


@pytest.mark.parametrize("name", BENDS)
def test_a_planted_fault_is_named(name: str) -> None:
    sent = good()
    BENDS[name](sent)
    assert faults(sent) != []


@pytest.mark.node
@pytest.mark.skipif(official() is None, reason="npm is missing")
def test_microsofts_own_library_finds_planted_faults_and_none_in_a_good_card() -> None:
    names = ("element", "run value", "action in body", "style", "same id")
    bent = []
    for name in names:
        sent = good()
        BENDS[name](sent)
        bent.append(content(sent))
    unknown = content(good())
    unknown["body"].append({"type": "Sparkles"})
    fine, *found = official_faults([content(good()), unknown])
    assert fine == []
    assert found[0] != []
    assert [bool(each) for each in official_faults(bent)] == [False, True, True, True, True]
