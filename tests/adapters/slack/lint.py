"""Block Kit rules as Slack states them: the SDK's models, and what they let through.

`lint` takes a message (as for chat.postMessage) or a view (as for views.open and views.publish)
and tells everything for which Slack would refuse it, and anything in it that would call somebody.
"""

import re
from datetime import date
from itertools import pairwise

from slack_sdk.models.blocks import Block

TEXT, BLOCKS, VIEW_BLOCKS, CHARACTERS = 40_000, 50, 100, 13_000
BUTTON_TEXT, CONFIRM = 75, (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30))
OPTIONS = {"static_select": 100, "radio_buttons": 10, "checkboxes": 10, "overflow": 5}
IN_INPUT = {
    "plain_text_input", "static_select", "radio_buttons", "checkboxes", "datepicker", "timepicker",
    "number_input", "file_input", "email_text_input", "url_text_input",
}  # fmt: skip
PLACES = {
    "message": {"header", "section", "actions", "image", "divider", "context"},
    "home": {"header", "section", "actions", "image", "divider", "context", "input"},
    "modal": {"header", "section", "actions", "image", "divider", "context", "input"},
}
CALLS = re.compile(r"<[!@#]")


def lint(body):
    """Everything that Slack would refuse in a message or a view, as sentences."""
    place = body.get("type") if body.get("type") in {"modal", "home"} else "message"
    blocks = body.get("blocks") or []
    found = [*_whole(body, blocks, place), *_ids(blocks)]
    for block in blocks:
        kind = block.get("type")
        if kind not in PLACES[place]:
            found.append(f"a {kind} block in a {place}")
        found += _by_model(block) or KINDS.get(kind, _nothing)(block, place)
    if any(CALLS.search(each) for each in _strings(body)):
        found.append("a mention")
    return found


def _whole(body, blocks, place):
    if not 1 <= len(blocks) <= (BLOCKS if place == "message" else VIEW_BLOCKS):
        yield "number of blocks"
    if place == "message":
        if not 1 <= len(body.get("text") or "") <= TEXT:
            yield "no fallback text"
        if sum(map(len, _strings(blocks))) > CHARACTERS:
            yield "characters in all blocks"
    if len(body.get("private_metadata") or "") > 3000:
        yield "private_metadata"
    if len(body.get("callback_id") or "") > 255:
        yield "callback_id"
    if place == "modal":
        for name in ("title", "submit", "close"):
            if body.get(name) is not None:
                yield from _text(body[name], 24, plain=True)
            elif name == "title" or (name == "submit" and _has_input(blocks)) or name in body:
                yield f"no {name}"


def _has_input(blocks):
    return any(block.get("type") == "input" for block in blocks)


def _ids(blocks):
    named = [block["block_id"] for block in blocks if "block_id" in block]
    elements = [
        e
        for b in blocks
        for e in [*b.get("elements", []), b.get("element"), b.get("accessory")]
        if e
    ]
    actions = [each.get("action_id") for each in elements if "action_id" in each]
    for name, ids in (("block_id", named), ("action_id", actions)):
        if len(ids) != len(set(ids)):
            yield f"{name} twice"
        if any(not isinstance(each, str) or not 1 <= len(each) <= 255 for each in ids):
            yield f"length of a {name}"


def _by_model(block):
    try:
        parsed = Block.parse(block)
        parsed.to_dict()
        parsed.validate_json()
    except Exception as error:  # noqa: BLE001
        return [f"model: {error}"]
    return []


def _nothing(block, place):
    return []


def _header(block, place):
    return _text(block.get("text"), 150, plain=True)


def _section(block, place):
    fields = block.get("fields") or []
    if "text" in block:
        yield from _text(block["text"], 3000)
    elif not fields:
        yield "empty section"
    if len(fields) > 10 or ("fields" in block and not fields):
        yield "fields"
    for field in fields:
        yield from _text(field, 2000)


def _actions(block, place):
    if not 1 <= len(block["elements"]) <= 25:
        yield "elements"
    for each in block["elements"]:
        yield from (_button(each) if each.get("type") == "button" else _element(each, place))


def _image(block, place):
    if not 1 <= len(block.get("alt_text") or "") <= 2000:
        yield "alt_text"
    if len(block.get("image_url") or "") > 3000:
        yield "image_url"


def _context(block, place):
    if not 1 <= len(block["elements"]) <= 10:
        yield "elements"


def _input(block, place):
    yield from _text(block.get("label"), 2000, plain=True)
    if "hint" in block:
        yield from _text(block["hint"], 2000, plain=True)
    if block["element"].get("type") not in IN_INPUT:
        yield "no element of an input"
    yield from _element(block["element"], place)


def _button(value):
    yield from _text(value.get("text"), BUTTON_TEXT, plain=True)
    if not value.get("action_id"):
        yield "button without action_id"
    if len(value.get("value") or "") > 2000 or len(value.get("url") or "") > 3000:
        yield "button value"
    if value.get("style", "primary") not in {"primary", "danger"}:
        yield "button style"
    if "confirm" in value:
        for name, limit in CONFIRM:
            yield from _text(value["confirm"].get(name), limit, plain=True)


def _element(value, place):
    kind, options = value["type"], value.get("options") or []
    if kind in OPTIONS and not 1 <= len(options) <= OPTIONS[kind]:
        yield "options"
    for option in options:
        yield from _text(option.get("text"), 75, plain=True)
        if not 1 <= len(option.get("value") or "") <= 75:
            yield "option value"
    values = [option.get("value") for option in options]
    if len(values) != len(set(values)):
        yield "option value twice"
    if "initial_option" in value and value["initial_option"] not in options:
        yield "initial_option"
    if "placeholder" in value:
        yield from _text(value["placeholder"], 150, plain=True)
    if kind == "plain_text_input":
        yield from _typed(value)
    if kind == "datepicker" and "initial_date" in value:
        try:
            date.fromisoformat(value["initial_date"])
        except ValueError:
            yield "initial_date"
    if kind == "number_input":
        yield from _number(value)
    if kind == "file_input" and (place != "modal" or not 1 <= value.get("max_files", 10) <= 10):
        yield "file_input"


def _typed(value):
    most, least, initial = (
        value.get("max_length", 3000),
        value.get("min_length", 0),
        value.get("initial_value", ""),
    )
    if not 1 <= most <= 3000 or not 0 <= least <= most:
        yield "max_length"
    if len(initial) > most:
        yield "initial_value"


def _number(value):
    names = ("min_value", "initial_value", "max_value")
    given = [value[name] for name in names if name in value]
    if not all(isinstance(each, str) and re.fullmatch(r"-?\d+(\.\d+)?", each) for each in given):
        yield "a number is no number"
    elif any(float(a) > float(b) for a, b in pairwise(given)):
        yield "a number out of its limits"


def _text(value, limit, plain=False):
    if not isinstance(value, dict) or value.get("type") not in {"plain_text", "mrkdwn"}:
        return ["no text object"]
    found = [] if 1 <= len(value.get("text") or "") <= limit else ["length of a text"]
    if plain and value["type"] != "plain_text":
        found.append("mrkdwn where only plain text may stand")
    if value["type"] == "mrkdwn" and "emoji" in value:
        found.append("emoji in mrkdwn")
    return found


def _strings(value):
    """What a person would see, or Slack would read as markup."""
    if isinstance(value, dict):
        for name, each in value.items():
            if isinstance(each, str):
                yield from [each] if name in {"text", "alt_text", "initial_comment"} else []
            else:
                yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


KINDS = {
    "header": _header, "section": _section, "actions": _actions, "image": _image,
    "context": _context, "input": _input,
}  # fmt: skip
