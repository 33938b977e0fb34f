"""Queries whose answer is kept in memory until people, identities, roles or bodies change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Query = TypeVar("Query", bound=Callable[..., Any])
QUERIES: set[Callable[..., Any]] = set()


def kept(query: Query) -> Query:
    """Its arguments must be hashable, and nobody may change what it gives."""
    QUERIES.add(query)
    return query
