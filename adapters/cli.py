"""The command line: `natverksbot demo | serve | chat | understand | date | db | check` and more."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.collector import unwatched
from bot.errors import BotError

DEMO_NOW = "2026-11-23T09:00"
HOME = ZoneInfo("Europe/Stockholm")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except BotError as error:
        sys.stderr.write(f"natverksbot: {error}\n")
        return 2
    except (BrokenPipeError, KeyboardInterrupt):
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="natverksbot", description=__doc__)
    commands = parser.add_subparsers(required=True)

    demo = commands.add_parser("demo", help="the web chat with demo data, no keys needed")
    demo.add_argument("--port", type=int, default=3978)
    demo.set_defaults(run=_demo)

    serve = commands.add_parser("serve", help="the server, with the settings of the environment")
    serve.set_defaults(run=_serve)

    chat = commands.add_parser("chat", help="talk in the terminal with the real engine")
    chat.add_argument("--as", dest="person", default="Bo Fiktivsson", metavar='"FULL NAME"')
    chat.add_argument("--platform", choices=("web", "slack", "teams"), default="web")
    chat.add_argument("--now", metavar="ISO", help=f"the time it is, e.g. {DEMO_NOW}")
    chat.add_argument("--jsonl", action="store_true", help="turns and replies as JSON lines")
    chat.set_defaults(run=_chat)

    understand = commands.add_parser("understand", help="what is understood of JSON lines")
    understand.add_argument("--jsonl", action="store_true")
    understand.set_defaults(run=_understand)

    date = commands.add_parser("date", help="which dates JSON lines hold")
    date.add_argument("--now", metavar="ISO")
    date.add_argument("--jsonl", action="store_true")
    date.set_defaults(run=_date)

    link = commands.add_parser("link", help="tie a Slack or Teams account to a person")
    link.add_argument("person", metavar='"FULL NAME[, MUNICIPALITY]"')
    link.add_argument("platform", choices=("slack", "teams"))
    link.add_argument("tenant", help="Slack workspace id (T…) or Entra tenant id")
    link.add_argument("user", help="Slack user id (U…) or Entra object id")
    link.set_defaults(run=_link)

    manifest = commands.add_parser("manifest", help="the app packages for Teams and Slack")
    steps = manifest.add_subparsers(required=True)
    build = steps.add_parser("build", help="write teams.zip and slack.json from the settings")
    build.add_argument("--out", default="dist", metavar="FOLDER")
    build.set_defaults(run=_manifest)

    db = commands.add_parser("db", help="the database: upgrade, backup, restore")
    acts = db.add_subparsers(required=True, dest="step")
    acts.add_parser("upgrade", help="bring it to the version of this program")
    acts.add_parser("backup", help="write everything into one file").add_argument("file")
    acts.add_parser("restore", help="fill an empty database from such a file").add_argument("file")
    db.set_defaults(run=_db, file=None)

    retention = commands.add_parser("retention", help="destroy what has been kept long enough")
    retention.add_argument("--dry-run", action="store_true", help="only say what would go")
    retention.set_defaults(run=_retention)

    _regions(commands)

    check = commands.add_parser("check", help="whether the settings will work")
    check.add_argument("--jsonl", action="store_true", help="one JSON line per finding")
    check.add_argument("--online", action="store_true", help="ask Slack and the mail server too")
    check.set_defaults(run=_check)
    return parser


def _regions(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    bring = commands.add_parser("import", help="read a region's lists or calendar from a file")
    bring.add_argument("file", nargs="?", help="XLSX, CSV or ICS")
    bring.add_argument("--region", default="", metavar="NAME", help="a new name makes a new region")
    bring.add_argument("--yes", action="store_true", help="save what the preview shows")
    bring.add_argument("--preview", metavar="FILE", help="write the preview as a workbook")
    bring.add_argument("--template", metavar="FOLDER", help="write files to fill in, and stop")
    bring.add_argument("--lang", choices=("sv", "en"), default="sv")
    bring.set_defaults(run=_import)

    tenant = commands.add_parser("tenant", help="which regions a workspace or organisation sees")
    tenant.add_argument("platform", choices=("slack", "teams"))
    tenant.add_argument("tenant", help="Slack workspace id (T…) or Entra tenant id")
    tenant.add_argument("region", nargs="*", help="names; none: all that its people belong to")
    tenant.set_defaults(run=_tenant)

    leave = commands.add_parser("export", help="everything a region owns, as open files")
    leave.add_argument("folder")
    leave.add_argument("--region", default="", metavar="NAME")
    leave.set_defaults(run=_export)


def moment(text: str | None) -> datetime:
    """Aware; without a zone it is Swedish wall time. Raise BotError for anything unreadable."""
    if not text:
        return datetime.now(UTC)  # noqa: TID251 - the terminal's own clock
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BotError(f"{text!r} is no time: write it as {DEMO_NOW}") from None
    return found if found.tzinfo else found.replace(tzinfo=HOME)


def _lines() -> Iterator[dict[str, Any]]:
    """The JSON objects on standard input; a line that is none is told and skipped."""
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if isinstance(found, dict):
            yield found
        else:
            sys.stderr.write(f"line {number} is no JSON object, skipped\n")


def _print(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _understand(options: argparse.Namespace) -> None:
    from bot.understand import Context, to_line, understand  # noqa: PLC0415

    del options
    for line in _lines():
        context = Context(client_locale=line.get("lang"))
        now = moment(line.get("now") or DEMO_NOW)
        _print(to_line(understand(str(line.get("text", "")), now=now, context=context)))


def _date(options: argparse.Namespace) -> None:
    from bot import dates  # noqa: PLC0415

    now = moment(options.now)
    for line in _lines():
        lang = str(line.get("lang") or "sv")
        text = str(line.get("text", ""))
        value = dates.read(text, now=now, lang=lang)
        if value is None:
            found = dates.find(text, now=now, lang=lang)
            value = found[0].value if found else None
        _print(dates.to_line(value, lang))


def _chat(options: argparse.Namespace) -> int:
    from adapters.terminal import chat  # noqa: PLC0415

    start = (
        moment(options.now or DEMO_NOW)
        if not os.environ.get("DATABASE_URL") or options.now
        else moment(None)
    )
    return asyncio.run(
        chat(
            options.person,
            options.platform,
            start,
            os.environ.get("DATABASE_URL"),
            jsonl=options.jsonl,
        )
    )


def _demo(options: argparse.Namespace) -> None:
    with unwatched():
        from adapters import app, settings  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="natverksbot-") as folder:
        app.run(settings.for_demo(f"sqlite:///{Path(folder) / 'demo.sqlite'}", options.port))


def _serve(options: argparse.Namespace) -> None:
    with unwatched():
        from adapters import app, settings  # noqa: PLC0415

    del options
    app.run(settings.read(os.environ))


def _link(options: argparse.Namespace) -> None:
    from adapters import core, settings  # noqa: PLC0415
    from storage import people  # noqa: PLC0415

    key = (options.platform, options.tenant, options.user)

    async def tie() -> None:
        clock = core.SystemClock()
        url = os.environ.get("DATABASE_URL", settings.DATABASE)
        database, _ = await core.open_store(url, clock)
        try:
            found = await database.read(lambda c: people.named(c, options.person))
            if len(found) != 1:
                raise BotError(
                    f"{len(found)} people are called {options.person!r}: give the full name and municipality"
                )
            now = clock.now()
            if not await database.write(lambda c: people.link(c, found[0], key, now)):
                raise BotError("that account is tied to somebody already")
        finally:
            await database.close()

    asyncio.run(tie())
    sys.stdout.write(f"{options.person} can now write to the bot in {options.platform}.\n")


def _manifest(options: argparse.Namespace) -> None:
    from adapters import settings  # noqa: PLC0415
    from manifest.build import build  # noqa: PLC0415

    found = settings.read(os.environ)
    folder = Path(options.out)
    folder.mkdir(parents=True, exist_ok=True)
    app_id = found.teams.app_id if found.teams else None
    socket_mode = bool(found.slack and found.slack.app_token)
    for path in build(folder, app_id=app_id, public_url=found.public_url, version="0.1.0",
                      socket_mode=socket_mode):  # fmt: skip
        sys.stdout.write(f"{path}\n")
    if app_id is None:
        sys.stdout.write("no teams.zip: set NATVERKSBOT_TEAMS_APP_ID to the bot's id in Azure\n")


def _db(options: argparse.Namespace) -> None:
    from adapters import settings, upkeep  # noqa: PLC0415

    url = os.environ.get("DATABASE_URL", settings.DATABASE)
    asyncio.run(upkeep.db(options.step, url, options.file))


def _retention(options: argparse.Namespace) -> None:
    from adapters import settings, upkeep  # noqa: PLC0415

    url = os.environ.get("DATABASE_URL", settings.DATABASE)
    asyncio.run(upkeep.retention(url, moment(None), dry=options.dry_run))


def _tenant(options: argparse.Namespace) -> None:
    from adapters import regions, settings  # noqa: PLC0415

    url = os.environ.get("DATABASE_URL", settings.DATABASE)
    asyncio.run(regions.tenant(options.platform, options.tenant, options.region, url))


def _export(options: argparse.Namespace) -> None:
    from adapters import regions, settings  # noqa: PLC0415

    url = os.environ.get("DATABASE_URL", settings.DATABASE)
    asyncio.run(regions.leave(options.region, Path(options.folder), url))


def _import(options: argparse.Namespace) -> int:
    from adapters import regions, settings  # noqa: PLC0415

    if options.template:
        regions.write_templates(Path(options.template))
        return 0
    if not options.file:
        raise BotError(
            "which file? natverksbot import FILE, or --template FOLDER for files to fill in"
        )
    return asyncio.run(regions.bring(options, os.environ.get("DATABASE_URL", settings.DATABASE)))


def _check(options: argparse.Namespace) -> int:
    from adapters.checks import check  # noqa: PLC0415

    return asyncio.run(check(os.environ, jsonl=options.jsonl, online=options.online))


if __name__ == "__main__":
    sys.exit(main())
