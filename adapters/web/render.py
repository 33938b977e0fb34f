"""Replies and pages become HTML. Every string is escaped by the templates."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.form import FormView
from bot.reply import Card, File, FormPrompt, Reply
from bot.texts import LANGUAGES, Texts

_MARKED = re.compile(
    r"(?P<address>https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]])"
    r"|(?:kl\. )?\b\d\d[.:]\d\d–\d\d[.:]\d\d\b|\bv\. \d\d?\b"
)
_LINK = Markup('<a href="{0}">{0}</a>')
_WHOLE = Markup('<span class="whole">{0}</span>')
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MIME = frozenset({"text/calendar", "text/csv", "application/pdf", "text/plain"})
SUGGESTIONS = ("try-next", "try-coming", "try-who", "try-host", "try-help")


@dataclass(frozen=True, slots=True)
class View:
    """What each page needs to know of its reader."""

    lang: str
    csrf: str
    person: Any = None  # WebPerson | None
    demo: bool = False
    path: str = "/"  # of a page that can be read again in the other language


@cache
def texts() -> Texts:
    folder = resources.files("adapters.web") / "locale"
    return Texts.of({lang: (folder / f"{lang}.ftl").read_text("utf-8") for lang in LANGUAGES})


def page(name: str, view: View, **values: object) -> str:
    return _environment().get_template(name).render(_common(view) | values)


def fragment(view: View, replies: Sequence[Reply], form: FormView | None, lang: str) -> str:
    """The complete answer to one post, to be put into the page's log."""
    template = _environment().get_template("fragment.html")
    return template.render(_common(view), replies=replies, form=form, reply_lang=lang)


@cache
def static(name: str) -> bytes:
    """Raise FileNotFoundError for what is no asset."""
    if name not in {"chat.css", "chat.js", "icon.svg"}:
        raise FileNotFoundError(name)
    return (resources.files("adapters.web") / "static" / name).read_bytes()


def safe_url(url: str | None) -> str:
    """The address if a browser may follow it; otherwise nothing."""
    if not url or any(ord(c) <= 32 or c == "\\" for c in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme in {"https", "http"} and parts.netloc:
        return url
    if parts.scheme in {"mailto", "tel"}:
        return url
    return url if not parts.scheme and url.startswith("/") and not url.startswith("//") else ""


def linked(text: str) -> Markup:
    """The text with its web addresses as links, and times from-to in one piece on narrow screens."""
    out, end = Markup(), 0
    for found in _MARKED.finditer(text):
        shape = _LINK if found["address"] else _WHOLE
        out += escape(text[end : found.start()]) + shape.format(found[0])
        end = found.end()
    return out + escape(text[end:])


def data_url(file: File) -> str:
    """The file inside the page: nothing is kept on the server for it."""
    mime = file.mime.partition(";")[0].strip().lower()
    mime = mime if mime in _MIME else "application/octet-stream"
    return f"data:{mime};base64,{base64.b64encode(file.content).decode()}"


def _kind(reply: Reply) -> str:
    match reply:
        case Card():
            return "card"
        case FormPrompt():
            return "prompt"
        case File():
            return "file"
    return "text"


def _common(view: View) -> dict[str, object]:
    def say(name: str, /, **values: object) -> str:
        return texts().format(view.lang, name, **values)

    return {"view": view, "t": say, "suggestions": SUGGESTIONS}


def _short(make: Callable[[], object]) -> Callable[[], str]:
    return lambda: str(make())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("adapters.web"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters |= {"url": safe_url, "linked": linked, "data_url": data_url, "kind": _kind}
    environment.tests["iso_day"] = lambda text: not text or bool(_ISO_DAY.fullmatch(text))
    environment.globals["new_id"] = _short(uuid4)
    environment.globals["asset"] = _asset
    return environment


@cache
def _asset(name: str) -> str:
    return f"/static/{name}?v={hashlib.sha256(static(name)).hexdigest()[:12]}"
