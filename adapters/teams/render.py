"""A reply as Teams activities. Strings go into TextRuns, which know no markup."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import urlsplit

from adapters.teams.actions import choice, listable, shown
from adapters.teams.blocks import BULLET, Json, lines, pieces, run, text_block
from adapters.teams.words import say
from bot.reply import Button, Card, Fact, File, FormPrompt, Picture, Reply, Text

CARD = "application/vnd.microsoft.card.adaptive"
SIZE = 24 * 1024  # bytes of one card's JSON: a little under Teams' 28 KB
MOST_BUTTONS = 20  # on one card; what each carries is sealed and long
_json = json.JSONEncoder(ensure_ascii=False).encode
MESSAGE = 12_000  # characters of one plain message


def activities(reply: Reply, lang: str, *, dialogs: bool = True) -> list[Json]:
    """One message, or more when it is too long for one card.

    Without `dialogs` a form's button asks for the form in the chat.
    """
    if isinstance(reply, Text) and not reply.buttons and "\n" not in reply.text.strip():
        return [
            {"type": "message", "text": part, "textFormat": "plain"}
            for part in pieces(reply.text.strip() or " ", MESSAGE)
        ]
    return [message(each, _summary(reply)) for each in cards(reply, lang, dialogs=dialogs)]


def cards(reply: Reply, lang: str, *, dialogs: bool = True) -> list[Json]:
    """The buttons stand under the first card, which may take a pressed card's place."""
    buttons = buttons_of(reply)
    groups = [buttons[at : at + MOST_BUTTONS] for at in range(0, len(buttons), MOST_BUTTONS)]
    first, *others = [_asked(group, lang, dialogs=dialogs) for group in groups or [()]]
    room = SIZE - _size(first)
    packed, *rest = _packed(body_of(reply), max(room, SIZE // 4))
    title = text_block(say(lang, "continued"), isSubtle=True, size="Small")
    return [
        card([*packed, *first[0]], first[1]),
        *(card([title, *each]) for each in rest),
        *(card([title, *inputs], actions) for inputs, actions in others),
    ]


def _asked(buttons: Sequence[Button], lang: str, *, dialogs: bool) -> tuple[list[Json], list[Json]]:
    """What is asked in the body, and the actions under it."""
    inputs = [choice(buttons, lang)] if listable(buttons) else []
    return inputs, shown(buttons, lang, dialogs=dialogs)


def message(content: Json, summary: str) -> Json:
    attachment: Json = {"contentType": CARD, "content": content}
    return {"type": "message", "summary": summary[:200], "attachments": [attachment]}


def _summary(reply: Reply) -> str:
    """What a notification shows: all but the buttons."""
    buttons = buttons_of(reply)
    words = reply.plain.splitlines()[: -1 if buttons else None]
    return " · ".join(line for line in words if line.strip()) or buttons[0].label


def card(body: Sequence[Json], actions: Sequence[Json] = ()) -> Json:
    made: Json = {
        "type": "AdaptiveCard", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5", "body": list(body),
    }  # fmt: skip
    if actions:
        made["actions"] = list(actions)
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
    head, _, rest = reply.text.partition("\n")
    if rest.startswith(BULLET) and not head.startswith(BULLET):
        return lines(head, weight="Bolder") + lines(rest)
    return lines(reply.text)


def _card_body(reply: Card) -> list[Json]:
    body = lines(reply.title, weight="Bolder", size="Medium") + lines(reply.text)
    if reply.picture is not None and _web(reply.picture.url):
        body.append(_image(reply.picture))
    facts = [_fact(fact) for fact in reply.facts]
    if facts:
        facts[0]["spacing"] = "Medium"
    return body + facts


def _fact(fact: Fact) -> Json:
    """Label and value beside each other; a FactSet would read the value as markup."""
    values = lines(fact.value)
    if fact.url and _web(fact.url):
        link = {"type": "Action.OpenUrl", "url": fact.url}
        values = [{"type": "RichTextBlock", "inlines": [{**run(fact.value), "selectAction": link}]}]
    label = text_block(fact.label, isSubtle=True)
    return {
        "type": "ColumnSet", "spacing": "Small",
        "columns": [
            {"type": "Column", "width": "88px", "items": [label]},
            {"type": "Column", "width": "stretch", "spacing": "Small", "items": values},
        ],
    }  # fmt: skip


def _packed(body: Sequence[Json], room: int) -> list[list[Json]]:
    """The blocks in order, in as many parts as there must be."""
    if _size(body) <= room:
        return [list(body)]
    parts: list[list[Json]] = [[]]
    used = 0
    for block in body:
        size = _size(block)
        if used + size > room and parts[-1]:
            parts.append([])
            used = 0
        parts[-1].append(block)
        used += size
    return parts


def _size(value: object) -> int:
    return len(_json(value).encode())


def _image(picture: Picture) -> Json:
    return {"type": "Image", "url": picture.url, "altText": picture.alt, "size": "Stretch"}


def _web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
