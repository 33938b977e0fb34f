"""Each rule that holds for every dialog catches a fault planted for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialog import Dialog, Talk
from bot.errors import DialogError, TextError
from bot.form import FieldView, FormView
from bot.reply import Button, Card, Fact, FormPrompt, Text
from bot.testing import scripts
from bot.texts import Texts
from tests.conftest import Talker
from tests.dialogs.drawing import flaws
from tests.dialogs.test_every_dialog import finds, run, starts, strange_awaits

ROOT = Path(__file__).parents[2]
PRESS = Button("Ja", "answer", token="sealed")
FIELD = FieldView("day", "date", "Dag")
VIEW = FormView("f", "Titel", "Skicka", "Avbryt", (FIELD,), "t")


async def _nothing(talk: Talk) -> None:
    del talk


NEXT = Dialog("next", _nothing, intents=("next_meeting",))


@pytest.mark.parametrize(
    "talk",
    [
        "# Bo Fiktivsson\n> nästa möte\n< … fredag 11 december …",
        "# Bo Fiktivsson\n> nästa möte\n< … torsdag 10 december …\n< … och en rad till",
        "# Bo Fiktivsson\n> nästa möte",
    ],
    ids=["another day", "a reply too few", "a reply too many"],
)
async def test_a_talk_that_comes_out_otherwise_is_caught(talk: str, talker: Talker) -> None:
    with pytest.raises(AssertionError):
        await run(scripts(talk)[0], talker)


def test_an_example_that_does_not_find_the_dialog_is_caught() -> None:
    assert not finds(NEXT, "beställ smörgåstårta")


def test_a_near_miss_that_starts_the_dialog_is_caught() -> None:
    assert starts(NEXT, "när är nästa nätverksträff?")


@pytest.mark.parametrize(
    "reply",
    [
        Text("Hej", (replace(PRESS, token=""),)),
        Text("   "),
        Text("Hej", (replace(PRESS, label=" "),)),
        Card("Titel", facts=(Fact("", "10.00"),)),
        Card("", "bara text"),
        Text("Hej", tuple(replace(PRESS, label="") for _ in range(3))),
        FormPrompt(replace(VIEW, fields=(replace(FIELD, label=""),)), "Vilken dag?", PRESS),
        FormPrompt(VIEW, "Vilken dag?", replace(PRESS, token="")),
    ],
    ids=[
        "unsealed button", "empty text", "blank label", "fact without label", "no title",
        "no labels", "field without label", "form that cannot be opened",
    ],
)  # fmt: skip
def test_a_reply_that_would_not_get_through_is_caught(reply: Text) -> None:
    assert flaws(reply, "sv")


def test_a_reply_that_gets_through_is_not_complained_of() -> None:
    facts = (Fact("Plats", "Portalen <&> *Skövde*"),)

    assert flaws(Card("Titel & mer", "Hej <du>", facts, buttons=(PRESS,)), "sv") == []
    assert flaws(FormPrompt(VIEW, "Vilken dag?", PRESS), "sv") == []


def test_a_text_missing_in_one_language_is_caught() -> None:
    with pytest.raises(TextError, match="hello"):
        Texts.of({"sv": "hello = Hej", "en": ""})


def test_a_value_needed_in_one_language_only_is_caught() -> None:
    with pytest.raises(TextError, match="hello"):
        Texts.of({"sv": "hello = Hej { $name }", "en": "hello = Hello"})


def test_a_strange_await_is_caught() -> None:
    assert strange_awaits("async def f(talk):\n    await asyncio.sleep(1)") == [
        "await asyncio.sleep(1)"
    ]


def test_two_dialogs_for_one_intent_are_caught(talker: Talker) -> None:
    engine = talker("Bo Fiktivsson").engine
    kinds = type(engine)

    with pytest.raises(DialogError, match="next_meeting"):
        kinds(
            store=engine.store, dialogs=(NEXT, replace(NEXT, name="other")),
            texts=engine.core.texts, seal=engine.core.seal, names=engine.core.names,
        )  # fmt: skip


# --- imports ----------------------------------------------------------------------------------

PLANTED = {
    "bot/turn.py": ("import storage.session", "Arrows point downwards"),
    "adapters/web/rate.py": ("import adapters.slack.gate", "Adapters never import each other"),
    "bot/words.py": ("import botbuilder.core", "Only adapters/teams knows botbuilder"),
    "dialogs/talk/help.py": ("import slack_sdk", "Only adapters/slack knows Slack's SDK"),
    "dialogs/talk/language.py": ("import sqlalchemy", "Only storage knows the database"),
    "storage/wire.py": ("import dateparser", "Only bot/dates knows dateparser"),
}


def test_an_import_against_each_rule_is_caught(tmp_path: Path) -> None:
    for package in ("bot", "dialogs", "storage", "adapters", "manifest"):
        shutil.copytree(
            ROOT / package, tmp_path / package,
            ignore=shutil.ignore_patterns("*.tsv", "*.bin", "*.txt", "__pycache__"),
        )  # fmt: skip
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, (line, _) in PLANTED.items():
        with (tmp_path / file).open("a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")

    found = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
    )  # fmt: skip

    assert found.returncode != 0
    for _, name in PLANTED.values():
        assert f"{name} BROKEN" in found.stdout, found.stdout
