"""What a start knows of the database's versions without loading Alembic."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alembic.script import ScriptDirectory

from storage import migrations
from tests.benchmarks import crowd

START = """
import asyncio, sys
from adapters.core import SystemClock, open_store
database, _ = asyncio.run(open_store(sys.argv[1], SystemClock()))
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"alembic", "dateparser"}))
asyncio.run(database.close())
"""


def test_a_revision_is_its_files_number() -> None:
    script = ScriptDirectory.from_config(migrations.config())

    assert migrations.newest() == script.get_current_head()
    assert migrations.revisions() == sorted(each.revision for each in script.walk_revisions())


async def test_a_start_that_needs_no_migration_loads_no_alembic(tmp_path: Path) -> None:
    file = tmp_path / "crowd.sqlite"
    await crowd.make(file)

    said = subprocess.run(  # noqa: ASYNC221
        [sys.executable, "-c", START, f"sqlite:///{file}"],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip

    assert said.strip() == ""
