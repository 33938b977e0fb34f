"""Dialogue days: what they are, who comes, and everything their coordinator does."""
