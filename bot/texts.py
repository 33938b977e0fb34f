"""Everything the bot says, as Fluent messages: loaded, checked and formatted.

Raises rather than showing half a sentence. A name is `id` or `id.attribute`.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Final

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.errors import TextError

LANGUAGES: Final = ("sv", "en")
_PARSER: Final = FluentParser(with_spans=False)
LONGEST = 2400  # characters of one value; fluent.runtime allows 2,500
Shape = dict[str, frozenset[str]]  # name -> the values it needs


class Texts:
    """All texts in all languages. Make one with `Texts.of` and share it: it never changes."""

    def __init__(self, bundles: Mapping[str, FluentBundle], shapes: Mapping[str, Shape]) -> None:
        self._bundles = bundles
        self.shapes = shapes
        self._fixed: dict[tuple[str, str], str] = {}  # what needs no value is formatted once

    @classmethod
    def of(cls, *sources: Mapping[str, str]) -> Texts:
        """Each source maps a language to Fluent text, which may be indented as a whole.

        Raise TextError if a line cannot be read, a text stands twice, or the languages differ in
        texts, attributes or needed values.
        """
        bundles = {lang: FluentBundle([lang], use_isolating=False) for lang in LANGUAGES}
        shapes: dict[str, Shape] = {lang: {} for lang in LANGUAGES}
        for source in sources:
            for lang in LANGUAGES:
                body = _PARSER.parse(textwrap.dedent(source.get(lang, "")))
                _add_shape(shapes[lang], body, lang)
                bundles[lang].add_resource(body)
        _compare(shapes)
        return cls(bundles, shapes)

    def has(self, name: str) -> bool:
        return name in self.shapes[LANGUAGES[0]]

    def format(self, lang: str, name: str, /, **values: object) -> str:
        """Raise TextError if the text is missing or lacks a value. Years go in as str, not int."""
        fixed = self._fixed.get((lang, name))
        if fixed is not None:
            return fixed
        text = self._formatted(lang, name, values)
        if not self.shapes[LANGUAGES[0]][name]:
            self._fixed[lang, name] = text
        return text

    def _formatted(self, lang: str, name: str, values: dict[str, object]) -> str:
        bundle = self._bundles.get(lang) or self._bundles[LANGUAGES[0]]
        message_id, _, attribute = name.partition(".")
        if not bundle.has_message(message_id):
            raise TextError(f"no text {name} in {lang}")
        message = bundle.get_message(message_id)
        pattern = message.attributes.get(attribute) if attribute else message.value
        if pattern is None:
            raise TextError(f"no text {name} in {lang}")
        short = {key: cut(value) for key, value in values.items()}
        text, errors = bundle.format_pattern(pattern, short)
        if errors:
            raise TextError(f"{name} in {lang}: {errors[0]}")
        return str(text)


def cut(value: object) -> object:
    """A value that Fluent takes: it refuses longer ones altogether."""
    if isinstance(value, str) and len(value) > LONGEST:
        return value[: LONGEST - 1] + "…"
    return value


def shared() -> Mapping[str, str]:
    """The texts that every dialog shares, from bot/locale."""
    folder = resources.files("bot") / "locale"
    return {lang: (folder / f"{lang}.ftl").read_text("utf-8") for lang in LANGUAGES}


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def _add_shape(shape: Shape, source: ftl.Resource, lang: str) -> None:
    for entry in source.body:
        if isinstance(entry, ftl.Junk):
            raise TextError(f"unreadable {lang} text: {(entry.content or '').strip()[:80]!r}")
        if not isinstance(entry, ftl.Message):
            continue
        for name, pattern in _patterns(entry):
            if name in shape:
                raise TextError(f"the {lang} text {name} stands twice")
            found = _Variables()
            found.visit(pattern)
            shape[name] = frozenset(found.names)


def _patterns(message: ftl.Message) -> Iterable[tuple[str, ftl.Pattern]]:
    if message.value is not None:
        yield message.id.name, message.value
    for attribute in message.attributes:
        yield f"{message.id.name}.{attribute.id.name}", attribute.value


def _compare(shapes: Mapping[str, Shape]) -> None:
    first, *others = LANGUAGES
    for other in others:
        for name in sorted(shapes[first].keys() ^ shapes[other].keys()):
            missing = other if name in shapes[first] else first
            raise TextError(f"the text {name} is missing in {missing}")
        for name, needed in shapes[first].items():
            if needed != shapes[other][name]:
                raise TextError(f"the text {name} needs other values in {other} than in {first}")
