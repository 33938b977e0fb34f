"""Who has which role, and who sits where."""
