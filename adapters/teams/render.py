"""A reply as Teams activities. Strings go into TextRuns, which know no markup."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.reply import Button, Card, File, FormPrompt, Picture, Reply, Text

Json = dict[str, object]
CARD = "application/vnd.microsoft.card.adaptive"
MOST_ACTIONS = 6  # the Store's rule for one card
LONGEST = 12_000  # characters of one text; the whole message must stay under Teams' limit
_STYLES = {"primary": "positive", "danger": "destructive"}


def activities(reply: Reply) -> list[Json]:
    """One message, or more when there are more buttons than one card may have."""
    buttons = buttons_of(reply)
    if isinstance(reply, Text) and not buttons:
        return [{"type": "message", "text": reply.text[:LONGEST], "textFormat": "plain"}]
    parts = [buttons[at : at + MOST_ACTIONS] for at in range(0, len(buttons), MOST_ACTIONS)] or [()]
    first = message(card(body_of(reply), parts[0]), reply.plain)
    rest = [message(card(lines("…"), part), _labels(part)) for part in parts[1:]]
    return [first, *rest]


def reply_card(reply: Reply) -> Json:
    """Only the card, for an answer that takes the pressed card's place."""
    return card(body_of(reply), buttons_of(reply)[:MOST_ACTIONS])


def message(content: Json, plain: str) -> Json:
    attachment: Json = {"contentType": CARD, "content": content}
    return {"type": "message", "summary": plain[:200], "attachments": [attachment]}


def card(body: Sequence[Json], buttons: Sequence[Button] = ()) -> Json:
    made: Json = {
        "type": "AdaptiveCard", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5", "body": list(body),
    }  # fmt: skip
    if buttons:
        made["actions"] = [action(button) for button in buttons]
    return made


def buttons_of(reply: Reply) -> tuple[Button, ...]:
    buttons = (*reply.buttons, reply.open) if isinstance(reply, FormPrompt) else reply.buttons
    return tuple(each for each in buttons if not each.url or _web(each.url))


def body_of(reply: Reply) -> list[Json]:
    if isinstance(reply, Card):
        return _card_body(reply)
    if isinstance(reply, FormPrompt):
        return lines(reply.question)
    if isinstance(reply, File):
        return [*lines(reply.text), *lines(reply.name, weight="Bolder")]
    return lines(reply.text)


def _card_body(reply: Card) -> list[Json]:
    body = lines(reply.title, weight="Bolder", size="Medium")
    if reply.text:
        body += lines(reply.text)
    if reply.picture is not None and _web(reply.picture.url):
        body.append(_image(reply.picture))
    for fact in reply.facts:
        value = run(fact.value)
        if fact.url and _web(fact.url):
            value["selectAction"] = {"type": "Action.OpenUrl", "url": fact.url}
        label = run(f"{fact.label}: ", weight="Bolder")
        body.append({"type": "RichTextBlock", "spacing": "Small", "inlines": [label, value]})
    return body


def lines(text: str, **style: str) -> list[Json]:
    """One block for each line: a TextRun does not break lines on every client."""
    made: list[Json] = []
    for number, line in enumerate(text[:LONGEST].splitlines() or [""]):
        block: Json = {"type": "RichTextBlock", "inlines": [run(line or " ", **style)]}
        if number:
            block["spacing"] = "Small"
        made.append(block)
    return made


def run(text: str, **style: str) -> Json:
    return {
        "type": "TextRun",
        "text": text.replace("{{", "{\u200b{"),
        **style,
    }  # {{DATE()}} is code


def action(button: Button) -> Json:
    if button.url:
        return {"type": "Action.OpenUrl", "title": button.label, "url": button.url}
    if button.confirm:
        inner = _press(button)
        return {"type": "Action.ShowCard", "title": button.label,
                "card": {"type": "AdaptiveCard", "body": lines(button.confirm),
                         "actions": [inner]}}  # fmt: skip
    return _press(button)


def _press(button: Button) -> Json:
    common: Json = {"title": button.label}
    if button.style in _STYLES:
        common["style"] = _STYLES[button.style]
    submit: Json = {"type": "Action.Submit", **common, "data": {"token": button.token}}
    if button.action == "form":
        submit["data"] = {"token": button.token, "msteams": {"type": "task/fetch"}}
        return submit
    data: Json = {"token": button.token}
    return {"type": "Action.Execute", **common, "verb": "press", "data": data, "fallback": submit}


def _image(picture: Picture) -> Json:
    return {"type": "Image", "url": picture.url, "altText": picture.alt, "size": "Stretch"}


def _web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _labels(buttons: Sequence[Button]) -> str:
    return ", ".join(button.label for button in buttons)
