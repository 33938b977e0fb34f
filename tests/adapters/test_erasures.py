"""The list beside the database: whole, pseudonymous, and heeded when a backup is read back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters import erasures, upkeep
from bot.errors import BotError
from bot.reply import Text
from bot.turn import ConversationReference
from storage import demo, migrations, outbox, privacy
from storage.people import named, person_by_id
from storage.session import open_database

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)


def drop(connection, name: str) -> None:
    number = named(connection, name)[0]
    who = person_by_id(connection, number, AT.date())
    assert who is not None
    privacy.erase(connection, who, AT)


def lose(path: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        Path(f"{path}{tail}").unlink(missing_ok=True)


async def test_restoring_an_older_backup_erases_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, saved = f"sqlite:///{tmp_path / 'a.sqlite'}", tmp_path / "backup"
    database = open_database(url)
    await database.write(migrations.upgrade)
    await database.write(demo.fill)
    await database.write(lambda c: privacy.begin(c, AT))
    await upkeep.db("backup", url, str(saved))
    await database.write(lambda c: drop(c, "Bo Fiktivsson"))
    listed = erasures.path_of(url, {})
    assert listed == tmp_path / "a.sqlite.erasures"
    assert await erasures.write(database, listed) == 1
    assert await erasures.write(database, listed) == 1
    await database.close()
    assert "Bo" not in listed.read_text()
    lose(tmp_path / "a.sqlite")

    await upkeep.db("restore", url, str(saved))

    again = open_database(url)
    assert await again.read(lambda c: named(c, "Bo Fiktivsson")) == []
    assert len(await again.read(lambda c: named(c, "Asta Fiktberg"))) == 1
    await again.close()
    assert "1 people erased again" in capsys.readouterr().out


async def test_a_restored_database_sends_nothing_old(tmp_path: Path) -> None:
    first, second = (f"sqlite:///{tmp_path / name}" for name in ("a.sqlite", "b.sqlite"))
    database = open_database(first)
    await database.write(migrations.upgrade)
    await database.write(demo.fill)
    where = ConversationReference("teams", "T", "a:1")
    await database.write(lambda c: outbox.put(c, where, [Text("hej")], "old", "sv", AT))
    await upkeep.db("backup", first, str(tmp_path / "backup"))
    await database.close()

    await upkeep.db("restore", second, str(tmp_path / "backup"))

    again = open_database(second)
    due = await again.read(outbox.next_due)
    assert due is not None
    assert due.year == 9999
    assert (await again.read(outbox.unsent))["unsure"] == 1
    await again.close()


async def test_a_list_keeps_those_of_other_databases(tmp_path: Path) -> None:
    listed = tmp_path / "list"
    line = {"database": 5, "person": 1, "at": AT.isoformat()}
    listed.write_text(json.dumps(line) + "\n")
    database = open_database("sqlite://")
    await database.write(migrations.upgrade)
    await database.write(demo.fill)
    await database.write(lambda c: privacy.begin(c, AT))
    await database.write(lambda c: drop(c, "Bo Fiktivsson"))

    assert await erasures.write(database, listed) == 2

    assert line in [json.loads(each) for each in listed.read_text().splitlines()]
    await database.close()


@pytest.mark.parametrize(
    "content", ["{", "[1]", '{"database": 1}', '{"database":1,"person":2,"at":"x"}']
)
def test_a_damaged_list_is_never_passed_over(tmp_path: Path, content: str) -> None:
    listed = tmp_path / "list"
    listed.write_text(content)
    with pytest.raises(BotError, match="damaged"):
        erasures.read(listed)


def test_where_the_list_stands() -> None:
    assert erasures.path_of("sqlite://", {}) is None
    assert erasures.path_of("postgresql://x@y/z", {}) == Path("natverksboten.erasures")
    assert erasures.path_of("sqlite:///a", {"NATVERKSBOT_ERASURES": "/b"}) == Path("/b")


async def test_the_command_says_what_would_go_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    database = open_database(url)
    await database.write(migrations.upgrade)
    await database.write(demo.fill)
    await database.close()
    late = datetime(2028, 6, 1, tzinfo=UTC)

    await upkeep.retention(url, late, dry=True)
    dry = capsys.readouterr().out
    await upkeep.retention(url, late, dry=False)
    wet = capsys.readouterr().out
    await upkeep.retention(url, late, dry=False)
    after = capsys.readouterr().out

    assert "Skaraborg: participants: " in dry
    assert "no decision to destroy them" in dry
    assert dry.replace("would go", "gone") == wet
    assert "Skaraborg: diet: 0 rows" in after


async def test_the_command_needs_a_database(tmp_path: Path) -> None:
    with pytest.raises(BotError, match="DATABASE_URL"):
        await upkeep.retention(f"sqlite:///{tmp_path / 'none'}", AT, dry=True)
