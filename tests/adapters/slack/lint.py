"""Block Kit rules as Slack states them: the SDK's models, and what they let through."""

from slack_sdk.models.blocks import Block


def lint(body):
    """Everything that Slack would refuse in a message or a view, as sentences."""
    view = body.get("type") in {"modal", "home"}
    found = []
    blocks = body.get("blocks", [])
    if not view and not body.get("text"):
        found.append("no fallback text")
    if len(blocks) > (100 if view else 50) or not blocks:
        found.append("number of blocks")
    if body.get("type") == "modal":
        for name in ("title", "submit", "close"):
            if body.get(name) is None and name != "close":
                found.append(f"no {name}")
            elif name in body:
                found += text(body[name], 24, plain=True)
    if len(body.get("private_metadata", "")) > 3000:
        found.append("private_metadata")
    ids = [b["block_id"] for b in blocks if "block_id" in b]
    if len(ids) != len(set(ids)):
        found.append("block_id twice")
    actions = [
        e.get("action_id")
        for b in blocks
        for e in [*b.get("elements", []), b.get("element", {})]
        if e
    ]
    if len(actions) != len(set(actions)):
        found.append("action_id twice")
    for block in blocks:
        found += one(block)
    return found


def one(block):
    try:
        parsed = Block.parse(block)
        parsed.to_dict()
        parsed.validate_json()
    except Exception as error:  # noqa: BLE001
        return [f"model: {error}"]
    kind, found = block["type"], []
    if kind == "header":
        found += text(block.get("text"), 150, plain=True)
    elif kind == "section":
        if "text" in block:
            found += text(block["text"], 3000)
        elif not block.get("fields"):
            found.append("empty section")
        if len(block.get("fields", ())) > 10:
            found.append("fields")
        for field in block.get("fields", ()):
            found += text(field, 2000)
    elif kind == "actions":
        if not 1 <= len(block["elements"]) <= 25:
            found.append("elements")
        for each in block["elements"]:
            found += button(each)
    elif kind == "image":
        if (
            not block.get("alt_text")
            or len(block["alt_text"]) > 2000
            or len(block["image_url"]) > 3000
        ):
            found.append("image")
    elif kind == "input":
        found += text(block.get("label"), 2000, plain=True)
        if "hint" in block:
            found += text(block["hint"], 2000, plain=True)
        found += element(block["element"])
    else:
        found.append(f"unknown block {kind}")
    return found


def text(value, limit, plain=False):
    if not isinstance(value, dict) or value.get("type") not in {"plain_text", "mrkdwn"}:
        return ["no text object"]
    found = [] if 1 <= len(value.get("text", "")) <= limit else ["length of a text"]
    if plain and value["type"] != "plain_text":
        found.append("mrkdwn where only plain text may stand")
    return found


def button(value):
    found = text(value.get("text"), 75, plain=True)
    if value.get("type") != "button" or not value.get("action_id"):
        found.append("button")
    if len(value.get("value", "")) > 2000 or len(value.get("url", "")) > 3000:
        found.append("button value")
    if value.get("style", "primary") not in {"primary", "danger"}:
        found.append("button style")
    for name, limit in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        if "confirm" in value:
            found += text(value["confirm"].get(name), limit)
    return found


def element(value):
    found = []
    options = value.get("options", [])
    most = {"static_select": 100, "radio_buttons": 10}.get(value["type"])
    if most and not 1 <= len(options) <= most:
        found.append("options")
    for option in options:
        found += text(option.get("text"), 75, plain=True)
        if not 1 <= len(option.get("value", "")) <= 150:
            found.append("option value")
    if not 1 <= value.get("max_length", 1) <= 3000:
        found.append("max_length")
    return found
