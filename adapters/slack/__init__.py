"""Slack: HTTP events, buttons, commands and modals, by Bolt behind our own gate."""

from adapters.slack.deliver import SlackCourier
from adapters.slack.routes import setup
from adapters.slack.settings import SlackSettings

__all__ = ["SlackCourier", "SlackSettings", "setup"]
