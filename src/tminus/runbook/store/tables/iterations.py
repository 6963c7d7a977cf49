"""Tables of the instance side: iterations and everything frozen or recorded for one of them.

Text, team, duration, links and type are copied when the iteration is made, so that editing a plan never
changes a running or a past night. Keys of the canonical rows are kept without a foreign key, for history.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    Numeric,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.dialects.postgresql import JSONB

from tminus.platform.database import metadata
from tminus.platform.tables import instant

iterations = Table(
    "iterations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("migration_id", Uuid, ForeignKey("migrations.id"), nullable=False),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Column("plan_name", Text, nullable=False),
    Column("plan_number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("comms", Text, comment="chosen at start"),
    Column("planned_start", instant, nullable=False),
    Column("planned_end", instant, nullable=False),
    Column("window_start", instant, comment="the change window opens; null: at the planned start"),
    Column("window_end", instant),
    Column(
        "data_volume",
        Numeric,
        comment="size of the data this iteration moves, in the unit the team uses; scales learned durations",
    ),
    Column("decider_id", Uuid, ForeignKey("users.id"), comment="who decides whether to turn back"),
    Column(
        "decision_seconds",
        Integer,
        nullable=False,
        server_default=text("1800"),
        comment="time that deciding to turn back takes",
    ),
    Column(
        "blackouts",
        JSONB,
        nullable=False,
        server_default=text("'[]'"),
        comment="spans in which nobody works: [{start, end, reason}], in order",
    ),
    Column("started_at", instant),
    Column("ended_at", instant),
    Column("started_by", Uuid),
    Column("state_since", instant, nullable=False, comment="when it came into its state"),
    Column("state_by", Text, nullable=False, comment="who moved it there"),
    Column("state_reason", Text, comment="and why: of a hold"),
    Column("content_hash", Text, nullable=False, comment="SHA-256 of what was frozen"),
    Column("total_count", Integer, nullable=False, comment="steps that count: not dormant, not out of scope"),
    Column("done_count", Integer, nullable=False, server_default=text("0")),
    Column("total_seconds", BigInteger, nullable=False, comment="baseline weights; see progress"),
    Column("done_seconds", BigInteger, nullable=False, server_default=text("0")),
    Column("counts", JSONB, nullable=False, comment="steps by state, of those that count"),
    Column(
        "take_seconds",
        Integer,
        nullable=False,
        server_default=text("300"),
        comment="an activated step that nobody took for so long is told to the next",
    ),
    Column(
        "upcoming_seconds",
        Integer,
        nullable=False,
        server_default=text("900"),
        comment="so long before its planned start a step's team is told",
    ),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint("kind IN ('run','dress_rehearsal','cutover')", name="kind"),
    CheckConstraint(
        "state IN ('planning','scheduled','live','on_hold','complete','closed','backing_out','backed_out','abandoned')",
        name="state",
    ),
    CheckConstraint("comms IN ('off','test','on')", name="comms"),
    CheckConstraint("data_volume > 0", name="data_volume"),
    CheckConstraint("decision_seconds >= 0", name="decision_seconds"),
    Unique("migration_id", "name"),
)

iteration_macro_phases = Table(
    "iteration_macro_phases",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Unique("iteration_id", "code"),
)

iteration_chapters = Table(
    "iteration_chapters",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("macro_phase_id", Uuid, ForeignKey("iteration_macro_phases.id"), nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("rollback", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Unique("iteration_id", "code"),
)

step_texts = Table(
    "iteration_step_texts",
    metadata,
    Column("step_id", Uuid, primary_key=True),
    Column("instructions", Text, nullable=False),
)
"""Instructions stand apart: they are long, never change, and no list needs them."""

iteration_environments = Table(
    "iteration_environments",
    metadata,
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), primary_key=True),
    Column("role", Text, primary_key=True, comment="code of the role"),
    Column("role_name", Text, nullable=False),
    Column("environment", Text, nullable=False, comment="code of the environment"),
    Column("environment_name", Text, nullable=False),
)

progress_points = Table(
    "progress_points",
    metadata,
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), primary_key=True),
    Column("seq", BigInteger, primary_key=True, comment="event number the point was taken at"),
    Column("at", instant, nullable=False),
    Column("done_count", Integer, nullable=False),
    Column("total_count", Integer, nullable=False),
    Column("percent", Float, comment="null: nothing to weigh"),
)
"""Volatile: the burn-up chart's points, written by a consumer of the log; not part of the replay."""
