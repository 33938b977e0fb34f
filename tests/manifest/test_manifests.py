import json
import os
import zipfile
from pathlib import Path

import pytest

from bot.errors import SettingsError
from manifest.build import build
from manifest.check import check_slack, check_teams
from manifest.teams import icons

APP = "11111111-2222-4333-8444-555555555555"
URL = "https://bot.example.se"


@pytest.fixture
def built(tmp_path):
    package, slack = build(tmp_path, app_id=APP, public_url=URL, version="1.2.3")
    with zipfile.ZipFile(package) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files["manifest.json"]), files, json.loads(slack.read_bytes())


def test_both_manifests_as_built_have_no_findings(built):
    teams, files, slack = built
    assert check_teams(teams, files) == []
    assert check_slack(slack) == []


def test_the_teams_manifest_fits_microsofts_schema(built):
    path = os.environ.get("TEAMS_SCHEMA")
    if not path:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "TEAMS_SCHEMA names no MicrosoftTeams.schema.json of version 1.28"
        )
    schema = json.loads(Path(path).read_bytes())
    teams, files, _ = built
    assert check_teams(teams, files, schema) == []
    teams["surprise"] = 1
    assert any("surprise" in found for found in check_teams(teams, files, schema))


def test_the_same_input_gives_the_same_bytes(tmp_path):
    make = lambda name: build(tmp_path / name, app_id=APP, public_url=URL, version="1.0.0")  # noqa: E731
    assert [p.read_bytes() for p in make("a")] == [p.read_bytes() for p in make("b")]


def test_icons_have_the_sizes_teams_asks_for():
    assert icons.size(icons.color()) == (192, 192)
    assert icons.size(icons.outline()) == (32, 32)
    assert icons.size(b"GIF89a") == (0, 0)


def bot(teams):
    return teams["bots"][0]


TEAMS = {
    "short name too long": (lambda m, f: m["name"].update(short="x" * 31), "name.short"),
    "old version": (lambda m, f: m.update(manifestVersion="1.20"), "1.25"),
    "id no guid": (lambda m, f: m.update(id="bot"), "id is no GUID"),
    "no icons": (lambda m, f: m.pop("icons"), "icons is missing"),
    "bad colour": (lambda m, f: m.update(accentColor="blue"), "accentColor"),
    "http page": (lambda m, f: m["developer"].update(privacyUrl="http://a.se"), "privacyUrl"),
    "too many commands": (
        lambda m, f: bot(m)["commandLists"][0].update(commands=[{"title": "x"}] * 13),
        "12 commands",
    ),
    "prompt missing": (
        lambda m, f: bot(m)["commandLists"][0]["commands"][0].pop("prompt"),
        "prompt",
    ),
    "scope missing": (lambda m, f: bot(m).update(scopes=["personal"]), "scopes"),
    "no files": (lambda m, f: bot(m).update(supportsFiles=False), "supportsFiles"),
    "icon of wrong size": (lambda m, f: f.update({"color.png": f["outline.png"]}), "192 x 192"),
    "icon missing": (lambda m, f: f.pop("outline.png"), "outline.png is missing"),
    "extra file": (lambda m, f: f.update({"sub/a.txt": b""}), "unnamed"),
    "english key nowhere": (lambda m, f: f.update({"en.json": b'{"name.tiny": "x"}'}), "name.tiny"),
    "english key missing": (lambda m, f: f.update({"en.json": b"{}"}), "name.short is missing"),
}


@pytest.mark.parametrize(("spoil", "word"), TEAMS.values(), ids=TEAMS.keys())
def test_a_spoilt_teams_manifest_is_caught(built, spoil, word):
    teams, files, _ = built
    spoil(teams, files)
    assert any(word in found for found in check_teams(teams, files))


def command(slack):
    return slack["features"]["slash_commands"][0]


def scopes(slack):
    return slack["oauth_config"]["scopes"]["bot"]


def events(slack):
    return slack["settings"]["event_subscriptions"]["bot_events"]


SLACK = {
    "name too long": (lambda m: m["display_information"].update(name="x" * 36), "name must"),
    "long description short": (
        lambda m: m["display_information"].update(long_description="x"), "long_description",
    ),
    "colour": (lambda m: m["display_information"].update(background_color="red"), "background"),
    "format 1": (lambda m: m["_metadata"].update(major_version=1), "major_version"),
    "unknown event": (lambda m: events(m).append("message.dm"), "message.dm"),
    "unknown scope": (lambda m: scopes(m).append("chat:shout"), "chat:shout"),
    "event without scope": (lambda m: scopes(m).remove("im:history"), "message.im needs"),
    "joined without scope": (lambda m: scopes(m).remove("channels:read"), "member_joined"),
    "commands without scope": (lambda m: scopes(m).remove("commands"), "Slash commands need"),
    "swedish command": (lambda m: command(m).update(command="/träff"), "A slash command takes"),
    "unescaped": (lambda m: command(m).update(should_escape=False), "should_escape"),
    "http": (lambda m: command(m).update(url="http://bot.example.se"), "https"),
    "display name": (
        lambda m: m["features"]["bot_user"].update(display_name="Nätverk"), "display_name",
    ),
    "shortcut twice": (
        lambda m: m["features"]["shortcuts"].append(m["features"]["shortcuts"][0]), "stands twice",
    ),
    "no address": (lambda m: command(m).pop("url"), "https"),
    "address in Socket Mode": (
        lambda m: m["settings"].update(socket_mode_enabled=True), "In Socket Mode",
    ),
    "shortcut name": (
        lambda m: m["features"]["shortcuts"][0].update(name="x" * 25), "shortcut's name",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "word"), SLACK.values(), ids=SLACK.keys())
def test_a_spoilt_slack_manifest_is_caught(built, spoil, word):
    _, _, slack = built
    spoil(slack)
    assert any(word in found for found in check_slack(slack))


@pytest.mark.parametrize(
    ("app_id", "url"),
    [
        ("", URL), ("bot", URL), (APP, "http://bot.example.se"), (APP, "https://localhost:8080"),
        (APP, "https://127.0.0.1"), (APP, "bot.example.se"), (APP, ""),
    ],
)  # fmt: skip
def test_settings_nobody_could_use_are_refused_and_nothing_is_written(tmp_path, app_id, url):
    with pytest.raises(SettingsError):
        build(tmp_path / "out", app_id=app_id, public_url=url, version="1.0.0")
    assert not (tmp_path / "out").exists()


def test_a_local_address_is_taken_when_asked_for(tmp_path):
    url = "http://localhost:8080"
    paths = build(tmp_path, app_id=APP, public_url=url, version="1.0.0", allow_local=True)
    assert [path.name for path in paths] == ["teams.zip", "slack.json"]


def test_in_socket_mode_the_app_has_no_address(tmp_path):
    paths = build(tmp_path, app_id=APP, public_url=URL, version="1.0.0", socket_mode=True)
    slack = json.loads(paths[1].read_bytes())
    assert check_slack(slack) == []
    assert slack["settings"]["socket_mode_enabled"] is True
    assert URL not in paths[1].read_text()
