"""A checked post becomes a turn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from adapters.web.people import WebPerson
from bot.turn import ConversationReference, Pressed, Said, Submitted, Turn, What

LONGEST = 40_000  # characters of one message
FIELD = "f."  # before the names of a form's fields, so that they never meet the page's own


def delivery_id(form: Mapping[str, str], person: WebPerson) -> str | None:
    """The browser's id of one post, made the person's own; None if it is no UUID."""
    given = form.get("id", "")
    try:
        value = UUID(given)
    except ValueError:
        return None
    return f"web:{person.number}:{value}" if str(value) == given.lower() else None


def said(form: Mapping[str, str]) -> Said | None:
    text = form.get("text", "").strip()
    return Said(text) if text else None


def pressed(form: Mapping[str, str]) -> Pressed | None:
    token = form.get("token", "")
    return Pressed(token) if token else None


def submitted(form: Mapping[str, str]) -> Submitted | None:
    token = form.get("token", "")
    answers = {
        name.removeprefix(FIELD): value for name, value in form.items() if name.startswith(FIELD)
    }
    return Submitted(token, answers) if token else None


def turn(what: What, delivery: str, person: WebPerson, lang: str, at: datetime) -> Turn:
    who = person.identity(lang)
    where = ConversationReference("web", who.tenant, f"web-{who.user}")
    return Turn(delivery, what, who, where, at)
