"""Alembic's way in: always with the connection that the caller has opened."""

from __future__ import annotations

from alembic import context

from storage.migrations import kept_by_metadata
from storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    include_name=kept_by_metadata,
    transactional_ddl=False,  # the caller's transaction holds
    user_module_prefix="storage.tables.",
)
context.run_migrations()
