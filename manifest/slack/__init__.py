"""What Slack is told about the app."""
