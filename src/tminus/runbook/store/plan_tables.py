"""Tables of the canonical side: plans, their versions, and what a version consists of.

A version that is approved never changes; an iteration copies from it and never looks back.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.dialects.postgresql import JSONB

from tminus.platform.database import metadata
from tminus.platform.tables import instant

plans = Table(
    "plans",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=text("''")),
    Unique("migration_id", "name"),
)

plan_versions = Table(
    "plan_versions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("plan_id", Uuid, ForeignKey("plans.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("status", Text, nullable=False, server_default=text("'draft'")),
    Column("content_hash", LargeBinary, nullable=False, comment="SHA-256 of the canonical plan file"),
    Column("created_by", Uuid, comment="null: the machine's own user, named in created_by_name"),
    Column("created_by_name", Text, nullable=False),
    Column("created_at", instant, nullable=False),
    Column("approved_by", Uuid),
    Column("approved_by_name", Text),
    Column("approved_at", instant),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint("status IN ('draft','approved','superseded')", name="status"),
    Unique("plan_id", "number"),
)

plan_imports = Table(
    "plan_imports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("file_hash", LargeBinary, nullable=False),
    Column("base_hash", LargeBinary, comment="content hash the difference was made against"),
    Column("plan", JSONB, nullable=False, comment="the checked plan in its canonical form"),
    Column("created_by", Uuid),
    Column("created_at", instant, nullable=False),
    Column("committed_at", instant),
)

macro_phases = Table(
    "macro_phases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Unique("plan_version_id", "code"),
)

chapters = Table(
    "chapters",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Column("macro_phase_id", Uuid, ForeignKey("macro_phases.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("rollback", Boolean, nullable=False, server_default=text("false")),
    Column("position", Integer, nullable=False),
    Unique("plan_version_id", "code"),
)

steps = Table(
    "steps",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Column("chapter_id", Uuid, ForeignKey("chapters.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("behaviour", Text, nullable=False),
    Column("instructions", Text, nullable=False, server_default=text("''")),
    Column("team_id", Uuid, ForeignKey("teams.id")),
    Column("duration_seconds", Integer, nullable=False),
    Column("auto_activate", Boolean, nullable=False, server_default=text("false")),
    Column("point_of_no_return", Boolean, nullable=False, server_default=text("false")),
    Column("position", Integer, nullable=False),
    CheckConstraint("duration_seconds >= 0", name="duration"),
    Unique("plan_version_id", "code"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Column("step_id", Uuid, ForeignKey("steps.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("instructions", Text, nullable=False, server_default=text("''")),
    Column("team_id", Uuid, ForeignKey("teams.id")),
    Column("required", Boolean, nullable=False, server_default=text("true")),
    Column("position", Integer, nullable=False),
    Unique("plan_version_id", "code"),
    Index("ix_tasks_step_id", "step_id"),
)

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
