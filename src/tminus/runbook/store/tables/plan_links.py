"""Tables of what waits for what in a plan version."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)

from tminus.platform.database import metadata

step_dependencies = Table(
    "step_dependencies",
    metadata,
    Column("predecessor_id", Uuid, ForeignKey("steps.id"), primary_key=True),
    Column("successor_id", Uuid, ForeignKey("steps.id"), primary_key=True),
    Column("kind", Text, primary_key=True, server_default=text("'FS'")),
    Column("lag_seconds", Integer, nullable=False, server_default=text("0")),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    CheckConstraint("kind IN ('FS','SS','FF','SF')", name="kind"),
    CheckConstraint("predecessor_id <> successor_id", name="not_itself"),
    Index("ix_step_dependencies_plan_version_id", "plan_version_id"),
    Index("ix_step_dependencies_successor_id", "successor_id"),
)

group_dependencies = Table(
    "group_dependencies",
    metadata,
    Column("predecessor_id", Uuid, primary_key=True),
    Column("successor_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True, server_default=text("'FS'")),
    Column("lag_seconds", Integer, nullable=False, server_default=text("0")),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    CheckConstraint("kind IN ('FS','SS','FF','SF')", name="kind"),
    CheckConstraint("predecessor_id <> successor_id", name="not_itself"),
    Index("ix_group_dependencies_plan_version_id", "plan_version_id"),
)
"""Links of which at least one end is a chapter or a macro-phase. An end may be of any level: no foreign key."""
