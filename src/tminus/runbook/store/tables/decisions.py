"""Tables of decisions, their answers, and what each of them holds."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
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
from sqlalchemy.dialects.postgresql import JSONB

from tminus.platform.database import metadata
from tminus.platform.tables import instant

guards = Table(
    "guards",
    metadata,
    Column("step_id", Uuid, ForeignKey("iteration_steps.id"), primary_key=True),
    Column(
        "source", Text, primary_key=True, comment="who holds the step: a gate, a data condition, a fixed time"
    ),
    Column("open", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("as_of", instant, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("iteration_id", Uuid, ForeignKey("iterations.id")),
    Column("step_id", Uuid, ForeignKey("iteration_steps.id")),
    Column("kind", Text, nullable=False, comment="gate; further kinds follow"),
    Column("question", Text, nullable=False),
    Column("role", Text, nullable=False, comment="who may answer"),
    Column("quorum", Integer, nullable=False, server_default=text("1")),
    Column("deadline", instant),
    Column("asked_at", instant, nullable=False),
    Column("outcome", Text),
    Column("closed_at", instant),
    Column("decided_on", JSONB, comment="what was known then, with its hash"),
    CheckConstraint("outcome IN ('go','no_go')", name="outcome"),
    Index("ix_decisions_step_id", "step_id"),
)

decision_answers = Table(
    "decision_answers",
    metadata,
    Column("decision_id", Uuid, ForeignKey("decisions.id"), primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("user_name", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", instant, nullable=False),
    CheckConstraint("answer IN ('go','no_go')", name="answer"),
)
