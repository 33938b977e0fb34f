"""The few sentences that only the Teams side says."""

from __future__ import annotations

from functools import cache
from importlib import resources

from bot.texts import LANGUAGES, Texts


@cache
def texts() -> Texts:
    folder = resources.files("adapters.teams") / "locale"
    return Texts.of({lang: (folder / f"{lang}.ftl").read_text("utf-8") for lang in LANGUAGES})


def say(lang: str, name: str, /, **values: object) -> str:
    return texts().format(lang, name, **values)
