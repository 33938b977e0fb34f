"""What goes out: replies that every platform can draw, each with a complete plain text.

Strings hold no markup of any platform. Adapters escape every one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.form import FormView

SeenBy = Literal["conversation", "person"]
Style = Literal["default", "primary", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. Either it opens an address (url), or its sealed token comes back in Pressed.

    `action` names a dialog, or one of the engine's own actions; `value` is what that dialog gets.
    `run` ties an answer to one run of a dialog, so that a press on a finished one says so.
    """

    label: str
    action: str = ""
    value: Mapping[str, object] = field(default_factory=dict)
    run: str | None = None
    url: str | None = None
    style: Style = "default"
    token: str = ""  # filled by the engine: the sealed action, value and run
    confirm: str | None = None  # a question to put before the press counts


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    buttons: tuple[Button, ...] = ()
    seen_by: SeenBy = "conversation"
    replaces: bool = False  # takes the place of the message whose button was pressed

    @property
    def plain(self) -> str:
        return _join(self.text, _labels(self.buttons))


@dataclass(frozen=True, slots=True)
class Card:
    title: str
    text: str = ""
    facts: tuple[Fact, ...] = ()
    picture: Picture | None = None
    buttons: tuple[Button, ...] = ()
    seen_by: SeenBy = "conversation"
    replaces: bool = False

    @property
    def plain(self) -> str:
        facts = "\n".join(
            f"{fact.label}: {fact.value}" + (f" ({fact.url})" if fact.url else "")
            for fact in self.facts
        )
        picture = self.picture.alt if self.picture else ""
        return _join(self.title, self.text, facts, picture, _labels(self.buttons))


@dataclass(frozen=True, slots=True)
class FormPrompt:
    """The first question of a form, and a button that opens the whole form."""

    form: FormView
    question: str  # may be answered in words instead of opening the form
    open: Button  # the adapter opens the form when this is pressed
    buttons: tuple[Button, ...] = ()  # answers to the first question
    seen_by: SeenBy = "conversation"
    replaces: bool = False

    @property
    def plain(self) -> str:
        return _join(self.question, _labels((*self.buttons, self.open)))


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over. Where a platform cannot take it, its adapter gives a link that expires."""

    name: str
    content: bytes
    mime: str
    text: str
    buttons: tuple[Button, ...] = ()
    seen_by: SeenBy = "conversation"
    replaces: bool = False

    @property
    def plain(self) -> str:
        return _join(self.text, self.name, _labels(self.buttons))


Reply = Text | Card | FormPrompt | File


def _labels(buttons: tuple[Button, ...]) -> str:
    return " ".join(f"[{button.label}]" for button in buttons)


def _join(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
