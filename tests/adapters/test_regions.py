"""A region comes in from a file and leaves as files, on the command line."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.adapters.test_cli import run

BODIES = "Namn;Slag;Kallas;Kommuner\nNätverket Vux;Nätverk;vux;Alby, Björkö\n"
PEOPLE = "Namn;Kommun;E-post\nAda Påhittad;Alby;ada@alby.example\nBo;Albby;bo@alby.example\n"


def test_a_region_is_made_from_files_and_nothing_is_saved_before_yes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    bodies, people = tmp_path / "grupper.csv", tmp_path / "personer.csv"
    bodies.write_text(BODIES, "cp1252")
    people.write_text(PEOPLE, "utf-8")

    code, said, _ = run("import", str(bodies), "--region", "Mittlanet", DATABASE_URL=url)
    assert (code, "Inget sparat ännu" in said) == (1, True)
    code, _, error = run("import", str(people), DATABASE_URL=url)
    assert (code, "which region" in error) == (2, True)
    code, said, _ = run("import", str(bodies), "--region", "Mittlanet", "--yes", DATABASE_URL=url)
    assert (code, "Nu är det sparat: en grupp." in said) == (0, True)

    drawn = tmp_path / "preview.xlsx"
    code, said, _ = run(
        "import", str(people), "--yes", "--lang", "en", "--preview", str(drawn), DATABASE_URL=url
    )
    assert code == 1
    assert "⚠ row 3: the municipality “Albby” does not exist. Is Alby meant?" in said
    assert "Saved: one person." in said
    assert [cell.value for cell in load_workbook(drawn)["Personer"]["B"]] == [
        "Läge", "new", "wrong, not saved",
    ]  # fmt: skip


def test_bad_files_are_told_without_a_trace(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    (tmp_path / "tom.csv").write_bytes(b"")

    for name, told in (("tom.csv", "är tom"), ("saknas.csv", "cannot be read")):
        code, _, error = run("import", str(tmp_path / name), "--region", "X", DATABASE_URL=url)
        assert (code, told in error, "Traceback" in error) == (2, True, False)
    assert run("import")[0] == 2


def test_templates_are_written_to_a_folder(tmp_path: Path) -> None:
    code, said, _ = run("import", "--template", str(tmp_path / "mallar"))

    assert code == 0
    assert sorted(each.name for each in (tmp_path / "mallar").iterdir()) == [
        "Natverksbot-mall.xlsx", "grupper.csv", "möten.csv", "personer.csv", "roller.csv",
        "uppdrag.csv",
    ]  # fmt: skip
    assert "mall.xlsx" in said


def test_a_workspace_is_tied_to_regions_that_are_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    bodies = tmp_path / "grupper.csv"
    bodies.write_text(BODIES, "utf-8")
    run("import", str(bodies), "--region", "Mittlanet", "--yes", DATABASE_URL=url)

    code, said, _ = run("tenant", "slack", "T1", "Mittlanet", DATABASE_URL=url)
    assert (code, said) == (0, "T1 sees Mittlanet\n")
    code, _, error = run("tenant", "slack", "T1", "Uppdiktade", DATABASE_URL=url)
    assert (code, "no region called" in error, "Traceback" in error) == (2, True, False)


def test_a_region_leaves_as_files(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    bodies = tmp_path / "grupper.csv"
    bodies.write_text(BODIES, "utf-8")
    run("import", str(bodies), "--region", "Mittlanet", "--yes", DATABASE_URL=url)

    code, _, error = run("export", str(tmp_path / "ut"), "--region", "Annan", DATABASE_URL=url)
    assert (code, "which region" in error) == (2, True)
    assert run("export", str(tmp_path / "ut"), DATABASE_URL=url)[0] == 0
    assert "Nätverket Vux;nätverk;vux" in (tmp_path / "ut" / "grupper.csv").read_text("utf-8-sig")
    assert (tmp_path / "ut" / "tabeller" / "municipality.csv").exists()
