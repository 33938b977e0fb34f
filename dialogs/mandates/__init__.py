"""Mandates: who has which, what is due, handing in, more time, and what is late."""
