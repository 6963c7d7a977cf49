"""Tables of a draft's edits, and of what iterations taught and proposed."""

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
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.dialects.postgresql import JSONB

from tminus.platform.database import metadata
from tminus.platform.tables import instant

plan_edits = Table(
    "plan_edits",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Column("number", Integer, nullable=False, comment="1, 2, 3… in its version"),
    Column("by_id", Uuid),
    Column("by_name", Text, nullable=False),
    Column("at", instant, nullable=False),
    Column("title", Text, nullable=False, comment="what was done, in words"),
    Column("edits", JSONB, nullable=False),
    Column("inverse", JSONB, nullable=False, comment="the edits that take it back"),
    Column("undone_by", Integer, comment="number of the edit that took it back"),
    Unique("plan_version_id", "number"),
)

plan_proposals = Table(
    "plan_proposals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("plan_id", Uuid, ForeignKey("plans.id"), nullable=False),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("step_id", Uuid, ForeignKey("iteration_steps.id"), nullable=False),
    Column("step_code", Text, nullable=False),
    Column("field", Text, comment="the member of the plan's step it would change; null: a lesson in words"),
    Column("value", JSONB),
    Column("lesson", Text, nullable=False),
    Column("by_id", Uuid),
    Column("by_name", Text, nullable=False),
    Column("at", instant, nullable=False),
    Column("state", Text, nullable=False, server_default=text("'open'")),
    Column("decided_by_name", Text),
    Column("decided_at", instant),
    Column("reason", Text),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("insight", Text, comment="fingerprint of what rehearsals taught; null: somebody's own lesson"),
    Column("draft_id", Uuid, comment="the version that an accepted insight went into"),
    Column("draft_edit", Integer, comment="and the number of its edit there"),
    CheckConstraint("state IN ('open','accepted','declined')", name="state"),
    Index("ix_plan_proposals_plan_id", "plan_id"),
    Index("ix_plan_proposals_step_id", "step_id"),
)
