"""Tables of the controls of a plan version, and the tasks they are of."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy import UniqueConstraint as Unique

from tminus.platform.database import metadata

controls = Table(
    "controls",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False, server_default=text("''")),
    Column("producer_team_id", Uuid, ForeignKey("teams.id")),
    Column("validator_team_id", Uuid, ForeignKey("teams.id")),
    Column("critical", Boolean, nullable=False, server_default=text("false")),
    Unique("plan_version_id", "code"),
)

task_controls = Table(
    "task_controls",
    metadata,
    Column("task_id", Uuid, ForeignKey("tasks.id"), primary_key=True),
    Column("control_id", Uuid, ForeignKey("controls.id"), primary_key=True),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Index("ix_task_controls_plan_version_id", "plan_version_id"),
    Index("ix_task_controls_control_id", "control_id"),
)
