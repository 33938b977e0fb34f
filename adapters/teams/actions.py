"""Buttons as Adaptive Card actions; many alternatives as a list to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.teams.blocks import Json, lines
from adapters.teams.words import say
from bot.reply import Button

MOST_ACTIONS = 6  # that Teams shows under one card
FORM_SENT = "form.sent"  # marks a form filled in inside the chat; no field can be called so
_STYLES = {"primary": "positive", "danger": "destructive"}


def listable(buttons: Sequence[Button]) -> bool:
    """Whether the buttons are alternatives of one kind, too many to stand side by side."""
    return len(buttons) > MOST_ACTIONS and not any(
        each.url or each.confirm or each.action == "form" for each in buttons
    )


def choice(buttons: Sequence[Button], lang: str) -> Json:
    """The chosen button's token is the input's value, under the name a press has it."""
    return {
        "type": "Input.ChoiceSet", "id": "token", "style": "compact", "isRequired": True,
        "label": say(lang, "choose"), "errorMessage": say(lang, "choose-missing"),
        "choices": [{"title": each.label, "value": each.token} for each in buttons],
    }  # fmt: skip


def shown(buttons: Sequence[Button], lang: str, *, dialogs: bool = True) -> list[Json]:
    """What stands under the card; from the seventh on in the menu behind three dots."""
    if listable(buttons):
        return [_press(Button(say(lang, "choose"), style="primary"), dialogs=dialogs)]
    made = [_action(each, dialogs=dialogs) for each in buttons]
    for each in made[MOST_ACTIONS:]:
        each["mode"] = "secondary"
    return made


def _action(button: Button, *, dialogs: bool) -> Json:
    if button.url:
        return {"type": "Action.OpenUrl", "title": button.label, "url": button.url}
    if button.confirm:
        question = {
            "type": "AdaptiveCard",
            "body": lines(button.confirm),
            "actions": [_press(button, dialogs=dialogs)],
        }
        return {"type": "Action.ShowCard", "title": button.label, "card": question}
    return _press(button, dialogs=dialogs)


def _press(button: Button, *, dialogs: bool) -> Json:
    common: Json = {"title": button.label}
    if button.style in _STYLES:
        common["style"] = _STYLES[button.style]
    data: Json = {"token": button.token} if button.token else {}
    if button.action == "form":
        asks: Json = {"msteams": {"type": "task/fetch"}} if dialogs else {}
        return {"type": "Action.Submit", **common, "data": {**data, **asks}}
    submit: Json = {"type": "Action.Submit", **common, "data": data}
    return {"type": "Action.Execute", **common, "verb": "press", "data": data, "fallback": submit}
