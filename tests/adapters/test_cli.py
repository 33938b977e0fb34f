"""The command line as scripts use it: real processes, JSON lines in and out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[2]


def run(
    *arguments: str, lines: tuple[object, ...] = (), **environment: str
) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "adapters.cli", *arguments], cwd=HERE, text=True, timeout=60,
        input="".join(json.dumps(line) + "\n" for line in lines), capture_output=True, check=False,
        env={k: v for k, v in os.environ.items() if not k.startswith("NATVERKSBOT")} | environment,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_chat_answers_each_turn_by_its_number() -> None:
    code, out, _ = run(
        "chat", "--as", "Bo Fiktivsson", "--jsonl",
        lines=({"say": "nästa möte"}, {"press": "Jag kommer"}, {"as": "Karin Demoberg, Vara"}, {"say": "hej"}),
    )  # fmt: skip
    got = [json.loads(line) for line in out.splitlines()]

    assert code == 0
    assert [line["turn"] for line in got] == [0, 1, 3]
    assert "Jag kommer" in got[0]["buttons"]
    assert "Karin" in got[2]["text"]


def test_what_is_sent_meanwhile_is_shown_when_its_person_is_there() -> None:
    _, out, _ = run(
        "chat", "--as", "Asta Fiktberg", "--platform", "teams", "--jsonl",
        lines=({"say": "delrapporten för språkstöd är klar"}, {"press": "Lämna in"},
               {"press": "Hoppa över"}, {"as": "Farid Testmark"}, {"press": "Kvittera"},
               {"now": "2026-11-30T09:00"}, {"as": "Asta Fiktberg"}),
    )  # fmt: skip
    got = [json.loads(line) for line in out.splitlines()]

    assert (
        "Asta Fiktberg har lämnat in delrapporten" in next(g for g in got if g["turn"] == 3)["text"]
    )
    assert next(g for g in got if g["turn"] == 4)["text"].startswith("Kvitterad")
    later = [g["text"] for g in got if g["turn"] == 6]
    assert any(text.startswith("Farid Testmark har kvitterat") for text in later)
    assert any(text.startswith("Om ungefär tre månader") for text in later)


def test_a_button_that_is_not_there_is_an_error_line_and_the_chat_goes_on() -> None:
    _, out, _ = run("chat", "--jsonl", lines=({"press": "Nej"}, {"say": "hej"}))

    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["error", "text"]


def test_understand_and_date_answer_line_by_line() -> None:
    _, out, _ = run("understand", "--jsonl", lines=({"text": "när är nästa nätverksträff?"},))
    assert json.loads(out)["intent"] == "next_meeting"

    _, out, _ = run(
        "date", "--now", "2026-11-23T09:00", "--jsonl", lines=({"text": "maj", "lang": "sv"},)
    )
    assert json.loads(out)["precision"] == "month"


def test_an_account_is_tied_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    code, _, error = run("link", "Ingen Alls", "slack", "T1", "U1", DATABASE_URL=url)

    assert code == 2
    assert "0 people" in error
    assert "Traceback" not in error


def test_serve_without_settings_says_which_and_stops() -> None:
    code, _, error = run("serve")

    assert code == 2
    assert "NATVERKSBOT_SEAL_KEYS" in error
    assert "Traceback" not in error


def test_a_backup_is_restored_elsewhere_and_not_over_what_is_there(tmp_path: Path) -> None:
    old, new = f"sqlite:///{tmp_path / 'old.sqlite'}", f"sqlite:///{tmp_path / 'new.sqlite'}"
    file = str(tmp_path / "backup.gz")

    assert run("db", "backup", file, DATABASE_URL=old)[0] == 2
    assert run("db", "upgrade", DATABASE_URL=old)[0] == 0
    assert run("db", "backup", file, DATABASE_URL=old)[0] == 0
    assert Path(file).stat().st_mode & 0o077 == 0
    code, said, _ = run("db", "restore", file, DATABASE_URL=new)
    assert (code, "rows restored" in said) == (0, True)
    code, _, error = run("db", "restore", str(tmp_path / "none.gz"), DATABASE_URL=new)
    assert (code, "cannot be read" in error, "Traceback" in error) == (2, True, False)


def test_check_speaks_json_lines_too() -> None:
    code, out, _ = run("check", "--jsonl")
    found = [json.loads(line) for line in out.splitlines()]

    assert code == 1
    assert found[0]["mark"] == "WRONG"
    assert "NATVERKSBOT_SEAL_KEYS" in found[0]["text"]


def test_slack_alone_gets_its_manifest_without_teams(tmp_path: Path) -> None:
    code, out, _ = run(
        "manifest", "build", "--out", str(tmp_path), NATVERKSBOT_SEAL_KEYS="k" * 32,
        NATVERKSBOT_PUBLIC_URL="https://bot.region.example",
    )  # fmt: skip

    assert code == 0
    assert [each.name for each in tmp_path.iterdir()] == ["slack.json"]
    assert "NATVERKSBOT_TEAMS_APP_ID" in out
