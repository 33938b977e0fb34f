"""Processes that are killed while they send: what is lost, what is said twice."""
