"""Feedback both ways between a network and the directors' group, followed until done."""
