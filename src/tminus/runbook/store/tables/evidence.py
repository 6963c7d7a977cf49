"""Table of evidence: what somebody showed for a step, a task of it, or a control."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
)

from tminus.platform.database import metadata
from tminus.platform.tables import instant

evidence = Table(
    "evidence",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("step_id", Uuid, ForeignKey("iteration_steps.id"), comment="null: of a control alone"),
    Column("attempt", Integer, nullable=False, comment="of the step; of a control alone, the control's"),
    Column("task_id", Uuid, ForeignKey("iteration_tasks.id")),
    Column("control_id", Uuid, ForeignKey("iteration_controls.id")),
    Column("kind", Text, nullable=False),
    Column("words", Text, nullable=False, comment="the text, the address, or what the file shows"),
    Column("file_name", Text),
    Column("media_type", Text, comment="what the content is, by its own bytes"),
    Column("size", BigInteger, comment="bytes"),
    Column("sha256", LargeBinary),
    Column("object_key", Text, comment="where the object store has it"),
    Column("by_id", Uuid),
    Column("by_name", Text, nullable=False),
    Column("at", instant, nullable=False),
    Column("withdrawn_at", instant, comment="kept, and no longer counted"),
    Column("withdrawn_by", Text),
    Column("withdrawn_reason", Text),
    CheckConstraint("kind IN ('text','link','file')", name="kind"),
    CheckConstraint("step_id IS NOT NULL OR control_id IS NOT NULL", name="of_something"),
    Index("ix_evidence_step_id", "step_id"),
    Index("ix_evidence_control_id", "control_id"),
    Index("ix_evidence_iteration_id", "iteration_id"),
)
