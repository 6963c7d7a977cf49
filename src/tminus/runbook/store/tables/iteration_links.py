"""Tables of what waits for what in an iteration: links of steps, chapters and macro-phases."""

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
from tminus.platform.tables import instant

iteration_dependencies = Table(
    "iteration_dependencies",
    metadata,
    Column("predecessor_id", Uuid, ForeignKey("iteration_steps.id"), primary_key=True),
    Column("successor_id", Uuid, ForeignKey("iteration_steps.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("lag_seconds", Integer, nullable=False),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("waived_at", instant, comment="satisfied since then by order of a pilot, or by a back-out"),
    Column("waived_by", Text),
    Column("waived_reason", Text),
    Index("ix_iteration_dependencies_successor_id", "successor_id"),
    Index("ix_iteration_dependencies_iteration_id", "iteration_id"),
)

iteration_step_undoes = Table(
    "iteration_step_undoes",
    metadata,
    Column("step_id", Uuid, ForeignKey("iteration_steps.id"), primary_key=True),
    Column("undone_step_id", Uuid, ForeignKey("iteration_steps.id"), primary_key=True),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Index("ix_iteration_step_undoes_iteration_id", "iteration_id"),
    Index("ix_iteration_step_undoes_undone_step_id", "undone_step_id"),
)
"""Which forward steps a step of a rollback chapter takes back, as it was frozen."""

iteration_groups = Table(
    "iteration_groups",
    metadata,
    Column("id", Uuid, primary_key=True, comment="the chapter's or macro-phase's key in this iteration"),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("level", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("duration_seconds", Integer, nullable=False, comment="planned span, first start to last end"),
    Column("total_count", Integer, nullable=False, comment="its steps"),
    Column("open_count", Integer, nullable=False, comment="those of them neither complete nor skipped"),
    Column("begun_at", instant, comment="when its first step began"),
    Column("finished_at", instant, comment="when its last step was done and nothing held its end"),
    Column("opens_at", instant, comment="when time alone will let it finish; the ticker's"),
    CheckConstraint("level IN ('chapter','macro_phase')", name="level"),
    Index("ix_iteration_groups_iteration_id", "iteration_id"),
    Index("ix_iteration_groups_opens_at", "opens_at", postgresql_where=text("opens_at IS NOT NULL")),
)
"""The chapters and macro-phases that links name: nodes of the network, each as far as its steps are."""

iteration_group_dependencies = Table(
    "iteration_group_dependencies",
    metadata,
    Column("predecessor_id", Uuid, primary_key=True),
    Column("successor_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("lag_seconds", Integer, nullable=False),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("waived_at", instant, comment="satisfied since then by order of a pilot, or by a back-out"),
    Column("waived_by", Text),
    Column("waived_reason", Text),
    Index("ix_iteration_group_dependencies_predecessor_id", "predecessor_id"),
    Index("ix_iteration_group_dependencies_successor_id", "successor_id"),
    Index("ix_iteration_group_dependencies_iteration_id", "iteration_id"),
)
"""Links of which at least one end is one of `iteration_groups`."""
