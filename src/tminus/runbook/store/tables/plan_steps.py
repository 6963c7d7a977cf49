"""Tables of the steps and tasks of a plan version."""

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
from sqlalchemy.dialects.postgresql import ARRAY

from tminus.platform.database import metadata

step_types = Table(
    "step_types",
    metadata,
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), primary_key=True),
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("behaviour", Text, nullable=False),
    CheckConstraint("behaviour IN ('work','checkpoint','gate','milestone')", name="behaviour"),
)
"""A plan's own step types; the nine standard ones need no row."""

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
    Column("labels", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("environment_role_id", Uuid, ForeignKey("environment_roles.id")),
    Column("not_before", Text, comment="a moment of any iteration: T+14h, Sun 06:00"),
    Column("fixed_start", Text, comment="likewise; locks the step until then"),
    Column("evidence_required", Boolean, nullable=False, server_default=text("false")),
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
    Column("nominee", Text, comment="the person meant to do it: a mail address or a name"),
    Unique("plan_version_id", "code"),
    Index("ix_tasks_step_id", "step_id"),
)

step_impacted_teams = Table(
    "step_impacted_teams",
    metadata,
    Column("step_id", Uuid, ForeignKey("steps.id"), primary_key=True),
    Column("team_id", Uuid, ForeignKey("teams.id"), primary_key=True),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Index("ix_step_impacted_teams_plan_version_id", "plan_version_id"),
    Index("ix_step_impacted_teams_team_id", "team_id"),
)

step_applications = Table(
    "step_applications",
    metadata,
    Column("step_id", Uuid, ForeignKey("steps.id"), primary_key=True),
    Column("application_id", Uuid, ForeignKey("applications.id"), primary_key=True),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Index("ix_step_applications_plan_version_id", "plan_version_id"),
    Index("ix_step_applications_application_id", "application_id"),
)

step_undoes = Table(
    "step_undoes",
    metadata,
    Column("step_id", Uuid, ForeignKey("steps.id"), primary_key=True),
    Column("undone_step_id", Uuid, ForeignKey("steps.id"), primary_key=True),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    CheckConstraint("step_id <> undone_step_id", name="not_itself"),
    Index("ix_step_undoes_plan_version_id", "plan_version_id"),
    Index("ix_step_undoes_undone_step_id", "undone_step_id"),
)
"""Which forward steps a step of a rollback chapter takes back."""

step_iteration_scope = Table(
    "step_iteration_scope",
    metadata,
    Column("step_id", Uuid, ForeignKey("steps.id"), primary_key=True),
    Column("part_of", Text, primary_key=True, comment="a kind of iteration, or the name of one"),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Index("ix_step_iteration_scope_plan_version_id", "plan_version_id"),
)
"""A step with rows here is part of these iterations alone; one without is part of all."""
