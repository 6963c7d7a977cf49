"""What a migration's plans name beside its teams: applications, environments and the roles these play."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, Uuid, text
from sqlalchemy import UniqueConstraint as Unique

from tminus.platform.database import metadata


def _catalogue(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
        Column("code", Text, nullable=False),
        Column("name", Text, nullable=False),
        Column("version", Integer, nullable=False, server_default=text("1")),
        Unique("migration_id", "code"),
    )


applications = _catalogue("applications")
environments = _catalogue("environments")
environment_roles = _catalogue("environment_roles")
