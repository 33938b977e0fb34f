"""Draws a reply or a form as every platform does, and lists what is wrong with the drawings."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from adapters.slack import form as slack_form
from adapters.slack import render as slack
from adapters.teams import form as teams_form
from adapters.teams import render as teams
from adapters.web import render as web
from bot.form import FormView
from bot.reply import Card, File, FormPrompt, Reply
from tests.adapters.slack.lint import lint as slack_flaws
from tests.adapters.teams.lint import card_faults, faults

VIEW = web.View("sv", "csrf")


def flaws(reply: Reply, lang: str) -> list[str]:
    """What would not get through to the person who gets this reply."""
    visible = list(strings(reply))
    page = _words(web.fragment(VIEW, [reply], None, lang))
    return [
        *(f"plain text lacks {each!r}" for each in visible if each not in reply.plain),
        *(f"empty: {each!r}" for each in visible if not each.strip()),
        *(f"web lacks {each!r}" for each in visible if _flat(each) not in _flat(page)),
        *(f"slack: {each}" for each in slack_flaws(slack.message(reply, lang))),
        *(f"teams: {each}" for each in _teams_flaws(reply, lang)),
        *_unsealed(reply),
        *(_form_flaws(reply.form, lang) if isinstance(reply, FormPrompt) else ()),
    ]


def strings(reply: Reply) -> Iterator[str]:
    """Every string of a reply that a person is to see."""
    match reply:
        case Card():
            yield reply.title
            yield from ([reply.text] if reply.text else ())
            for fact in reply.facts:
                yield fact.label
                yield fact.value
        case FormPrompt():
            yield reply.question
            yield reply.open.label
        case File():
            yield reply.text
            yield reply.name
        case _:
            yield reply.text
    for button in reply.buttons:
        yield button.label


def form_flaws(view: FormView, lang: str) -> list[str]:
    return list(_form_flaws(view, lang))


def _form_flaws(view: FormView, lang: str) -> Iterator[str]:
    page = web.fragment(VIEW, [], view, lang)
    for field in view.fields:
        if not field.label.strip():
            yield f"{view.name}.{field.name} has no label"
        if not re.search(rf'name="[a-z]+[.:-]{field.name}"', page):
            yield f"web has no input {field.name}"
    yield from (f"slack: {each}" for each in slack_flaws(slack_form.modal(view)))
    yield from (f"teams: {each}" for each in card_faults(teams_form.form_card(view)))
    drawn = {block.get("block_id") for block in slack_form.modal(view)["blocks"]}
    if len(drawn) < len(view.fields):
        yield "slack draws fewer inputs than the form has"


def _teams_flaws(reply: Reply, lang: str) -> Iterator[str]:
    activities = teams.activities(reply, lang)
    for activity in activities:
        yield from faults(activity)
    words = _flat(" ".join(_values(activities)))
    shown = "".join(words.split())
    for each in () if isinstance(reply, File) else strings(reply):
        for line in each.splitlines():
            if "".join(line.removeprefix("•").split()) not in shown:
                yield f"lacks {line!r}"


def _values(node: object) -> Iterator[str]:
    """Every string in the order in which it stands."""
    if isinstance(node, dict):
        for value in node.values():
            yield from _values(value)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value)
    elif isinstance(node, str):
        yield node


def _unsealed(reply: Reply) -> Iterator[str]:
    """A button that carries neither an address nor a sealed token does nothing."""
    buttons: Sequence = (*reply.buttons, *((reply.open,) if isinstance(reply, FormPrompt) else ()))
    for button in buttons:
        if not button.url and not button.token:
            yield f"button {button.label!r} is not sealed"


def _words(page: str) -> str:
    """What is read; only marks within a line leave no gap."""
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?span[^>]*>", "", page)))


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u2060", "")).strip()
