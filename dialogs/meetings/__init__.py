"""Meetings: find them, answer them, change them, have them in one's calendar."""
