"""Reads manifests as the stores would, without a network; each finding is one English sentence.

The Teams half can also be laid beside Microsoft's JSON schema, given as `schema`. It comes with
the npm package @microsoft/app-manifest 1.1.2, under build/json-schemas/teams/. The package carries
no licence file, so the schema is not kept here; the rules below stand without it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft4Validator

from manifest.slack.rules import findings as slack_findings
from manifest.teams import icons

Json = Mapping[str, Any]
LIMITS = (
    ("name", "short", 30), ("name", "full", 100),
    ("description", "short", 80), ("description", "full", 4000),
)  # fmt: skip
REQUIRED = (
    "manifestVersion", "version", "id", "developer", "name", "description", "icons", "accentColor",
)  # fmt: skip
PLACES = frozenset({"personal", "team", "groupChat"})
SIZES = {"color": (192, 192), "outline": (32, 32)}
COMMAND = {"title": 128, "description": 4000, "prompt": 4000}
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
PATH = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def check_teams(
    manifest: Json, files: Mapping[str, bytes], schema: Json | None = None
) -> list[str]:
    """`files` is the zip's content by path. No findings: an empty list."""
    found = [] if schema is None else _by_schema(manifest, schema)
    found += [f"{key} is missing." for key in REQUIRED if key not in manifest]
    found += [*_texts(manifest), *_facts(manifest), *_bots(manifest)]
    found += [*_icons(manifest, files), *_layout(manifest, files), *_languages(manifest, files)]
    return found


def check_slack(manifest: Json) -> list[str]:
    return list(slack_findings(manifest))


def _by_schema(manifest: Json, schema: Json) -> list[str]:
    errors = Draft4Validator(schema).iter_errors(manifest)
    return [f"{'.'.join(str(step) for step in e.absolute_path)}: {e.message}" for e in errors]


def _texts(manifest: Json) -> Iterator[str]:
    for part, key, limit in LIMITS:
        text = manifest.get(part, {}).get(key, "")
        if not 0 < len(text) <= limit:
            yield f"{part}.{key} must be 1 to {limit} characters."


def _facts(manifest: Json) -> Iterator[str]:
    version = str(manifest.get("manifestVersion", ""))
    if not re.fullmatch(r"1\.\d+", version) or int(version[2:]) < 25:
        yield "manifestVersion must be 1.25 or later."
    if not GUID.fullmatch(str(manifest.get("id", ""))):
        yield "id is no GUID."
    if not re.fullmatch(r"\d+\.\d+\.\d+", str(manifest.get("version", ""))):
        yield "version must be three numbers, as 1.0.0."
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", str(manifest.get("accentColor", ""))):
        yield "accentColor must be # and six hexadecimal digits."
    for key in ("websiteUrl", "privacyUrl", "termsOfUseUrl"):
        if urlsplit(manifest.get("developer", {}).get(key, "")).scheme != "https":
            yield f"developer.{key} must begin with https://."
    if any("*" in d or "/" in d for d in manifest.get("validDomains", [])):
        yield "validDomains takes host names only, without wildcards."


def _bots(manifest: Json) -> Iterator[str]:
    bots = manifest.get("bots", [])
    if len(bots) != 1:
        yield "bots must hold one bot."
        return
    bot = bots[0]
    if not GUID.fullmatch(str(bot.get("botId", ""))):
        yield "bots[0].botId is no GUID."
    if set(bot.get("scopes", [])) != PLACES:
        yield "bots[0].scopes must be personal, team and groupChat."
    if bot.get("supportsFiles") is not True:
        yield "bots[0].supportsFiles must be true: minutes are sent as files."
    lists = bot.get("commandLists", [])
    if len(lists) > 3:
        yield "commandLists holds more than 3 lists."
    for at, each in enumerate(lists):
        yield from _commands(f"commandLists[{at}]", each)


def _commands(where: str, listed: Json) -> Iterator[str]:
    commands = listed.get("commands", [])
    if not 1 <= len(commands) <= 12:
        yield f"{where} must hold 1 to 12 commands."
    if not set(listed.get("scopes", [])) <= PLACES:
        yield f"{where} names an unknown scope."
    for command in commands:
        if not command.get("title"):
            yield f"{where} has a command without a title."
        if command.get("type") == "prompt" and not command.get("prompt"):
            yield f"{where} has a prompt starter without its prompt."
        for key, limit in COMMAND.items():
            if len(command.get(key, "")) > limit:
                yield f"{where} has a {key} longer than {limit} characters."


def _icons(manifest: Json, files: Mapping[str, bytes]) -> Iterator[str]:
    for kind, wanted in SIZES.items():
        path = manifest.get("icons", {}).get(kind, "")
        if path in files and icons.size(files[path]) != wanted:
            yield f"{path} must be a PNG of {wanted[0]} x {wanted[1]} pixels."


def _layout(manifest: Json, files: Mapping[str, bytes]) -> Iterator[str]:
    named = {"manifest.json", *manifest.get("icons", {}).values(), *_language_files(manifest)}
    yield from (f"{path} is missing in the package." for path in sorted(named - set(files)))
    yield from (f"{path} is in the package, unnamed." for path in sorted(set(files) - named))


def _language_files(manifest: Json) -> list[str]:
    info = manifest.get("localizationInfo", {})
    return [language["file"] for language in info.get("additionalLanguages", [])]


def _languages(manifest: Json, files: Mapping[str, bytes]) -> Iterator[str]:
    if manifest.get("localizationInfo", {}).get("defaultLanguageTag") != "sv-se":
        yield "defaultLanguageTag must be sv-se."
    wanted = {"name.short", "name.full", "description.short", "description.full"}
    for path in _language_files(manifest):
        keys = set(json.loads(files.get(path, b"{}"))) - {"$schema"}
        yield from (f"{path}: {key} is in no manifest." for key in sorted(keys)
                    if not _holds(manifest, key))  # fmt: skip
        yield from (f"{path}: {key} is missing." for key in sorted(wanted - keys))


def _holds(manifest: Json, key: str) -> bool:
    here: Any = manifest
    for name, index in PATH.findall(key):
        try:
            here = here[name] if name else here[int(index)]
        except (KeyError, IndexError, TypeError):
            return False
    return isinstance(here, str)
