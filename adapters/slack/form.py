"""Forms as modals, and what was filled in as answers. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack.render import Block, cut, plain
from bot.form import FieldView, FormView

CALLBACK = "form"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE = re.compile(r"-?[0-9]{1,12}")
OPTIONS = 100
ID = 64  # characters of a channel or a thread; Slack's own are far shorter


@dataclass(frozen=True, slots=True)
class Place:
    """What a modal carries: which form, and where its button stood."""

    token: str
    channel: str = ""
    thread: str = ""


def modal(form: FormView, channel: str = "", thread: str | None = None) -> Block:
    carried = json.dumps({"t": form.token, "c": channel[:ID], "h": (thread or "")[:ID]})
    intro = [{"type": "section", "text": plain(form.intro, 3000)}] if form.intro else []
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain(form.title, 24),
        "submit": plain(form.submit, 24),
        "close": plain(form.cancel, 24),
        "private_metadata": carried,
        "blocks": [*intro, *(_input(field) for field in form.fields)][:100],
    }


def errors(form: FormView) -> dict[str, str]:
    return {field.name: cut(field.error, 500) for field in form.fields if field.error}


def place_of(view: Mapping[str, Any]) -> Place:
    """An empty token for a modal that is not ours; the engine then says that it is over."""
    try:
        carried = json.loads(view.get("private_metadata") or "{}")
        return Place(str(carried["t"]), str(carried["c"]), str(carried["h"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Place("")


def answers_of(view: Mapping[str, Any]) -> dict[str, str]:
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    found: dict[str, str] = {}
    for name, inputs in (values if isinstance(values, Mapping) else {}).items():
        for answer in inputs.values() if isinstance(inputs, Mapping) else ():
            if isinstance(answer, Mapping):
                found[str(name)] = _answer(answer)
    return found


def _answer(answer: Mapping[str, Any]) -> str:
    option = answer.get("selected_option")
    if isinstance(option, Mapping):
        return str(option.get("value") or "")
    files = answer.get("files")
    if isinstance(files, list) and files and isinstance(files[0], Mapping):
        return str(files[0].get("id") or "")
    return str(answer.get("value") or answer.get("selected_date") or "")


def _input(field: FieldView) -> Block:
    drawn: Block = {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label, 2000),
        "optional": not field.required,
        "element": _element(field) | {"action_id": field.name},
    }
    if field.hint:
        drawn["hint"] = plain(field.hint, 2000)
    return drawn


def _element(field: FieldView) -> Block:
    if field.kind == "choice" and field.options:
        return _choice(field, "static_select")
    if field.kind == "yes_no" and field.options:
        return _choice(field, "radio_buttons")
    if field.kind == "date" and (not field.initial or _ISO.fullmatch(field.initial)):
        return {"type": "datepicker"} | ({"initial_date": field.initial} if field.initial else {})
    if field.kind == "number":
        return _number(field)
    if field.kind == "file":
        return {"type": "file_input", "max_files": 1}
    limit = max(1, min(field.limit, 3000))
    text: Block = {"type": "plain_text_input", "multiline": field.multiline, "max_length": limit}
    return text | ({"initial_value": field.initial[:limit]} if field.initial else {})


def _choice(field: FieldView, kind: str) -> Block:
    pairs = [(each.value, each.label) for each in field.options]
    options = [{"text": plain(label, 75), "value": value} for value, label in pairs[:OPTIONS]]
    drawn: Block = {"type": kind, "options": options}
    for option in options:
        if field.initial and option["value"] == field.initial:
            drawn["initial_option"] = option
    return drawn


def _number(field: FieldView) -> Block:
    drawn: Block = {"type": "number_input", "is_decimal_allowed": False}
    for name, value in (("min_value", field.least), ("max_value", field.most)):
        if value is not None:
            drawn[name] = str(value)
    if _WHOLE.fullmatch(field.initial) and _within(int(field.initial), field):
        drawn["initial_value"] = field.initial
    return drawn


def _within(number: int, field: FieldView) -> bool:
    above = field.least is None or number >= field.least
    return above and (field.most is None or number <= field.most)
