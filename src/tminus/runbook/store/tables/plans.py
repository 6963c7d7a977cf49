"""Tables of the canonical side: plans, their versions, and what a version consists of.

A version that is approved never changes; an iteration copies from it and never looks back.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
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
    Column(
        "content_hash",
        LargeBinary,
        nullable=False,
        comment="SHA-256 of the canonical plan file; of a draft that is being edited, a mark that changes with it",
    ),
    Column("based_on", Uuid, comment="the version it was copied from"),
    Column("created_by", Uuid, comment="null: the machine's own user, named in created_by_name"),
    Column("created_by_name", Text, nullable=False),
    Column("created_at", instant, nullable=False),
    Column("approved_by", Uuid),
    Column("approved_by_name", Text),
    Column("approved_at", instant),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint("status IN ('draft','approved','superseded','undone')", name="status"),
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
