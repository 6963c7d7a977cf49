"""Tables of decisions, their answers, and what each of them holds."""

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
    Column("kind", Text, nullable=False, comment="gate, poll or second_signature"),
    Column("question", Text, nullable=False),
    Column("role", Text, nullable=False, comment="who may answer"),
    Column("quorum", Integer, nullable=False, server_default=text("1")),
    Column("deadline", instant),
    Column("asked_at", instant, nullable=False),
    Column("outcome", Text),
    Column("closed_at", instant),
    Column("decided_on", JSONB, comment="what was known then, with its hash"),
    Column("detail", Text, nullable=False, server_default=text("''"), comment="the case for it, in words"),
    Column("asked_by_id", Uuid, comment="the doer: gives no second signature on it"),
    Column("asked_by_name", Text),
    Column("subject", JSONB, comment="what a second signature carries out: action, codes, reason"),
    Column("reminded_at", instant),
    Column("withdrawn_at", instant),
    Column("withdrawn_by", Text),
    Column("withdrawn_reason", Text),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint("kind IN ('gate','poll','second_signature')", name="kind"),
    Index("ix_decisions_iteration_id", "iteration_id"),
    CheckConstraint("outcome IN ('go','no_go')", name="outcome"),
    Index("ix_decisions_step_id", "step_id"),
)

decision_voters = Table(
    "decision_voters",
    metadata,
    Column("decision_id", Uuid, ForeignKey("decisions.id"), primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("role", Text, nullable=False, comment="in which capacity they are asked, in words"),
    Column("link_hash", LargeBinary, unique=True, comment="SHA-256 of the secret in the personal link"),
    Column("link_used_at", instant),
    Index("ix_decision_voters_user_id", "user_id"),
)
"""Who is asked by name; a decision without rows here may be answered by everybody of its role."""

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
