"""Replies as Block Kit. Pure. Every string is escaped, and cut to what Slack takes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bot.reply import Button, Card, Fact, File, FormPrompt, Reply, Text

Block = dict[str, Any]
BLOCKS, HOME_BLOCKS, SECTION, HEADER, FIELD, LABEL = 50, 100, 3000, 150, 2000, 75
URL, VALUE = 3000, 2000  # characters of an address, of what a button carries
FALLBACK = 3900  # characters of the plain text beside the blocks
BUDGET = 12_000  # characters in the blocks of one message; Slack refuses a little over 13,000
BUTTONS = 6_000  # of these at most for buttons
BESIDE = 1_000  # characters of the words beside a file that holds the rest
_json = json.JSONEncoder(ensure_ascii=False).encode
_MORE = {"sv": "… (förkortat)", "en": "… (shortened)"}
_WHOLE = {"sv": "hela-svaret.txt", "en": "whole-answer.txt"}
_NO_FILE = {
    "sv": "Slack tog inte emot filen {name}. Skriv till mig igen om en stund, så försöker jag på nytt.",
    "en": "Slack did not take the file {name}. Write to me again in a while and I will try once more.",
}
_DIRECT = {
    "sv": "Jag har skickat filen till dig i ett direktmeddelande.",
    "en": "I have sent you the file in a direct message.",
}
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
    return fitted(reply, lang)[0]


def fitted(reply: Reply, lang: str) -> tuple[Block, File | None]:
    """The message, and the file to send in its place where one message cannot hold the reply."""
    drawn, fits = _draw(reply, lang, "b")
    body = {
        "text": cut(reply.plain.strip(), FALLBACK, lang) or "–",
        "blocks": drawn,
        "mrkdwn": False,
        "parse": "none",
        "unfurl_links": False,
        "unfurl_media": False,
    }
    return body, None if fits or isinstance(reply, FormPrompt) else _overflow(reply, lang)


def blocks(reply: Reply, lang: str, prefix: str = "b") -> list[Block]:
    return _draw(reply, lang, prefix)[0]


def _overflow(reply: Text | Card | File, lang: str) -> File:
    """A reply too long for one message, as a file with its beginning beside."""
    start = f"{reply.title}\n{reply.text}" if isinstance(reply, Card) else reply.text
    size = _fits(start, BESIDE)
    shown = start if size == len(start) else start[:size] + _MORE.get(lang, "…")
    return File(_WHOLE.get(lang, _WHOLE["en"]), reply.plain.encode(), "text/plain", shown,
                reply.buttons, seen_by=reply.seen_by)  # fmt: skip


def without_file(file: File, lang: str) -> Text:
    words = _NO_FILE.get(lang, _NO_FILE["en"]).format(name=file.name)
    text = f"{file.text}\n\n{words}" if file.text else words
    return Text(text, file.buttons, seen_by=file.seen_by)


def beside_file(file: File, lang: str) -> list[Block]:
    return _sections(file.text or file.name)[:1] or [_section("–", lang)]


def sent_directly(lang: str) -> str:
    return _DIRECT.get(lang, _DIRECT["en"])


def home(replies: Sequence[Reply], lang: str) -> Block:
    drawn = [
        block
        for number, reply in enumerate(replies)
        for block in blocks(reply, lang, f"h{number}b")
    ]
    return {"type": "home", "blocks": drawn[:HOME_BLOCKS] or [_section("–", lang)]}


def _draw(reply: Reply, lang: str, prefix: str) -> tuple[list[Block], bool]:
    """Blocks within Slack's limits, and whether they hold all of the reply."""
    whole: list[Block] = []
    buttons: Sequence[Button] = reply.buttons
    if isinstance(reply, Card):
        whole.append({"type": "header", "text": plain(reply.title, HEADER)})
        whole += [*_sections(reply.text), *_facts(reply.facts, lang), *_picture(reply)]
    elif isinstance(reply, FormPrompt):
        whole += _sections(reply.question)
        buttons = (*reply.buttons, reply.open)
    else:
        whole += _sections(reply.text)
    rows, fits = _rows(buttons, prefix, lang)
    if isinstance(reply, FormPrompt) and not fits:
        rows, _ = _rows((reply.open, *reply.buttons), prefix, lang)
    room = BUDGET - sum(map(_size, rows))
    fitting = min(_fitting(whole, room), max(BLOCKS - 1 - len(rows), 0))
    if fitting < len(whole):
        whole[fitting:] = [_section(_MORE.get(lang, "…"), lang)]
        fits = False
    return [*whole, *rows] or [_section("–", lang)], fits and not _cuts(reply)


def _fitting(blocks: Sequence[Block], room: int) -> int:
    """How many of the blocks, from the first on, fit into so many characters."""
    if _size(blocks) <= room:
        return len(blocks)
    for number, block in enumerate(blocks):
        room -= _size(block)
        if room < 0:
            return number
    return len(blocks)


def _cuts(reply: Reply) -> bool:
    """Whether a single string is too long for its place."""
    if not isinstance(reply, Card):
        return False
    return len(escape(reply.title)) > HEADER or any(
        len(escape(f"{fact.label}\n{fact.value}")) > FIELD for fact in reply.facts
    )


def _size(drawn: Block | Sequence[Block]) -> int:
    return len(_json(drawn))


def _picture(card: Card) -> list[Block]:
    if (
        not card.picture
        or not card.picture.url.startswith("https://")
        or not _is_link(card.picture.url)
    ):
        return []
    alt = cut(card.picture.alt, FIELD) or "–"
    return [{"type": "image", "image_url": card.picture.url, "alt_text": alt}]


def _sections(text: str) -> list[Block]:
    parts: list[Block] = []
    text = text.strip()
    while text and len(parts) < BLOCKS:
        size = _fits(text, SECTION)
        parts.append(_section(text[:size], ""))
        text = text[size:].lstrip()
    return parts


def _fits(text: str, limit: int) -> int:
    """How much goes into one section: up to the last blank, and never too long when escaped."""
    if len(escape(text)) <= limit:
        return len(text)
    used = 0
    for place, sign in enumerate(text):
        used += len(escape(sign))
        if used > limit:
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
    right = url.startswith(("https://", "http://", "mailto:")) and len(escape(url)) <= URL
    return right and not set(url) & set("<>| \n\t\r")


def _rows(buttons: Sequence[Button], prefix: str, lang: str) -> tuple[list[Block], bool]:
    usable = [each for each in buttons if _is_link(each.url or "") or 0 < len(each.token) <= VALUE]
    drawn = [_button(each, lang, f"{prefix}{number}") for number, each in enumerate(usable)]
    drawn = drawn[: _fitting(drawn, BUTTONS)]
    rows = [
        {"type": "actions", "elements": drawn[start : start + 25]}
        for start in range(0, len(drawn), 25)
    ]
    return rows, len(drawn) == len(usable)


def _button(button: Button, lang: str, name: str) -> Block:
    drawn: Block = {"type": "button", "text": plain(button.label, LABEL), "action_id": name}
    if _is_link(button.url or ""):
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
