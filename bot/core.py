"""What every turn needs and no turn changes: dialogs, texts, rules, the seal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.dialog import Dialog
from bot.ports import Session
from bot.rules.roles import Person
from bot.seal import Seal
from bot.texts import Texts
from bot.timer import Rule
from bot.understand import Names


@dataclass(frozen=True, slots=True)
class Core:
    dialogs: dict[str, Dialog]
    by_intent: dict[str, Dialog]
    phrases: dict[str, str]  # a dialog's own example, plain -> its intent
    texts: Texts
    seal: Seal
    names: Callable[[Session, Person], Names]
    rules: Mapping[str, Rule]
    public_url: str = ""  # of the web pages, without a slash at the end
