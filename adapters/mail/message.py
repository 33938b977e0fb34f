"""A reply as one mail: plain text, HTML, attachments. No text of anybody can add a header."""

from __future__ import annotations

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from adapters.mail.locale import TEXTS
from bot.reply import Card, Fact, File, FormPrompt, Reply

SUBJECT = 120  # characters
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([^\s@,;:<>()\[\]\\\"]{1,190})")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029/\\:*?\"<>|]+")


def one_address(text: str) -> str:
    """The address as it goes to the server, its domain in ASCII; "" if it is not exactly one."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return ""
    try:
        domain = found[1].lower().encode("idna").decode()
    except UnicodeError:
        return ""
    labels = domain.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(each) for each in labels):
        return ""
    return f"{text[: text.index('@')]}@{domain}"


def build(
    *, sender: str, to: str, reply: Reply, lang: str, ticket: str, made: datetime
) -> EmailMessage:
    """The same ticket and moment give the same Message-ID and Date, so that a copy is recognised."""
    texts = TEXTS[lang if lang in TEXTS else "sv"]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address("Nätverksboten", addr_spec=sender)
    mail["To"] = to
    mail["Subject"] = _line(_subject(reply))
    mail["Date"] = format_datetime(made)
    mail["Message-ID"] = f"<{ticket}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"{_text(reply)}\n\n-- \n{texts['footer']}\n")
    mail.add_alternative(_html(reply, lang, texts["footer"]), subtype="html")
    if isinstance(reply, File):
        kind, _, sub = reply.mime.partition("/")
        mail.add_attachment(
            reply.content, maintype=kind, subtype=sub or "octet-stream", filename=_file(reply.name)
        )
    return mail


def _subject(reply: Reply) -> str:
    if isinstance(reply, Card):
        return reply.title
    words = reply.question if isinstance(reply, FormPrompt) else reply.text
    return next((line for line in words.splitlines() if line.strip()), "Nätverksboten")


def _line(text: str) -> str:
    """One line; "=?" is parted, as the standard library would decode the line breaks behind it."""
    flat = " ".join(_CONTROL.sub(" ", text).replace("=?", "= ?").split())
    return flat if len(flat) <= SUBJECT else flat[: SUBJECT - 1].rstrip() + "…"


def _file(name: str) -> str:
    """The name alone, without anything that a file system could take for a path."""
    return _UNSAFE.sub("_", name).strip(". ")[-150:] or "fil"


def _parts(reply: Reply) -> tuple[str, str, tuple[Fact, ...]]:
    """Title, text and facts."""
    if isinstance(reply, Card):
        return reply.title, reply.text, reply.facts
    return "", reply.question if isinstance(reply, FormPrompt) else reply.text, ()


def _links(reply: Reply) -> list[tuple[str, str]]:
    """Buttons that open an address; the others can be pressed in a chat only."""
    return [(each.label, each.url) for each in reply.buttons if each.url]


def _text(reply: Reply) -> str:
    title, text, facts = _parts(reply)
    lines = [title, text]
    lines += [f"{each.label}: {each.value}" + (f" ({each.url})" if each.url else "")
              for each in facts]  # fmt: skip
    lines += [f"{label}: {url}" for label, url in _links(reply)]
    return "\n".join(line for line in lines if line)


def _html(reply: Reply, lang: str, footer: str) -> str:
    title, text, facts = _parts(reply)
    rows = "".join(
        f"<tr><th align=left>{escape(each.label)}</th><td>{_linked(each.value, each.url)}</td></tr>"
        for each in facts
    )
    paragraphs = "".join(
        f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in text.split("\n\n") if part
    )
    links = "".join(f"<p>{_linked(label, url)}</p>" for label, url in _links(reply))
    return (
        f'<!doctype html><html lang="{escape(lang)}"><meta charset="utf-8">'
        f"<title>{escape(_line(_subject(reply)))}</title><body>"
        + (f"<h1>{escape(title)}</h1>" if title else "")
        + paragraphs
        + (f"<table>{rows}</table>" if rows else "")
        + links
        + f"<hr><p><small>{escape(footer)}</small></p></body></html>"
    )


def _linked(label: str, url: str | None) -> str:
    if not url or not url.startswith(("https://", "http://")):
        return escape(label)
    return f'<a href="{escape(url)}">{escape(label)}</a>'
