"""A form as a Teams dialog, and what was filled in back again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from adapters.teams.actions import FORM_SENT
from adapters.teams.blocks import Json, lines, text_block
from adapters.teams.render import CARD, card, message
from bot.form import FieldView, FormView

_OPEN_LIST = 4  # more options than this become a list that folds out


def dialog(view: FormView) -> Json:
    """The answer to task/fetch, and to task/submit when something must be mended."""
    value: Json = {
        "title": view.title, "height": "medium", "width": "medium",
        "card": {"contentType": CARD, "content": form_card(view)},
    }  # fmt: skip
    return {"task": {"type": "continue", "value": value}}


def in_chat(view: FormView) -> Json:
    """The form as a message, for a press that cannot open a dialog."""
    title = lines(view.title, weight="Bolder", size="Medium")
    return message(form_card(view, title), view.title)


def form_card(view: FormView, title: Sequence[Json] = ()) -> Json:
    body = [*title, *lines(view.intro)]
    for each in view.fields:
        if each.error:
            body.append(text_block(each.error, color="Attention", weight="Bolder"))
        body += lines(each.label) if each.kind == "file" else [_input(each)]
        if each.hint:
            hint = text_block(each.hint, size="Small", isSubtle=True)
            body.append({**hint, "spacing": "Small"})
    made = card(body)
    made["actions"] = [
        {"type": "Action.Submit", "title": view.submit, "style": "positive",
         "data": {"token": view.token, FORM_SENT: True}}
    ]  # fmt: skip
    return made


def _input(field: FieldView) -> Json:
    made: Json = {"id": field.name, "label": field.label}
    if field.required:
        made["isRequired"] = True
        made["errorMessage"] = field.hint or field.label
    if field.initial:
        made["value"] = field.initial
    if field.kind in {"choice", "yes_no"} and field.options:
        choices = [{"title": each.label, "value": each.value} for each in field.options]
        style = "expanded" if len(choices) <= _OPEN_LIST else "compact"
        return {"type": "Input.ChoiceSet", **made, "style": style, "choices": choices}
    if field.kind == "date" and (not field.initial or _is_day(field.initial)):
        return {"type": "Input.Date", **made}
    if field.kind == "number":
        return _number(field, made)
    return {"type": "Input.Text", **made, "isMultiline": field.multiline, "maxLength": field.limit}


def _number(field: FieldView, made: Json) -> Json:
    if field.least is not None:
        made["min"] = field.least
    if field.most is not None:
        made["max"] = field.most
    initial = made.pop("value", None)
    if isinstance(initial, str) and initial.lstrip("-").isdecimal():
        made["value"] = int(initial)
    return {"type": "Input.Number", **made}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def answers(data: Mapping[str, object]) -> dict[str, str]:
    """The filled-in fields of a submitted dialog; whatever is no plain value is left out."""
    found: dict[str, str] = {}
    for name, value in data.items():
        if name in {"token", "msteams", FORM_SENT}:
            continue
        if isinstance(value, bool):
            found[name] = "ja" if value else "nej"
        elif isinstance(value, str | int | float):
            found[name] = str(value)
    return found
