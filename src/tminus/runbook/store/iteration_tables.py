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
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

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
    Column("window_end", instant),
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
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint("kind IN ('run','dress_rehearsal','cutover')", name="kind"),
    CheckConstraint(
        "state IN ('planning','scheduled','live','on_hold','complete','closed','backing_out','backed_out','abandoned')",
        name="state",
    ),
    CheckConstraint("comms IN ('off','test','on')", name="comms"),
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

iteration_steps = Table(
    "iteration_steps",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("chapter_id", Uuid, ForeignKey("iteration_chapters.id"), nullable=False),
    Column("macro_phase_id", Uuid, ForeignKey("iteration_macro_phases.id"), nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("behaviour", Text, nullable=False),
    Column("team_id", Uuid, ForeignKey("teams.id")),
    Column("duration_seconds", Integer, nullable=False),
    Column("auto_activate", Boolean, nullable=False),
    Column("point_of_no_return", Boolean, nullable=False),
    Column("dormant", Boolean, nullable=False, comment="of a rollback chapter that has not woken"),
    Column(
        "in_scope",
        Boolean,
        nullable=False,
        server_default=text("true"),
        comment="false: not part of this iteration; behaves as a milestone of no length",
    ),
    Column("labels", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("impacted_team_ids", ARRAY(Uuid), nullable=False, server_default=text("'{}'")),
    Column("applications", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("environment_role", Text),
    Column("environment", Text, comment="what the role is in this iteration, by code"),
    Column("not_before", instant, comment="soft: planned and forecast no earlier"),
    Column("fixed_start", instant, comment="locked until then"),
    Column("not_before_rule", Text, comment="what the plan says, for when the planned start moves"),
    Column("fixed_start_rule", Text),
    Column("position", Integer, nullable=False, comment="in the whole iteration, top to bottom"),
    Column("state", Text, nullable=False),
    Column("attempt", Integer, nullable=False, server_default=text("1")),
    Column("baseline_start", instant),
    Column("baseline_end", instant),
    Column("planned_start", instant),
    Column("planned_end", instant),
    Column("opens_at", instant, comment="when time alone will open it; the ticker's"),
    Column("ready_at", instant),
    Column("activated_at", instant),
    Column("begun_at", instant, comment="when it first began, whatever followed"),
    Column("started_at", instant, comment="of the running attempt"),
    Column("start_assumed", Boolean, nullable=False, server_default=text("false")),
    Column("work_ended_at", instant),
    Column("ended_at", instant),
    Column("reason", Text),
    Column("last_actor", Text),
    Column("last_action", Text),
    Column("last_at", instant),
    Column("decision_id", Uuid, comment="the decision that closes it, of a gate"),
    Column("tasks_total", Integer, nullable=False),
    Column("tasks_done", Integer, nullable=False, server_default=text("0")),
    Column("tasks_open", Integer, nullable=False, comment="required tasks that are still open"),
    Column("tasks_required", Integer, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint(
        "state IN ('not_ready','ready','activated','in_progress','verifying','complete','blocked','failed','skipped',"
        "'cancelled')",
        name="state",
    ),
    Unique("iteration_id", "code"),
    Index("ix_iteration_steps_chapter_id", "chapter_id"),
    Index("ix_iteration_steps_macro_phase_id", "macro_phase_id"),
    Index("ix_iteration_steps_opens_at", "opens_at", postgresql_where=text("opens_at IS NOT NULL")),
    Index("ix_iteration_steps_team_id", "team_id", "state"),
)

step_attempts = Table(
    "step_attempts",
    metadata,
    Column("step_id", Uuid, ForeignKey("iteration_steps.id"), primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("ready_at", instant),
    Column("activated_at", instant),
    Column("started_at", instant),
    Column("start_assumed", Boolean, nullable=False),
    Column("work_ended_at", instant),
    Column("ended_at", instant),
    Column("reason", Text),
)
"""Attempts that are over; the running one stands on the step itself."""

iteration_tasks = Table(
    "iteration_tasks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Column("step_id", Uuid, ForeignKey("iteration_steps.id"), nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("instructions", Text, nullable=False),
    Column("team_id", Uuid, ForeignKey("teams.id")),
    Column("required", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
    Column("nominee", Text, comment="the person meant to do it: a mail address or a name"),
    Column("state", Text, nullable=False, server_default=text("'open'")),
    Column("done_by", Text),
    Column("done_at", instant),
    Column("version", Integer, nullable=False, server_default=text("1")),
    CheckConstraint("state IN ('open','done','failed','not_applicable')", name="state"),
    Unique("iteration_id", "code"),
    Index("ix_iteration_tasks_step_id", "step_id"),
)

iteration_dependencies = Table(
    "iteration_dependencies",
    metadata,
    Column("predecessor_id", Uuid, ForeignKey("iteration_steps.id"), primary_key=True),
    Column("successor_id", Uuid, ForeignKey("iteration_steps.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("lag_seconds", Integer, nullable=False),
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), nullable=False),
    Index("ix_iteration_dependencies_successor_id", "successor_id"),
    Index("ix_iteration_dependencies_iteration_id", "iteration_id"),
)

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
    Index("ix_iteration_group_dependencies_predecessor_id", "predecessor_id"),
    Index("ix_iteration_group_dependencies_successor_id", "successor_id"),
    Index("ix_iteration_group_dependencies_iteration_id", "iteration_id"),
)
"""Links of which at least one end is one of `iteration_groups`."""

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
    Column("version", Integer, nullable=False, server_default=text("1")),
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

iteration_environments = Table(
    "iteration_environments",
    metadata,
    Column("iteration_id", Uuid, ForeignKey("iterations.id"), primary_key=True),
    Column("role", Text, primary_key=True, comment="code of the role"),
    Column("role_name", Text, nullable=False),
    Column("environment", Text, nullable=False, comment="code of the environment"),
    Column("environment_name", Text, nullable=False),
)

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
