"""Replies as Block Kit. Pure. Every string is escaped, and cut to what Slack takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.reply import Button, Card, Fact, FormPrompt, Reply

Block = dict[str, Any]
BLOCKS, HOME_BLOCKS, SECTION, HEADER, FIELD, LABEL = 50, 100, 3000, 150, 2000, 75
FALLBACK = 3900  # characters of the plain text beside the blocks
BUDGET = 12_000  # characters in the blocks of one message
_MORE = {"sv": "… (förkortat)", "en": "… (shortened)"}
_CANCEL = {"sv": "Avbryt", "en": "Cancel"}
_SURE = {"sv": "Är du säker?", "en": "Are you sure?"}


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int, lang: str = "") -> str:
    """Escaped, at most `limit` characters, never ending inside an entity."""
    whole = escape(text)
    if len(whole) <= limit:
        return whole
    tail = _MORE.get(lang, "…")
    kept: list[str] = []
    room = limit - len(tail)
    for sign in text:
        piece = escape(sign)
        if len(piece) > room:
            break
        kept.append(piece)
        room -= len(piece)
    return "".join(kept) + tail


def plain(text: str, limit: int, lang: str = "") -> Block:
    return {"type": "plain_text", "text": cut(text, limit, lang) or "–", "emoji": False}


def message(reply: Reply, lang: str) -> Block:
    """What chat.postMessage takes, without the address."""
    return {
        "text": cut(reply.plain.strip(), FALLBACK, lang) or "–",
        "blocks": blocks(reply, lang),
        "mrkdwn": False,
        "parse": "none",
        "unfurl_links": False,
        "unfurl_media": False,
    }


def blocks(reply: Reply, lang: str, prefix: str = "b") -> list[Block]:
    drawn: list[Block] = []
    buttons: Sequence[Button] = reply.buttons
    if isinstance(reply, Card):
        drawn.append({"type": "header", "text": plain(reply.title, HEADER)})
        drawn += _sections(reply.text, lang)
        drawn += _facts(reply.facts, lang)
        if reply.picture and reply.picture.url.startswith("https://"):
            drawn.append({
                "type": "image", "image_url": reply.picture.url,
                "alt_text": cut(reply.picture.alt, FIELD) or "–",
            })  # fmt: skip
    elif isinstance(reply, FormPrompt):
        drawn += _sections(reply.question, lang)
        buttons = (*reply.buttons, reply.open)
    else:
        drawn += _sections(reply.text, lang)
    rows = _buttons(buttons, lang, prefix)
    return [*drawn[: BLOCKS - len(rows)], *rows] or [_section("–", lang)]


def home(replies: Sequence[Reply], lang: str) -> Block:
    drawn = [
        block
        for number, reply in enumerate(replies)
        for block in blocks(reply, lang, f"h{number}b")
    ]
    return {"type": "home", "blocks": drawn[:HOME_BLOCKS] or [_section("–", lang)]}


def _sections(text: str, lang: str) -> list[Block]:
    text = text.strip()
    parts: list[Block] = []
    room = BUDGET - SECTION
    while text and room > 0:
        size = _fits(text)
        parts.append(_section(text[:size], lang))
        text, room = text[size:].lstrip(), room - SECTION
    if text:
        parts.append(_section(_MORE.get(lang, "…"), lang))
    return parts


def _fits(text: str) -> int:
    """How much goes into one section: up to the last blank, and never too long when escaped."""
    used = 0
    for place, sign in enumerate(text):
        used += len(escape(sign))
        if used > SECTION:
            blank = max(text.rfind("\n", 0, place), text.rfind(" ", 0, place))
            return blank if blank > 0 else place
    return len(text)


def _section(text: str, lang: str) -> Block:
    return {"type": "section", "text": plain(text, SECTION, lang)}


def _facts(facts: Sequence[Fact], lang: str) -> list[Block]:
    fields = [_fact(fact, lang) for fact in facts]
    return [
        {"type": "section", "fields": fields[start : start + 10]}
        for start in range(0, len(fields), 10)
    ]


def _fact(fact: Fact, lang: str) -> Block:
    if fact.url and _is_link(fact.url):
        label, value = cut(fact.label, 200), cut(fact.value or fact.url, 500)
        words = value.replace("\n", " ").replace("|", "¦")
        link = f"{_unmarked(label)}\n<{escape(fact.url)}|{words}>"
        if len(link) <= FIELD:
            return {"type": "mrkdwn", "text": link, "verbatim": True}
    return plain(f"{fact.label}\n{fact.value}", FIELD, lang)


def _unmarked(text: str) -> str:
    return "".join(sign for sign in text if sign not in "*_~`")


def _is_link(url: str) -> bool:
    return url.startswith(("https://", "http://", "mailto:")) and not set(url) & set("<>| \n\t\r")


def _buttons(buttons: Sequence[Button], lang: str, prefix: str) -> list[Block]:
    drawn = [
        _button(button, lang, f"{prefix}{number}")
        for number, button in enumerate(buttons)
        if (button.url and _is_link(button.url)) or button.token
    ]
    return [
        {"type": "actions", "elements": drawn[start : start + 25]}
        for start in range(0, min(len(drawn), 100), 25)
    ]


def _button(button: Button, lang: str, name: str) -> Block:
    drawn: Block = {"type": "button", "text": plain(button.label, LABEL), "action_id": name}
    if button.url:
        drawn["url"] = button.url
    else:
        drawn["value"] = button.token
    if button.style != "default":
        drawn["style"] = button.style
    if button.confirm:
        drawn["confirm"] = {
            "title": plain(_SURE.get(lang, _SURE["en"]), 100),
            "text": plain(button.confirm, 300),
            "confirm": plain(button.label, 30),
            "deny": plain(_CANCEL.get(lang, _CANCEL["en"]), 30),
        }
    return drawn
