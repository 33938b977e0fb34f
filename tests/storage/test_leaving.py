"""A region that leaves takes all it owns, and nothing of others."""

from __future__ import annotations

import csv
import io

from storage import demo, imports, leaving
from storage.documents import extract
from storage.session import Database
from storage.tables import metadata
from tests.storage.world import AT, TODAY


async def exported(database: Database, name: str) -> dict[str, bytes]:
    def work(connection: object) -> dict[str, bytes]:
        return dict(leaving.files(connection, imports.find_region(connection, name)))

    return await database.read(work)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


async def test_what_is_taken_along_reads_in_again_and_changes_nothing(database: Database) -> None:
    await database.write(demo.fill)
    found = await exported(database, "skaraborg")

    for name in ("grupper", "personer", "roller", "möten"):
        lines = extract(found[f"{name}.csv"], f"{name}.csv").paragraphs
        seen = await database.read(
            lambda c, told=lines: imports.preview(
                c, imports.find_region(c, "skaraborg"), "", told, TODAY
            )
        )
        assert {row.state for row in seen.rows} == {"same"}, name


async def test_the_lists_make_the_region_anew_elsewhere(database: Database) -> None:
    await database.write(demo.fill)
    found = await exported(database, "skaraborg")

    def bring(connection: object, name: str) -> dict[str, int]:
        lines = extract(found[name], name).paragraphs
        region = imports.find_region(connection, "Nya Skaraborg")
        return imports.start(connection, region, "Nya Skaraborg", lines, AT)

    for name in ("grupper.csv", "personer.csv", "roller.csv", "möten.csv"):
        done = await database.write(lambda c, n=name: bring(c, n))
        assert list(done.values()) == [len(rows(found[name]))], name


async def test_nothing_of_another_region_and_no_secret_is_taken(database: Database) -> None:
    await database.write(demo.fill)
    whole = await exported(database, "mellanlandet")

    assert {row["name"] for row in rows(whole["tabeller/region.csv"])} == {"Mellanlandet"}
    text = b"".join(whole.values()).decode("utf-8", "replace")
    for foreign in ("Bo Fiktivsson", "Nora Provén", "Greta Demoson", "secret_hash"):
        assert foreign not in text
    assert not {name for name in leaving.LEFT_BEHIND if f"tabeller/{name}.csv" in whole}
    assert set(metadata.tables) >= leaving.LEFT_BEHIND


async def test_no_cell_is_a_formula(database: Database) -> None:
    await database.write(demo.fill)
    lines = ["Namn\tKommun", "+Plus Påhittad\tSkara"]
    await database.write(
        lambda c: imports.start(c, imports.find_region(c, "skaraborg"), "", lines, AT)
    )
    found = await exported(database, "skaraborg")

    assert any(row["Namn"] == "'+Plus Påhittad" for row in rows(found["personer.csv"]))
