"""The guide says what is true: every scope, every setting, every command."""

from __future__ import annotations

import re
from pathlib import Path

from adapters import cli
from manifest.slack.app import SCOPES

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "manifest" / "README.md").read_text("utf-8")


def test_every_scope_that_slack_is_asked_for_is_explained() -> None:
    assert [scope for scope in SCOPES if f"`{scope}`" not in GUIDE] == []


def test_every_setting_of_the_guide_is_read_somewhere() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "adapters").rglob("settings.py"))
    for name in set(re.findall(r"NATVERKSBOT_([A-Z_]+)", GUIDE)):
        words = name.removeprefix("SLACK_").removeprefix("TEAMS_")
        assert words in source, name


def test_every_command_of_the_guide_is_one() -> None:
    known = set(cli._parser()._subparsers._group_actions[0].choices)

    assert set(re.findall(r"`natverksbot (\w+)", GUIDE)) <= known
