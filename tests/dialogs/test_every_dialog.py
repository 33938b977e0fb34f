"""What holds for every dialog, whatever it is: none is named here."""

from __future__ import annotations

import ast
import inspect
import logging
import re
import sys
import textwrap
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.dialog import Dialog
from bot.reply import Reply
from bot.testing import Chat, Script, fits, moment, scripts
from bot.texts import Texts, shared
from bot.turn import ConversationReference, Joined, Turn
from bot.understand import understand
from dialogs import every, texts
from storage import demo
from storage.people import named
from storage.store import SqlStore
from tests.conftest import Talker
from tests.dialogs.drawing import flaws
from tests.dialogs.leaks import leaks
from tests.storage.documents import made

FILE = re.compile(r"\(([^()]+\.\w+)\)\s*(.*)")
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
SCRIPTS = [(each.name, script) for each in every() for script in scripts(each.talks)]
EXAMPLES = [
    (each, lang, words)
    for each in every() if each.intents
    for lang, said in each.examples.items() for words in said
]  # fmt: skip


def finds(dialog: Dialog, words: str) -> bool:
    """Whether these words lead to the dialog, at once or by one press."""
    found = understand(words, now=NOW)
    return bool({found.intent, *found.choices} & set(dialog.intents))


def starts(dialog: Dialog, words: str) -> bool:
    """Whether these words start the dialog without another question."""
    found = understand(words, now=NOW)
    direct = found.decision == "direct" and not found.clauses[0].negated
    return direct and found.intent in dialog.intents


async def run(script: Script, talker: Talker) -> None:
    """Raise AssertionError where the talk does not come out as written or cannot be drawn."""
    chat = talker(script.person, script.platform)
    people = await has_written(script, chat.engine.store)
    for step in script.steps:
        before = len(chat.letters)
        if until := moment(step.does):
            replies = await chat.passes(until)
        else:
            replies = await take(chat, step.does)
            await chat.delivered()
        got = [reply.plain for reply in replies]
        assert len(got) == len(step.expects), (step.does, got)
        for expected, text in zip(step.expects, got, strict=True):
            assert fits(expected, text), f"{step.does}\n--- expected\n{expected}\n--- got\n{text}"
        assert [flaw for each in replies for flaw in flaws(each, chat.last.lang)] == []
        for person, expected in step.letters:
            sent = [
                each.reply.plain for each in chat.letters[before:] if each.person == people[person]
            ]
            assert any(fits(expected, text) for text in sent), (step.does, person, expected, sent)


async def take(chat: Chat, does: str) -> Sequence[Reply]:
    """One step: words, "[a button]", or "(a file.pdf) and words"."""
    if file := FILE.match(does):
        return await chat.attach(file[1], made.named(file[1]), file[2])
    return await (chat.press(does) if does.startswith("[") else chat.say(does))


async def has_written(script: Script, store: Any) -> dict[str, int]:
    """Whoever a talk names has written to the bot before; gives their numbers."""
    known = await store.database.read(demo.identities)
    people: dict[str, int] = {}
    for name in {script.person, *(name for step in script.steps for name, _ in step.letters)}:
        for (person, platform), who in known.items():
            if person == name and platform in {"teams", "slack"}:
                where = ConversationReference(who.platform, who.tenant, f"personal:{who.user}")
                await store.receive(Turn(f"before-{platform}-{name}", Joined(), who, where, NOW))
                await store.write(
                    lambda s, n=f"before-{platform}-{name}", w=who, at=where: s.finish(
                        Turn(n, Joined(), w, at, NOW)
                    )
                )
        found = await store.database.read(lambda c, name=name: named(c, name))
        people[name] = found[0]
    return people


@pytest.mark.parametrize(
    ("name", "script"),
    SCRIPTS,
    ids=[f"{name}-{script.steps[0].does[:30]}" for name, script in SCRIPTS],
)
async def test_its_talks_come_out_as_written(
    name: str, script: Script, talker: Talker, store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await run(script, talker)
    assert await leaks(store, script, caplog.text) == []


async def test_a_leak_is_found(talker: Talker, store: SqlStore) -> None:
    """The check itself: planted in the audit and in the program's log, it is seen."""
    script = scripts("# Bo Fiktivsson · teams\n> vem är ordförande då?\n< … Asta …")[0]
    await store.write(lambda s: s.audit("x", "y", None, {"z": "vem är ordförande då?"}))
    assert await leaks(store, script, "Asta Fiktberg") == [
        ("log", "Asta Fiktberg"), ("audit", "vem är ordförande då?"),
    ]  # fmt: skip


@pytest.mark.parametrize(("dialog", "lang", "words"), EXAMPLES, ids=[w for _, _, w in EXAMPLES])
def test_its_examples_find_it_without_being_learnt_by_heart(
    dialog: Dialog, lang: str, words: str
) -> None:
    assert finds(dialog, words)


@pytest.mark.parametrize(
    ("dialog", "words"), [(each, words) for each in every() for words in each.near_misses]
)
def test_its_near_misses_do_not_start_it(dialog: Dialog, words: str) -> None:
    assert not starts(dialog, words)


def test_all_texts_are_equal_in_swedish_and_english() -> None:
    assert Texts.of(shared(), *texts())


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
