"""`natverksbot import FILE` and `natverksbot export FOLDER`: a region comes and goes as open files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from adapters import core
from bot.errors import BotError, Refused
from dialogs.networks import notes
from storage import files, imports, leaving, tenants
from storage.session import open_database
from storage.valid import wall

LONGEST = 20 * 1024 * 1024  # bytes
Say = Callable[..., str]


def write_templates(folder: Path) -> None:
    """Raise BotError where the folder cannot be written to."""
    found = {"Natverksbot-mall.xlsx": imports.workbook(), **imports.csv_templates()}
    _write(folder, found)
    for name in found:
        sys.stdout.write(f"{folder / name}\n")


async def bring(options: argparse.Namespace, url: str) -> int:
    """0 when all is saved or right already, 1 when something was wrong or nobody said yes."""
    lang: str = options.lang
    texts = core.texts()

    def say(name: str, /, **values: object) -> str:
        return texts.format(lang, name, **values)

    lines = _read(Path(options.file), say)
    clock = core.SystemClock()
    database, _ = await core.open_store(url, clock)
    try:
        today = wall(clock.now()).date()
        region = await database.read(lambda c: imports.find_region(c, options.region))
        name = options.region
        if region is None and not name:
            raise BotError("which region? Name it with --region; a new name makes a new region")
        try:
            found = await database.read(lambda c: imports.preview(c, region, name, lines, today))
        except Refused as refusal:
            raise BotError(say(refusal.text_id, **refusal.values)) from None
        _tell(found, say, lang, new=region is None)
        if options.preview:
            _draw(found, Path(options.preview), say, lang)
        if not found.writes or not (options.yes or _yes(say)):
            return 1 if found.errors or found.writes else 0
        now = clock.now()
        done = await database.write(lambda c: imports.start(c, region, name, lines, now))
    finally:
        await database.close()
    saved = ", ".join(say(f"import-{kind}", count=count) for kind, count in done.items())
    sys.stdout.write(say("bring-done", what=saved) + "\n")
    return 1 if found.errors else 0


async def leave(region: str, folder: Path, url: str) -> None:
    """Raise BotError for an unknown region and for a folder that cannot be written to."""
    database = open_database(url)
    try:
        number = await database.read(lambda c: imports.find_region(c, region))
        if number is None:
            raise BotError("which region? Name it with --region")
        found = await database.read(lambda c: dict(leaving.files(c, number)))
    finally:
        await database.close()
    for name, content in found.items():
        _write((folder / name).parent, {Path(name).name: content})
    sys.stdout.write(f"{len(found)} files in {folder}\n")


async def tenant(platform: str, name: str, regions: list[str], url: str) -> None:
    """Raise BotError for a region that is not there."""
    database, _ = await core.open_store(url, core.SystemClock())
    try:
        found = await database.read(lambda c: [imports.find_region(c, each) for each in regions])
        for each, number in zip(regions, found, strict=True):
            if number is None:
                raise BotError(f"there is no region called {each!r}")
        numbers = [number for number in found if number is not None]
        await database.write(lambda c: tenants.tie(c, platform, name, numbers))
    finally:
        await database.close()
    sys.stdout.write(f"{name} sees {', '.join(regions) or 'the regions of its people'}\n")


def _read(path: Path, say: Say) -> list[str]:
    try:
        if path.stat().st_size > LONGEST:
            raise BotError(say("file-too-big", name=path.name))
        data = path.read_bytes()
    except OSError as error:
        raise BotError(f"{path} cannot be read: {error.strerror}") from None
    found = files.examine(data, path.name)
    if found.problem:
        raise BotError(say(f"file-{found.problem}", name=found.name, kind=found.kind))
    return list(found.paragraphs)


def _tell(found: imports.Preview, say: Say, lang: str, *, new: bool) -> None:
    """What each cell would be: a line for every row that is not as it should be."""
    out = [f"{found.region_name}{' +' if new else ''}"]
    if what := notes.summary(say, found):
        out.append(say("bring-title", what=what))
    out += notes.warnings(say, found, lang, most=1000)
    for row in found.rows:
        if row.state == "same":
            continue
        cells = ", ".join(
            f"{cell.old} → {cell.text}" if cell.old else cell.text
            for cell in row.cells
            if cell.state != "same"
        )
        out.append(f"{row.sheet} {row.line}: {say(f'import-state-{row.state}')}: {cells}".strip())
    if found.writes:
        out.append(say("bring-unsaved"))
    sys.stdout.write("\n".join(out) + "\n")


def _draw(found: imports.Preview, path: Path, say: Say, lang: str) -> None:
    drawn = imports.shown(
        found,
        lambda note: notes.said(say, note, lang),
        lambda state: say(f"import-state-{state}"),
    )
    _write(path.parent, {path.name: drawn})


def _yes(say: Say) -> bool:
    """Only a person at a terminal can be asked."""
    if not sys.stdin.isatty():
        return False
    sys.stdout.write(f"{say('bring-anyway.yes')}? [j/n] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() in {"j", "ja", "y", "yes"}


def _write(folder: Path, found: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in found.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise BotError(f"{folder} cannot be written to: {error.strerror}") from None
