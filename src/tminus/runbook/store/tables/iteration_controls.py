"""Tables of an iteration's controls, as they were when it was made."""

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
from sqlalchemy import UniqueConstraint as Unique

from tminus.platform.database import metadata
from tminus.platform.tables import instant

iteration_controls = Table(
    "iteration_controls",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("producer_team_id", Uuid, ForeignKey("teams.id")),
    Column("validator_team_id", Uuid, ForeignKey("teams.id")),
    Column("critical", Boolean, nullable=False),
    Column("state", Text, nullable=False, server_default=text("'pending'")),
    Column("by_name", Text, comment="who brought it into its state; null while it is pending"),
    Column("at", instant),
    Column("reason", Text),
    Column("overridden", Boolean, nullable=False, server_default=text("false"), comment="passed by order"),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column(
        "attempt",
        Integer,
        nullable=False,
        server_default=text("1"),
        comment="one more with each new attempt of a step it is of",
    ),
    CheckConstraint("state IN ('pending','passed','failed','cancelled')", name="state"),
    Unique("iteration_id", "code"),
)

iteration_task_controls = Table(
    "iteration_task_controls",
    metadata,
    Column("task_id", Uuid, ForeignKey("iteration_tasks.id"), primary_key=True),
    Column("control_id", Uuid, ForeignKey("iteration_controls.id"), primary_key=True),
    Index("ix_iteration_task_controls_control_id", "control_id"),
)
