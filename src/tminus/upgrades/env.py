"""Alembic's entry: runs a command of the chain on the connection it is given."""

from __future__ import annotations

from alembic import context

from tminus.upgrades.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
context.run_migrations()
