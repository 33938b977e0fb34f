"""What the Slack adapter must be told; its secrets never show."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SlackSettings:
    signing_secret: str = field(repr=False)  # "" with an app token: then nothing comes by HTTP
    bot_token: str = field(repr=False)
    app_id: str  # A…
    teams: frozenset[str]  # T… of the workspaces that may talk to us
    app_token: str = field(default="", repr=False)  # xapp-…: Socket Mode, for a pilot
    api_url: str = "https://slack.com/api"
    files_url: str = "https://files.slack.com"  # the only place where people's files are taken from
    path: str = "/slack/events"
