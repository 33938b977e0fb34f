"""The rim: Slack, Teams, web, mail, and the one place that joins everything."""
