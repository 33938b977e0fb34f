"""Settings are read once, and what is wrong is said without showing it."""

from __future__ import annotations

import pytest

from adapters.settings import read
from bot.errors import SettingsError

GOOD = {"NATVERKSBOT_SEAL_KEYS": "x" * 32}
SLACK = {
    "NATVERKSBOT_SLACK_SIGNING_SECRET": "s" * 32, "NATVERKSBOT_SLACK_BOT_TOKEN": "token-7Q",
    "NATVERKSBOT_SLACK_APP_ID": "A1", "NATVERKSBOT_SLACK_TEAMS": "T1, T2",
}  # fmt: skip
TEAMS = {
    "NATVERKSBOT_TEAMS_APP_ID": "app", "NATVERKSBOT_TEAMS_TENANT": "tenant",
    "NATVERKSBOT_TEAMS_SECRET": "secret-7Q",
}  # fmt: skip


def test_without_keys_nothing_starts() -> None:
    with pytest.raises(SettingsError, match="SEAL_KEYS"):
        read({})


def test_slack_and_teams_are_off_until_set() -> None:
    got = read(GOOD)

    assert (got.slack, got.teams) == (None, None)


def test_slack_is_read_and_its_secrets_never_show() -> None:
    got = read(GOOD | SLACK)

    assert got.slack is not None
    assert got.slack.teams == {"T1", "T2"}
    assert "7Q" not in repr(got)


@pytest.mark.parametrize("name", SLACK)
def test_half_of_slack_is_an_error_that_names_the_rest(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read(GOOD | {key: value for key, value in SLACK.items() if key != name})


def test_socket_mode_needs_an_app_token_and_no_signing_secret() -> None:
    pilot = {key: value for key, value in SLACK.items() if "SIGNING" not in key}

    got = read(GOOD | pilot | {"NATVERKSBOT_SLACK_APP_TOKEN": "xapp-7Q"})

    assert got.slack is not None
    assert (got.slack.app_token, got.slack.signing_secret) == ("xapp-7Q", "")
    assert "7Q" not in repr(got)


def test_a_bot_token_in_the_place_of_the_app_token_is_refused_without_showing_it() -> None:
    with pytest.raises(SettingsError, match="SLACK_APP_TOKEN") as caught:
        read(GOOD | SLACK | {"NATVERKSBOT_SLACK_APP_TOKEN": "xoxb-7Q"})

    assert "7Q" not in str(caught.value)


def test_teams_is_read_and_its_secrets_never_show() -> None:
    got = read(GOOD | TEAMS)

    assert got.teams is not None
    assert got.teams.tenants == {"tenant"}
    assert "7Q" not in repr(got)


@pytest.mark.parametrize("name", TEAMS)
def test_teams_without_a_part_does_not_start(name: str) -> None:
    with pytest.raises(SettingsError):
        read(GOOD | {key: value for key, value in TEAMS.items() if key != name})


@pytest.mark.parametrize("port", ["", "0", "70000", "7Q"])
def test_a_port_that_is_none_is_refused_without_showing_it(port: str) -> None:
    with pytest.raises(SettingsError, match="PORT") as caught:
        read(GOOD | {"NATVERKSBOT_PORT": port})

    assert "7Q" not in str(caught.value)


MAIL = {
    "NATVERKSBOT_SMTP_HOST": "mail.natverk.example",
    "NATVERKSBOT_MAIL_FROM": "bot@natverk.example",
}


def test_mail_is_off_until_set_and_its_password_never_shows() -> None:
    login = {"NATVERKSBOT_SMTP_USER": "bot", "NATVERKSBOT_SMTP_PASSWORD": "secret-7Q"}
    got = read(GOOD | MAIL | login)

    assert read(GOOD).mail is None
    assert got.mail is not None
    assert (got.mail.security, got.mail.host) == ("starttls", "mail.natverk.example")
    assert "7Q" not in repr(got)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [({"NATVERKSBOT_SMTP_HOST": ""}, "SMTP_HOST"), ({"NATVERKSBOT_MAIL_FROM": ""}, "MAIL_FROM"),
     ({"NATVERKSBOT_SMTP_PORT": "x"}, "SMTP_PORT"), ({"NATVERKSBOT_SMTP_SECURITY": "none"}, "SMTP_SECURITY")],
)  # fmt: skip
def test_half_of_the_mail_settings_is_an_error_that_names_the_rest(
    wrong: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsError, match=named):
        read(GOOD | MAIL | wrong)
