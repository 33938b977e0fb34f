"""What holds for every dialog, whatever it is: none is named here."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from datetime import UTC, datetime

import pytest

from bot.dialog import Dialog
from bot.errors import TextError
from bot.testing import Script, fits, scripts
from bot.texts import Texts, shared
from bot.understand import understand
from dialogs import every, texts
from tests.conftest import Talker

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SCRIPTS = [(each.name, script) for each in every() for script in scripts(each.talks)]
EXAMPLES = [
    (each, lang, words)
    for each in every() if each.intents
    for lang, said in each.examples.items() for words in said
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "script"),
    SCRIPTS,
    ids=[f"{name}-{script.steps[0].does[:30]}" for name, script in SCRIPTS],
)
async def test_its_talks_come_out_as_written(name: str, script: Script, talker: Talker) -> None:
    chat = talker(script.person, script.platform)
    for step in script.steps:
        pressed = step.does.startswith("[")
        replies = await (chat.press(step.does) if pressed else chat.say(step.does))
        got = [reply.plain for reply in replies]
        assert len(got) == len(step.expects), (step.does, got)
        for expected, text in zip(step.expects, got, strict=True):
            assert fits(expected, text), f"{step.does}\n--- expected\n{expected}\n--- got\n{text}"


@pytest.mark.parametrize(("dialog", "lang", "words"), EXAMPLES, ids=[w for _, _, w in EXAMPLES])
def test_its_examples_find_it_without_being_learnt_by_heart(
    dialog: Dialog, lang: str, words: str
) -> None:
    found = understand(words, now=NOW)

    assert {found.intent, *found.choices} & set(dialog.intents)


@pytest.mark.parametrize(
    ("dialog", "words"), [(each, words) for each in every() for words in each.near_misses]
)
def test_its_near_misses_do_not_start_it(dialog: Dialog, words: str) -> None:
    found = understand(words, now=NOW)

    assert (
        found.decision != "direct" or found.clauses[0].negated or found.intent not in dialog.intents
    )


def test_all_texts_are_equal_in_swedish_and_english() -> None:
    assert Texts.of(shared(), *texts())


def test_a_text_missing_in_one_language_is_caught() -> None:
    with pytest.raises(TextError, match="hello"):
        Texts.of({"sv": "hello = Hej", "en": ""})


def test_a_value_needed_in_one_language_only_is_caught() -> None:
    with pytest.raises(TextError, match="hello"):
        Texts.of({"sv": "hello = Hej { $name }", "en": "hello = Hello"})


def strange_awaits(source: str) -> list[str]:
    """What a script awaits besides talk.… and the helpers that get the talk."""
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(textwrap.dedent(source)))
        if isinstance(node, ast.Await) and not _is_talk(node.value)
    ]


def _is_talk(node: ast.expr) -> bool:
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "talk":
        return True
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    return any(isinstance(each, ast.Name) and each.id == "talk" for each in given)


@pytest.mark.parametrize("dialog", every(), ids=[each.name for each in every()])
def test_it_awaits_nothing_but_the_talk(dialog: Dialog) -> None:
    assert strange_awaits(inspect.getsource(sys.modules[dialog.script.__module__])) == []


def test_a_strange_await_is_caught() -> None:
    assert strange_awaits("async def f(talk):\n    await asyncio.sleep(1)") == [
        "await asyncio.sleep(1)"
    ]
