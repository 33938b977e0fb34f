"""Reminders: those people ask for, and those that come by themselves."""
