"""Protocols: handed in, approved, found again, missed when they do not come."""
