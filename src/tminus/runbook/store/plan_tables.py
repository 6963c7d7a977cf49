"""Tables of the canonical side: plans, their versions, and what a version consists of.

A version that is approved never changes; an iteration copies from it and never looks back.
"""

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
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

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
    CheckConstraint("status IN ('draft','approved','superseded')", name="status"),
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

step_dependencies = Table(
    "step_dependencies",
    metadata,
    Column("predecessor_id", Uuid, ForeignKey("steps.id"), primary_key=True),
    Column("successor_id", Uuid, ForeignKey("steps.id"), primary_key=True),
    Column("kind", Text, primary_key=True, server_default=text("'FS'")),
    Column("lag_seconds", Integer, nullable=False, server_default=text("0")),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    CheckConstraint("kind IN ('FS','SS','FF','SF')", name="kind"),
    CheckConstraint("predecessor_id <> successor_id", name="not_itself"),
    Index("ix_step_dependencies_plan_version_id", "plan_version_id"),
    Index("ix_step_dependencies_successor_id", "successor_id"),
)

group_dependencies = Table(
    "group_dependencies",
    metadata,
    Column("predecessor_id", Uuid, primary_key=True),
    Column("successor_id", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True, server_default=text("'FS'")),
    Column("lag_seconds", Integer, nullable=False, server_default=text("0")),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    CheckConstraint("kind IN ('FS','SS','FF','SF')", name="kind"),
    CheckConstraint("predecessor_id <> successor_id", name="not_itself"),
    Index("ix_group_dependencies_plan_version_id", "plan_version_id"),
)
"""Links of which at least one end is a chapter or a macro-phase. An end may be of any level: no foreign key."""

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

step_iteration_scope = Table(
    "step_iteration_scope",
    metadata,
    Column("step_id", Uuid, ForeignKey("steps.id"), primary_key=True),
    Column("part_of", Text, primary_key=True, comment="a kind of iteration, or the name of one"),
    Column("plan_version_id", Uuid, ForeignKey("plan_versions.id"), nullable=False),
    Index("ix_step_iteration_scope_plan_version_id", "plan_version_id"),
)
"""A step with rows here is part of these iterations alone; one without is part of all."""

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
    CheckConstraint("state IN ('open','accepted','declined')", name="state"),
    Index("ix_plan_proposals_plan_id", "plan_id"),
    Index("ix_plan_proposals_step_id", "step_id"),
)
